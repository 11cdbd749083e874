using System.Buffers;
using Sdmx.Csv;
using Sdmx.Json;
using Sdmx.Xml;

namespace Sdmx.Formats;

/// <summary>What a message carries.</summary>
public enum MessageKind
{
    /// <summary>Observations.</summary>
    Data,

    /// <summary>Structures.</summary>
    Structure,

    /// <summary>Reference metadata: metadata sets.</summary>
    Metadata,
}

/// <summary>One format of one version: a row of the table that drives sniffing, negotiation, the command line, the docs and the round-trip tests.</summary>
public sealed record Format
{
    /// <summary>The id on the command line: <c>structurespecific-2.1</c>, <c>csv-2.0</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it carries.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>The media type in answers, in its canonical spelling (checklist 1.4).</summary>
    public required string MediaType { get; init; }

    /// <summary>The usual file name extension, without dot.</summary>
    public required string Extension { get; init; }

    /// <summary>Opens a data message, or null where the format is not read. The stream is at the message's first byte; the reader owns it.
    /// A fault that keeps it from being opened is logged as Fatal; the reader then gives no block.</summary>
    public Func<Stream, ReadContext, DataReader>? Open { get; init; }

    /// <summary>Makes a data writer, or null where the format is not written.</summary>
    public Func<IBufferWriter<byte>, WriterOptions, DataWriter>? Write { get; init; }

    /// <summary>Reads a message of structures or metadata sets, or null where the format is not read. The caller owns the stream.</summary>
    public Func<Stream, ReadContext, StructureMessage>? ReadStructures { get; init; }

    /// <summary>Writes a message of structures or metadata sets, or null where the format is not written.</summary>
    public Action<IBufferWriter<byte>, StructureMessage, WriterOptions>? WriteStructures { get; init; }

    /// <summary>What of an artefact the format cannot carry, one phrase each: empty when it says the same. For loss reports and 406 answers.</summary>
    public Func<Artefact, IReadOnlyList<string>> StructureLosses { get; init; } = _ => [];

    /// <summary>Whether it is offered behind the others of its kind, whatever its version.</summary>
    public bool IsOfferedLast { get; init; }

    /// <summary>Why data of a structure cannot be written in the format, as a sentence for people; null when they can.</summary>
    public Func<DataSchema, string?> CannotCarry { get; init; } = _ => null;

    /// <summary>What it has no word for, a sentence each; printed in docs/formats.md.</summary>
    public IReadOnlyList<string> Gaps { get; init; } = [];

    /// <summary>Every format, the preferred one of each kind first.</summary>
    public static IReadOnlyList<Format> All { get; } =
    [
        new()
        {
            Id = "structurespecific-2.1", Kind = MessageKind.Data, Extension = "xml",
            MediaType = "application/vnd.sdmx.structurespecificdata+xml;version=2.1",
            Open = static (stream, context) => new StructureSpecificReader(stream, context),
            Write = static (output, options) => new StructureSpecificDataWriter(output, options, SdmxMlVersion.V21),
            CannotCarry = OneMeasureOnly,
            Gaps = ["A measure besides OBS_VALUE: refused.", "Control characters: written as U+FFFD."],
        },
        new()
        {
            Id = "generic-2.1", Kind = MessageKind.Data, Extension = "xml",
            MediaType = "application/vnd.sdmx.genericdata+xml;version=2.1",
            Open = static (stream, context) => new GenericReader(stream, context),
            Write = static (output, options) => new GenericDataWriter(output, options),
            CannotCarry = OneMeasureOnly,
            Gaps = ["A measure besides OBS_VALUE: refused.", "Control characters: written as U+FFFD."],
        },
        new()
        {
            Id = "structurespecific-3.0", Kind = MessageKind.Data, Extension = "xml",
            MediaType = "application/vnd.sdmx.data+xml;version=3.0.0",
            Open = static (stream, context) => new StructureSpecificReader(stream, context),
            Write = static (output, options) => new StructureSpecificDataWriter(output, options, SdmxMlVersion.V30),
            Gaps = [SeveralValues, "Reference metadata within data: passed over and reported. Control characters: written as U+FFFD."],
        },
        new()
        {
            Id = "structurespecific-3.1", Kind = MessageKind.Data, Extension = "xml",
            MediaType = "application/vnd.sdmx.data+xml;version=3.1.0",
            Open = static (stream, context) => new StructureSpecificReader(stream, context),
            Write = static (output, options) => new StructureSpecificDataWriter(output, options, SdmxMlVersion.V31),
            Gaps = [SeveralValues, "Reference metadata within data: passed over and reported. Control characters: written as U+FFFD."],
        },
        new()
        {
            Id = "json-2.0", Kind = MessageKind.Data, Extension = "json",
            MediaType = "application/vnd.sdmx.data+json;version=2.0.0",
            Open = static (stream, context) => new JsonDataReader(stream, context),
            Write = static (output, options) => new JsonDataWriter(output, options),
            Gaps = ["The id of a data set."],
        },
        new()
        {
            Id = "json-1.0", Kind = MessageKind.Data, Extension = "json",
            MediaType = "application/vnd.sdmx.data+json;version=1.0.0",
            Open = static (stream, context) => new JsonDataReader(stream, context),
            Gaps = ["Read as in its drafts too, with a header and the data beside it; not written."],
        },
        new()
        {
            Id = "csv-1.0", Kind = MessageKind.Data, Extension = "csv",
            MediaType = "application/vnd.sdmx.data+csv;version=1.0.0",
            Open = static (stream, context) => new CsvDataReader(stream, context),
            Write = static (output, options) => new CsvDataWriter(output, options, CsvVersion.V1),
            CannotCarry = static schema => OneMeasureOnly(schema) ?? FlowOnly(schema),
            Gaps =
            [
                "A measure besides OBS_VALUE, and data without a flow: refused.", "Actions: read as Append; sets that delete are left out.",
                "Attributes of a data set or group that has no series: left out.", "Where the file ends: a cut between rows cannot be seen.",
            ],
        },
        new()
        {
            Id = "csv-2.0", Kind = MessageKind.Data, Extension = "csv",
            MediaType = "application/vnd.sdmx.data+csv;version=2.0.0",
            Open = static (stream, context) => new CsvDataReader(stream, context),
            Write = static (output, options) => new CsvDataWriter(output, options, CsvVersion.V2),
            Gaps = ["The id of a data set.", "Where the file ends: a cut between rows cannot be seen."],
        },
        new()
        {
            Id = "structure-xml-2.1", Kind = MessageKind.Structure, Extension = "xml",
            MediaType = "application/vnd.sdmx.structure+xml;version=2.1",
            ReadStructures = Xml.StructureXmlReader.Read, WriteStructures = Xml.StructureXmlWriter.Write, StructureLosses = Xml.StructureXmlWriter.Losses,
            Gaps = ["Semantic versions, values of annotations, several measures, structure maps, and what else SDMX has since 3.0: refused, by name."],
        },
        new()
        {
            Id = "structure-xml-3.0", Kind = MessageKind.Structure, Extension = "xml",
            MediaType = "application/vnd.sdmx.structure+xml;version=3.0.0",
            ReadStructures = Xml.StructureXmlReader.Read, WriteStructures = Xml.StructureXmlWriter.WriteV30, StructureLosses = Xml.StructureXmlWriter.LossesV30,
            Gaps =
            [
                "Measure dimensions, metadata targets and report structures, several cube regions of one kind, reference periods, what is new in 3.1: refused, by name.",
                SaidOtherwise, "A key of several values: as many keys.", NotKept,
            ],
        },
        new()
        {
            Id = "structure-xml-3.1", Kind = MessageKind.Structure, Extension = "xml",
            MediaType = "application/vnd.sdmx.structure+xml;version=3.1.0",
            ReadStructures = Xml.StructureXmlReader.Read, WriteStructures = Xml.StructureXmlWriter.WriteV31, StructureLosses = Xml.StructureXmlWriter.LossesV31,
            Gaps =
            [
                "What 3.0 refuses but for 3.1's own parts, and constraints that say what is held, release calendars, attachments to sources: refused, by name.",
                SaidOtherwise, NotKept,
            ],
        },
        new()
        {
            Id = "structure-json-2.0", Kind = MessageKind.Structure, Extension = "json",
            MediaType = "application/vnd.sdmx.structure+json;version=2.0.0",
            ReadStructures = Json.StructureJsonReader.Read, WriteStructures = JsonStructures(JsonVersion.V20), StructureLosses = JsonLosses(JsonVersion.V20),
            Gaps =
            [
                "Measure dimensions, metadata targets, several cube regions of one kind: refused, by name.",
                "isFinal: 3.x says it by the version. Attachment groups: their dimensions stand for them. The position of time. A key with several values: written as the keys that each of them makes.",
                "The order of a contact's addresses: by their kind. Extended codelists and types of artefacts that are not kept: passed over and reported.",
            ],
        },
        new()
        {
            Id = "structure-json-2.1", Kind = MessageKind.Structure, Extension = "json", IsOfferedLast = true,
            MediaType = "application/vnd.sdmx.structure+json;version=2.1.0",
            ReadStructures = Json.StructureJsonReader.Read, WriteStructures = JsonStructures(JsonVersion.V21), StructureLosses = JsonLosses(JsonVersion.V21),
            Gaps =
            [
                "As 2.0, and constraints of what is held (Actual), which have no id there, release calendars, sources of data and excluded values in keys: refused, by name.",
                "Offered behind 2.0, as long as data are written in 2.0. Availability constraints, evolving structures and dimension constraints: passed over and reported.",
            ],
        },
        new()
        {
            Id = "structure-json-1.0", Kind = MessageKind.Structure, Extension = "json",
            MediaType = "application/vnd.sdmx.structure+json;version=1.0.0",
            ReadStructures = Json.StructureJsonReader.Read, WriteStructures = JsonStructures(JsonVersion.V10), StructureLosses = JsonLosses(JsonVersion.V10),
            Gaps =
            [
                "What SDMX-ML 2.1 refuses, excluded values of an included region, references to concepts of ISO 11179, ids of contacts, constraints of data sets: refused, by name.",
                "The order of a contact's addresses and of the parts of a metadata target: by their kind. A key with several values: written as the keys that each of them makes.",
            ],
        },
        new()
        {
            Id = "metadata-json-2.0", Kind = MessageKind.Metadata, Extension = "json",
            MediaType = "application/vnd.sdmx.metadata+json;version=2.0.0",
            ReadStructures = Json.StructureJsonReader.ReadMetadata, WriteStructures = Json.StructureJsonWriter.WriteMetadata,
            StructureLosses = Json.StructureJsonWriter.MetadataLosses,
            Gaps =
            [
                "Reports of 2.1, targets with wildcards, stubs, versions of two numbers other than 1.0: refused, by name. Messages of 2.1 are read too.",
                "Findings about what a set says name no line: the message is JSON.",
            ],
        },
        new()
        {
            Id = "metadata-csv-2.0", Kind = MessageKind.Metadata, Extension = "csv",
            MediaType = "application/vnd.sdmx.metadata+csv;version=2.0.0",
            ReadStructures = Csv.CsvMetadataReader.Read, WriteStructures = Csv.CsvMetadataWriter.Write, StructureLosses = Csv.CsvMetadataWriter.Losses,
            Gaps =
            [
                "Reports of 2.1, elements (XHTML), attributes declared empty, repeated attributes with others below them, targets that are items, descriptions, annotations, links, "
                    + "stubs: refused, by name.",
                "The order of attributes: that of the columns.",
                "Read are labels=id and labels=name; a set without a name is called by its id. Deleting single attributes: refused.",
            ],
        },
        new()
        {
            Id = "metadata-xml-3.0", Kind = MessageKind.Metadata, Extension = "xml",
            MediaType = "application/vnd.sdmx.metadata+xml;version=3.0.0",
            ReadStructures = Xml.MetadataXmlReader.Read, WriteStructures = Xml.MetadataXmlWriter.Write, StructureLosses = Xml.MetadataXmlWriter.Losses,
            Gaps =
            [
                "Reports about keys, data sets or periods, and several reports in a set (2.1): refused, by name. Messages of 3.1 are read too.",
                "Comments and processing instructions within XHTML. Control characters: written as U+FFFD.",
            ],
        },
        new()
        {
            Id = "metadata-xml-2.1", Kind = MessageKind.Metadata, Extension = "xml",
            MediaType = "application/vnd.sdmx.genericmetadata+xml;version=2.1",
            ReadStructures = Xml.MetadataXmlReader.Read, WriteStructures = Xml.MetadataXmlWriter.WriteLegacy, StructureLosses = Xml.MetadataXmlWriter.LegacyLosses,
            Gaps =
            [
                "Sets of 3.x, which belong to no report structure: refused, by name.",
                "Comments and processing instructions within XHTML. Control characters: written as U+FFFD.",
            ],
        },
    ];

    /// <summary>The format called <paramref name="id"/>, or null.</summary>
    public static Format? Find(string id) => All.FirstOrDefault(f => f.Id == id);

    static Action<IBufferWriter<byte>, StructureMessage, WriterOptions> JsonStructures(JsonVersion version) =>
        (output, message, options) => StructureJsonWriter.Write(output, message, options, version);

    static Func<Artefact, IReadOnlyList<string>> JsonLosses(JsonVersion version) => artefact => StructureJsonWriter.Losses(artefact, version);

    const string SaidOtherwise = "isFinal, the position of the time dimension: not written. Attachment groups: their dimensions are.";

    const string NotKept = "Links, addresses of annotations in several languages, optional dimensions of an attribute: reported when read, not kept.";

    const string SeveralValues = "A component with several values or languages: passed over and reported.";

    // SDMX up to 2.1 has one measure, and its name is fixed.
    static string? OneMeasureOnly(DataSchema schema)
    {
        var measures = schema.Values.Take(schema.MeasureCount).Select(m => m.Id).ToArray();
        return measures is [] or ["OBS_VALUE"] ? null
            : $"This format carries one measure, OBS_VALUE; {schema.Structure.Urn.ShortName} has {string.Join(", ", measures)}. Ask for SDMX-JSON 2.0 or SDMX-CSV 2.0.";
    }

    // SDMX-CSV 1.0 has the column DATAFLOW, and no way to name a structure alone.
    static string? FlowOnly(DataSchema schema) => schema.Dataflow is not null ? null
        : $"SDMX-CSV 1.0 names a dataflow; these data are structured by {schema.Structure.Urn.ShortName} alone. Give their flow, or ask for SDMX-CSV 2.0.";
}

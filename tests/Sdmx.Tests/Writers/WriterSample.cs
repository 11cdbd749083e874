using System.Buffers;
using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Writers;

/// <summary>A small structure with an attribute at every level, and its data, for the tests of writers.</summary>
static class WriterSample
{
    static readonly string[] Flags = ["A", "NA", "007", "true"];

    /// <summary>Two dimensions with codes, one without, time; a group, and an attribute on a set of dimensions that no group names.</summary>
    public static StructureCatalog Catalog { get; } = MakeCatalog();

    /// <summary>The schema of the flow.</summary>
    public static DataSchema Schema { get; } = Catalog.Schema(new Urn(ArtefactType.Dataflow, "TEST", "DF_SAMPLE", "1.0"))!;

    /// <summary>A structure without flow and without time.</summary>
    public static DataSchema Timeless { get; } = Catalog.Schema(new Urn(ArtefactType.DataStructure, "TEST", "TIMELESS", "1.0"))!;

    /// <summary>A structure with two measures.</summary>
    public static DataSchema TwoMeasures { get; } = Catalog.Schema(new Urn(ArtefactType.DataStructure, "TEST", "TWO", "1.0"))!;

    /// <summary>A header without anything that depends on the clock.</summary>
    public static MessageHeader Header { get; } = new() { Id = "REV12", Prepared = "2026-01-02T03:04:05Z", Sender = "HUB", Receivers = ["ALL"], IsTest = true };

    /// <summary>A data set of <paramref name="schema"/>.</summary>
    public static Dataset Set(DataSchema schema, int number = 0, DatasetAction action = DatasetAction.Information, CodeTables? codes = null) =>
        new() { Number = number, Schema = schema, Codes = codes ?? new CodeTables(schema), Action = action };

    /// <summary>An attribute at every level, odd texts, odd numbers, odd codes, a series without observations and holders that apply to nothing.</summary>
    public static ObservationBlock EveryLevel(DatasetAction action = DatasetAction.Information) => Rows(Set(Schema, action: action),
        "* . . SET_NOTE=All \"of\" it",
        "* .XX. AREA_NOTE=Area, the first",
        "* .YY. AREA_NOTE=Nothing here",
        "* .XX.a SIB_TITLE=Sibling <a>",
        "* .YY.a SIB_TITLE=Sibling of none",
        "* A.XX.a UNIT=NA|UNIT_NOTE=in \r\n lines\tand tabs",
        "- A.XX.a 2010 OBS_VALUE=100.0|OBS_STATUS=A",
        "- A.XX.a 2011 OBS_VALUE=1E5|OBS_STATUS=007|COMMENT=a,b \"c\"",
        "- A.XX.a 2012 OBS_VALUE=NaN|OBS_STATUS=true|COMMENT= \u0001 bell \u202Bمرحبا\u202C & 'x' ",
        "* A.XX.b UNIT=true",
        "- A.NA.a 2010-Q1 OBS_VALUE=-0.5",
        "- A.NA.a 2010-Q2 COMMENT=no value",
        "- M.XX.a 2010-01 OBS_VALUE=7");

    /// <summary>Rows as text: <c>*</c> or <c>-</c> (attributes, observation), key, period (observations of structures with time), values.</summary>
    public static ObservationBlock Rows(Dataset dataset, params string[] lines)
    {
        var block = new ObservationBlock();
        block.Begin(dataset);
        foreach (var line in lines)
            Add(block, line);
        return block;
    }

    /// <summary>Writes blocks as one message; a data set begins wherever the block's differs from the one before.</summary>
    public static string Write(string format, WriterOptions options, params ObservationBlock[] blocks)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = Format.Find(format)!.Write!(buffer, options);
        writer.Begin([.. blocks.Select(b => b.Dataset.Schema)]);
        Dataset? current = null;
        foreach (var block in blocks)
        {
            if (!ReferenceEquals(current, block.Dataset))
                writer.BeginDataset(current = block.Dataset);
            writer.Write(block);
        }

        writer.End();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    static void Add(ObservationBlock block, string line)
    {
        var schema = block.Dataset.Schema;
        var row = block.Count++;
        block.Kinds[row] = line[0] == '*' ? RowKind.Attributes : RowKind.Observation;
        var hasTime = block.Kinds[row] == RowKind.Observation && schema.Time is not null;
        var parts = line[2..].Replace(". .", "..", StringComparison.Ordinal).Split(' ', hasTime ? 3 : 2);
        var key = parts[0].Split('.');
        for (var d = 0; d < key.Length; d++)
            block.Key[d][row] = key[d].Length == 0 ? -1 : block.Dataset.Codes.Dimensions[d].Resolve(key[d]);
        block.Periods[row] = hasTime && TimePeriod.TryParse(parts[1], out var period) ? period : TimePeriod.None;
        foreach (var value in parts.Skip(hasTime ? 2 : 1).SelectMany(p => p.Split('|', StringSplitOptions.RemoveEmptyEntries)))
            Put(block, row, schema.Find(value[..value.IndexOf('=')])!.Index, value[(value.IndexOf('=') + 1)..]);
    }

    /// <summary>Sets a value as a reader would.</summary>
    public static void Put(ObservationBlock block, int row, int column, string text)
    {
        if (block.Dataset.Codes.Values[column] is { } codes)
            block.Values[column].Set(row, ValueForm.Code, codes.Resolve(text));
        else if (DecimalText.TryParse(text, out var mantissa, out var scale))
            block.Values[column].Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
        else
            block.SetText(column, row, text);
    }

    static StructureCatalog MakeCatalog()
    {
        Codelist areas = List("CL_AREA", ["XX", "YY", "NA", "ZZ"]), freqs = List("CL_FREQ", ["A", "Q", "M"]), flags = List("CL_FLAG", Flags);
        string[] ids = ["FREQ", "AREA", "ITEM", "TIME_PERIOD", "OBS_VALUE", "SET_NOTE", "AREA_NOTE", "SIB_TITLE", "UNIT", "UNIT_NOTE", "OBS_STATUS", "COMMENT", "SECOND"];
        var concepts = new ConceptScheme
        {
            Agency = "TEST", Id = "CS", Name = new("Concepts"), Concepts = [.. ids.Select(id => new Concept { Id = id, Name = Named(id) })],
        };
        var number = new Representation { Format = new TextFormat { Type = TextType.Double } };
        ValueArray<Dimension> key = [Dim("FREQ", freqs), Dim("AREA", areas), Dim("ITEM", null)];
        var time = new TimeDimension { Id = "TIME_PERIOD", ConceptIdentity = Of("TIME_PERIOD") };
        var value = new Measure { Id = "OBS_VALUE", ConceptIdentity = Of("OBS_VALUE"), LocalRepresentation = number };
        var sample = new DataStructure
        {
            Agency = "TEST", Id = "SAMPLE", Name = new("Sample"), Dimensions = key, Time = time, Measures = [value],
            Groups = [new DimensionGroup { Id = "Sibling", Dimensions = ["AREA", "ITEM"] }],
            Attributes =
            [
                Att("SET_NOTE", new() { Kind = AttachmentLevel.Dataset }, null), Att("AREA_NOTE", new() { Kind = AttachmentLevel.Series, Dimensions = ["AREA"] }, null),
                Att("SIB_TITLE", new() { Kind = AttachmentLevel.Group, Group = "Sibling" }, null),
                Att("UNIT", new() { Kind = AttachmentLevel.Series, Dimensions = ["FREQ", "AREA", "ITEM"] }, flags),
                Att("UNIT_NOTE", new() { Kind = AttachmentLevel.Series, Dimensions = ["FREQ", "AREA", "ITEM"] }, null),
                Att("OBS_STATUS", new() { Kind = AttachmentLevel.Observation }, flags), Att("COMMENT", new() { Kind = AttachmentLevel.Observation }, null),
            ],
        };
        var timeless = new DataStructure
        {
            Agency = "TEST", Id = "TIMELESS", Name = new("No time"), Dimensions = [Dim("AREA", areas), Dim("ITEM", null)], Measures = [value],
            Attributes = [Att("SET_NOTE", new() { Kind = AttachmentLevel.Dataset }, null), Att("OBS_STATUS", new() { Kind = AttachmentLevel.Observation }, flags)],
        };
        var two = new DataStructure
        {
            Agency = "TEST", Id = "TWO", Name = new("Two measures"), Dimensions = key, Time = time,
            Measures = [value, new Measure { Id = "SECOND", ConceptIdentity = Of("SECOND") }],
            Attributes = [Att("COMMENT", new() { Kind = AttachmentLevel.Observation }, null)],
        };
        var flow = new Dataflow { Agency = "TEST", Id = "DF_SAMPLE", Name = new([new("en", "A sample, small"), new("fr", "Un échantillon")]), Structure = sample.Urn };
        return StructureCatalog.Empty.With([areas, freqs, flags, concepts, sample, timeless, two, flow]);
    }

    static InternationalString Named(string id) => new([new("en", $"The {id}"), new("fr", $"Le {id}"), new("ar", $"اسم {id}")]);

    static Codelist List(string id, string[] codes) =>
        new() { Agency = "TEST", Id = id, Name = new(id), Codes = [.. codes.Select(c => new Code { Id = c, Name = Named(c) })] };

    static Urn Of(string concept) => new("Concept", "TEST", "CS", "1.0", concept);

    static Dimension Dim(string id, Codelist? list) =>
        new() { Id = id, ConceptIdentity = Of(id), LocalRepresentation = list is null ? null : new Representation { Enumeration = list.Urn } };

    static DataAttribute Att(string id, AttributeRelationship relationship, Codelist? list) =>
        new() { Id = id, ConceptIdentity = Of(id), Relationship = relationship, LocalRepresentation = list is null ? null : new Representation { Enumeration = list.Urn } };
}

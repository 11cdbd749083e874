using System.Buffers;
using Sdmx.Formats;

namespace Sdmx.Tests.Maps;

/// <summary>Maps for tests, as messages and back.</summary>
static class MapMessages
{
    public static Urn Flow(string id) => new(ArtefactType.Dataflow, "UN", id, "1.0");

    /// <summary>A map that says all that a map can say.</summary>
    public static StructureMap Full { get; } = new()
    {
        Agency = "UN", Id = "NATIONAL_2_GLOBAL", Version = "1.2.0-draft", Name = new([new("en", "To the global flow"), new("fr", "Vers le flux mondial")]), Description = new("All of it"),
        Annotations = [new() { Id = "a", Title = "t", Type = "T", Url = "http://n.o", Text = new("note"), Value = "5" }],
        ValidFrom = "2020-01-01T00:00:00", IsExternalReference = false,
        Source = new(ArtefactType.DataStructure, "RW", "SDG", "1.3"), Target = Flow("DF"),
        EpochMaps = [new() { Id = "e", BasePeriod = "1970", EpochPeriod = "millisecond", Components = [("SECONDS", "TIME_PERIOD")], TargetFrequency = "D", ResolvePeriod = "midPeriod" }],
        DatePatternMaps =
        [
            new() { Id = "d", SourcePattern = "MM/dd/yyyy", Locale = "en", Components = [("DAY", "TIME_PERIOD"), ("END", "UNTIL")], FrequencyDimension = "FREQ", MappedFrequencies = ["M", "Q"] },
        ],
        FrequencyFormats = [new() { Id = "f", Frequency = "A", DatePattern = "yyyy", Annotations = [new() { Title = "x" }] }],
        ComponentMaps =
        [
            new() { Sources = ["AREA", "REGION"], Targets = ["REF_AREA"], RepresentationMap = new(ArtefactType.RepresentationMap, "UN", "AREAS", "1.0"), Annotations = [new() { Title = "y" }] },
            new() { Sources = ["OBS_VALUE"], Targets = ["OBS_VALUE"] },
        ],
        FixedValues = [new() { Component = "REPORTING_TYPE", Values = ["N"] }, new() { Component = "CONF", IsOfSource = true, Values = ["C", "D"] }, new() { Component = "NONE" }],
    };

    /// <summary>Likewise.</summary>
    public static RepresentationMap Values { get; } = new()
    {
        Agency = "UN", Id = "AREAS", Name = new("Areas"),
        Sources = [new("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=RW:CL_AREA(1.0)", null), new(null, TextType.String)],
        Targets = [new("urn:sdmx:org.sdmx.infomodel.codelist.ValueList=UN:VL(2.0)", null)],
        Mappings =
        [
            new() { Sources = [new("1"), new("x")], Targets = ["646"], ValidFrom = "2001-07-23", ValidTo = "2006-06-01", Annotations = [new() { Text = new("why") }] },
            new() { Sources = [new("^([A-Z]{2})_(.*)$", IsRegex: true), new("A B", StartIndex: 2, EndIndex: 4)], Targets = [@"\1-\2"] },
            new() { Sources = [new("2"), new(" ")] },
        ],
    };

    public static byte[] Write(string format, params Artefact[] artefacts)
    {
        var output = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(output, new(new MessageHeader { Id = "MAPS", Prepared = "2026-01-01T00:00:00Z", Sender = "UN" }, artefacts.ToValueArray()), new());
        return output.WrittenSpan.ToArray();
    }

    public static (StructureMessage Message, Issue[] Issues) Read(byte[] bytes)
    {
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues };
        var message = MessageFile.Open(new MemoryStream(bytes), "maps", context).ReadStructures(context) ?? new(new(), []);
        return (message, [.. issues.All]);
    }
}

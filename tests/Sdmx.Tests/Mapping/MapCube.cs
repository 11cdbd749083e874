using System.Text;
using Sdmx.Mapping;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Mapping;

/// <summary>A structure with other components than <see cref="SmallCube"/> has, a map from that to this, and what is read through it.</summary>
static class MapCube
{
    const string Head = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE,UNIT,TITLE,SOURCE\n";

    /// <summary>REF_AREA and SEX come of AREA, KIND of FREQ and TYPE, the dimension MEASURED of an attribute of the series.</summary>
    public static DataStructure Target { get; } = new()
    {
        Agency = "T", Id = "GOAL",
        Dimensions = [Dimension("FREQ", "CL_FREQ"), Dimension("REF_AREA", "CL_GEO"), Dimension("SEX", null), Dimension("KIND", null), Dimension("MEASURED", null)],
        Time = new TimeDimension { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
        Measures = [new Measure { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE"), LocalRepresentation = new() { Format = new() { Type = TextType.Double } } }],
        Attributes =
        [
            Attribute("OBS_STATUS", AttachmentLevel.Observation, [], "CL_STATUS"), Attribute("COMMENT", AttachmentLevel.Observation, []), Attribute("MULT", AttachmentLevel.Observation, []),
            Attribute("HEADING", AttachmentLevel.Series, ["FREQ", "REF_AREA", "SEX", "KIND", "MEASURED"]), Attribute("ORIGIN", AttachmentLevel.Dataset, []),
            Attribute("PLACE", AttachmentLevel.Series, ["REF_AREA"]),
        ],
    };

    public static StructureMap Map { get; } = new()
    {
        Agency = "T", Id = "MAP", Source = SmallCube.Structure("1.5").Urn, Target = Target.Urn,
        ComponentMaps =
        [
            new() { Sources = ["FREQ"], Targets = ["FREQ"] }, new() { Sources = ["AREA"], Targets = ["REF_AREA", "SEX"], RepresentationMap = Urn("AREAS") },
            new() { Sources = ["FREQ", "TYPE"], Targets = ["KIND"], RepresentationMap = Urn("KINDS") }, new() { Sources = ["UNIT"], Targets = ["MEASURED"], RepresentationMap = Urn("UNITS") },
            new() { Sources = ["STATUS"], Targets = ["OBS_STATUS"], RepresentationMap = Urn("STATUSES") }, new() { Sources = ["NOTE"], Targets = ["COMMENT"] },
            new() { Sources = ["TITLE"], Targets = ["HEADING"] }, new() { Sources = ["SOURCE"], Targets = ["ORIGIN"] }, new() { Sources = ["AREA"], Targets = ["PLACE"] },
        ],
        FixedValues = [new() { Component = "MULT", Values = ["0"] }],
    };

    public static RepresentationMap[] Tables { get; } =
    [
        Table("AREAS", 1, 2, Row(["X"], "646", "_T"), Row(["Y"], "646", "F"), Row(["Z"])),
        Table("KINDS", 2, 1, Row(["A", "N"], "yearly"), Patterns(@"less-\1", "M|Q", "(.)")),
        Table("UNITS", 1, 1, Row(["PT"], "PERCENT"), Row([""], "NONE")),
        Table("STATUSES", 1, 1, Row(["A"], "A"), Row(["M"])),
    ];

    public static StructureCatalog Catalog { get; } = SmallCube.Catalog.With([SmallCube.List("CL_GEO", "646", "404"), Target, Map, .. Tables]);

    public static ReadContext Context(params Artefact[] others) => SmallCube.Context(Catalog.With(others));

    /// <summary>The rows of a message through a map. Rows of data as FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE,UNIT,TITLE,SOURCE.</summary>
    public static List<string> Read(ReadContext context, string map, params IEnumerable<string> rows) => Rows(context, map, Text("M", rows));

    public static List<string> Rows(ReadContext context, string map, string text)
    {
        using var reader = MappedReader.Open(map, context, c => SmallCube.Open("csv-2.0", new MemoryStream(Encoding.UTF8.GetBytes(text)), c));
        return reader is null ? [] : SmallCube.Rows(reader);
    }

    public static string Text(string action, IEnumerable<string> rows) => Head + string.Concat(rows.Select(r => $"datastructure,T:DSD(1.5),{action},{r}\n"));

    public static Urn Urn(string id) => new(ArtefactType.RepresentationMap, "T", id, "1.0");

    public static RepresentationMap Table(string id, int sources, int targets, params ValueMapping[] rows) => new()
    {
        Agency = "T", Id = id, Mappings = [.. rows],
        Sources = [.. Enumerable.Repeat(new MappedRepresentation(null, TextType.String), sources)], Targets = [.. Enumerable.Repeat(new MappedRepresentation(null, TextType.String), targets)],
    };

    public static ValueMapping Row(string[] sources, params string[] targets) => new() { Sources = [.. sources.Select(s => new MappedValue(s))], Targets = [.. targets] };

    static ValueMapping Patterns(string target, params string[] sources) => new() { Sources = [.. sources.Select(s => new MappedValue(s, IsRegex: true))], Targets = [target] };

    static Urn Concept(string id) => new("Concept", "T", "CONCEPTS", "1.0", id);

    static Dimension Dimension(string id, string? list) => new() { Id = id, ConceptIdentity = Concept(id), LocalRepresentation = List(list) };

    static DataAttribute Attribute(string id, AttachmentLevel kind, ValueArray<string> dimensions, string? list = null) =>
        new() { Id = id, ConceptIdentity = Concept(id), Relationship = new() { Kind = kind, Dimensions = dimensions }, LocalRepresentation = List(list) };

    static Representation? List(string? id) => id is null ? null : new() { Enumeration = new Urn(ArtefactType.Codelist, "T", id, "1.0") };
}

using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Data;

/// <summary>A structure with an attribute at every level, two flows, and what tests ask of a reader: the rows as lines of text.</summary>
static class SmallCube
{
    public static StructureCatalog Catalog { get; } = StructureCatalog.Empty.With(
    [
        List("CL_FREQ", "A", "M", "Q"), List("CL_AREA", "X", "Y", "Z"), List("CL_TYPE", "N", "G"), List("CL_STATUS", "A", "M", "E"), List("CL_UNIT", "PT", "NUM"),
        Structure("1.0"), Structure("1.5"),
        Flow("NATIONAL", "1.5"), Flow("WORLD", "1.5"), Region("NATIONAL", "N"), Region("WORLD", "G"),
    ]);

    public static Codelist List(string id, params string[] codes) =>
        new() { Agency = "T", Id = id, Codes = codes.Select(c => new Code { Id = c }).ToValueArray() };

    public static DataStructure Structure(string version, string id = "DSD") => new()
    {
        Agency = "T", Id = id, Version = version,
        Dimensions = [Dimension("FREQ", "CL_FREQ"), Dimension("TYPE", "CL_TYPE"), Dimension("AREA", "CL_AREA")],
        Time = new TimeDimension { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
        Groups = [new DimensionGroup { Id = "SIBLING", Dimensions = ["TYPE", "AREA"] }],
        Measures = [new Measure { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE"), LocalRepresentation = new() { Format = new() { Type = TextType.Double } } }],
        Attributes =
        [
            Attribute("STATUS", AttachmentLevel.Observation, [], "CL_STATUS"), Attribute("NOTE", AttachmentLevel.Observation, []),
            Attribute("UNIT", AttachmentLevel.Series, ["FREQ", "TYPE", "AREA"], "CL_UNIT"), Attribute("TITLE", AttachmentLevel.Series, ["TYPE", "AREA"]),
            Attribute("SOURCE", AttachmentLevel.Dataset, []),
        ],
    };

    public static Dataflow Flow(string id, string version) =>
        new() { Agency = "T", Id = id, Version = version, Structure = new Urn(ArtefactType.DataStructure, "T", "DSD", version) };

    public static ReadContext Context(StructureCatalog? catalog = null, Urn? dataflow = null, ReadLimits? limits = null) =>
        new() { Catalog = catalog ?? Catalog, Issues = new IssueLog(), Dataflow = dataflow, FileName = "f", Limits = limits ?? new() };

    public static List<string> Read(string format, string text, ReadContext context) => Read(format, Encoding.UTF8.GetBytes(text), context);

    public static List<string> Read(string format, byte[] bytes, ReadContext context)
    {
        using var reader = Open(format, new MemoryStream(bytes), context);
        return Rows(reader);
    }

    public static DataReader Open(string format, Stream stream, ReadContext context) => Format.Find(format)!.Open!(stream, context);

    /// <summary>Each row as <c>number kind key period values</c>; a data set without rows as its number alone.</summary>
    public static List<string> Rows(DataReader reader)
    {
        var rows = new List<string>();
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                rows.Add($"{block.Dataset.Number} {Text(block, row)}");
            if (block.Count == 0)
                rows.Add($"{block.Dataset.Number}");
        }

        return rows;
    }

    public static string Text(ObservationBlock block, int row)
    {
        var text = new StringBuilder(block.Kinds[row] == RowKind.Observation ? "obs " : "att ").Append(block.KeyText(row));
        if (block.Kinds[row] == RowKind.Observation)
            text.Append(' ').Append(block.Periods[row]);
        foreach (var value in block.Dataset.Schema.Values)
        {
            if (block.Text(value.Index, row) is { } found)
                text.Append(' ').Append(value.Id).Append('=').Append(found);
        }

        return text.ToString();
    }

    public static IEnumerable<string> Codes(ReadContext context) => context.Issues.All.Select(i => i.Code.ToString());

    static Dimension Dimension(string id, string list) => new() { Id = id, ConceptIdentity = Concept(id), LocalRepresentation = Coded(list) };

    static DataAttribute Attribute(string id, AttachmentLevel kind, ValueArray<string> dimensions, string? list = null) => new()
    {
        Id = id, ConceptIdentity = Concept(id), LocalRepresentation = list is null ? null : Coded(list),
        Relationship = new() { Kind = kind, Dimensions = dimensions },
    };

    static Representation Coded(string list) => new() { Enumeration = new Urn(ArtefactType.Codelist, "T", list, "1.0") };

    static Urn Concept(string id) => new("Concept", "T", "CS", "1.0", id);

    static DataConstraint Region(string flow, string type) => new()
    {
        Agency = "T", Id = "CN_" + flow, Attachment = [new Urn(ArtefactType.Dataflow, "T", flow, "1.5")],
        Regions = [new CubeRegion { Keys = [new MemberSelection { Component = "TYPE", Values = [new MemberValue(type)] }] }],
    };
}

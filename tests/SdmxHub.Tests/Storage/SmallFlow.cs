using Sdmx;

namespace SdmxHub.Tests.Storage;

/// <summary>A small structure with every kind of component: coded and uncoded dimensions and attributes at all four levels.</summary>
static class SmallFlow
{
    public static readonly string[] Areas = ["B", "A", "D", "C", "AB", "a"];
    public static readonly string[] Frequencies = ["M", "A", "Q"];
    static readonly string[] Statuses = ["P", "A", "E"];

    public static Urn Flow(string version = "1.0") => new(ArtefactType.Dataflow, "T", "FLOW", version);

    /// <summary>The structures; <paramref name="areas"/> are the codes of that version.</summary>
    public static Artefact[] Artefacts(string version = "1.0", IEnumerable<string>? areas = null, bool withKind = true) =>
    [
        Codelist("CL_FREQ", "1.0", Frequencies), Codelist("CL_AREA", version, areas ?? Areas), Codelist("CL_STATUS", "1.0", Statuses),
        new ConceptScheme
        {
            Agency = "T", Id = "CS", Version = "1.0", Name = Name("Concepts"),
            Concepts = ((string[])["FREQ", "AREA", "KIND", "TIME_PERIOD", "OBS_VALUE", "STATUS", "NOTE", "UNIT", "AREA_NOTE", "SOURCE"])
                .Select(id => new Concept { Id = id, Name = Name(id) }).ToValueArray(),
        },
        new DataStructure
        {
            Agency = "T", Id = "DSD", Version = version, Name = Name("Structure"),
            Dimensions = ((Dimension?[])[
                new() { Id = "FREQ", ConceptIdentity = Concept("FREQ"), LocalRepresentation = Coded("CL_FREQ", "1.0") },
                new() { Id = "AREA", ConceptIdentity = Concept("AREA"), LocalRepresentation = Coded("CL_AREA", version) },
                withKind ? new() { Id = "KIND", ConceptIdentity = Concept("KIND") } : null,
            ]).OfType<Dimension>().ToValueArray(),
            Time = new() { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
            Groups = [new() { Id = "ByArea", Dimensions = ["AREA"] }],
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE") }],
            Attributes =
            [
                Attribute("STATUS", new() { Kind = AttachmentLevel.Observation }, Coded("CL_STATUS", "1.0")),
                Attribute("NOTE", new() { Kind = AttachmentLevel.Observation }),
                Attribute("UNIT", new() { Kind = AttachmentLevel.Series, Dimensions = withKind ? ["FREQ", "AREA", "KIND"] : ["FREQ", "AREA"] }),
                Attribute("AREA_NOTE", new() { Kind = AttachmentLevel.Group, Group = "ByArea" }),
                Attribute("SOURCE", new() { Kind = AttachmentLevel.Dataset }),
            ],
        },
        new Dataflow { Agency = "T", Id = "FLOW", Version = version, Name = Name("Flow"), Structure = new Urn(ArtefactType.DataStructure, "T", "DSD", version) },
    ];

    public static StructureCatalog Catalog() => StructureCatalog.Empty.With(Artefacts());

    public static Dataset Dataset(DataSchema schema, DatasetAction action, CodeTables? codes = null, int number = 0) =>
        new() { Number = number, Schema = schema, Codes = codes ?? new CodeTables(schema), Action = action };

    /// <summary>Adds a row; <paramref name="key"/> as <c>A.B.x</c>, empty parts open; no period makes an attribute row.</summary>
    public static void Add(ObservationBlock block, string key, string? period, params (string Component, string Value)[] values)
    {
        var row = block.Count++;
        block.Kinds[row] = period is null ? RowKind.Attributes : RowKind.Observation;
        block.Periods[row] = period is null ? TimePeriod.None : TimePeriod.TryParse(period, out var time) ? time : throw new ArgumentException(period);
        var parts = key.Split('.');
        for (var d = 0; d < parts.Length; d++)
            block.Key[d][row] = parts[d].Length == 0 ? -1 : block.Dataset.Codes.Dimensions[d].Resolve(parts[d]);
        foreach (var (component, value) in values)
        {
            var definition = block.Dataset.Schema.Find(component)!;
            if (definition.Codes is not null)
                block.Values[definition.Index].Set(row, ValueForm.Code, block.Dataset.Codes.Values[definition.Index]!.Resolve(value));
            else if (DecimalText.TryParse(value, out var mantissa, out var scale))
                block.Values[definition.Index].Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
            else
                block.SetText(definition.Index, row, value);
        }
    }

    static Codelist Codelist(string id, string version, IEnumerable<string> codes) => new()
    {
        Agency = "T", Id = id, Version = version, Name = Name(id), Codes = codes.Select(c => new Code { Id = c, Name = Name(c) }).ToValueArray(),
    };

    static DataAttribute Attribute(string id, AttributeRelationship relationship, Representation? representation = null) =>
        new() { Id = id, ConceptIdentity = Concept(id), Relationship = relationship, LocalRepresentation = representation };

    static Representation Coded(string list, string version) => new() { Enumeration = new Urn(ArtefactType.Codelist, "T", list, version) };

    static Urn Concept(string id) => new("Concept", "T", "CS", "1.0", id);

    public static InternationalString Name(string text) => new(text);
}

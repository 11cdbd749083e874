using Sdmx;

namespace SdgShipment;

/// <summary>The data structure IAEG-SDGs:SDG. Its components are the same in every version; only the versions of the codelists move.</summary>
static class DataStructures
{
    static readonly (string Id, string List)[] Dimensions =
    [
        ("FREQ", "CL_FREQ"), ("REPORTING_TYPE", "CL_REPORTING_TYPE"), ("SERIES", "CL_SERIES"), ("REF_AREA", "CL_AREA"), ("SEX", "CL_SEX"),
        ("AGE", "CL_AGE"), ("URBANISATION", "CL_URBANISATION"), ("INCOME_WEALTH_QUANTILE", "CL_QUANTILE"), ("EDUCATION_LEV", "CL_EDUCATION_LEV"),
        ("OCCUPATION", "CL_OCCUPATION"), ("CUST_BREAKDOWN", "CL_CUST_BREAKDOWN"), ("COMPOSITE_BREAKDOWN", "CL_COMP_BREAKDOWN"),
        ("DISABILITY_STATUS", "CL_DISABILITY"), ("ACTIVITY", "CL_ACTIVITY"), ("PRODUCT", "CL_PRODUCT"),
    ];

    static readonly (string Id, AttachmentLevel Level, bool Mandatory, string? List, TextType? Type)[] Attributes =
    [
        ("OBS_STATUS", AttachmentLevel.Observation, true, "CL_OBS_STATUS", null),
        ("UNIT_MULT", AttachmentLevel.Observation, true, "CL_UNIT_MULT", null),
        ("UNIT_MEASURE", AttachmentLevel.Series, true, "CL_UNIT_MEASURE", null),
        ("BASE_PER", AttachmentLevel.Observation, false, null, TextType.DateTime),
        ("NATURE", AttachmentLevel.Observation, false, "CL_NATURE", null),
        ("TIME_DETAIL", AttachmentLevel.Observation, false, null, null),
        ("COMMENT_OBS", AttachmentLevel.Observation, false, null, null),
        ("TIME_COVERAGE", AttachmentLevel.Observation, false, null, TextType.DateTime),
        ("UPPER_BOUND", AttachmentLevel.Observation, false, null, TextType.Double),
        ("LOWER_BOUND", AttachmentLevel.Observation, false, null, TextType.Double),
        ("SOURCE_DETAIL", AttachmentLevel.Observation, false, null, null),
        ("COMMENT_TS", AttachmentLevel.Series, false, null, null),
        ("GEO_INFO_URL", AttachmentLevel.Series, false, null, null),
        ("GEO_INFO_TYPE", AttachmentLevel.Series, false, "CL_GEO_INFO_TYPE", null),
        ("CUST_BREAKDOWN_LB", AttachmentLevel.Series, false, null, null),
        ("DATA_LAST_UPDATE", AttachmentLevel.Series, false, null, TextType.DateTime),
    ];

    /// <summary>Every coded component and its codelist's id.</summary>
    public static IEnumerable<(string Component, string List)> Coded =>
        [.. Dimensions, .. Attributes.Where(a => a.List is not null).Select(a => (a.Id, a.List!))];

    public static IEnumerable<string> DimensionIds => Dimensions.Select(d => d.Id);

    public static DataStructure Make(string version, ConceptScheme concepts, IReadOnlyList<Codelist> lists)
    {
        return new()
        {
            Agency = GlobalStructures.Agency,
            Id = "SDG",
            Version = version,
            IsFinal = true,
            Name = new("SDG DSD"),
            Description = new("Data Structure Definition for Sustainable Development Goals Indicators."),
            Dimensions = Dimensions.Select((d, i) => new Dimension
            {
                Id = d.Id, Position = i + 1, ConceptIdentity = Concept(d.Id), LocalRepresentation = Coded(d.List),
            }).ToValueArray(),
            Time = new()
            {
                Id = "TIME_PERIOD", Position = Dimensions.Length + 1, ConceptIdentity = Concept("TIME_PERIOD"),
                LocalRepresentation = StructureFile.Text(TextType.ObservationalTimePeriod),
            },
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE"), LocalRepresentation = StructureFile.Text(TextType.Double) }],
            Attributes = Attributes.Select(a => new DataAttribute
            {
                Id = a.Id, IsMandatory = a.Mandatory, ConceptIdentity = Concept(a.Id), Relationship = Relationship(a.Level),
                LocalRepresentation = a.List is not null ? Coded(a.List) : a.Type is { } type ? StructureFile.Text(type) : null,
            }).ToValueArray(),
        };

        Urn Concept(string id) => new("Concept", concepts.Agency, concepts.Id, concepts.Version, id);

        Representation Coded(string list) => new() { Enumeration = lists.Single(l => l.Id == list).Urn };
    }

    static AttributeRelationship Relationship(AttachmentLevel level) => new()
    {
        Kind = level,
        Dimensions = level == AttachmentLevel.Series ? DimensionIds.ToValueArray() : [],
    };
}

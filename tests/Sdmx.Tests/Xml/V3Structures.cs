namespace Sdmx.Tests.Xml;

/// <summary>Structures that say what 3.x can say and 2.1 cannot, one part each.</summary>
static class V3Structures
{
    static readonly Urn Concept = new("Concept", "UN", "CS", "1.0.0", "A");
    static readonly Urn List = new(ArtefactType.Codelist, "UN", "CL", "1.0.0");

    static Dimension Key(string id) => new() { Id = id, ConceptIdentity = Concept, Position = 1 };

    static MemberSelection Values(string component, params string[] values) => new() { Component = component, Values = values.Select(v => new MemberValue(v)).ToValueArray() };

    static DataStructure Dsd { get; } = new()
    {
        Agency = "UN", Id = "MEASURES", Version = "2.0.0-draft", Name = new("Several measures"), IsExternalReference = false,
        Annotations = [new() { Id = "a", Type = "T", Value = "v", Text = new("note") }],
        Dimensions = [Key("FREQ"), Key("AREA") with { LocalRepresentation = new() { Enumeration = List, Format = new() { Facets = [("maxLength", "3")] } } }],
        Time = new() { Id = "TIME_PERIOD", ConceptIdentity = Concept, LocalRepresentation = new() { Format = new() { Type = TextType.StandardTimePeriod, Facets = [("startTime", "2000")] } } },
        Groups = [new() { Id = "G", Dimensions = ["AREA"] }],
        Measures =
        [
            new() { Id = "OBS_VALUE", ConceptIdentity = Concept, IsMandatory = true, ConceptRoles = [Concept] },
            new()
            {
                Id = "OTHER", ConceptIdentity = Concept,
                LocalRepresentation = new() { MinOccurs = 0, MaxOccurs = int.MaxValue, Format = new() { Type = TextType.Decimal, Sentinels = [new("-1", new("Unknown"), new("Nobody knows"))] } },
            },
        ],
        Attributes =
        [
            new() { Id = "FLOW", ConceptIdentity = Concept, Relationship = new() { Kind = AttachmentLevel.Dataset } },
            new() { Id = "OF_GROUP", ConceptIdentity = Concept, IsMandatory = true, Relationship = new() { Kind = AttachmentLevel.Group, Group = "G" } },
            new() { Id = "OF_SERIES", ConceptIdentity = Concept, Relationship = new() { Kind = AttachmentLevel.Series, Dimensions = ["FREQ", "AREA"] }, LocalRepresentation = new() { MinOccurs = 2, MaxOccurs = 5, Enumeration = List } },
            new() { Id = "OF_ONE", ConceptIdentity = Concept, Relationship = new() { Kind = AttachmentLevel.Observation, Measures = ["OTHER"] } },
        ],
        MetadataStructure = new(ArtefactType.MetadataStructure, "UN", "MSD", "1.0.0"),
        MetadataAttributes = [new() { Attribute = "CONTACT", Relationship = new() { Kind = AttachmentLevel.Series, Dimensions = ["AREA"] }, Annotations = [new() { Title = "t" }] }],
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Artefact> All { get; } =
    [
        new Codelist
        {
            Agency = "UN", Id = "EXTENDED", Version = "1.2.0", Name = new("Extended"), Codes = [new() { Id = "1", Name = new("One") }, new() { Id = "2", Name = new("Two"), Parent = "1" }],
            Extensions =
            [
                new(List) { Prefix = "X_", Members = [new("A%", Cascade.Children), new("B", Cascade.ExcludeRoot)] },
                new(List with { Version = "2+.0.0" }) { IsInclusive = false, Members = [new("C")] }, new(List),
            ],
        },
        Dsd,
        new Dataflow { Agency = "UN", Id = "LATE", Name = new("Bound late"), Structure = Dsd.Urn with { Version = "1.0+.0" } },
        new Dataflow { Agency = "UN", Id = "SOME", Version = "1.0.0", Name = new("Some dimensions"), Structure = Dsd.Urn, Dimensions = ["FREQ"] },
        Dsd with { Id = "EVOLVING", IsEvolving = true },
        new MetadataStructure
        {
            Agency = "UN", Id = "MSD", Version = "1.0.0", Name = new("Metadata"),
            Attributes = [new() { Id = "CONTACT", ConceptIdentity = Concept, MinOccurs = 0, MaxOccurs = int.MaxValue, IsPresentational = true, Attributes = [new() { Id = "NAME", ConceptIdentity = Concept }] }],
        },
        new Metadataflow { Agency = "UN", Id = "MDF", Version = "1.0.0", Name = new("Some"), Structure = new(ArtefactType.MetadataStructure, "UN", "MSD", "1.0+.0"), Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=UN:*(*)"] },
        new OrganisationScheme(ArtefactType.MetadataProviderScheme)
        {
            Agency = "UN", Id = "METADATA_PROVIDERS", Name = new("Providers"), IsPartial = true, Organisations = [new() { Id = "P", Name = new("One"), Contacts = [new() { Channels = [("Email", "a@u.n")] }] }],
        },
        new MetadataProvisionAgreement
        {
            Agency = "UN", Id = "MPA", Version = "1.0.0", Name = new("Agreement"), Metadataflow = new(ArtefactType.Metadataflow, "UN", "MDF", "1.0.0"),
            MetadataProvider = new("MetadataProvider", "UN", "METADATA_PROVIDERS", "1.0", "P"), Targets = ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=UN:DF(*)"],
        },
        new ValueList
        {
            Agency = "UN", Id = "VALUES", Version = "1.0.0", Name = new("Values"),
            Items = [new() { Id = " $ ", Name = new("Dollar"), Description = new("of any country"), Annotations = [new() { Title = "t" }] }, new() { Id = "€" }],
        },
        new Hierarchy
        {
            Agency = "UN", Id = "TREE", Version = "1.0.0", Name = new("Tree"), HasFormalLevels = true,
            Level = new() { Id = "0", Name = new("World"), CodingFormat = new() { Type = TextType.Alpha, Facets = [("maxLength", "2")] }, Below = new() { Id = "1", Name = new("Part") } },
            Codes =
            [
                new()
                {
                    Id = "W", Code = new("Code", "UN", "CL", "1.0.0", "W"), ValidFrom = "2020-01-01T00:00:00", ValidTo = "2021-01-01T00:00:00", Level = "0", Uri = "http://u.n", Annotations = [new() { Title = "t" }],
                    Codes = [new() { Id = "A", Code = new("Code", "UN", "CL", "2.0+.0", "A"), Level = "1" }],
                },
            ],
        },
        new HierarchyAssociation
        {
            Agency = "UN", Id = "LINK", Version = "1.0.0", Name = new("Link"), Hierarchy = new(ArtefactType.Hierarchy, "UN", "TREE", "1.0.0"),
            LinkedObject = new("Dimension", "UN", "MEASURES", "2.0.0-draft", "AREA"), ContextObject = new(ArtefactType.Dataflow, "UN", "SOME", "1.0.0"),
        },
        new DataConstraint
        {
            Agency = "UN", Id = "HELD", Name = new("Held"), Role = ConstraintRole.Actual, Attachment = [new(ArtefactType.Dataflow, "UN", "LATE", "1.0")], ReleaseCalendar = new("P1Y", "P1M", "P1D"),
            OtherAttachment = [("QueryableDataSource", "<QueryableDataSource isRESTDatasource=\"true\" isWebServiceDatasource=\"false\" xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure\"><DataURL xmlns=\"http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common\">http://u.n</DataURL></QueryableDataSource>")],
            Regions = [new() { Keys = [new() { Component = "TIME_PERIOD", TimeRange = new() { Start = "2000", End = "2010", IsEndInclusive = false } }] }],
        },
        new DataConstraint
        {
            Agency = "UN", Id = "KEYS", Name = new("Keys"), Attachment = [new(ArtefactType.DataStructure, "UN", "MEASURES", "2.0")],
            KeySets = [new() { IsIncluded = false, Keys = [new([Values("FREQ", "A", "B"), Values("AREA", "1", "2")], [Values("OF_ONE", "x", "y")])] }],
        },
        new DataConstraint
        {
            Agency = "UN", Id = "VALIDITY", Version = "1.0.0", Name = new("Validity"),
            Regions =
            [
                new()
                {
                    Keys = [new() { Component = "AREA", IsIncluded = false, RemovePrefix = true, Values = [new("A%", Cascade.ExcludeRoot) { ValidFrom = "2000", ValidTo = "2010-Q1" }, new("B", Cascade.Children)] }],
                    Components = [new() { Component = "OF_ONE" }, new() { Component = "OBS_VALUE", Values = [new("1")] }],
                },
                new() { IsIncluded = false, Keys = [new() { Component = "TIME_PERIOD", TimeRange = new() { Start = "2000", IsStartInclusive = false } }] },
            ],
        },
    ];
}

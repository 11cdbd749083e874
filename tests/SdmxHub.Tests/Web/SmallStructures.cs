using Sdmx;

namespace SdmxHub.Tests.Web;

/// <summary>A small catalog: three dimensions and time, a flow in two versions, another flow, constraints, a category, an agreement.</summary>
static class SmallStructures
{
    public static StructureCatalog Catalog { get; } = StructureCatalog.Empty.With(All());

    public static Urn Flow(string id, string version = "1.0") => new(ArtefactType.Dataflow, "AGY", id, version);

    static Urn Concept(string id) => new("Concept", "AGY", "CS", "1.0", id);

    static Urn List(string id) => new(ArtefactType.Codelist, "AGY", id, "1.0");

    static IEnumerable<Artefact> All()
    {
        yield return new OrganisationScheme(ArtefactType.AgencyScheme)
        {
            Agency = "SDMX", Id = "AGENCIES", Name = new("Agencies"), Organisations = [Organisation("SDMX"), Organisation("AGY"), Organisation("OTHER")],
        };
        yield return new OrganisationScheme(ArtefactType.DataProviderScheme)
        {
            Agency = "AGY", Id = "DATA_PROVIDERS", Name = new("Providers"), Organisations = [Organisation("P1"), Organisation("P2")],
        };
        yield return Codelist("CL_FREQ", ("A", null), ("Q", null), ("M", null));
        yield return Codelist("CL_AREA", ("1", null), ("2", "1"), ("3", "1"), ("NA", "2"));
        yield return Codelist("CL_IND", ("I1", null), ("I2", null)) with { Description = new("What is measured"), Annotations = [new Annotation { Title = "note" }] };
        yield return Codelist("CL_STATUS", ("A", null), ("E", null));
        yield return Codelist("CL_UNUSED", ("X", null));
        yield return new ConceptScheme
        {
            Agency = "AGY", Id = "CS", Name = new("Concepts"),
            Concepts = [.. new[] { "FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "TITLE", "UNIT", "NEVER_USED" }
                .Select(id => new Concept { Id = id, Name = new(id), CoreRepresentation = id == "FREQ" ? Coded("CL_FREQ") : null })],
        };
        yield return Dsd();
        foreach (var (id, version) in ((string, string)[])[("DF_ONE", "1.0"), ("DF_ONE", "1.10"), ("DF_ONE", "1.9"), ("DF_TWO", "1.0")])
            yield return new Dataflow { Agency = "AGY", Id = id, Version = version, Name = new($"Flow <{id}>"), Structure = Dsd().Urn };
        yield return Constraint("CN_ONE", ConstraintRole.Allowed);
        yield return Constraint("CN_ACTUAL", ConstraintRole.Actual);
        yield return new CategoryScheme
        {
            Agency = "OTHER", Id = "TOPICS", Name = new("Topics"),
            Categories = [new Category { Id = "ECO", Name = new("Economy"), Categories = [new Category { Id = "TRADE", Name = new("Trade"), Categories = [new Category { Id = "GOODS", Name = new("Goods") }] }] }, new Category { Id = "SOC", Name = new("Society") }],
        };
        yield return new Categorisation { Agency = "OTHER", Id = "CAT_ONE", Name = new("c"), Source = Flow("DF_ONE"), Target = new("Category", "OTHER", "TOPICS", "1.0", "ECO.TRADE") };
        yield return new ProvisionAgreement { Agency = "AGY", Id = "PA_ONE", Name = new("a"), Dataflow = Flow("DF_ONE"), DataProvider = new("DataProvider", "AGY", "DATA_PROVIDERS", "1.0", "P1") };
    }

    static DataStructure Dsd() => new()
    {
        Agency = "AGY",
        Id = "DSD",
        Name = new("Structure"),
        Dimensions =
        [
            new Dimension { Id = "FREQ", ConceptIdentity = Concept("FREQ") },
            new Dimension { Id = "REF_AREA", ConceptIdentity = Concept("REF_AREA"), LocalRepresentation = Coded("CL_AREA") },
            new Dimension { Id = "INDICATOR", ConceptIdentity = Concept("INDICATOR"), LocalRepresentation = Coded("CL_IND") },
        ],
        Time = new TimeDimension { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD"), LocalRepresentation = new() { Format = new() { Type = TextType.ObservationalTimePeriod } } },
        Measures = [new Measure { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE"), LocalRepresentation = new() { Format = new() { Type = TextType.Double } } }],
        Attributes =
        [
            new DataAttribute { Id = "UNIT", ConceptIdentity = Concept("UNIT"), Relationship = new() { Kind = AttachmentLevel.Dataset } },
            new DataAttribute { Id = "TITLE", ConceptIdentity = Concept("TITLE"), Relationship = new() { Kind = AttachmentLevel.Series, Dimensions = ["FREQ", "REF_AREA", "INDICATOR"] } },
            new DataAttribute { Id = "OBS_STATUS", ConceptIdentity = Concept("OBS_STATUS"), LocalRepresentation = Coded("CL_STATUS"), Relationship = new() { Kind = AttachmentLevel.Observation } },
        ],
    };

    static DataConstraint Constraint(string id, ConstraintRole role) => new()
    {
        Agency = "AGY", Id = id, Name = new(id), Role = role, Attachment = [Flow("DF_ONE")],
        Regions = [new CubeRegion { Keys = [new MemberSelection { Component = "REF_AREA", Values = [new MemberValue("NA"), new MemberValue("1")] }] }],
    };

    static Codelist Codelist(string id, params (string Id, string? Parent)[] codes) => new()
    {
        Agency = "AGY", Id = id, Name = new(id), Codes = [.. codes.Select(c => new Code { Id = c.Id, Parent = c.Parent, Name = new($"Code {c.Id}") })],
    };

    static Organisation Organisation(string id) => new() { Id = id, Name = new(id) };

    static Representation Coded(string list) => new() { Enumeration = List(list) };
}

namespace Sdmx;

/// <summary>The kinds of maintainable artefact the hub holds, by their SDMX 3.x class.</summary>
/// <remarks>The numbers are kept for ever: the store writes them.</remarks>
public enum ArtefactType
{
    /// <summary>A scheme of agencies, id <c>AGENCIES</c>.</summary>
    AgencyScheme = 1,

    /// <summary>A scheme of data providers, id <c>DATA_PROVIDERS</c>.</summary>
    DataProviderScheme = 2,

    /// <summary>A scheme of data consumers, id <c>DATA_CONSUMERS</c>.</summary>
    DataConsumerScheme = 3,

    /// <summary>A scheme of organisation units.</summary>
    OrganisationUnitScheme = 4,

    /// <summary>A list of codes.</summary>
    Codelist = 5,

    /// <summary>A list of concepts.</summary>
    ConceptScheme = 6,

    /// <summary>A data structure definition, DSD.</summary>
    DataStructure = 7,

    /// <summary>A flow of data of one structure.</summary>
    Dataflow = 8,

    /// <summary>Allowed or actual content (2.1: ContentConstraint).</summary>
    DataConstraint = 9,

    /// <summary>A metadata structure definition, MSD.</summary>
    MetadataStructure = 10,

    /// <summary>A flow of metadata of one structure.</summary>
    Metadataflow = 11,

    /// <summary>Who provides data for which flow.</summary>
    ProvisionAgreement = 12,

    /// <summary>A tree of categories.</summary>
    CategoryScheme = 13,

    /// <summary>The link of an artefact to a category.</summary>
    Categorisation = 14,

    /// <summary>How data of one structure become data of another (SDMX 3.0).</summary>
    StructureMap = 15,

    /// <summary>What becomes of values (SDMX 3.0).</summary>
    RepresentationMap = 16,

    /// <summary>Reference metadata: no structure, but kept beside them.</summary>
    MetadataSet = 17,

    /// <summary>A scheme of metadata providers, id <c>METADATA_PROVIDERS</c> (SDMX 3.0).</summary>
    MetadataProviderScheme = 18,

    /// <summary>Who provides metadata for which flow (SDMX 3.0).</summary>
    MetadataProvisionAgreement = 19,

    /// <summary>A list of values that are no ids (SDMX 3.0).</summary>
    ValueList = 20,

    /// <summary>Codes of any lists in a tree (SDMX 3.0).</summary>
    Hierarchy = 21,

    /// <summary>What a hierarchy is used for (SDMX 3.0).</summary>
    HierarchyAssociation = 22,
}

/// <summary>The names of each <see cref="ArtefactType"/> in URNs, URLs and messages.</summary>
public static class ArtefactTypes
{
    /// <summary>One row per type.</summary>
    /// <param name="Type">The type.</param>
    /// <param name="Class">The class name in 3.x URNs.</param>
    /// <param name="Package">The package in URNs.</param>
    /// <param name="ItemClass">The class of its items, or null where it has none (or, for structures, several).</param>
    /// <param name="Resource">The resource name in REST v2 paths.</param>
    public sealed record Row(ArtefactType Type, string Class, string Package, string? ItemClass, string Resource)
    {
        /// <summary>Whether SDMX has it since 3.0 only: REST v1 and SDMX-ML 2.1 know nothing of it.</summary>
        public bool IsSinceV3 { get; init; }

        /// <summary>Whether it is a list of organisations of one kind.</summary>
        public bool IsOrganisationScheme => Package == "base";

        /// <summary>Whether it is a structure, which structure queries give: all but reference metadata.</summary>
        public bool IsStructure => Type != ArtefactType.MetadataSet;
    }

    /// <summary>All types. Checklist 3.2, packages and classes.</summary>
    public static IReadOnlyList<Row> All { get; } =
    [
        new(ArtefactType.AgencyScheme, "AgencyScheme", "base", "Agency", "agencyscheme"),
        new(ArtefactType.DataProviderScheme, "DataProviderScheme", "base", "DataProvider", "dataproviderscheme"),
        new(ArtefactType.DataConsumerScheme, "DataConsumerScheme", "base", "DataConsumer", "dataconsumerscheme"),
        new(ArtefactType.OrganisationUnitScheme, "OrganisationUnitScheme", "base", "OrganisationUnit", "organisationunitscheme"),
        new(ArtefactType.Codelist, "Codelist", "codelist", "Code", "codelist"),
        new(ArtefactType.ConceptScheme, "ConceptScheme", "conceptscheme", "Concept", "conceptscheme"),
        new(ArtefactType.DataStructure, "DataStructure", "datastructure", null, "datastructure"),
        new(ArtefactType.Dataflow, "Dataflow", "datastructure", null, "dataflow"),
        new(ArtefactType.DataConstraint, "DataConstraint", "registry", null, "dataconstraint"),
        new(ArtefactType.MetadataStructure, "MetadataStructure", "metadatastructure", null, "metadatastructure"),
        new(ArtefactType.Metadataflow, "Metadataflow", "metadatastructure", null, "metadataflow"),
        new(ArtefactType.ProvisionAgreement, "ProvisionAgreement", "registry", null, "provisionagreement"),
        new(ArtefactType.CategoryScheme, "CategoryScheme", "categoryscheme", "Category", "categoryscheme"),
        new(ArtefactType.Categorisation, "Categorisation", "categoryscheme", null, "categorisation"),
        new(ArtefactType.StructureMap, "StructureMap", "structuremapping", null, "structuremap") { IsSinceV3 = true },
        new(ArtefactType.RepresentationMap, "RepresentationMap", "structuremapping", null, "representationmap") { IsSinceV3 = true },
        new(ArtefactType.MetadataSet, "MetadataSet", "metadatastructure", null, "metadataset"),
        new(ArtefactType.MetadataProviderScheme, "MetadataProviderScheme", "base", "MetadataProvider", "metadataproviderscheme") { IsSinceV3 = true },
        new(ArtefactType.MetadataProvisionAgreement, "MetadataProvisionAgreement", "registry", null, "metadataprovisionagreement") { IsSinceV3 = true },
        new(ArtefactType.ValueList, "ValueList", "codelist", null, "valuelist") { IsSinceV3 = true },
        new(ArtefactType.Hierarchy, "Hierarchy", "codelist", null, "hierarchy") { IsSinceV3 = true },
        new(ArtefactType.HierarchyAssociation, "HierarchyAssociation", "codelist", null, "hierarchyassociation") { IsSinceV3 = true },
    ];

    static readonly Dictionary<string, ArtefactType> ByClass = MapClasses();

    /// <summary>The row of <paramref name="type"/>.</summary>
    public static Row Of(ArtefactType type) => All[(int)type - 1];

    /// <summary>The maintainable type that <paramref name="className"/> names or whose items or components it names
    /// (<c>Codelist</c> and <c>Code</c>, <c>DataStructure</c> and <c>Dimension</c>, 2.1's <c>ContentConstraint</c>).</summary>
    public static bool TryFromClass(string className, out ArtefactType type) => ByClass.TryGetValue(className, out type);

    static Dictionary<string, ArtefactType> MapClasses()
    {
        var map = new Dictionary<string, ArtefactType>(StringComparer.Ordinal);
        foreach (var row in All)
        {
            map[row.Class] = row.Type;
            if (row.ItemClass is not null)
                map[row.ItemClass] = row.Type;
        }

        foreach (var part in (string[])["HierarchicalCode", "Level"])
            map[part] = ArtefactType.Hierarchy;
        map["ContentConstraint"] = ArtefactType.DataConstraint;
        foreach (var part in (string[])["Dimension", "TimeDimension", "MeasureDimension", "DataAttribute", "Attribute", "Measure",
                                        "PrimaryMeasure", "GroupDimensionDescriptor", "DimensionDescriptor", "AttributeDescriptor", "MeasureDescriptor"])
            map[part] = ArtefactType.DataStructure;
        foreach (var part in (string[])["MetadataAttribute", "MetadataTarget", "ReportStructure"])
            map[part] = ArtefactType.MetadataStructure;
        return map;
    }
}

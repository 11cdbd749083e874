using System.Xml.Linq;

namespace Sdmx.Xml;

// What SDMX has since 3.0 besides maps.
sealed partial class StructureXmlReader
{
    MetadataProvisionAgreement ReadMetadataAgreement(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Metadataflow = UrnOf(Child(element, "Metadataflow")),
        MetadataProvider = UrnOf(Child(element, "MetadataProvider")),
        Targets = TextsOf(element, "Target"),
    };

    // Any text is a value, blanks count, and one may be there twice: the standard's own sample has the sign of yen and yuan.
    ValueList ReadValueList(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Items = Children(element, "ValueItem").Select(e => Describe(new ValueItem { Id = Required(e, "id") }, e)).ToValueArray(),
    };

    Hierarchy ReadHierarchy(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        HasFormalLevels = OptionalFlag(element, "hasFormalLevels") ?? false,
        Level = Child(element, "Level") is { } level ? ReadLevel(level) : null,
        Codes = ReadHierarchicalCodes(element),
    };

    Level ReadLevel(XElement element) => Describe(new Level
    {
        Id = Id(element),
        CodingFormat = Child(element, "CodingFormat") is { } format ? ReadFormat(format, TextType.String) : null,
        Below = Child(element, "Level") is { } below ? ReadLevel(below) : null,
    }, element);

    ValueArray<HierarchicalCode> ReadHierarchicalCodes(XElement element)
    {
        var codes = Children(element, "HierarchicalCode").Select(e => new HierarchicalCode
        {
            Id = Id(e),
            Code = UrnOf(Child(e, "Code")),
            Level = LocalId(Child(e, "Level")),
            ValidFrom = Attribute(e, "validFrom"),
            ValidTo = Attribute(e, "validTo"),
            Uri = Attribute(e, "uri"),
            Annotations = ReadAnnotations(e),
            Codes = ReadHierarchicalCodes(e),
        }).ToValueArray();
        CheckTree(element, "HierarchicalCode", [.. codes.Select(c => (c.Id, (string?)null))]);
        return codes;
    }

    HierarchyAssociation ReadAssociation(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Hierarchy = UrnOf(Child(element, "LinkedHierarchy")),
        LinkedObject = UrnOf(Child(element, "LinkedObject")),
        ContextObject = UrnOf(Child(element, "ContextObject")),
    };
}

using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    OrganisationScheme ReadOrganisations(XElement element, ArtefactType type)
    {
        var item = ArtefactTypes.Of(type).ItemClass!;
        var organisations = Children(element, item).Select(e => Describe(new Organisation
        {
            Id = NameId(e),
            Parent = LocalId(Child(e, "Parent")),
            Contacts = Children(e, "Contact").Select(ReadContact).ToValueArray(),
        }, e)).ToValueArray();
        CheckTree(element, item, [.. organisations.Select(o => (o.Id, o.Parent))]);
        return new(type) { Agency = Agency(element), Id = Id(element), Organisations = organisations };
    }

    static Contact ReadContact(XElement element) => new()
    {
        Id = Attribute(element, "id"),
        Name = Texts(element, "Name"),
        Department = Texts(element, "Department"),
        Role = Texts(element, "Role"),
        Channels = element.Elements().Where(e => e.Name.LocalName is "Telephone" or "Fax" or "X400" or "URI" or "Email")
            .Select(e => (e.Name.LocalName, e.Value)).ToValueArray(),
    };

    Codelist ReadCodelist(XElement element)
    {
        var codes = Children(element, "Code").Select(e => Describe(new Code { Id = Id(e), Parent = LocalId(Child(e, "Parent")) }, e)).ToValueArray();
        CheckTree(element, "Code", [.. codes.Select(c => (c.Id, c.Parent))]);
        return new() { Agency = Agency(element), Id = NameId(element), Codes = codes, Extensions = Children(element, "CodelistExtension").Select(ReadExtension).OfType<CodelistExtension>().ToValueArray() };
    }

    CodelistExtension? ReadExtension(XElement element)
    {
        if (Child(element, "Codelist") is not { } list)
        {
            Report(IssueCode.UnresolvedReference, element, "<CodelistExtension> does not say which list it extends (Codelist); it is passed over.");
            return null;
        }

        var exclusive = Child(element, "ExclusiveCodeSelection");
        return Reference(list, "Codelist") is not { } urn ? null : new(urn)
        {
            Prefix = Attribute(element, "prefix"),
            IsInclusive = exclusive is null,
            Members = (exclusive ?? Child(element, "InclusiveCodeSelection")) is { } members ? Children(members, "MemberValue").Select(ReadMember).ToValueArray() : default,
        };
    }

    ConceptScheme ReadConceptScheme(XElement element)
    {
        var concepts = Children(element, "Concept").Select(e => Describe(new Concept
        {
            Id = NameId(e),
            Parent = LocalId(Child(e, "Parent")),
            CoreRepresentation = ReadRepresentation(Child(e, "CoreRepresentation"), TextType.String),
            IsoConcept = Child(e, "ISOConceptReference") is { } iso
                ? new(TextOf(iso, "ConceptAgency"), TextOf(iso, "ConceptSchemeID"), TextOf(iso, "ConceptID")) : null,
        }, e)).ToValueArray();
        CheckTree(element, "Concept", [.. concepts.Select(c => (c.Id, c.Parent))]);
        return new() { Agency = Agency(element), Id = NameId(element), Concepts = concepts };
    }

    CategoryScheme ReadCategoryScheme(XElement element) =>
        new() { Agency = Agency(element), Id = NameId(element), Categories = ReadCategories(element) };

    ValueArray<Category> ReadCategories(XElement element)
    {
        var categories = Children(element, "Category").Select(e => Describe(new Category { Id = Id(e), Categories = ReadCategories(e) }, e)).ToValueArray();
        CheckTree(element, "Category", [.. categories.Select(c => (c.Id, (string?)null))]);
        return categories;
    }

    Categorisation? ReadCategorisation(XElement element)
    {
        var source = Child(element, "Source");
        var categorisation = new Categorisation
        {
            Agency = Agency(element),
            Id = Id(element),
            Source = Reference(source, "Dataflow"),
            Target = Reference(Child(element, "Target"), "Category"),
        };
        // Without what it categorises it would say something else; the finding about the reference tells why it is left out.
        return source is not null && categorisation.Source is null ? null : categorisation;
    }

    ProvisionAgreement ReadProvisionAgreement(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Dataflow = Reference(Child(element, IsV3 ? "Dataflow" : "StructureUsage"), "Dataflow"),
        DataProvider = Reference(Child(element, "DataProvider"), "DataProvider"),
    };

    Dataflow ReadDataflow(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Structure = Reference(Child(element, "Structure"), "DataStructure"),
        Dimensions = Child(element, "DimensionConstraint") is { } some ? TextsOf(some, "Dimension") : default,
    };

    Metadataflow ReadMetadataflow(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Structure = Reference(Child(element, "Structure"), "MetadataStructure"),
        // The schema demands a target; one that takes anything stands for none, and is written so.
        Targets = TextsOf(element, "Target") is var targets && targets is [Metadataflow.AnyTarget] ? default : targets,
    };

    T Describe<T>(T item, XElement element) where T : Item => (T)((Item)item with
    {
        Name = Texts(element, "Name"),
        Description = Texts(element, "Description"),
        Annotations = ReadAnnotations(element),
        Uri = Attribute(element, "uri"),
    });

    static string TextOf(XElement element, string child) => Child(element, child)?.Value.Trim() ?? "";

    void CheckTree(XElement scheme, string item, List<(string Id, string? Parent)> items)
    {
        List<XElement>? elements = null;
        foreach (var fault in StructureFaults.OfItems(item, NameOf(scheme), items, Attribute(scheme, "isPartial") == "true"))
            Report(fault.Code, (elements ??= [.. Children(scheme, item)])[fault.Item], fault.Message, fault.Value);
    }

    static string NameOf(XElement element) =>
        Attribute(element, "agencyID") is { } agency ? $"{agency}:{Attribute(element, "id")}({Attribute(element, "version") ?? "1.0"})" : $"'{Attribute(element, "id")}'";
}

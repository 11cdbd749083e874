using System.Text.Json;

namespace Sdmx.Json;

sealed partial class StructureJsonReader
{
    static readonly string[] Named = ["id", "links", "name", "names", "description", "descriptions", "annotations"];

    T Describe<T>(T item, JsonPart at) where T : Item
    {
        PassLinks(at);
        return (T)((Item)item with
        {
            Name = Texts(at, "name"),
            Description = Texts(at, "description"),
            Annotations = ReadAnnotations(at),
            // What other programs give as uri of an item is the address of a schema.
            Uri = Link(at, "self", "href"),
        });
    }

    OrganisationScheme ReadOrganisations(JsonPart at, ArtefactType type)
    {
        var (kind, member) = (ArtefactTypes.Of(type).ItemClass!, StructureJsonWriter.ItemsOf(type));
        Pass(at, [.. Common, member]);
        var parts = Items(at, member).ToList();
        var organisations = parts.Select(o =>
        {
            Pass(o, [.. Named, "parent", "contacts"]);
            return Describe(new Organisation
            {
                Id = type == ArtefactType.AgencyScheme ? NameId(o) : ItemId(o),
                Parent = Text(o, "parent") is { } parent ? LocalId(parent) : null,
                Contacts = Items(o, "contacts").Select(ReadContact).ToValueArray(),
            }, o);
        }).ToValueArray();
        CheckTree(at, kind, parts, [.. organisations.Select(o => (o.Id, o.Parent))]);
        return new(type) { Agency = Agency(at), Id = Id(at), Organisations = organisations };
    }

    Contact ReadContact(JsonPart at)
    {
        Pass(at, ["id", "name", "names", "department", "departments", "role", "roles", .. StructureJsonWriter.Channels.Select(c => c.Member)]);
        return new()
        {
            Id = Text(at, "id"),
            Name = Texts(at, "name"),
            Department = Texts(at, "department"),
            Role = Texts(at, "role"),
            Channels = StructureJsonWriter.Channels.SelectMany(c => Strings(at, c.Member), (c, value) => (c.Kind, value)).ToValueArray(),
        };
    }

    Codelist? ReadCodelist(JsonPart at)
    {
        if (at.Has("codelistExtensions"))
        {
            // Without the codes of the others it would be another list.
            TellNotKept(at, $"The codelist {NameOf(at)} extends others, which is not kept", "codelistExtensions");
            return null;
        }

        Pass(at, [.. Common, "codes"]);
        var codes = new List<(Code Code, JsonPart At)>();
        AddCodes(at, null, codes);
        CheckTree(at, "Code", codes.ConvertAll(c => c.At), codes.ConvertAll(c => (c.Code.Id, c.Code.Parent)));
        return new() { Agency = Agency(at), Id = NameId(at), Codes = codes.Select(c => c.Code).ToValueArray() };
    }

    // The schema has a flat list with parents; the guide also shows codes within codes.
    void AddCodes(JsonPart at, string? parent, List<(Code, JsonPart)> codes)
    {
        foreach (var part in Items(at, "codes"))
        {
            Pass(part, [.. Named, "parent", "codes"]);
            var code = Describe(new Code { Id = ItemId(part), Parent = (Text(part, "parent") is { } named ? LocalId(named) : null) ?? parent }, part);
            codes.Add((code, part));
            AddCodes(part, code.Id, codes);
        }
    }

    ConceptScheme ReadConceptScheme(JsonPart at)
    {
        Pass(at, [.. Common, "concepts"]);
        var parts = Items(at, "concepts").ToList();
        var concepts = parts.Select(c =>
        {
            Pass(c, [.. Named, "parent", "coreRepresentation", "isoConceptReference"]);
            return Describe(new Concept
            {
                Id = NameId(c),
                Parent = Text(c, "parent") is { } parent ? LocalId(parent) : null,
                CoreRepresentation = ReadRepresentation(c, "coreRepresentation", TextType.String),
                IsoConcept = ReadIsoConcept(c),
            }, c);
        }).ToValueArray();
        CheckTree(at, "Concept", parts, [.. concepts.Select(c => (c.Id, c.Parent))]);
        return new() { Agency = Agency(at), Id = NameId(at), Concepts = concepts };
    }

    IsoConceptReference? ReadIsoConcept(JsonPart at)
    {
        if (at.Member("isoConceptReference") is { ValueKind: JsonValueKind.String } urn)
        {
            // 1.0 has a URN here, of which no form is given.
            PassOver("isoConceptReference", new(urn, at.PathOf("isoConceptReference")), []);
            return null;
        }

        return Part(at, "isoConceptReference") is { } iso ? new(Required(iso, "conceptAgency"), Required(iso, "conceptSchemeID"), Required(iso, "conceptID")) : null;
    }

    CategoryScheme ReadCategoryScheme(JsonPart at)
    {
        Pass(at, [.. Common, "categories"]);
        return new() { Agency = Agency(at), Id = NameId(at), Categories = ReadCategories(at) };
    }

    ValueArray<Category> ReadCategories(JsonPart at)
    {
        var parts = Items(at, "categories").ToList();
        var categories = parts.Select(c =>
        {
            Pass(c, [.. Named, "categories"]);
            return Describe(new Category { Id = ItemId(c), Categories = ReadCategories(c) }, c);
        }).ToValueArray();
        CheckTree(at, "Category", parts, [.. categories.Select(c => (c.Id, (string?)null))]);
        return categories;
    }

    void CheckTree(JsonPart scheme, string kind, List<JsonPart> parts, List<(string Id, string? Parent)> items)
    {
        var isPartial = scheme.Member("isPartial") is { ValueKind: JsonValueKind.True };
        foreach (var fault in StructureFaults.OfItems(kind, NameOf(scheme), items, isPartial))
            Report(fault.Code, parts[fault.Item], fault.Message, fault.Value);
    }

    Categorisation? ReadCategorisation(JsonPart at)
    {
        Pass(at, [.. Common, "source", "target"]);
        var categorisation = new Categorisation { Agency = Agency(at), Id = Id(at), Source = UrnOf(at, "source"), Target = UrnOf(at, "target", "Category") };
        // Without what it categorises it would say something else; the finding about the reference tells why it is left out.
        return at.Has("source") && categorisation.Source is null ? null : categorisation;
    }

    Dataflow ReadDataflow(JsonPart at)
    {
        Pass(at, [.. Common, "structure"]);
        return new() { Agency = Agency(at), Id = Id(at), Structure = UrnOf(at, "structure", "DataStructure") };
    }

    Metadataflow ReadMetadataflow(JsonPart at)
    {
        Pass(at, [.. Common, "structure", "targets"]);
        return new() { Agency = Agency(at), Id = Id(at), Structure = UrnOf(at, "structure", "MetadataStructure"), Targets = Strings(at, "targets") };
    }

    ProvisionAgreement ReadAgreement(JsonPart at)
    {
        Pass(at, [.. Common, "dataflow", "structureUsage", "dataProvider"]);
        return new()
        {
            Agency = Agency(at), Id = Id(at), DataProvider = UrnOf(at, "dataProvider", "DataProvider"),
            // 1.0 has structureUsage, which may be a metadata flow too.
            Dataflow = UrnOf(at, "dataflow", "Dataflow") ?? UrnOf(at, "structureUsage", "Dataflow", "Metadataflow"),
        };
    }
}

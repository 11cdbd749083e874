namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    /// <summary>The ways to reach someone: the element of SDMX-ML, and the member that lists them.</summary>
    public static IReadOnlyList<(string Kind, string Member)> Channels { get; } =
        [("Telephone", "telephones"), ("Fax", "faxes"), ("X400", "x400s"), ("URI", "uris"), ("Email", "emails")];

    /// <summary>The member that lists the organisations of a scheme.</summary>
    public static string ItemsOf(ArtefactType type) => type switch
    {
        ArtefactType.AgencyScheme => "agencies",
        ArtefactType.DataProviderScheme => "dataProviders",
        ArtefactType.DataConsumerScheme => "dataConsumers",
        ArtefactType.OrganisationUnitScheme => "organisationUnits",
        _ => throw new InvalidOperationException($"{type} is no scheme of organisations"),
    };

    void WriteItem(Item item, Action content) => Object(() =>
    {
        _json.WriteString("id", item.Id);
        Page(item.Uri);
        Name(item.Name, item.Description);
        Annotations(item.Annotations);
        content();
    });

    void WriteCategory(Category category) => WriteItem(category, () => Array("categories", category.Categories, WriteCategory));

    void WriteConcept(Concept concept) => WriteItem(concept, () =>
    {
        WriteParent("Concept", concept.Parent);
        WriteRepresentation("coreRepresentation", concept.CoreRepresentation);
        if (IsV1 || concept.IsoConcept is not { } iso)
            return;
        _json.WriteStartObject("isoConceptReference");
        _json.WriteString("conceptAgency", iso.Agency);
        _json.WriteString("conceptSchemeID", iso.SchemeId);
        _json.WriteString("conceptID", iso.ConceptId);
        _json.WriteEndObject();
    });

    void WriteOrganisation(Organisation organisation) => WriteItem(organisation, () =>
    {
        WriteParent("OrganisationUnit", organisation.Parent);
        Array("contacts", organisation.Contacts, WriteContact);
    });

    // 1.0 names the parents of concepts and organisation units, though not those of codes, by URN.
    void WriteParent(string kind, string? parent) =>
        Optional("parent", parent is not null && IsV1 ? (_artefact!.Urn with { Class = kind, Item = parent }).ToString() : parent);

    void WriteContact(Contact contact) => Object(() =>
    {
        Optional("id", IsV1 ? null : contact.Id);
        Texts("name", contact.Name);
        Texts("department", contact.Department);
        Texts("role", contact.Role);
        foreach (var (kind, property) in Channels)
            Array(property, contact.Channels.Where(c => c.Kind == kind), c => _json.WriteStringValue(c.Value));
    });
}

using System.Xml.Linq;

namespace Sdmx.Xml;

static partial class StructureXmlWriter
{
    static XElement WriteItem(Item item, string name, params object?[] content) => new(Structure + name,
        Optional("id", item.Id),
        Optional("uri", item.Uri),
        Annotations(item.Annotations),
        Names(item.Name),
        Texts(Common + "Description", item.Description),
        content);

    static XElement WriteCode(Code code) => WriteItem(code, "Code", LocalReference(Structure + "Parent", code.Parent));

    static XElement WriteConcept(Concept concept) => WriteItem(concept, "Concept",
        LocalReference(Structure + "Parent", concept.Parent),
        WriteRepresentation("CoreRepresentation", concept.CoreRepresentation),
        concept.IsoConcept is not { } iso ? null : new XElement(Structure + "ISOConceptReference",
            new XElement(Structure + "ConceptAgency", iso.Agency),
            new XElement(Structure + "ConceptSchemeID", iso.SchemeId),
            new XElement(Structure + "ConceptID", iso.ConceptId)));

    static XElement WriteCategory(Category category) => WriteItem(category, "Category", category.Categories.Select(WriteCategory));

    static IEnumerable<XElement> WriteOrganisations(OrganisationScheme scheme) =>
        scheme.Organisations.Select(o => WriteItem(o, ArtefactTypes.Of(scheme.Type).ItemClass!,
            LocalReference(Structure + "Parent", o.Parent), o.Contacts.Select(WriteContact)));

    static XElement WriteContact(Contact contact) => new(Structure + "Contact",
        Optional("id", contact.Id),
        Texts(Common + "Name", contact.Name),
        Texts(Structure + "Department", contact.Department),
        Texts(Structure + "Role", contact.Role),
        contact.Channels.Select(c => new XElement(Structure + c.Kind, Clean(c.Value))));
}

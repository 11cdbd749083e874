using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    XElement WriteItem(Item item, string name, params object?[] content) => new(_structure + name,
        Optional("id", item.Id),
        Optional("uri", item.Uri),
        Annotations(item.Annotations),
        Names(item.Name),
        Texts(_common + "Description", item.Description),
        content);

    XElement WriteCode(Code code) => WriteItem(code, "Code", LocalReference(_structure + "Parent", code.Parent));

    // Names are optional here.
    XElement WriteValue(ValueItem item) => new(_structure + "ValueItem",
        new XAttribute("id", Clean(item.Id)), Annotations(item.Annotations), Texts(_common + "Name", item.Name), Texts(_common + "Description", item.Description));

    XElement? WriteLevel(Level? level) => level is null ? null : WriteItem(level, "Level", Format("CodingFormat", level.CodingFormat), WriteLevel(level.Below));

    XElement WriteHierarchicalCode(HierarchicalCode code) => new(_structure + "HierarchicalCode",
        Optional("id", code.Id), Optional("uri", code.Uri), Optional("validFrom", code.ValidFrom), Optional("validTo", code.ValidTo),
        Annotations(code.Annotations), Reference(_structure + "Code", code.Code), code.Codes.Select(WriteHierarchicalCode), Text("Level", code.Level));

    XElement? WriteExtension(CodelistExtension extension) => !IsV3 ? null : new(_structure + "CodelistExtension",
        Optional("prefix", extension.Prefix),
        Text("Codelist", extension.Codelist.ToString()),
        extension.Members.IsEmpty ? null : new XElement(_structure + (extension.IsInclusive ? "InclusiveCodeSelection" : "ExclusiveCodeSelection"),
            extension.Members.Select(m => new XElement(_structure + "MemberValue", WriteCascade(m.Cascade), Clean(m.Value)))));

    XElement WriteConcept(Concept concept) => WriteItem(concept, "Concept",
        LocalReference(_structure + "Parent", concept.Parent),
        WriteRepresentation("CoreRepresentation", concept.CoreRepresentation),
        concept.IsoConcept is not { } iso ? null : new XElement(_structure + "ISOConceptReference",
            new XElement(_structure + "ConceptAgency", iso.Agency),
            new XElement(_structure + "ConceptSchemeID", iso.SchemeId),
            new XElement(_structure + "ConceptID", iso.ConceptId)));

    XElement WriteCategory(Category category) => WriteItem(category, "Category", category.Categories.Select(WriteCategory));

    IEnumerable<XElement> WriteOrganisations(OrganisationScheme scheme) =>
        scheme.Organisations.Select(o => WriteItem(o, ArtefactTypes.Of(scheme.Type).ItemClass!,
            LocalReference(_structure + "Parent", o.Parent), o.Contacts.Select(WriteContact)));

    XElement WriteContact(Contact contact) => new(_structure + "Contact",
        Optional("id", contact.Id),
        Texts(_common + "Name", contact.Name),
        Texts(_structure + "Department", contact.Department),
        Texts(_structure + "Role", contact.Role),
        contact.Channels.Select(c => new XElement(_structure + c.Kind, Clean(c.Value))));
}

using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    XElement? WriteComponents(DataStructure dsd)
    {
        if (!dsd.Components.Any())
            return null;
        return new(_structure + "DataStructureComponents",
            new XElement(_structure + "DimensionList", new XAttribute("id", "DimensionDescriptor"),
                dsd.Dimensions.Select(d => WriteComponent(d, d.IsMeasureDimension ? "MeasureDimension" : "Dimension", Optional("position", d.Position))),
                dsd.Time is not { } time ? null : WriteComponent(time, "TimeDimension", Optional("position", time.Position))),
            dsd.Groups.Select(WriteGroup),
            dsd.Attributes.IsEmpty ? null : new XElement(_structure + "AttributeList", new XAttribute("id", "AttributeDescriptor"), dsd.Attributes.Select(WriteAttribute)),
            dsd.Measures.IsEmpty ? null : new XElement(_structure + "MeasureList", new XAttribute("id", "MeasureDescriptor"),
                WriteComponent(dsd.Measures[0], "PrimaryMeasure")));
    }

    XElement WriteComponent(Component component, string name, params object?[] content) => new(_structure + name,
        Optional("id", component.Id),
        Optional("uri", component.Uri),
        content.OfType<XAttribute>(),
        Annotations(component.Annotations),
        Reference(_structure + "ConceptIdentity", component.ConceptIdentity),
        WriteRepresentation("LocalRepresentation", component.LocalRepresentation),
        component.ConceptRoles.Select(r => Reference(_structure + "ConceptRole", r)),
        content.Where(c => c is not XAttribute));

    XElement WriteAttribute(DataAttribute attribute)
    {
        // An element of its own in 2.1, of fixed id and type; the same id with another type is an ordinary attribute.
        var isStartDay = attribute is { Id: "REPORTING_YEAR_START_DAY", LocalRepresentation: { Enumeration: null, Format.Type: TextType.MonthDay }, ConceptRoles.IsEmpty: true };
        return WriteComponent(attribute, isStartDay ? "ReportingYearStartDay" : "Attribute",
            new XAttribute("assignmentStatus", attribute.IsMandatory ? "Mandatory" : "Conditional"),
            new XElement(_structure + "AttributeRelationship", WriteRelationship(attribute.Relationship)));
    }

    IEnumerable<XElement?> WriteRelationship(AttributeRelationship relationship) => relationship switch
    {
        { Kind: AttachmentLevel.Observation } => [LocalReference(_structure + "PrimaryMeasure", "OBS_VALUE")],
        { Kind: AttachmentLevel.Group, Group: not null } => [LocalReference(_structure + "Group", relationship.Group)],
        { Dimensions.IsEmpty: false } => relationship.Dimensions.Select(d => LocalReference(_structure + "Dimension", d))
            .Concat(relationship.AttachmentGroups.Select(g => LocalReference(_structure + "AttachmentGroup", g))),
        _ => [new XElement(_structure + "None")],
    };

    XElement WriteGroup(DimensionGroup group) => new(_structure + "Group",
        Optional("id", group.Id),
        Annotations(group.Annotations),
        group.Dimensions.Select(d => new XElement(_structure + "GroupDimension", LocalReference(_structure + "DimensionReference", d))));

    XElement? WriteComponents(MetadataStructure msd)
    {
        if (msd.Targets.IsEmpty && msd.Reports.IsEmpty)
            return null;
        return new(_structure + "MetadataStructureComponents",
            msd.Targets.Select(t => new XElement(_structure + "MetadataTarget", Optional("id", t.Id), Annotations(t.Annotations),
                t.Objects.Select(o => new XElement(_structure + o.Kind,
                    Optional("id", o.Id),
                    Optional("objectType", o.ObjectType),
                    Annotations(o.Annotations),
                    WriteRepresentation("LocalRepresentation", o.LocalRepresentation))))),
            msd.Reports.Select(r => new XElement(_structure + "ReportStructure", Optional("id", r.Id), Annotations(r.Annotations),
                r.Attributes.Select(WriteMetadataAttribute),
                r.Targets.Select(t => LocalReference(_structure + "MetadataTarget", t)))));
    }

    XElement WriteMetadataAttribute(MetadataAttribute attribute) => WriteComponent(attribute, "MetadataAttribute",
        attribute.MinOccurs == 1 ? null : new XAttribute("minOccurs", attribute.MinOccurs),
        attribute.MaxOccurs == 1 ? null : new XAttribute("maxOccurs", attribute.MaxOccurs == int.MaxValue ? "unbounded" : attribute.MaxOccurs),
        attribute.IsPresentational ? new XAttribute("isPresentational", true) : null,
        attribute.Attributes.Select(WriteMetadataAttribute));
}

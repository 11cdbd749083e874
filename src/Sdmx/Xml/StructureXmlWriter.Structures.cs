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
                dsd.Time is { } time ? WriteTime(time) : null),
            dsd.Groups.Select(WriteGroup),
            dsd.Attributes.IsEmpty && (!IsV3 || dsd.MetadataAttributes.IsEmpty) ? null : new XElement(_structure + "AttributeList", new XAttribute("id", "AttributeDescriptor"),
                dsd.Attributes.Select(a => WriteAttribute(dsd, a)),
                IsV3 ? dsd.MetadataAttributes.Select(u => WriteUsage(dsd, u)) : null),
            dsd.Measures.IsEmpty ? null : new XElement(_structure + "MeasureList", new XAttribute("id", "MeasureDescriptor"), IsV3
                ? dsd.Measures.Select(m => WriteComponent(m, "Measure", Usage(m.IsMandatory)))
                : WriteComponent(dsd.Measures[0], "PrimaryMeasure")));
    }

    // 3.x numbers it not, and demands a representation: the standard's own where the structure gives none.
    XElement WriteTime(TimeDimension time) => !IsV3
        ? WriteComponent(time, "TimeDimension", Optional("position", time.Position))
        : WriteComponent(time.LocalRepresentation is null ? time with { LocalRepresentation = new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : time, "TimeDimension");

    static XAttribute Usage(bool isMandatory) => new("usage", isMandatory ? "mandatory" : "optional");

    XElement WriteUsage(DataStructure dsd, MetadataAttributeUsage usage) => new(_structure + "MetadataAttributeUsage",
        Annotations(usage.Annotations),
        Text("MetadataAttributeReference", usage.Attribute),
        new XElement(_structure + "AttributeRelationship", WriteRelationship(dsd, usage.Relationship)));

    XElement WriteComponent(Component component, string name, params object?[] content) => new(_structure + name,
        Optional("id", component.Id),
        Optional("uri", component.Uri),
        content.OfType<XAttribute>(),
        Annotations(component.Annotations),
        Reference(_structure + "ConceptIdentity", component.ConceptIdentity),
        WriteRepresentation("LocalRepresentation", component.LocalRepresentation),
        component.ConceptRoles.Select(r => Reference(_structure + "ConceptRole", r)),
        content.Where(c => c is not XAttribute));

    XElement WriteAttribute(DataStructure dsd, DataAttribute attribute)
    {
        var relationship = new XElement(_structure + "AttributeRelationship", WriteRelationship(dsd, attribute.Relationship));
        if (IsV3)
        {
            return WriteComponent(attribute, "Attribute", Usage(attribute.IsMandatory), relationship,
                attribute.Relationship.Measures.IsEmpty ? null : new XElement(_structure + "MeasureRelationship", Elements("Measure", attribute.Relationship.Measures)));
        }

        // An element of its own in 2.1, of fixed id and type; the same id with another type is an ordinary attribute.
        var isStartDay = attribute is { Id: "REPORTING_YEAR_START_DAY", LocalRepresentation: { Enumeration: null, Format.Type: TextType.MonthDay }, ConceptRoles.IsEmpty: true };
        return WriteComponent(attribute, isStartDay ? "ReportingYearStartDay" : "Attribute",
            new XAttribute("assignmentStatus", attribute.IsMandatory ? "Mandatory" : "Conditional"), relationship);
    }

    IEnumerable<XElement?> WriteRelationship(DataStructure dsd, AttributeRelationship relationship) => relationship switch
    {
        { Kind: AttachmentLevel.Observation } => [IsV3 ? new XElement(_structure + "Observation") : LocalReference(_structure + "PrimaryMeasure", "OBS_VALUE")],
        { Kind: AttachmentLevel.Group, Group: not null } => [LocalReference(_structure + "Group", relationship.Group)],
        { Dimensions.IsEmpty: false } when IsV3 => relationship.WithoutAttachmentGroups(dsd).Dimensions.Select(d => LocalReference(_structure + "Dimension", d)),
        { Dimensions.IsEmpty: false } => relationship.Dimensions.Select(d => LocalReference(_structure + "Dimension", d))
            .Concat(relationship.AttachmentGroups.Select(g => LocalReference(_structure + "AttachmentGroup", g))),
        _ => [new XElement(_structure + (IsV3 ? "Dataflow" : "None"))],
    };

    XElement WriteGroup(DimensionGroup group) => new(_structure + "Group",
        Optional("id", group.Id),
        Annotations(group.Annotations),
        group.Dimensions.Select(d => new XElement(_structure + "GroupDimension", LocalReference(_structure + "DimensionReference", d))));

    XElement? WriteComponents(MetadataStructure msd)
    {
        if (IsV3)
        {
            // 2.1's report structures become the one list that 3.x has; an attribute of several reports stands in it once.
            var attributes = msd.Attributes.Concat(msd.Reports.SelectMany(r => r.Attributes)).DistinctBy(a => a.Id).ToList();
            return attributes.Count == 0 ? null : new(_structure + "MetadataStructureComponents",
                new XElement(_structure + "MetadataAttributeList", new XAttribute("id", "MetadataAttributeDescriptor"), attributes.Select(WriteMetadataAttribute)));
        }

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

using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    DataStructure ReadDataStructure(XElement element)
    {
        var dsd = new DataStructure
        {
            Agency = Agency(element), Id = Id(element), MetadataStructure = Reference(Child(element, "Metadata"), "MetadataStructure"), IsEvolving = OptionalFlag(element, "evolvingStructure") ?? false,
        };
        if (Child(element, "DataStructureComponents") is not { } parts)
            return dsd;
        var dimensions = Child(parts, "DimensionList")?.Elements() ?? [];
        var times = dimensions.Where(d => d.Name.LocalName == "TimeDimension").ToList();
        if (times.Count > 1)
            Report(IssueCode.DuplicateItem, times[1], $"{NameOf(element)} has {times.Count} time dimensions; the first is kept.");
        dsd = dsd with
        {
            Dimensions = dimensions.Select(ReadDimension).OfType<Dimension>().ToValueArray(),
            Time = times is [var time, ..] ? ReadTimeDimension(time) : null,
            Groups = Children(parts, "Group").Select(ReadGroup).ToValueArray(),
            Measures = Components(parts, "MeasureList", ReadMeasure),
            Attributes = Components(parts, "AttributeList", ReadAttribute),
            MetadataAttributes = (Child(parts, "AttributeList") is { } list ? Children(list, "MetadataAttributeUsage") : []).Select(u => new MetadataAttributeUsage
            {
                Attribute = TextOf(u, "MetadataAttributeReference"), Relationship = ReadRelationship(u), Annotations = ReadAnnotations(u),
            }).ToValueArray(),
        };
        foreach (var fault in StructureFaults.Of(dsd, NameOf(element)))
            Report(fault.Code, parts, fault.Message, fault.Value);
        return dsd;
    }

    static ValueArray<T> Components<T>(XElement parts, string list, Func<XElement, T?> read) where T : Component =>
        (Child(parts, list)?.Elements() ?? []).Select(read).OfType<T>().ToValueArray();

    Dimension? ReadDimension(XElement element)
    {
        var isMeasure = element.Name.LocalName == "MeasureDimension";
        if (!isMeasure && element.Name.LocalName != "Dimension" || Concept(element) is not { } concept)
            return null;
        return Finish(element, new Dimension
        {
            Id = NameId(element, concept.Item),
            ConceptIdentity = concept,
            LocalRepresentation = ReadRepresentation(Child(element, "LocalRepresentation"), TextType.String, isMeasure ? "ConceptScheme" : "Codelist"),
            Position = OptionalNumber(element, "position"),
            IsMeasureDimension = isMeasure,
        });
    }

    TimeDimension? ReadTimeDimension(XElement element) => Concept(element) is not { } concept ? null : Finish(element, new TimeDimension
    {
        Id = NameId(element, "TIME_PERIOD"),
        ConceptIdentity = concept,
        LocalRepresentation = ReadRepresentation(Child(element, "LocalRepresentation"), TextType.ObservationalTimePeriod),
        Position = OptionalNumber(element, "position"),
    });

    Measure? ReadMeasure(XElement element)
    {
        var isPrimary = element.Name.LocalName == "PrimaryMeasure";
        if (!isPrimary && element.Name.LocalName != "Measure" || Concept(element) is not { } concept)
            return null;
        return Finish(element, new Measure
        {
            Id = NameId(element, isPrimary ? "OBS_VALUE" : concept.Item),
            IsMandatory = IsV3 && IsMandatory(element),
            ConceptIdentity = concept,
            LocalRepresentation = ReadRepresentation(Child(element, "LocalRepresentation"), TextType.String),
        });
    }

    DataAttribute? ReadAttribute(XElement element)
    {
        var isStartDay = element.Name.LocalName == "ReportingYearStartDay";
        if (!isStartDay && element.Name.LocalName != "Attribute" || Concept(element) is not { } concept)
            return null;
        return Finish(element, new DataAttribute
        {
            Id = NameId(element, isStartDay ? "REPORTING_YEAR_START_DAY" : concept.Item),
            ConceptIdentity = concept,
            LocalRepresentation = ReadRepresentation(Child(element, "LocalRepresentation"), isStartDay ? TextType.MonthDay : TextType.String),
            IsMandatory = IsMandatory(element),
            Relationship = ReadRelationship(element),
        });
    }

    // Real files leave assignmentStatus out though the schema demands it; what is not said to be mandatory is not.
    bool IsMandatory(XElement element)
    {
        var (name, yes, no) = IsV3 ? ("usage", "mandatory", "optional") : ("assignmentStatus", "Mandatory", "Conditional");
        var said = Attribute(element, name)?.Trim();
        if (said is not null && said != yes && said != no)
            Mistyped(element, name, said, $"{yes} or {no}");
        return said == yes;
    }

    AttributeRelationship ReadRelationship(XElement attribute)
    {
        if (Child(attribute, "AttributeRelationship") is not { HasElements: true } element)
        {
            Report(IssueCode.UnresolvedReference, attribute,
                $"Attribute '{Attribute(attribute, "id")}' does not say what it is attached to (AttributeRelationship); it is taken for one of the observation.");
            return new() { Kind = AttachmentLevel.Observation };
        }

        ValueArray<string> measures = Child(attribute, "MeasureRelationship") is { } some ? TextsOf(some, "Measure") : default;
        if (Child(element, IsV3 ? "Observation" : "PrimaryMeasure") is not null)
            return new() { Kind = AttachmentLevel.Observation, Measures = measures };
        if (Child(element, "Group") is { } group)
            return new() { Kind = AttachmentLevel.Group, Group = LocalId(group), Measures = measures };
        if (Child(element, "Dimension") is null)
            return new() { Kind = AttachmentLevel.Dataset, Measures = measures };
        if (Children(element, "Dimension").FirstOrDefault(d => OptionalFlag(d, "optional") == true) is { } optional)
            Report(IssueCode.UnexpectedElement, optional, $"optional=\"true\" of <Dimension> is not kept: attribute '{Attribute(attribute, "id")}' always needs its dimensions.", "optional");
        return new()
        {
            Kind = AttachmentLevel.Series,
            Measures = measures,
            Dimensions = Children(element, "Dimension").Select(LocalId).OfType<string>().ToValueArray(),
            AttachmentGroups = Children(element, "AttachmentGroup").Select(LocalId).OfType<string>().ToValueArray(),
        };
    }

    DimensionGroup ReadGroup(XElement element) => new()
    {
        Id = Id(element),
        Dimensions = Children(element, "GroupDimension").Select(d => LocalId(Child(d, "DimensionReference"))).OfType<string>().ToValueArray(),
        Annotations = ReadAnnotations(element),
    };

    Urn? Concept(XElement component)
    {
        if (Child(component, "ConceptIdentity") is { } identity)
            return Reference(identity, "Concept");
        Report(IssueCode.UnresolvedReference, component, $"<{component.Name.LocalName}> '{Attribute(component, "id")}' has no concept (ConceptIdentity); it is passed over.");
        return null;
    }

    T Finish<T>(XElement element, T component) where T : Component => (T)((Component)component with
    {
        ConceptRoles = Children(element, "ConceptRole").Select(r => Reference(r, "Concept")).OfType<Urn>().ToValueArray(),
        Annotations = ReadAnnotations(element),
        Uri = Attribute(element, "uri"),
    });
}

using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    MetadataStructure ReadMetadataStructure(XElement element)
    {
        var msd = new MetadataStructure { Agency = Agency(element), Id = Id(element) };
        if (Child(element, "MetadataStructureComponents") is not { } parts)
            return msd;
        if (Child(parts, "MetadataAttributeList") is { } list)
            return msd with { Attributes = ReadMetadataAttributes(list) };
        msd = msd with
        {
            Targets = Children(parts, "MetadataTarget").Select(ReadTarget).ToValueArray(),
            Reports = Children(parts, "ReportStructure").Select(ReadReport).ToValueArray(),
        };
        foreach (var report in msd.Reports)
        {
            foreach (var target in report.Targets.Where(t => msd.Targets.All(known => known.Id != t)))
                Report(IssueCode.UnresolvedReference, parts, $"The report '{report.Id}' of {NameOf(element)} refers to the target '{target}', which is not there.", target);
        }

        return msd;
    }

    MetadataTarget ReadTarget(XElement element) => new()
    {
        Id = Id(element),
        Objects = element.Elements().Where(e => StructureGrammar.TargetObjects.Contains(e.Name.LocalName)).Select(ReadTargetObject).ToValueArray(),
        Annotations = ReadAnnotations(element),
    };

    TargetObject ReadTargetObject(XElement element)
    {
        var kind = element.Name.LocalName;
        var (id, format) = TargetDefaults(kind);
        return new()
        {
            Id = NameId(element, id),
            Kind = kind,
            ObjectType = Attribute(element, "objectType"),
            LocalRepresentation = ReadRepresentation(Child(element, "LocalRepresentation"), format),
            Annotations = ReadAnnotations(element),
        };
    }

    // The ids and types that the 2.1 schema fixes.
    static (string? Id, TextType Type) TargetDefaults(string kind) => kind switch
    {
        "KeyDescriptorValuesTarget" => ("DIMENSION_DESCRIPTOR_VALUES_TARGET", TextType.KeyValues),
        "DataSetTarget" => ("DATA_SET_TARGET", TextType.DataSetReference),
        "ConstraintContentTarget" => ("CONSTRAINT_CONTENT_TARGET", TextType.AttachmentConstraintReference),
        "ReportPeriodTarget" => ("REPORT_PERIOD_TARGET", TextType.ObservationalTimePeriod),
        _ => (null, TextType.IdentifiableReference),
    };

    ReportStructure ReadReport(XElement element) => new()
    {
        Id = Id(element),
        Attributes = ReadMetadataAttributes(element),
        Targets = Children(element, "MetadataTarget").Select(LocalId).OfType<string>().ToValueArray(),
        Annotations = ReadAnnotations(element),
    };

    ValueArray<MetadataAttribute> ReadMetadataAttributes(XElement element)
    {
        var elements = Children(element, "MetadataAttribute").ToList();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var attributes = new List<MetadataAttribute>();
        foreach (var child in elements)
        {
            if (Concept(child) is not { } concept)
                continue;
            var id = NameId(child, concept.Item);
            if (!ids.Add(id))
                Report(IssueCode.DuplicateItem, child, $"The metadata attribute '{id}' is there twice in '{Attribute(element, "id")}'.", id);
            attributes.Add(Finish(child, new MetadataAttribute
            {
                Id = id,
                ConceptIdentity = concept,
                LocalRepresentation = ReadRepresentation(Child(child, "LocalRepresentation"), TextType.String),
                MinOccurs = OptionalNumber(child, "minOccurs") ?? 1,
                MaxOccurs = OptionalCount(child, "maxOccurs") ?? 1,
                IsPresentational = OptionalFlag(child, "isPresentational") ?? false,
                Attributes = ReadMetadataAttributes(child),
            }));
        }

        return attributes.ToValueArray();
    }
}

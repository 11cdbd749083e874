using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>Which elements the reader of SDMX-ML structures takes from each element, by local name.</summary>
/// <remarks>What is not here is reported, so that nothing is lost without a word. Names that SDMX uses twice have one row for both uses.</remarks>
static class StructureGrammar
{
    /// <summary>The parts of a metadata target.</summary>
    public static readonly string[] TargetObjects =
        ["KeyDescriptorValuesTarget", "DataSetTarget", "ConstraintContentTarget", "ReportPeriodTarget", "IdentifiableObjectTarget"];

    /// <summary>What a constraint can be attached to that is no artefact; it is kept as sent.</summary>
    public static readonly string[] OtherAttachments = ["SimpleDataSource", "DataSet", "MetadataSet", "QueryableDataSource"];

    static readonly string[] Named = ["Annotations", "Name", "Description"];
    static readonly string[] Reference = ["Ref", "URN"];
    static readonly string[] Component = ["Annotations", "ConceptIdentity", "LocalRepresentation", "ConceptRole", .. Reference];

    static readonly Dictionary<string, string[]> Children = new(StringComparer.Ordinal)
    {
        ["Parent"] = Reference,
        ["Source"] = Reference,
        ["Target"] = Reference,
        ["Structure"] = Reference,
        ["StructureUsage"] = Reference,
        ["Enumeration"] = Reference,
        ["ConceptIdentity"] = Reference,
        ["ConceptRole"] = Reference,
        ["DimensionReference"] = Reference,
        ["AttachmentGroup"] = Reference,
        ["Annotations"] = ["Annotation"],
        ["Annotation"] = ["AnnotationTitle", "AnnotationType", "AnnotationURL", "AnnotationText"],
        ["AgencyScheme"] = [.. Named, "Agency"],
        ["Agency"] = [.. Named, "Contact"],
        ["DataProviderScheme"] = [.. Named, "DataProvider"],
        ["DataProvider"] = [.. Named, "Contact", .. Reference],
        ["DataConsumerScheme"] = [.. Named, "DataConsumer"],
        ["DataConsumer"] = [.. Named, "Contact"],
        ["OrganisationUnitScheme"] = [.. Named, "OrganisationUnit"],
        ["OrganisationUnit"] = [.. Named, "Parent", "Contact"],
        ["Contact"] = ["Name", "Department", "Role", "Telephone", "Fax", "X400", "URI", "Email"],
        ["Codelist"] = [.. Named, "Code"],
        ["Code"] = [.. Named, "Parent"],
        ["ConceptScheme"] = [.. Named, "Concept"],
        ["Concept"] = [.. Named, "Parent", "CoreRepresentation", "ISOConceptReference"],
        ["ISOConceptReference"] = ["ConceptAgency", "ConceptSchemeID", "ConceptID"],
        ["CoreRepresentation"] = ["TextFormat", "Enumeration", "EnumerationFormat"],
        ["LocalRepresentation"] = ["TextFormat", "Enumeration", "EnumerationFormat"],
        ["CategoryScheme"] = [.. Named, "Category"],
        ["Category"] = [.. Named, "Category"],
        ["Categorisation"] = [.. Named, "Source", "Target"],
        ["Dataflow"] = [.. Named, "Structure", .. Reference],
        ["Metadataflow"] = [.. Named, "Structure", .. Reference],
        ["ProvisionAgreement"] = [.. Named, "StructureUsage", "DataProvider", .. Reference],
        ["DataStructure"] = [.. Named, "DataStructureComponents", .. Reference],
        ["DataStructureComponents"] = ["DimensionList", "Group", "AttributeList", "MeasureList"],
        ["DimensionList"] = ["Dimension", "MeasureDimension", "TimeDimension"],
        ["Dimension"] = Component,
        ["MeasureDimension"] = Component,
        ["TimeDimension"] = Component,
        ["Group"] = ["Annotations", "GroupDimension", .. Reference],
        ["GroupDimension"] = ["DimensionReference"],
        ["AttributeList"] = ["Attribute", "ReportingYearStartDay"],
        ["Attribute"] = [.. Component, "AttributeRelationship", "Value", "TimeRange"],
        ["ReportingYearStartDay"] = [.. Component, "AttributeRelationship"],
        ["AttributeRelationship"] = ["None", "Dimension", "AttachmentGroup", "Group", "PrimaryMeasure"],
        ["MeasureList"] = ["PrimaryMeasure"],
        ["PrimaryMeasure"] = Component,
        ["MetadataStructure"] = [.. Named, "MetadataStructureComponents", .. Reference],
        ["MetadataStructureComponents"] = ["MetadataTarget", "ReportStructure"],
        ["MetadataTarget"] = ["Annotations", .. TargetObjects, .. Reference],
        ["KeyDescriptorValuesTarget"] = ["Annotations", "LocalRepresentation"],
        ["DataSetTarget"] = ["Annotations", "LocalRepresentation"],
        ["ConstraintContentTarget"] = ["Annotations", "LocalRepresentation"],
        ["ReportPeriodTarget"] = ["Annotations", "LocalRepresentation"],
        ["IdentifiableObjectTarget"] = ["Annotations", "LocalRepresentation"],
        ["ReportStructure"] = ["Annotations", "MetadataAttribute", "MetadataTarget"],
        ["MetadataAttribute"] = [.. Component, "MetadataAttribute"],
        ["ContentConstraint"] = [.. Named, "ConstraintAttachment", "DataKeySet", "CubeRegion", "ReleaseCalendar", "ReferencePeriod"],
        ["ConstraintAttachment"] =
            ["DataProvider", "DataStructure", "MetadataStructure", "Dataflow", "Metadataflow", "ProvisionAgreement", .. OtherAttachments],
        ["DataKeySet"] = ["Key"],
        ["Key"] = ["KeyValue", "Attribute"],
        ["CubeRegion"] = ["KeyValue", "Attribute"],
        ["KeyValue"] = ["Value", "TimeRange"],
        ["TimeRange"] = ["BeforePeriod", "AfterPeriod", "StartPeriod", "EndPeriod"],
        ["ReleaseCalendar"] = ["Periodicity", "Offset", "Tolerance"],
    };

    static readonly string[] PeriodMap = ["Annotations", "Source", "Target", "FrequencyDimension", "MappedFrequencies", "TargetFrequencyID"];

    // What 3.x says otherwise; references are texts in it.
    static readonly Dictionary<string, string[]> ChildrenV3 = new(StringComparer.Ordinal)
    {
        ["MetadataProviderScheme"] = [.. Named, "MetadataProvider"],
        ["MetadataProvider"] = [.. Named, "Contact"],
        ["MetadataProvisionAgreement"] = [.. Named, "Metadataflow", "MetadataProvider", "Target"],
        ["ValueList"] = [.. Named, "ValueItem"],
        ["ValueItem"] = Named,
        ["Hierarchy"] = [.. Named, "Level", "HierarchicalCode"],
        ["Level"] = [.. Named, "CodingFormat", "Level"],
        ["CodingFormat"] = ["SentinelValue"],
        ["HierarchicalCode"] = ["Annotations", "Code", "HierarchicalCode", "Level"],
        ["HierarchyAssociation"] = [.. Named, "LinkedHierarchy", "LinkedObject", "ContextObject"],
        ["Codelist"] = [.. Named, "Code", "CodelistExtension"],
        ["CodelistExtension"] = ["Codelist", "InclusiveCodeSelection", "ExclusiveCodeSelection"],
        ["InclusiveCodeSelection"] = ["MemberValue"],
        ["ExclusiveCodeSelection"] = ["MemberValue"],
        ["TextFormat"] = ["SentinelValue"],
        ["EnumerationFormat"] = ["SentinelValue"],
        ["SentinelValue"] = ["Name", "Description"],
        ["Dataflow"] = [.. Named, "Structure", "DimensionConstraint"],
        ["DimensionConstraint"] = ["Dimension"],
        ["Metadataflow"] = [.. Named, "Structure", "Target"],
        ["ProvisionAgreement"] = [.. Named, "Dataflow", "DataProvider"],
        ["DataStructure"] = [.. Named, "DataStructureComponents", "Metadata"],
        ["DimensionList"] = ["Dimension", "TimeDimension"],
        ["AttributeList"] = ["Attribute", "MetadataAttributeUsage"],
        ["Attribute"] = [.. Component, "AttributeRelationship", "MeasureRelationship"],
        ["MetadataAttributeUsage"] = ["Annotations", "MetadataAttributeReference", "AttributeRelationship"],
        ["AttributeRelationship"] = ["Dataflow", "Dimension", "Group", "Observation"],
        ["MeasureRelationship"] = ["Measure"],
        ["MeasureList"] = ["Measure"],
        ["Measure"] = Component,
        ["MetadataStructureComponents"] = ["MetadataAttributeList"],
        ["MetadataAttributeList"] = ["MetadataAttribute"],
        ["DataConstraint"] = [.. Named, "ConstraintAttachment", "DataKeySet", "CubeRegion", "ReleaseCalendar"],
        ["Key"] = ["KeyValue", "Component"],
        ["CubeRegion"] = ["KeyValue", "Component"],
        ["Component"] = ["Value", "TimeRange"],
        ["Annotation"] = ["AnnotationTitle", "AnnotationType", "AnnotationURL", "AnnotationText", "AnnotationValue"],
        ["StructureMap"] = [.. Named, "Source", "Target", "EpochMap", "DatePatternMap", "FrequencyFormatMapping", "ComponentMap", "FixedValueMap"],
        ["EpochMap"] = PeriodMap,
        ["DatePatternMap"] = PeriodMap,
        ["FrequencyFormatMapping"] = ["Annotations", "FrequencyId", "DatePattern"],
        ["ComponentMap"] = ["Annotations", "Source", "Target", "RepresentationMap"],
        ["FixedValueMap"] = ["Annotations", "Source", "Target", "Value"],
        ["RepresentationMap"] = [.. Named, "SourceCodelist", "SourceDataType", "TargetCodelist", "TargetDataType", "RepresentationMapping"],
        ["RepresentationMapping"] = ["Annotations", "SourceValue", "TargetValue"],
    };

    /// <summary>Every element under <paramref name="artefact"/> that the reader passes over, outermost only.</summary>
    public static IEnumerable<XElement> Unknown(XElement artefact, bool isV3)
    {
        var parent = artefact.Name.LocalName;
        if (OtherAttachments.Contains(parent))
            yield break;
        string[]? known = null;
        if (!isV3 || !ChildrenV3.TryGetValue(parent, out known))
            Children.TryGetValue(parent, out known);
        foreach (var child in artefact.Elements())
        {
            if (known is null || Array.IndexOf(known, child.Name.LocalName) < 0)
            {
                yield return child;
                continue;
            }

            foreach (var below in child.HasElements ? Unknown(child, isV3) : [])
                yield return below;
        }
    }
}

using Sdmx;

namespace SdmxHub.Web;

/// <summary>Reduces artefacts to what a stub says (checklist 1.1, detail).</summary>
static class Stub
{
    /// <summary>Identification and names; <paramref name="complete"/>: descriptions, annotations and finality too. No items, components, regions.</summary>
    /// <remarks>A provision agreement keeps its flow and provider, a map and an association their ends, and a hierarchy its first code, which SDMX-ML
    /// demands even of a stub.</remarks>
    public static Artefact Of(Artefact artefact, bool complete)
    {
        var empty = artefact switch
        {
            Codelist list => list with { Codes = [], Extensions = [], IsPartial = false },
            ConceptScheme list => list with { Concepts = [], IsPartial = false },
            OrganisationScheme list => list with { Organisations = [], IsPartial = false },
            CategoryScheme list => list with { Categories = [], IsPartial = false },
            DataStructure dsd => dsd with { Dimensions = [], Time = null, Groups = [], Measures = [], Attributes = [], MetadataStructure = null, MetadataAttributes = [] },
            MetadataStructure msd => msd with { Attributes = [], Targets = [], Reports = [] },
            Dataflow flow => flow with { Structure = null, Dimensions = [] },
            Metadataflow flow => flow with { Structure = null },
            DataConstraint constraint => constraint with { Attachment = [], OtherAttachment = [], Regions = [], KeySets = [], ReleaseCalendar = null, ReferencePeriod = null },
            Categorisation categorisation => categorisation with { Source = null, Target = null },
            StructureMap map => map with { EpochMaps = [], DatePatternMaps = [], FrequencyFormats = [], ComponentMaps = [], FixedValues = [] },
            ValueList list => list with { Items = [] },
            Hierarchy hierarchy => hierarchy with { Level = null, Codes = [.. hierarchy.Codes.Take(1).Select(c => c with { Codes = [], Level = null, Annotations = [] })] },
            RepresentationMap map => map with { Mappings = [] },
            _ => artefact,
        };
        return complete
            ? empty with { IsExternalReference = true }
            : empty with { IsExternalReference = true, Description = default, Annotations = [], IsFinal = null };
    }
}

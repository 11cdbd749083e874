using System.Globalization;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    /// <summary>What of <paramref name="artefact"/> SDMX-ML 2.1 cannot carry, one sentence each; empty when it says the same.</summary>
    /// <remarks>Whether a measure must be given is not counted: 2.1 has no word for it, and its one measure is always named.</remarks>
    public static IReadOnlyList<string> Losses(Artefact artefact)
    {
        var losses = new List<string>();
        if (ArtefactTypes.Of(artefact.Type).IsSinceV3)
            return [$"a {artefact.Type}, which SDMX has since 3.0"];
        if (!Identifiers.IsLegacyVersion(artefact.Version))
            losses.Add($"the semantic version {artefact.Version}");
        if (AnnotationsOf(artefact).Any(a => a.Value is not null))
            losses.Add("values of annotations");
        switch (artefact)
        {
            case DataStructure dsd: AddLosses(dsd, losses); break;
            case DataConstraint constraint: AddLosses(constraint, losses); break;
            case MetadataStructure { Attributes.IsEmpty: false }: losses.Add("metadata attributes that belong to no report structure"); break;
            case Metadataflow { Targets.IsEmpty: false }: losses.Add("targets of a metadata flow"); break;
            case ConceptScheme scheme when scheme.Concepts.Any(c => IsLost(c.CoreRepresentation)): losses.Add(Representations); break;
            default: break;
        }

        return losses;
    }

    /// <summary>What of <paramref name="artefact"/> the hub cannot write in SDMX-ML 3.0 without a loss, one phrase each; empty when it says the same.</summary>
    public static IReadOnlyList<string> LossesV3(Artefact artefact)
    {
        if (!ArtefactTypes.Of(artefact.Type).IsSinceV3)
            return [$"a {artefact.Type}: of SDMX-ML 3.0 only StructureMap and RepresentationMap are written yet"];
        var losses = new List<string>();
        if (artefact.IsFinal is not null)
            losses.Add("that it is final: 3.x says it by the version");
        if (artefact is RepresentationMap map && map.Mappings.SelectMany(m => (string?[])[m.ValidFrom, m.ValidTo]).Any(d => d is not null && !DateOnly.TryParseExact(d, "yyyy-MM-dd", out _)))
            losses.Add("hours of the day in the validity of a mapping");
        return losses;
    }

    const string Representations = "representations of several values or of geospatial type";

    static void AddLosses(DataStructure dsd, List<string> losses)
    {
        if (dsd.Measures.Count > 1 || dsd.Measures is [{ Id: not "OBS_VALUE" }])
        {
            losses.Add(string.Create(CultureInfo.InvariantCulture,
                $"{dsd.Measures.Count} measure(s) ({string.Join(", ", dsd.Measures.Select(m => m.Id))}); 2.1 has OBS_VALUE alone"));
        }

        if (dsd.Measures.Any(m => !m.ConceptRoles.IsEmpty))
            losses.Add("concept roles of measures");
        if (dsd.Attributes.Any(a => !a.Relationship.Measures.IsEmpty))
            losses.Add("attributes of some measures only");
        if (dsd.Components.Any(c => IsLost(c.LocalRepresentation)))
            losses.Add(Representations);
    }

    static void AddLosses(DataConstraint constraint, List<string> losses)
    {
        var selections = constraint.Regions.SelectMany(r => r.Keys.Concat(r.Components))
            .Concat(constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values.Concat(k.Components))).ToList();
        if (selections.Any(s => s.RemovePrefix))
            losses.Add("prefixes left off values");
        if (selections.Any(s => s.Values.Any(v => v.Cascade == Cascade.ExcludeRoot)))
            losses.Add("values below a code without the code itself");
    }

    static bool IsLost(Representation? representation) => representation is { MinOccurs: not null } or { MaxOccurs: not null }
        or { Format.Type: TextType.GeospatialInformation };

    static IEnumerable<Annotation> AnnotationsOf(Artefact artefact) => artefact.Annotations.Concat(artefact switch
    {
        OrganisationScheme scheme => scheme.Organisations.SelectMany(o => o.Annotations),
        Codelist list => list.Codes.SelectMany(c => c.Annotations),
        ConceptScheme scheme => scheme.Concepts.SelectMany(c => c.Annotations),
        DataStructure dsd => dsd.Components.SelectMany(c => c.Annotations),
        _ => [],
    });
}

namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    /// <summary>What of <paramref name="artefact"/> SDMX-JSON of a version cannot carry, one phrase each; empty when it says the same.</summary>
    /// <remarks><c>isFinal</c> is not counted: 3.x says by the version whether an artefact may change. Nor is whether a measure must be given, for which 1.0 has no word.</remarks>
    public static IReadOnlyList<string> Losses(Artefact artefact, JsonVersion version)
    {
        var losses = version == JsonVersion.V10 ? [.. LegacyLosses(artefact)] : new List<string>();
        losses.AddRange(PartsSinceV3.Of(artefact));
        if (Collections.All(c => c.Type != artefact.Type))
            losses.Add($"a {artefact.Type}");
        switch (artefact)
        {
            case not null when version == JsonVersion.V10:
                break;
            case DataStructure dsd when dsd.Dimensions.Any(d => d.IsMeasureDimension):
                losses.Add("that a dimension names measures (MeasureDimension)");
                break;
            case MetadataStructure { Targets.IsEmpty: false }:
                losses.Add("metadata targets and report structures (2.1)");
                break;
            case ProvisionAgreement { Dataflow.Class: "Metadataflow" }:
                losses.Add("an agreement about a metadata flow");
                break;
            case DataConstraint constraint:
                AddLosses(constraint, losses);
                if (version == JsonVersion.V21)
                    AddRecentLosses(constraint, losses);
                break;
            default:
                break;
        }

        if (RepresentationsOf(artefact!).SelectMany(Respelt).Distinct().ToList() is { Count: > 0 } respelt)
            losses.Add($"the spelling of facets ({string.Join(", ", respelt)})");
        if (TextsOf(artefact!).Any(t => Enumerable.Range(0, t.Texts.Count).Any(i => IsRepeated(t, i))))
            losses.Add("several texts in one language");
        return losses;
    }

    static void AddLosses(DataConstraint constraint, List<string> losses)
    {
        if (constraint.Regions.Count(r => r.IsIncluded) > 1 || constraint.Regions.Count(r => !r.IsIncluded) > 1)
            losses.Add("more than one included and one excluded cube region");
        if (constraint.ReferencePeriod is not null)
            losses.Add("the reference period");
        if (constraint.OtherAttachment.Any(o => !IsSource(o)))
            losses.Add("attachments to data sets or queryable sources");
        if (constraint.Attachment.Any(u => u.Class is "MetadataStructure" or "Metadataflow"))
            losses.Add("attachments to metadata structures or flows");
        if (constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values).Any(v => v.TimeRange is not null || !v.IsIncluded && v.Values.Count > 1))
            losses.Add("ranges of time and excluded lists of values in keys");
    }

    // 2.1 has constraints of what is allowed, and no calendar in them.
    static void AddRecentLosses(DataConstraint constraint, List<string> losses)
    {
        if (constraint.Role == ConstraintRole.Actual)
            losses.Add("the id and the names of what is held (Actual)");
        if (constraint.ReleaseCalendar is not null)
            losses.Add("the release calendar");
        if (constraint.OtherAttachment.Any(IsSource))
            losses.Add("attachments to data sources");
        if (constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values).Any(v => !v.IsIncluded))
            losses.Add("excluded values in keys");
    }

    static IEnumerable<Representation?> RepresentationsOf(Artefact artefact) => artefact switch
    {
        DataStructure dsd => dsd.Components.Select(c => c.LocalRepresentation),
        MetadataStructure msd => msd.AllAttributes.Select(a => a.LocalRepresentation),
        ConceptScheme scheme => scheme.Concepts.Select(c => c.CoreRepresentation),
        _ => [],
    };

    static IEnumerable<InternationalString> TextsOf(Artefact artefact) =>
        ItemsIn(artefact).SelectMany(i => i.Annotations.Select(a => a.Text).Append(i.Name).Append(i.Description))
            .Concat(artefact.Annotations.Select(a => a.Text)).Append(artefact.Name).Append(artefact.Description);

    static IEnumerable<Item> ItemsIn(Artefact artefact) => artefact switch
    {
        Codelist list => list.Codes,
        ConceptScheme scheme => scheme.Concepts,
        OrganisationScheme scheme => scheme.Organisations,
        CategoryScheme scheme => scheme.Categories,
        _ => [],
    };
}

using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Makes the structure message of an availability answer: an actual constraint for each structure, flow or agreement, and what it refers to (checklist
/// 2.11).</summary>
static class AvailabilityConstraint
{
    /// <summary>The constraint of one artefact.</summary>
    /// <param name="context">The structure, flow or agreement that is asked about.</param>
    /// <param name="schema">The schema of its data.</param>
    /// <param name="available">What there is.</param>
    /// <param name="components">The ids that are told.</param>
    /// <param name="isLegacy">Whether it is written in SDMX-ML 2.1, which tells the time covered beside the region.</param>
    public static DataConstraint Of(Urn context, DataSchema schema, Availability available, IReadOnlyList<string> components, bool isLegacy)
    {
        var keys = available.Dimensions.Where(d => components.Contains(d.Id) && !d.Codes.IsEmpty)
            .Select(d => new MemberSelection { Component = d.Id, Values = [.. d.Codes.Select(c => new MemberValue(c.Code))] }).ToList();
        var isTimed = schema.Time is { } time && components.Contains(time.Id) && available.First != TimePeriod.None;
        if (isTimed && !isLegacy)
            keys.Add(new() { Component = schema.Time!.Id, TimeRange = new() { Start = available.First.ToString(), End = available.Last.ToString() } });
        return new()
        {
            Agency = context.Agency,
            Id = $"AVAILABLE_{context.Id}",
            Name = new($"What there is of {context.ShortName}"),
            Role = ConstraintRole.Actual,
            Attachment = [context],
            Regions = [new CubeRegion { Keys = [.. keys] }],
            ReferencePeriod = isTimed && isLegacy ? (Instant(available.First.Span().Start), Instant(available.Last.Span().End.AddSeconds(-1))) : null,
            Annotations = [Metric("series_count", available.Series), Metric("obs_count", available.Observations)],
        };
    }

    /// <summary>The artefacts of the answer: the constraints, and of what they refer to the types asked for, schemes cut to what there is and its
    /// parents.</summary>
    /// <param name="catalog">The structures.</param>
    /// <param name="constraints">The constraints.</param>
    /// <param name="queries">Per constraint, what was asked of which flows.</param>
    /// <param name="references">The types; none for the constraints alone.</param>
    public static IReadOnlyList<Artefact> WithReferences(StructureCatalog catalog, IReadOnlyList<DataConstraint> constraints, IReadOnlyList<IReadOnlyList<DataQuery>> queries, ValueArray<string> references)
    {
        if (references.IsEmpty)
            return constraints;
        var isAll = references.Contains("all");
        var brought = queries.SelectMany(q => q).SelectMany(q => Referenced(catalog, q, withAttributes: isAll)).DistinctBy(a => a.Urn).ToList();
        // Cut with all at hand, for which codes a list has to hold is told by structure and constraint together; what there is of an agreement or a structure is of flows.
        var onFlows = constraints.Select((c, i) => c with { Attachment = [.. queries[i].Select(q => q.Dataflow)] }).ToList();
        var cut = PartialSchemes.Cut(onFlows, brought).Skip(constraints.Count);
        return [.. constraints, .. cut.Where(a => isAll || references.Contains(ArtefactTypes.Of(a.Type).Resource))
            .Select(a => catalog.Find(a.Urn) is DataStructure whole ? whole : a)];
    }

    static IEnumerable<Artefact> Referenced(StructureCatalog catalog, DataQuery query, bool withAttributes)
    {
        var schema = catalog.Schema(query.Dataflow)!;
        var structure = withAttributes ? schema.Structure : schema.Structure with { Attributes = [] };
        yield return schema.Dataflow!;
        yield return structure;
        foreach (var urn in structure.References)
        {
            if (catalog.Find(urn) is ConceptScheme or Codelist)
                yield return catalog.Find(urn)!;
        }

        foreach (var component in schema.Components.Where(c => withAttributes || c.Role == ComponentRole.Dimension))
        {
            if (component.Codes is { } codes)
                yield return codes.Codelist;
        }

        var agreements = catalog.OfType<ProvisionAgreement>()
            .Where(a => a.Dataflow is { } flow && (flow.Agency, flow.Id) == (query.Dataflow.Agency, query.Dataflow.Id) && (query.Agreement is not { } asked || (asked.Agency, asked.Id) == (a.Agency, a.Id)));
        foreach (var scheme in agreements.Select(a => a.DataProvider).OfType<Urn>().GroupBy(p => p.Maintainable))
        {
            if (catalog.Find(scheme.Key) is OrganisationScheme providers && ItemSelection.Cut(providers, [.. scheme.Select(p => p.Item!).Distinct()]) is { } some)
                yield return some;
        }
    }

    static Annotation Metric(string id, long count) => new() { Id = id, Type = "sdmx_metrics", Title = count.ToString(CultureInfo.InvariantCulture) };

    static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

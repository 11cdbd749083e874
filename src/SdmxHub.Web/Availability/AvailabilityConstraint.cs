using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Makes the structure message of an availability answer: an actual constraint for each flow or agreement, and what it refers to (checklist
/// 2.11).</summary>
static class AvailabilityConstraint
{
    /// <summary>The constraint of one query.</summary>
    /// <param name="catalog">The structures.</param>
    /// <param name="query">The query.</param>
    /// <param name="available">What there is.</param>
    /// <param name="components">The ids that are told.</param>
    /// <param name="isLegacy">Whether it is written in SDMX-ML 2.1, which tells the time covered beside the region.</param>
    public static DataConstraint Of(StructureCatalog catalog, DataQuery query, Availability available, IReadOnlyList<string> components, bool isLegacy)
    {
        var schema = catalog.Schema(query.Dataflow)!;
        var keys = available.Dimensions.Where(d => components.Contains(d.Id) && !d.Codes.IsEmpty)
            .Select(d => new MemberSelection { Component = d.Id, Values = [.. d.Codes.Select(c => new MemberValue(c.Code))] }).ToList();
        var isTimed = schema.Time is { } time && components.Contains(time.Id) && available.First != TimePeriod.None;
        if (isTimed && !isLegacy)
            keys.Add(new() { Component = schema.Time!.Id, TimeRange = new() { Start = available.First.ToString(), End = available.Last.ToString() } });
        return new()
        {
            Agency = query.Dataflow.Agency,
            Id = $"AVAILABLE_{(query.Agreement is { } agreement ? agreement[(agreement.IndexOf(':', StringComparison.Ordinal) + 1)..] : query.Dataflow.Id)}",
            Name = new($"What there is of {query.Agreement ?? query.Dataflow.ShortName}"),
            Role = ConstraintRole.Actual,
            Attachment = [AttachmentOf(catalog, query)],
            Regions = [new CubeRegion { Keys = [.. keys] }],
            ReferencePeriod = isTimed && isLegacy ? (Instant(available.First.Span().Start), Instant(available.Last.Span().End.AddSeconds(-1))) : null,
            Annotations = [Metric("series_count", available.Series), Metric("obs_count", available.Observations)],
        };
    }

    /// <summary>The artefacts of the answer: the constraints, and of what they refer to the types asked for, schemes cut to what there is and its
    /// parents.</summary>
    public static IReadOnlyList<Artefact> WithReferences(StructureCatalog catalog, IReadOnlyList<DataConstraint> constraints, IReadOnlyList<DataQuery> queries, ValueArray<string> references)
    {
        if (references.IsEmpty)
            return constraints;
        var isAll = references.Contains("all");
        var brought = queries.SelectMany(q => Referenced(catalog, q, withAttributes: isAll)).DistinctBy(a => a.Urn).ToList();
        // Cut with all at hand, for which codes a list has to hold is told by structure and constraint together; what there is of an agreement is of its flow.
        var onFlows = constraints.Select((c, i) => c with { Attachment = [queries[i].Dataflow] }).ToList();
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
            .Where(a => a.Dataflow is { } flow && (flow.Agency, flow.Id) == (query.Dataflow.Agency, query.Dataflow.Id) && (query.Agreement ?? $"{a.Agency}:{a.Id}") == $"{a.Agency}:{a.Id}");
        foreach (var scheme in agreements.Select(a => a.DataProvider).OfType<Urn>().GroupBy(p => p.Maintainable))
        {
            if (catalog.Find(scheme.Key) is OrganisationScheme providers && ItemSelection.Cut(providers, [.. scheme.Select(p => p.Item!).Distinct()]) is { } some)
                yield return some;
        }
    }

    static Urn AttachmentOf(StructureCatalog catalog, DataQuery query) => query.Agreement is { } agreement
        && agreement.Split(':') is [var agency, var id] && catalog.Versions(ArtefactType.ProvisionAgreement, agency, id) is [.., var last] ? last.Urn : query.Dataflow;

    static Annotation Metric(string id, long count) => new() { Id = id, Type = "sdmx_metrics", Title = count.ToString(CultureInfo.InvariantCulture) };

    static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
}

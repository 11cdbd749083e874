using Sdmx;

namespace SdmxHub.Web;

/// <summary>In which role the artefact of a data query is looked for (REST v2, context).</summary>
public enum DataContext
{
    /// <summary>Any of the others.</summary>
    Any,

    /// <summary>Flows, by their own name.</summary>
    Dataflow,

    /// <summary>Flows of a structure, by the structure's name.</summary>
    DataStructure,

    /// <summary>Flows of a provision agreement, by the agreement's name.</summary>
    ProvisionAgreement,
}

/// <summary>Names the flows of a data query.</summary>
/// <param name="Context">The role.</param>
/// <param name="Agencies">The agencies; none stands for any.</param>
/// <param name="Ids">The ids; none stands for any.</param>
/// <param name="Versions">The versions, each an exact one or a pattern of REST v2 (<c>~</c> for v1's <c>latest</c>).</param>
public sealed record FlowSelector(DataContext Context, ValueArray<string> Agencies, ValueArray<string> Ids, ValueArray<string> Versions)
{
    /// <summary>The flows it selects, each once, by agency, id, version.</summary>
    /// <remarks>Data of all versions of a flow meet in one cube, so a pattern that fits several versions of a flow selects the latest of them, and
    /// all its data; only a version given exactly selects itself, and pins the answer to its codes.</remarks>
    /// <returns>The flows, and whether each was named by an exact version.</returns>
    public IReadOnlyList<(Dataflow Flow, bool IsPinned)> Select(StructureCatalog catalog)
    {
        var found = new List<(Dataflow Flow, bool IsPinned)>();
        if (Context is DataContext.Any or DataContext.Dataflow)
            found.AddRange(Versioned(catalog.OfType<Dataflow>()).Select(s => (s.Artefact, s.IsExact)));
        if (Context is DataContext.Any or DataContext.DataStructure)
            found.AddRange(Versioned(catalog.OfType<DataStructure>()).SelectMany(s => FlowsOf(catalog, s.Artefact)).Select(f => (f, false)));
        return [.. found.OrderByDescending(f => f.IsPinned).DistinctBy(f => f.Flow.Urn)
            .OrderBy(f => f.Flow.Agency, StringComparer.Ordinal).ThenBy(f => f.Flow.Id, StringComparer.Ordinal).ThenBy(f => f.Flow.Version, StringComparer.Ordinal)];
    }

    /// <summary>Whether an agreement is meant: its data cannot be told from those of others yet.</summary>
    public bool SelectsAgreements(StructureCatalog catalog) =>
        Context == DataContext.ProvisionAgreement && Versioned(catalog.OfType<ProvisionAgreement>()).Any();

    /// <summary>Says that nothing is held under this name, and what is near.</summary>
    public SdmxError NotHeld(StructureCatalog catalog)
    {
        var names = catalog.OfType<Dataflow>().Where(f => Identifiers.Match(Agencies, f.Agency)).Select(f => f.Id).Distinct().ToList();
        var wanted = $"{(Agencies.IsEmpty ? "any agency" : string.Join(',', Agencies))}:{(Ids.IsEmpty ? "any id" : string.Join(',', Ids))}({string.Join(',', Versions)})";
        var isVersion = names.Any(Ids.Contains);
        var hint = isVersion || Ids.IsEmpty ? "" : Nearest.Hint(Ids[0], names);
        if (hint.Length == 0 && !isVersion)
            hint = Nearest.Hint(Ids.IsEmpty ? "" : Ids[0], catalog.OfType<Dataflow>().Select(f => f.Id).Distinct());
        if (isVersion)
            hint = $" Held versions: {string.Join(", ", catalog.OfType<Dataflow>().Where(f => Ids.Contains(f.Id) && Identifiers.Match(Agencies, f.Agency)).Select(f => f.Version))}.";
        return new(SdmxErrorCode.NoResults, $"No dataflow {wanted} is held.{hint}");
    }

    IEnumerable<(T Artefact, bool IsExact)> Versioned<T>(IEnumerable<T> artefacts) where T : Artefact
    {
        var named = artefacts.Where(a => Identifiers.Match(Agencies, a.Agency) && Identifiers.Match(Ids, a.Id)).GroupBy(a => (a.Agency, a.Id));
        foreach (var versions in named.Select(g => g.ToList()))
        {
            foreach (var (position, isExact) in Positions(versions).DistinctBy(p => p.Position))
                yield return (versions[position], isExact);
        }
    }

    // Exact versions first: one that a pattern selects too stays pinned.
    IEnumerable<(int Position, bool IsExact)> Positions<T>(List<T> versions) where T : Artefact
    {
        var parsed = versions.Select(a => SdmxVersion.TryParse(a.Version, out var version) ? version : default).ToList();
        foreach (var text in Versions)
        {
            if (SdmxVersion.TryParse(text, out var exact) && parsed.IndexOf(exact) is >= 0 and var position)
                yield return (position, true);
        }

        foreach (var text in Versions)
        {
            if (!SdmxVersion.TryParse(text, out _) && VersionPattern.TryParse(text, out var pattern) && pattern.Select(parsed) is [_, ..] selected)
                yield return (selected.MaxBy(i => parsed[i]), false);
        }
    }

    static IEnumerable<Dataflow> FlowsOf(StructureCatalog catalog, DataStructure structure) =>
        catalog.OfType<Dataflow>().Where(f => f.Structure == structure.Urn)
            .GroupBy(f => (f.Agency, f.Id)).Select(g => g.Last());
}

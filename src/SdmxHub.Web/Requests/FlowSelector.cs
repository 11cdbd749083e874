using System.Runtime.CompilerServices;
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

/// <summary>A flow that a data query means.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="IsPinned">Whether it was named by an exact version.</param>
/// <param name="Agreement">The agreement whose series are meant; null for all.</param>
public readonly record struct SelectedFlow(Dataflow Flow, bool IsPinned, Urn? Agreement);

/// <summary>Names the flows of a data query.</summary>
/// <param name="Context">The role.</param>
/// <param name="Agencies">The agencies; none stands for any.</param>
/// <param name="Ids">The ids; none stands for any.</param>
/// <param name="Versions">The versions, each an exact one or a pattern of REST v2 (<c>~</c> for v1's <c>latest</c>).</param>
public sealed record FlowSelector(DataContext Context, ValueArray<string> Agencies, ValueArray<string> Ids, ValueArray<string> Versions)
{
    const int MostRemembered = 256;

    // Of each state of the structures: millions of requests mean the same few flows.
    static readonly ConditionalWeakTable<StructureCatalog, Memo<FlowSelector, SelectedFlow[]>> Selected = [];

    /// <summary>The flows it selects, by agency, id, version: each once, or once for each agreement that is meant.</summary>
    /// <remarks>Data of all versions of a flow meet in one cube, so a pattern that fits several versions of a flow selects the latest of them, and
    /// all its data; only a version given exactly selects itself, and pins the answer to its codes. An agreement selects of its flow the series that
    /// belong to it, unless the flow is selected whole.</remarks>
    public IReadOnlyList<SelectedFlow> Select(StructureCatalog catalog) =>
        Selected.GetValue(catalog, static _ => new(MostRemembered)).Of(this, catalog, static (selector, catalog) => selector.Find(catalog));

    SelectedFlow[] Find(StructureCatalog catalog)
    {
        var found = new List<SelectedFlow>();
        if (Context is DataContext.Any or DataContext.Dataflow)
            found.AddRange(Versioned(catalog.OfType<Dataflow>()).Select(s => new SelectedFlow(s.Artefact, s.IsExact, null)));
        if (Context is DataContext.Any or DataContext.DataStructure)
            found.AddRange(Versioned(catalog.OfType<DataStructure>()).SelectMany(s => FlowsOf(catalog, s.Artefact)).Select(f => new SelectedFlow(f, false, null)));
        if (Context is DataContext.Any or DataContext.ProvisionAgreement)
        {
            var whole = found.Select(f => (f.Flow.Agency, f.Flow.Id)).ToHashSet();
            found.AddRange(Versioned(catalog.OfType<ProvisionAgreement>()).Select(s => OfAgreement(catalog, s.Artefact))
                .OfType<SelectedFlow>().Where(f => !whole.Contains((f.Flow.Agency, f.Flow.Id))));
        }

        return [.. found.OrderByDescending(f => f.IsPinned).DistinctBy(f => (f.Flow.Urn, f.Agreement?.Agency, f.Agreement?.Id))
            .OrderBy(f => f.Flow.Agency, StringComparer.Ordinal).ThenBy(f => f.Flow.Id, StringComparer.Ordinal).ThenBy(f => f.Flow.Version, StringComparer.Ordinal)
            .ThenBy(f => f.Agreement?.ShortName, StringComparer.Ordinal)];
    }

    /// <summary>The flow of an agreement, in its latest version, with the agreement's series; null where it is not held.</summary>
    public static SelectedFlow? OfAgreement(StructureCatalog catalog, ProvisionAgreement agreement) =>
        agreement.Dataflow is { } flow && catalog.Versions(ArtefactType.Dataflow, flow.Agency, flow.Id) is [.., var last] && catalog.Find(last.Urn) is Dataflow latest
            ? new(latest, false, agreement.Urn) : null;

    /// <summary>Says that nothing is held under this name, and what is near.</summary>
    public SdmxError NotHeld(StructureCatalog catalog)
    {
        var (word, type) = Context switch
        {
            DataContext.DataStructure => ("data structure", ArtefactType.DataStructure),
            DataContext.ProvisionAgreement => ("provision agreement", ArtefactType.ProvisionAgreement),
            _ => ("dataflow", ArtefactType.Dataflow),
        };
        var held = catalog.All.Where(a => a.Type == type).ToList();
        var wanted = $"{(Agencies.IsEmpty ? "any agency" : string.Join(',', Agencies))}:{(Ids.IsEmpty ? "any id" : string.Join(',', Ids))}({string.Join(',', Versions)})";
        var versions = held.Where(a => Ids.Contains(a.Id) && Identifiers.Match(Agencies, a.Agency)).Select(a => a.Version).ToList();
        var near = Ids.IsEmpty ? "" : Nearest.Hint(Ids[0], held.Where(a => Identifiers.Match(Agencies, a.Agency)).Select(a => a.Id).Distinct());
        // Of another agency it is named with it: the id may be right as it is.
        if (near.Length == 0 && !Ids.IsEmpty && Nearest.To(Ids[0], held.Select(a => a.Id).Distinct()) is { } id)
            near = $" Did you mean {held.First(a => a.Id == id).Agency}:{id}?";
        return new(SdmxErrorCode.NoResults, $"No {word} {wanted} is held.{(versions.Count > 0 ? $" Held versions: {string.Join(", ", versions)}." : near)}");
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

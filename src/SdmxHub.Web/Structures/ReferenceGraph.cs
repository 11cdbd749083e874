using Sdmx;

namespace SdmxHub.Web;

/// <summary>Follows the references between artefacts, down and up (checklist 3.3).</summary>
/// <param name="catalog">The structures.</param>
/// <param name="api">In v2 every artefact also refers to the scheme that holds its agency.</param>
/// <param name="isRaw">Whether codelists refer to those that they extend; else they have their codes themselves.</param>
sealed class ReferenceGraph(StructureCatalog catalog, ApiVersion api, bool isRaw)
{
    /// <summary>What <paramref name="references"/> and <paramref name="types"/> bring along with <paramref name="matched"/>: each once, matches possibly included.</summary>
    public List<Artefact> Reach(IReadOnlyList<Artefact> matched, StructureReferences references, ValueArray<ArtefactType> types)
    {
        var reached = new Dictionary<Urn, Artefact>();
        if (references.HasFlag(StructureReferences.Children))
            Add(matched.SelectMany(Children), reached);
        if (references.HasFlag(StructureReferences.Descendants))
            Add(Transitive(matched, Children), reached);
        if (references.HasFlag(StructureReferences.Parents))
        {
            var parents = matched.SelectMany(Parents).ToList();
            Add(parents, reached);
            if (references.HasFlag(StructureReferences.Siblings))
                Add(parents.SelectMany(Children), reached);
        }

        if (references.HasFlag(StructureReferences.Ancestors))
            Add(Transitive(matched, Parents), reached);
        if (!types.IsEmpty)
            Add(Transitive(matched, Children).Concat(matched.SelectMany(Parents)).Where(a => types.Contains(a.Type)), reached);
        return [.. reached.Values];
    }

    IEnumerable<Artefact> Children(Artefact artefact)
    {
        foreach (var urn in artefact is Codelist && !isRaw ? [] : artefact.References)
        {
            if (catalog.Find(urn) is { } child)
                yield return child;
        }

        if (api == ApiVersion.V2 && AgencyScheme(artefact.Agency) is { } scheme && scheme.Urn != artefact.Urn)
            yield return scheme;
    }

    IEnumerable<Artefact> Parents(Artefact artefact)
    {
        var parents = catalog.Referrers(artefact.Urn).Where(a => StructureQuery.Has(api, a.Type));
        if (api == ApiVersion.V2 && artefact is OrganisationScheme { SchemeType: ArtefactType.AgencyScheme })
            parents = parents.Concat(catalog.All.Where(a => a.Urn != artefact.Urn && StructureQuery.Has(api, a.Type) && AgencyScheme(a.Agency)?.Urn == artefact.Urn));
        return parents;
    }

    // The agency A.B is the item B of A's scheme; top-level agencies are items of SDMX's (technical notes), but any scheme that lists one will do.
    OrganisationScheme? AgencyScheme(string agency)
    {
        var dot = agency.LastIndexOf('.');
        var (holder, item) = dot < 0 ? ("SDMX", agency) : (agency[..dot], agency[(dot + 1)..]);
        var listing = catalog.OfType<OrganisationScheme>()
            .Where(s => s.SchemeType == ArtefactType.AgencyScheme && s.Organisations.Any(o => o.Id == item)).ToList();
        return listing.Find(s => s.Agency == holder) ?? (dot < 0 ? listing.FirstOrDefault() : null);
    }

    static List<Artefact> Transitive(IEnumerable<Artefact> start, Func<Artefact, IEnumerable<Artefact>> next)
    {
        var reached = new Dictionary<Urn, Artefact>();
        var open = new Queue<Artefact>(start);
        while (open.TryDequeue(out var artefact))
        {
            foreach (var following in next(artefact))
            {
                if (reached.TryAdd(following.Urn, following))
                    open.Enqueue(following);
            }
        }

        return [.. reached.Values];
    }

    static void Add(IEnumerable<Artefact> artefacts, Dictionary<Urn, Artefact> reached)
    {
        foreach (var artefact in artefacts)
            reached.TryAdd(artefact.Urn, artefact);
    }
}

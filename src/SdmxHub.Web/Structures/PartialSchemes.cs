using Sdmx;

namespace SdmxHub.Web;

/// <summary>Cuts the item schemes that come along with an answer to the items the answer uses (<c>detail=referencepartial</c>, checklist 3.3).</summary>
static class PartialSchemes
{
    /// <summary>All artefacts of the answer; those of <paramref name="brought"/> that are item schemes hold only what is used, and are marked partial where
    /// something is gone. A scheme that nothing in the answer uses item by item stays whole.</summary>
    public static IReadOnlyList<Artefact> Cut(IReadOnlyList<Artefact> matched, IReadOnlyList<Artefact> brought)
    {
        Artefact[] all = [.. matched, .. brought];
        var used = all.SelectMany(Items).ToLookup(u => u.Maintainable, u => u.Item!);
        var codes = AllowedCodes(all);
        var agencies = all.Select(a => a.Agency).ToHashSet();
        return [.. matched, .. brought.Select(artefact => artefact switch
        {
            ConceptScheme scheme => Keep(scheme, [.. used[scheme.Urn]]),
            Codelist list => codes.TryGetValue(list.Urn, out var kept) ? Keep(list, WithParents(list.Codes, kept)) : list,
            CategoryScheme scheme => Keep(scheme, [.. used[scheme.Urn]]),
            OrganisationScheme { SchemeType: ArtefactType.AgencyScheme } scheme => Keep(scheme,
                [.. scheme.Organisations.Select(o => o.Id).Where(id => agencies.Contains(id) || agencies.Contains($"{scheme.Agency}.{id}"))]),
            OrganisationScheme scheme => Keep(scheme, [.. used[scheme.Urn]]),
            _ => artefact,
        })];
    }

    static Artefact Keep(Artefact scheme, HashSet<string> items) => items.Count == 0 ? scheme : ItemSelection.Cut(scheme, [.. items]) ?? scheme;

    static IEnumerable<Urn> Items(Artefact artefact) => (artefact switch
    {
        DataStructure dsd => dsd.Components.SelectMany(c => (IEnumerable<Urn>)[c.ConceptIdentity, .. c.ConceptRoles]),
        MetadataStructure msd => msd.AllAttributes.Select(a => a.ConceptIdentity),
        ProvisionAgreement { DataProvider: { } provider } => [provider],
        MetadataProvisionAgreement { MetadataProvider: { } provider } => [provider],
        DataConstraint constraint => constraint.Attachment,
        Categorisation { Target: { } category } => [category],
        _ => (IEnumerable<Urn>)[],
    }).Where(u => u.Item is not null);

    // Per codelist, the codes that the answer's constraints allow in the components that use it; a codelist that any component uses
    // without a constraint is left out, so it stays whole.
    static Dictionary<Urn, HashSet<string>> AllowedCodes(Artefact[] all)
    {
        var allowed = new Dictionary<Urn, HashSet<string>>();
        var whole = new HashSet<Urn>();
        var concepts = all.OfType<ConceptScheme>().ToDictionary(s => s.Urn);
        var constraints = all.OfType<DataConstraint>().ToList();
        foreach (var dsd in all.OfType<DataStructure>())
        {
            var flows = all.OfType<Dataflow>().Where(f => f.Structure == dsd.Urn).Select(f => f.Urn).Append(dsd.Urn).ToHashSet();
            var onDsd = constraints.Where(c => c.Attachment.Any(flows.Contains)).ToList();
            foreach (var component in dsd.Components)
            {
                if ((component.LocalRepresentation ?? CoreOf(component, concepts))?.Enumeration is not { } list)
                    continue;
                var selections = onDsd.SelectMany(c => c.Regions).Where(r => r.IsIncluded).SelectMany(r => r.Keys.Concat(r.Components))
                    .Where(s => s.Component == component.Id && s.IsIncluded && !s.Values.IsEmpty).ToList();
                if (selections.Count == 0 || selections.Any(s => s.Values.Any(v => v.Cascade != Cascade.None)))
                    whole.Add(list);
                else if (allowed.TryGetValue(list, out var codes))
                    codes.UnionWith(selections.SelectMany(s => s.Values).Select(v => v.Value));
                else
                    allowed[list] = [.. selections.SelectMany(s => s.Values).Select(v => v.Value)];
            }
        }

        foreach (var list in whole)
            allowed.Remove(list);
        return allowed;
    }

    static Representation? CoreOf(Component component, Dictionary<Urn, ConceptScheme> concepts) =>
        concepts.TryGetValue(component.ConceptIdentity.Maintainable, out var scheme)
            ? scheme.Concepts.FirstOrDefault(c => c.Id == component.ConceptIdentity.Item)?.CoreRepresentation
            : null;

    /// <summary>Codes and those above them in the list.</summary>
    public static HashSet<string> WithParents(ValueArray<Code> codes, HashSet<string> kept)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            if (code.Parent is { } parent)
                parents.TryAdd(code.Id, parent);
        }

        var closed = new HashSet<string>(kept);
        foreach (var code in kept)
        {
            for (var id = code; parents.TryGetValue(id, out var parent) && closed.Add(parent);)
                id = parent;
        }

        return closed;
    }
}

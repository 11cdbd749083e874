using Sdmx;

namespace SdmxHub.Web;

/// <summary>Cuts a scheme to some of its items, as an item query asks (checklist 1.1, itemID).</summary>
static class ItemSelection
{
    /// <summary>The scheme with only the items called <paramref name="ids"/>, marked partial where any is gone; null when it has none of them or is no scheme.</summary>
    /// <remarks>Of a nested id (<c>A.B</c>, categories) the ancestors come along, the children of the item do not.</remarks>
    public static Artefact? Cut(Artefact scheme, ValueArray<string> ids) => scheme switch
    {
        Codelist list => Cut(list.Codes, c => ids.Contains(c.Id), codes => list with { Codes = codes, IsPartial = list.IsPartial || codes.Count < list.Codes.Count }),
        ConceptScheme list => Cut(list.Concepts, c => ids.Contains(c.Id), concepts => list with { Concepts = concepts, IsPartial = list.IsPartial || concepts.Count < list.Concepts.Count }),
        OrganisationScheme list => Cut(list.Organisations, o => ids.Contains(o.Id), items => list with { Organisations = items, IsPartial = list.IsPartial || items.Count < list.Organisations.Count }),
        CategoryScheme list => Categories(list.Categories, ids, "") is { IsEmpty: false } kept ? list with { Categories = kept, IsPartial = true } : null,
        _ => null,
    };

    static Artefact? Cut<T>(ValueArray<T> items, Func<T, bool> isWanted, Func<ValueArray<T>, Artefact> with)
    {
        var kept = items.Where(isWanted).ToValueArray();
        return kept.IsEmpty ? null : with(kept);
    }

    static ValueArray<Category> Categories(ValueArray<Category> categories, ValueArray<string> paths, string above)
    {
        var kept = new List<Category>();
        foreach (var category in categories)
        {
            var path = above + category.Id;
            var below = Categories(category.Categories, paths, path + ".");
            if (!below.IsEmpty || paths.Contains(path))
                kept.Add(category with { Categories = below });
        }

        return [.. kept];
    }
}

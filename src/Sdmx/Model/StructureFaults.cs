namespace Sdmx;

/// <summary>What the parts of one artefact say against each other, whatever message they came in.</summary>
static class StructureFaults
{
    /// <summary>A fault.</summary>
    /// <param name="Code">The rule that is broken.</param>
    /// <param name="Item">The place of the item in its scheme, from 0; 0 where it is the structure that is at fault.</param>
    /// <param name="Message">The finding, for people.</param>
    /// <param name="Value">The id that it is about.</param>
    public readonly record struct Fault(IssueCode Code, int Item, string Message, string Value);

    /// <summary>Finds ids given twice, parents that are not there and items that are their own ancestors.</summary>
    /// <param name="kind">The class of the items: <c>Code</c>.</param>
    /// <param name="scheme">What the scheme is called in findings.</param>
    /// <param name="items">The items, in order of the message.</param>
    /// <param name="isPartial">Whether the scheme holds some of its items only: then a parent may be missing.</param>
    public static IEnumerable<Fault> OfItems(string kind, string scheme, IReadOnlyList<(string Id, string? Parent)> items, bool isPartial)
    {
        var places = new Dictionary<string, int>(items.Count, StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            if (!places.TryAdd(items[i].Id, i))
                yield return new(IssueCode.DuplicateItem, i, $"{kind} '{items[i].Id}' is in {scheme} twice.", items[i].Id);
        }

        var state = new byte[items.Count]; // 1 on the path being walked, 2 known to end
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Parent is { } parent && !places.ContainsKey(parent) && !isPartial)
                yield return new(IssueCode.CyclicParent, i, $"The parent '{parent}' of {kind} '{items[i].Id}' is not in {scheme}.", parent);
            var path = new List<int>();
            var at = i;
            while (at >= 0 && state[at] == 0)
            {
                state[at] = 1;
                path.Add(at);
                at = items[at].Parent is { } above && places.TryGetValue(above, out var next) ? next : -1;
            }

            if (at >= 0 && state[at] == 1)
                yield return new(IssueCode.CyclicParent, at, $"{kind} '{items[at].Id}' of {scheme} is its own ancestor.", items[at].Id);
            foreach (var walked in path)
                state[walked] = 2;
        }
    }

    /// <summary>Finds components and groups given twice, and those that are referred to but not there.</summary>
    public static IEnumerable<Fault> Of(DataStructure dsd, string structure)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in dsd.Components.Select(c => c.Id).Concat(dsd.Groups.Select(g => g.Id)))
        {
            if (!ids.Add(id))
                yield return new(IssueCode.DuplicateItem, 0, $"{structure} has two components or groups '{id}'.", id);
        }

        var dimensions = dsd.Dimensions.Select(d => d.Id).Append(dsd.Time?.Id).ToHashSet();
        var groups = dsd.Groups.Select(g => g.Id).ToHashSet();
        var absent = dsd.Groups.SelectMany(g => g.Dimensions.Where(d => !dimensions.Contains(d)), (g, id) => ($"group '{g.Id}'", "dimension", id))
            .Concat(dsd.Attributes.SelectMany(a => AbsentOf(a.Relationship), (a, part) => ($"attribute '{a.Id}'", part.Kind, part.Id)));
        foreach (var (holder, kind, id) in absent)
            yield return new(IssueCode.UnresolvedReference, 0, $"The {holder} of {structure} refers to the {kind} '{id}', which the structure does not have.", id);

        IEnumerable<(string Kind, string Id)> AbsentOf(AttributeRelationship relationship)
        {
            var named = relationship.Group is { } one ? relationship.AttachmentGroups.Append(one) : relationship.AttachmentGroups;
            return relationship.Dimensions.Where(d => !dimensions.Contains(d)).Select(d => ("dimension", d))
                .Concat(named.Where(g => !groups.Contains(g)).Select(g => ("group", g)));
        }
    }
}

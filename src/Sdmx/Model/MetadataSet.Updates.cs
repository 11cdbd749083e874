using System.Security;

namespace Sdmx;

public sealed partial record MetadataSet
{
    /// <summary>Whether it is one of 2.1, which has reports about targets and no identity of its own.</summary>
    public bool IsLegacy => Reports.Any(r => r.Id is not null);

    /// <summary>What is held once this set was sent: it replaces what is held by target and language, or as a whole (decision 0016).</summary>
    /// <param name="held">The set of the same URN that is held, or null.</param>
    /// <returns>The set to be held, without action; null when nothing of it is left.</returns>
    /// <remarks>A set of 3.x replaces the whole. One of 2.1 replaces the texts in its own languages and everything that has no language; texts in other
    /// languages stay. <see cref="DatasetAction.Delete"/> removes its languages, or the whole when it has no text. Sent again it changes nothing.</remarks>
    public MetadataSet? AppliedTo(MetadataSet? held)
    {
        var languages = Languages.ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (Action == DatasetAction.Delete)
            return held is null || !IsLegacy || languages.Count == 0 ? null : held.Without(languages);
        if (held is null || !IsLegacy)
            return this with { Action = null };
        var before = held.Reports.DistinctBy(MetadataSetIdentity.ExactTarget).ToDictionary(MetadataSetIdentity.ExactTarget, StringComparer.Ordinal);
        var merged = this with
        {
            Action = null,
            Name = Merged(held.Name, Name, []),
            Reports = Reports.Select(r => before.TryGetValue(MetadataSetIdentity.ExactTarget(r), out var old)
                ? r with { Attributes = Merged(old.Attributes, r.Attributes, languages) } : r).ToValueArray(),
        };
        // Files of one report, one for each language, each have an id of their own: it alone makes no other report.
        return held with { SetId = SetId } == merged ? held : merged;
    }

    MetadataSet? Without(HashSet<string> languages)
    {
        var left = this with { Reports = Reports.Select(r => r with { Attributes = Without(r.Attributes, languages) }).ToValueArray() };
        return left.AllAttributes.Any() ? left : null;
    }

    // What has no text in another language belongs to the languages that go.
    static ValueArray<ReportedAttribute> Without(ValueArray<ReportedAttribute> attributes, HashSet<string> languages) =>
        attributes.Select(a => a with { Text = Without(a.Text, languages), Attributes = Without(a.Attributes, languages) })
            .Where(a => !a.Text.IsEmpty || !a.Attributes.IsEmpty).ToValueArray();

    static InternationalString Without(InternationalString texts, HashSet<string> languages) =>
        new(texts.Texts.Where(t => !languages.Contains(t.Language)).ToValueArray());

    /// <summary>The attributes sent, in their order, each with the texts held of the same one in other languages; those that only the others have
    /// stay behind the neighbour that they had.</summary>
    static ValueArray<ReportedAttribute> Merged(ValueArray<ReportedAttribute> held, ValueArray<ReportedAttribute> sent, HashSet<string> languages)
    {
        var merged = new LinkedList<ReportedAttribute>();
        var places = new Dictionary<(string Id, int Number), LinkedListNode<ReportedAttribute>>();
        foreach (var (attribute, number) in Numbered(sent))
            places.Add((attribute.Id, number), merged.AddLast(attribute));
        LinkedListNode<ReportedAttribute>? last = null;
        foreach (var (attribute, number) in Numbered(held))
        {
            if (places.TryGetValue((attribute.Id, number), out var place))
                (place.Value, last) = (Merged(attribute, place.Value, languages), place);
            else if (Without([attribute], languages) is [var left])
                last = last is null ? merged.AddFirst(left) : merged.AddAfter(last, left);
        }

        return merged.ToValueArray();
    }

    static ReportedAttribute Merged(ReportedAttribute held, ReportedAttribute sent, HashSet<string> languages)
    {
        var others = Without(held.Text, languages);
        var isMixed = !others.IsEmpty && !sent.Text.IsEmpty && held.IsStructured != sent.IsStructured;
        return sent with
        {
            Text = isMixed ? Merged(AsMarkup(held), AsMarkup(sent), languages) : Merged(held.Text, sent.Text, languages),
            IsStructured = sent.IsStructured || (held.IsStructured && !others.IsEmpty),
            Attributes = Merged(held.Attributes, sent.Attributes, languages),
        };
    }

    // The order of what is held stays, so that the same content sent in another order is the same.
    static InternationalString Merged(InternationalString held, InternationalString sent, HashSet<string> languages)
    {
        var texts = held.Texts.Where(t => !languages.Contains(t.Language) || IsIn(sent, t))
            .Select(t => IsIn(sent, t) ? sent.Texts.First(s => IsSame(s, t)) : t);
        return new(texts.Concat(sent.Texts.Where(t => !IsIn(held, t))).ToValueArray());
    }

    // An attribute has one form for all its languages: a text beside markup is written as markup.
    static InternationalString AsMarkup(ReportedAttribute attribute) =>
        attribute.IsStructured ? attribute.Text : new(attribute.Text.Texts.Select(t => t with { Text = SecurityElement.Escape(t.Text) }).ToValueArray());

    static bool IsIn(InternationalString texts, LocalisedString text) => texts.Texts.Any(t => IsSame(t, text));

    static bool IsSame(LocalisedString one, LocalisedString other) => string.Equals(one.Language, other.Language, StringComparison.OrdinalIgnoreCase);

    // Several values are several attributes of one id: the first goes with the first.
    static IEnumerable<(ReportedAttribute Attribute, int Number)> Numbered(ValueArray<ReportedAttribute> attributes)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var attribute in attributes)
            yield return (attribute, counts[attribute.Id] = counts.GetValueOrDefault(attribute.Id) + 1);
    }
}

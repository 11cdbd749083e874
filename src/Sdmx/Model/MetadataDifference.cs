namespace Sdmx;

/// <summary>What differs between two states of a metadata set.</summary>
/// <param name="Attributes">The ids of the attributes that differ, of nested ones the path <c>CONTACT.MAIL</c>, each once, in the order met.</param>
/// <param name="Languages">The languages whose texts differ, each once, in order of the alphabet.</param>
public sealed record MetadataDifference(IReadOnlyList<string> Attributes, IReadOnlyList<string> Languages)
{
    /// <summary>Compares two states; of one that is null everything differs.</summary>
    public static MetadataDifference Of(MetadataSet? before, MetadataSet? after)
    {
        var (old, now) = (Said(before), Said(after));
        var differing = old.Keys.Union(now.Keys).Where(k => !old.GetValueOrDefault(k, []).SequenceEqual(now.GetValueOrDefault(k, []))).ToList();
        return new([.. differing.Select(d => d.Path).Distinct()],
            [.. differing.Select(d => d.Language).Where(l => l.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)]);
    }

    /// <summary>What a set says: by target, path and language the texts in order, without language the values.</summary>
    static Dictionary<(string Target, string Path, string Language), List<string>> Said(MetadataSet? set)
    {
        var said = new Dictionary<(string, string, string), List<string>>();
        foreach (var report in set?.Reports ?? [])
            Add(MetadataSetIdentity.ExactTarget(report), "", report.Attributes);
        return said;

        void Add(string target, string above, ValueArray<ReportedAttribute> attributes)
        {
            foreach (var attribute in attributes)
            {
                var path = above + attribute.Id;
                // A text and the same as markup are two things; and what is declared empty is not what is absent.
                foreach (var text in attribute.Text.Texts)
                    Texts(target, path, text.Language).Add((attribute.IsStructured ? "x" : "t") + text.Text);
                if (attribute.Value is not null || attribute.Text.IsEmpty)
                    Texts(target, path, "").Add(attribute.Value is null ? "" : "v" + attribute.Value);
                Add(target, path + ".", attribute.Attributes);
            }
        }

        List<string> Texts(string target, string path, string language) =>
            said.TryGetValue((target, path, language), out var texts) ? texts : said[(target, path, language)] = [];
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>The languages of the names in an answer, for <c>Content-Language</c> (checklist 1.3).</summary>
/// <remarks>Found once for a schema and the languages asked for, because it goes through every code.</remarks>
static class ContentLanguage
{
    const int MostKnown = 64;

    static readonly ConditionalWeakTable<DataSchema, ConcurrentDictionary<string, string[]>> Known = [];

    /// <summary>The languages of data in a form, the one used most first; null where no name is written.</summary>
    public static string? Of(IEnumerable<DataSchema> schemas, Negotiated form)
    {
        if (form.Format.Extension != "json" && form.Labels == CsvLabels.Id)
            return null;
        var languages = schemas.SelectMany(s => Of(s, form.Languages)).Distinct().ToList();
        return languages.Count == 0 ? null : string.Join(", ", languages);
    }

    static string[] Of(DataSchema schema, ValueArray<string> asked)
    {
        var known = Known.GetOrCreateValue(schema);
        var key = string.Join(',', asked);
        if (known.TryGetValue(key, out var found))
            return found;
        found = [.. Names(schema).Select(n => n.Best(asked).Language).Where(l => l is not null).GroupBy(l => l).OrderByDescending(g => g.Count()).Select(g => g.Key)];
        // Whatever clients make up, little is kept.
        if (known.Count < MostKnown)
            known[key] = found;
        return found;
    }

    static IEnumerable<InternationalString> Names(DataSchema schema)
    {
        yield return schema.Dataflow?.Name ?? schema.Structure.Name;
        foreach (var component in schema.Components)
        {
            if (component.Concept is { } concept)
                yield return concept.Name;
            foreach (var code in component.Codes?.Codelist.Codes ?? [])
                yield return code.Name;
        }
    }
}

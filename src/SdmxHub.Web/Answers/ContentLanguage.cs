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

    /// <summary>The languages of the names and descriptions in structures, all of which are written; the one used most first. Null where there is
    /// none.</summary>
    public static string? Of(IEnumerable<Artefact> artefacts)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in artefacts.SelectMany(Texts).SelectMany(t => t.Texts))
            counts[text.Language] = counts.GetValueOrDefault(text.Language) + 1;
        return counts.Count == 0 ? null : string.Join(", ", counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key));
    }

    static IEnumerable<InternationalString> Texts(Artefact artefact) => ((InternationalString[])[artefact.Name, artefact.Description]).Concat(artefact switch
    {
        Codelist list => list.Codes.Select(c => c.Name),
        ConceptScheme scheme => scheme.Concepts.Select(c => c.Name),
        OrganisationScheme scheme => scheme.Organisations.Select(o => o.Name),
        CategoryScheme scheme => scheme.Categories.SelectMany(Names),
        _ => [],
    });

    static IEnumerable<InternationalString> Names(Category category) => category.Categories.SelectMany(Names).Prepend(category.Name);

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

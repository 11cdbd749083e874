using System.Text.RegularExpressions;
using Sdmx;

namespace SdgShipment;

/// <summary>Names of codes and concepts in other languages, found in a national copy of the global lists.</summary>
/// <remarks>A name is taken only where list id, code and English name agree, blanks and bracketed indicator numbers aside:
/// national lists give some global codes another meaning.</remarks>
sealed partial class NameTranslations
{
    static readonly string[] Languages = ["fr", "es", "ru", "ar", "zh"];

    readonly Dictionary<(string List, string Id), InternationalString> _names = [];

    public NameTranslations(StructureFile file)
    {
        foreach (var list in file.Codelists)
            Add(list.Id, list.Codes);
        var concepts = file.ConceptScheme("SDG_CONCEPTS");
        Add(concepts.Id, concepts.Concepts);
    }

    public Codelist Translate(Codelist list) =>
        list with { Codes = list.Codes.Select(c => c with { Name = Translate(list.Id, c) }).ToValueArray() };

    public ConceptScheme Translate(ConceptScheme scheme) =>
        scheme with { Concepts = scheme.Concepts.Select(c => c with { Name = Translate(scheme.Id, c) }).ToValueArray() };

    InternationalString Translate(string list, Item item)
    {
        if (!_names.TryGetValue((list, item.Id), out var names) || Essence(names.In("en")) != Essence(item.Name.In("en")))
            return item.Name;
        return new([.. item.Name.Texts, .. names.Texts.Where(t => Languages.Contains(t.Language) && !Untranslated(t))]);
    }

    void Add(string list, IEnumerable<Item> items)
    {
        foreach (var item in items)
            _names.TryAdd((list, item.Id), item.Name);
    }

    // The national list repeats the English name where nobody translated it.
    static bool Untranslated(LocalisedString text) => text.Language == "ru" && !text.Text.Any(c => c is >= 'Ѐ' and <= 'ӿ');

    static string Essence(string? name) => Blanks().Replace(Brackets().Replace(name ?? "", ""), " ").Trim().ToUpperInvariant();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

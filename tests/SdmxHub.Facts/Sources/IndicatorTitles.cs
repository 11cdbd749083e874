using Sdmx;
using YamlDotNet.Serialization;

namespace SdgShipment;

/// <summary>The titles of the SDG indicators in the six UN languages, by indicator number.</summary>
sealed class IndicatorTitles
{
    // The files say zh-Hans; SDMX clients ask for zh.
    static readonly (string Language, string File)[] Files =
        [("en", "en"), ("fr", "fr"), ("es", "es"), ("ru", "ru"), ("ar", "ar"), ("zh", "zh-Hans")];

    readonly Dictionary<string, InternationalString> _titles;

    public IndicatorTitles(string facts)
    {
        var yaml = new DeserializerBuilder().Build();
        var texts = Files.SelectMany(f => yaml
            .Deserialize<Dictionary<string, string>>(File.ReadAllText(Path.Combine(facts, "framework", $"global_indicators.{f.File}.yml")))
            .Select(t => (Indicator: t.Key.Replace("-title", "").Replace('-', '.'), Text: new LocalisedString(f.Language, t.Value.Trim()))));
        _titles = texts.GroupBy(t => t.Indicator).ToDictionary(g => g.Key, g => new InternationalString(g.Select(t => t.Text).ToValueArray()));
    }

    /// <summary>The title of one of <paramref name="indicators"/> in all languages, if its English says the same as <paramref name="english"/>
    /// (letters and digits compared); else <paramref name="english"/> alone: indicators are revised, and an old title must not get a new translation.</summary>
    public InternationalString Translate(InternationalString english, IEnumerable<string> indicators)
    {
        foreach (var indicator in indicators)
        {
            if (_titles.TryGetValue(indicator, out var title) && Essence(title.In("en")) == Essence(english.In("en")))
                return title;
        }

        return english;
    }

    static string Essence(string? text) => string.Concat((text ?? "").Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}

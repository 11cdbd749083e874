namespace Sdmx.Json;

/// <summary>Strings, names and properties of a JSON message.</summary>
sealed class JsonText(Utf8Output output, ValueArray<string> languages)
{
    /// <summary>Where the bytes go.</summary>
    public Utf8Output Output => output;

    /// <summary>The languages asked for that are languages: not <c>*</c> or <c>all</c>.</summary>
    public IEnumerable<string> Languages => languages.Where(l => !IsAny(l));

    /// <summary>Writes a string.</summary>
    public void String(string text)
    {
        output.Byte((byte)'"');
        output.Text(text, Escaping.Json);
        output.Byte((byte)'"');
    }

    /// <summary>Writes a property with a string, behind a comma; <paramref name="name"/> as <c>,"name":</c>.</summary>
    public void Property(ReadOnlySpan<byte> name, string? text)
    {
        if (text is null)
            return;
        output.Raw(name);
        String(text);
    }

    /// <summary>Writes <c>name</c>, the text in the best language, and <c>names</c>, those in every language asked for
    /// (in the best, where there is none of them).</summary>
    /// <param name="texts">The texts; where there are none, nothing is written but the fallback.</param>
    /// <param name="fallback">The name where there is no text, or null.</param>
    public void Names(InternationalString texts, string? fallback = null)
    {
        Property(",\"name\":"u8, texts.IsEmpty ? fallback : texts.Best(languages).Text);
        if (texts.IsEmpty)
            return;
        output.Raw(",\"names\":{"u8);
        var count = 0;
        for (var i = 0; i < texts.Texts.Count; i++)
        {
            var text = texts.Texts[i];
            if (IsWanted(text.Language) && !IsAmong(texts.Texts.AsSpan()[..i], text.Language))
                Text(text, count++ > 0);
        }

        if (count == 0)
            Text(texts.Best(languages), false);
        output.Byte((byte)'}');
    }

    static bool IsAmong(ReadOnlySpan<LocalisedString> texts, string language)
    {
        foreach (var text in texts)
        {
            if (text.Language.Equals(language, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    void Text(LocalisedString text, bool isNext)
    {
        if (isNext)
            output.Byte((byte)',');
        String(text.Language);
        output.Byte((byte)':');
        String(text.Text);
    }

    // RFC 4647 lookup: who asks for fr-CH takes fr
    bool IsWanted(string language)
    {
        foreach (var wanted in languages)
        {
            if (IsAny(wanted) || wanted.Equals(language, StringComparison.OrdinalIgnoreCase)
                || (wanted.StartsWith(language, StringComparison.OrdinalIgnoreCase) && wanted[language.Length] == '-'))
                return true;
        }

        return false;
    }

    static bool IsAny(string language) => language is "*" or "all";
}

namespace Sdmx;

/// <summary>One text in one language.</summary>
/// <param name="Language">A BCP 47 tag such as <c>en</c> or <c>fr-CH</c>; SDMX-ML's default is <c>en</c>.</param>
/// <param name="Text">The text, exactly as sent.</param>
public readonly record struct LocalisedString(string Language, string Text);

/// <summary>A text in any number of languages, in the order of the message (SDMX information model, InternationalString).</summary>
/// <remarks>The default instance holds no text. Value equality, order included.</remarks>
public readonly record struct InternationalString(ValueArray<LocalisedString> Texts)
{
    /// <summary>A text in one language.</summary>
    public InternationalString(string text, string language = "en") : this([new LocalisedString(language, text)])
    {
    }

    /// <summary>Whether there is no text at all.</summary>
    public bool IsEmpty => Texts.IsEmpty;

    /// <summary>The text in exactly <paramref name="language"/>, or null.</summary>
    public string? In(string language)
    {
        foreach (var text in Texts)
        {
            if (string.Equals(text.Language, language, StringComparison.OrdinalIgnoreCase))
                return text.Text;
        }

        return null;
    }

    /// <summary>The text for the first of <paramref name="languages"/> that is held, exactly or by its primary tag
    /// (<c>fr-CH</c> finds <c>fr</c>, RFC 4647 lookup), else English, else the first text.</summary>
    /// <returns>The text and its language; default when there is no text.</returns>
    public LocalisedString Best(IReadOnlyList<string> languages)
    {
        foreach (var wanted in languages)
        {
            for (var tag = wanted; tag.Length > 0; tag = tag.LastIndexOf('-') is var cut and > 0 ? tag[..cut] : "")
            {
                foreach (var text in Texts)
                {
                    if (string.Equals(text.Language, tag, StringComparison.OrdinalIgnoreCase))
                        return text;
                }
            }
        }

        return In("en") is { } english ? new("en", english) : Texts.IsEmpty ? default : Texts[0];
    }

    /// <summary>The English text, else the first one, else the empty string.</summary>
    public override string ToString() => Best([]).Text ?? "";
}

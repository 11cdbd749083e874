using System.Text;

namespace Sdmx;

/// <summary>Strings of short texts met lately, so that years and other notes that come again and again are made once.</summary>
/// <remarks>Each place holds the last text of its hash. Not thread-safe.</remarks>
sealed class ShortTexts
{
    const int MaxLength = 64;

    readonly string?[] _texts = new string?[1024];

    /// <summary>The text of well-formed UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        ref var text = ref _texts[HashOf(utf8) & (_texts.Length - 1)];
        if (text is null || !Ascii.Equals(utf8, text))
            text = Encoding.UTF8.GetString(utf8);
        return text;
    }

    // what tells short notes apart stands mostly at their end: 2019, 2020
    static int HashOf(ReadOnlySpan<byte> utf8)
    {
        var hash = utf8.Length * 31 + utf8[0];
        foreach (var b in utf8[Math.Max(0, utf8.Length - 4)..])
            hash = hash * 31 + b;
        return hash ^ hash >> 10;
    }
}

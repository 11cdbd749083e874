using System.Buffers;

namespace Sdmx;

/// <summary>How a text is made fit for its place in a message.</summary>
enum Escaping
{
    /// <summary>One cell of SDMX-CSV: quoted where a comma, a quote, a line break or a blank at either end asks for it (RFC 4180).</summary>
    Csv,

    /// <summary>An attribute value or element content of XML 1.0. Characters that XML cannot carry at all become U+FFFD;
    /// blanks other than the space become references, else a reader would turn them into spaces.</summary>
    Xml,

    /// <summary>The inside of a JSON string.</summary>
    Json,
}

/// <summary>The characters that an <see cref="Escaping"/> replaces, and by what.</summary>
static class Escapes
{
    static readonly SearchValues<char> Csv = SearchValues.Create(",\"\r\n");
    static readonly SearchValues<char> Xml = SearchValues.Create([.. Controls, '<', '>', '&', '"', '\uFFFE', '\uFFFF']);
    static readonly SearchValues<char> Json = SearchValues.Create([.. Controls, '"', '\\']);

    static IEnumerable<char> Controls => Enumerable.Range(0, 32).Select(c => (char)c);

    /// <summary>Whether a CSV cell must be quoted.</summary>
    public static bool MustQuote(ReadOnlySpan<char> text) =>
        text.Length > 0 && (text[0] == ' ' || text[^1] == ' ' || text.ContainsAny(Csv));

    /// <summary>Where the first character to replace stands, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, Escaping escaping) => escaping switch
    {
        Escaping.Csv => text.IndexOf('"'),
        Escaping.Xml => text.IndexOfAny(Xml),
        Escaping.Json => text.IndexOfAny(Json),
        _ => throw new ArgumentOutOfRangeException(nameof(escaping)),
    };

    /// <summary>What stands for <paramref name="c"/>, one of those that <see cref="IndexOf"/> finds; empty for a JSON control character
    /// that only its number can stand for.</summary>
    public static ReadOnlySpan<byte> Replacement(char c, Escaping escaping) => (escaping, c) switch
    {
        (Escaping.Csv, _) => "\"\""u8,
        (Escaping.Xml, '<') => "&lt;"u8,
        (Escaping.Xml, '>') => "&gt;"u8,
        (Escaping.Xml, '&') => "&amp;"u8,
        (Escaping.Xml, '"') => "&quot;"u8,
        (Escaping.Xml, '\t') => "&#x9;"u8,
        (Escaping.Xml, '\n') => "&#xA;"u8,
        (Escaping.Xml, '\r') => "&#xD;"u8,
        (Escaping.Xml, _) => "\uFFFD"u8,
        (_, '"') => "\\\""u8,
        (_, '\\') => "\\\\"u8,
        (_, '\n') => "\\n"u8,
        (_, '\r') => "\\r"u8,
        (_, '\t') => "\\t"u8,
        _ => [],
    };
}

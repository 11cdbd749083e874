using System.Globalization;

namespace SdmxHub.Web;

/// <summary>One element of an Accept header: <c>application/vnd.sdmx.data+csv;version=2.0.0;labels=both;q=0.5</c>.</summary>
/// <param name="Type">The type, lower case, or <c>*</c>.</param>
/// <param name="Subtype">The subtype, lower case, or <c>*</c>.</param>
/// <param name="Parameters">The parameters but <c>q</c>, names in lower case.</param>
/// <param name="Quality">From 0, excluded, to 1.</param>
sealed record MediaRange(string Type, string Subtype, IReadOnlyList<(string Name, string Value)> Parameters, double Quality)
{
    /// <summary>The value of the parameter called <paramref name="name"/>, or null.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
                return parameter.Value;
        }

        return null;
    }

    /// <summary>Reads a header, tolerant of blanks, quotes and empty elements; what cannot be read is left out.</summary>
    public static List<MediaRange> ParseAll(string header) => [.. Split(header, ',').Select(Parse).OfType<MediaRange>()];

    static MediaRange? Parse(string text)
    {
        var parts = Split(text, ';');
        if (parts.Count == 0 || parts[0].Split('/') is not [{ Length: > 0 } type, { Length: > 0 } subtype])
            return null;
        var quality = 1.0;
        var parameters = new List<(string, string)>();
        foreach (var part in parts.Skip(1))
        {
            var equals = part.IndexOf('=');
            var name = (equals < 0 ? part : part[..equals]).Trim().ToLowerInvariant();
            var value = equals < 0 ? "" : part[(equals + 1)..].Trim().Trim('"');
            if (name != "q")
                parameters.Add((name, value));
            else if (!double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out quality) || quality > 1)
                return null;
        }

        return new(type.Trim().ToLowerInvariant(), subtype.Trim().ToLowerInvariant(), parameters, quality);
    }

    static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                isQuoted = !isQuoted;
            if (i < text.Length && (isQuoted || text[i] != separator))
                continue;
            if (text[start..i].Trim() is { Length: > 0 } part)
                parts.Add(part);
            start = i + 1;
        }

        return parts;
    }
}

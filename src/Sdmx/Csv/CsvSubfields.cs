using System.Text;

namespace Sdmx.Csv;

/// <summary>Several values in one cell of SDMX-CSV 2.0: joined by the sub-field separator, each quoted where it holds that separator or a quote.</summary>
static class CsvSubfields
{
    /// <summary>Cuts a cell where the separator stands outside quotes; the parts are still quoted.</summary>
    public static List<string> Split(string cell, char separator)
    {
        var parts = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i < cell.Length; i++)
        {
            // A doubled quote closes and opens again.
            if (cell[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (cell[i] == separator && !isQuoted)
            {
                parts.Add(cell[start..i]);
                start = i + 1;
            }
        }

        parts.Add(cell[start..]);
        return parts;
    }

    /// <summary>The value of a part.</summary>
    public static string Unquote(string part) =>
        part.Length > 1 && part[0] == '"' && part[^1] == '"' ? part[1..^1].Replace("\"\"", "\"", StringComparison.Ordinal) : part;

    /// <summary>A value as a part.</summary>
    public static string Quote(string value, char separator) =>
        value.Contains(separator, StringComparison.Ordinal) || value.Contains('"', StringComparison.Ordinal)
            ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;

    /// <summary>The texts of a cell, or of a part of one: <c>en:Value;fr:Valeur</c>; null where a part names no language.</summary>
    public static InternationalString? Texts(string cell, char separator)
    {
        var texts = new List<LocalisedString>();
        foreach (var part in Split(cell, separator))
        {
            var colon = part.IndexOf(':');
            if (colon <= 0)
                return null;
            texts.Add(new(part[..colon], Unquote(part[(colon + 1)..])));
        }

        return new(texts.ToValueArray());
    }

    /// <summary>Texts as a cell, or as a part of one.</summary>
    public static string Cell(InternationalString texts, char separator)
    {
        var cell = new StringBuilder();
        foreach (var text in texts.Texts)
            cell.Append(cell.Length > 0 ? separator.ToString() : "").Append(text.Language).Append(':').Append(Quote(text.Text, separator));
        return cell.ToString();
    }
}

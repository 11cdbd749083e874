using System.Text;

namespace Sdmx.Tests.Writers;

/// <summary>Writers that do nothing but what the format asks for, a value at a time: what the fast ones are held against.</summary>
/// <remarks>For one block of a time series data set of <see cref="WriterSample.Schema"/>.</remarks>
static class PlainWriters
{
    /// <summary>The observation rows of SDMX-CSV 2.0.</summary>
    public static string Csv(ObservationBlock block)
    {
        var text = new StringBuilder();
        foreach (var row in Observations(block))
        {
            List<string> cells = ["dataflow", block.Dataset.Schema.Urn.ShortName, "I", .. Key(block, row), block.Periods[row].ToString()];
            cells.AddRange(block.Dataset.Schema.Values.Select(v => block.Text(v.Index, row) ?? Above(block, row, v.Index) ?? ""));
            text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>The Obs elements of structure-specific SDMX-ML.</summary>
    public static string Xml(ObservationBlock block)
    {
        var text = new StringBuilder();
        foreach (var row in Observations(block))
        {
            text.Append("<Obs");
            if (block.Periods[row] != TimePeriod.None)
                text.Append($" TIME_PERIOD=\"{block.Periods[row]}\"");
            foreach (var value in block.Dataset.Schema.Values.Where(v => block.Text(v.Index, row) is not null))
                text.Append($" {value.Id}=\"{Escaped(block.Text(value.Index, row)!)}\"");
            text.Append("/>\n");
        }

        return text.ToString();
    }

    static IEnumerable<int> Observations(ObservationBlock block) => Enumerable.Range(0, block.Count).Where(r => block.Kinds[r] == RowKind.Observation);

    static IEnumerable<string> Key(ObservationBlock block, int row) =>
        Enumerable.Range(0, block.Key.Length).Select(d => block.Dataset.Codes.Dimensions[d][block.Key[d][row]]);

    /// <summary>What the narrowest holder before the row says of a column.</summary>
    static string? Above(ObservationBlock block, int row, int column) =>
        Enumerable.Range(0, row).Where(r => block.Kinds[r] == RowKind.Attributes && block.Text(column, r) is not null
            && Enumerable.Range(0, block.Key.Length).All(d => block.Key[d][r] < 0 || block.Key[d][r] == block.Key[d][row])).Select(r => block.Text(column, r)).LastOrDefault();

    static string Quoted(string cell) =>
        cell.Length > 0 && (cell[0] == ' ' || cell[^1] == ' ' || cell.IndexOfAny([',', '"', '\r', '\n']) >= 0) ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    static string Escaped(string text) => string.Concat(text.Select(c => c switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '"' => "&quot;",
        '\t' => "&#x9;",
        '\n' => "&#xA;",
        '\r' => "&#xD;",
        < ' ' => "\uFFFD",
        _ => c.ToString(),
    }));
}

namespace SdmxHub.Cli;

/// <summary>A line of CSV (RFC 4180), without its end.</summary>
static class CsvLine
{
    /// <summary>Joins cells with commas; quotes those that need it.</summary>
    public static string Of(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Quoted));

    static string? Quoted(string? cell) =>
        cell is not null && cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}

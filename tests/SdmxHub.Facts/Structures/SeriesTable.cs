namespace SdgShipment;

/// <summary>Per series the codes that harmonised figures may have: the table of the global content constraints.</summary>
sealed class SeriesTable
{
    readonly Dictionary<string, IReadOnlyList<(string Component, string[] Codes)>> _rows;

    SeriesTable(Dictionary<string, IReadOnlyList<(string, string[])>> rows) => _rows = rows;

    public static SeriesTable Read(string facts) => new(CsvTable
        .Read(Path.Combine(facts, "constraints", "sdmx_global_content_constraints_1.5.csv"))
        .ToDictionary(row => row["SERIES"], Limits, StringComparer.Ordinal));

    /// <summary>The components that are limited for <paramref name="series"/>, in the table's order; none where it is not in the table.</summary>
    public IReadOnlyList<(string Component, string[] Codes)> Of(string series) => _rows.GetValueOrDefault(series, []);

    static IReadOnlyList<(string, string[])> Limits(IReadOnlyDictionary<string, string> row) =>
    [
        .. row.Where(c => c.Key is not ("SERIES" or "Name") && c.Value is not ("" or "ALL"))
            .Select(c => (c.Key, c.Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))),
    ];
}

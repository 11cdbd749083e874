namespace Sdmx.Validation;

/// <summary>What is found in one block, put in the order of its rows before it goes to the log.</summary>
sealed class Findings(IssueLog log, string? file)
{
    readonly List<(int Row, Issue Issue)> _pending = [];

    /// <summary>Adds what a row rule found; it goes to the log with <see cref="Flush"/>.</summary>
    internal void Add(ObservationBlock block, int row, Issue issue) => _pending.Add((row, Place(block, row, issue)));

    /// <summary>Adds what a series rule found, at once.</summary>
    internal void AddNow(ObservationBlock block, int row, Issue issue) => log.Add(Place(block, row, issue));

    /// <summary>Adds what a series rule found about a series whose rows may be gone.</summary>
    internal void AddNow(Dataset dataset, ReadOnlySpan<int> key, int line, int position, Issue issue) =>
        log.Add(issue with { At = new Location(file, line, position, dataset.Number), Key = KeyText(dataset, key) });

    /// <summary>Hands over what was added, by row; findings about one row in the order of the rules.</summary>
    internal void Flush()
    {
        if (_pending.Count == 0)
            return;
        foreach (var (_, issue) in _pending.OrderBy(p => p.Row))
            log.Add(issue);
        _pending.Clear();
    }

    /// <summary>The key as <c>A.N.SI_POV_DAY1</c>; open dimensions are empty.</summary>
    internal static string KeyText(Dataset dataset, ReadOnlySpan<int> key)
    {
        var codes = new string[key.Length];
        for (var d = 0; d < key.Length; d++)
            codes[d] = key[d] < 0 ? "" : dataset.Codes.Dimensions[d][key[d]];
        return string.Join('.', codes);
    }

    Issue Place(ObservationBlock block, int row, Issue issue)
    {
        var key = block.KeyText(row);
        return issue with
        {
            At = new Location(file, block.Lines[row], block.LinePositions[row], block.Dataset.Number),
            Key = block.Kinds[row] == RowKind.Observation ? $"{key}:{block.Periods[row]}" : key,
        };
    }
}

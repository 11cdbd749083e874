namespace Sdmx.Tests.Writers;

/// <summary>What blocks say, whatever the order and the layout they say it in.</summary>
static class Statements
{
    /// <summary>What the rows say together: per holder its values merged; a bare series only where nothing else is said of it.</summary>
    public static List<string> Of(IEnumerable<ObservationBlock> blocks)
    {
        var holders = new SortedDictionary<string, SortedDictionary<string, string>>(StringComparer.Ordinal);
        var observations = new List<string>();
        var observed = new HashSet<string>();
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                var key = string.Join('.', Enumerable.Range(0, block.Key.Length).Select(d => block.Key[d][row] < 0 ? "" : block.Dataset.Codes.Dimensions[d][block.Key[d][row]]));
                var values = block.Dataset.Schema.Values.Where(v => block.Text(v.Index, row) is not null).Select(v => (v.Id, Text: block.Text(v.Index, row)!)).ToList();
                if (block.Kinds[row] == RowKind.Observation)
                {
                    observed.Add($"{block.Dataset.Action} * {key}");
                    observations.Add($"{block.Dataset.Action} - {key} {block.Periods[row]} {string.Join('|', values)}".TrimEnd());
                    continue;
                }

                var holder = $"{block.Dataset.Action} * {key}";
                if (!holders.TryGetValue(holder, out var said))
                    holders.Add(holder, said = new(StringComparer.Ordinal));
                foreach (var (id, text) in values)
                    said[id] = text;
            }
        }

        observations.Sort(StringComparer.Ordinal);
        return [.. holders.Where(h => h.Value.Count > 0 || !observed.Contains(h.Key)).Select(h => $"{h.Key} {string.Join('|', h.Value)}".TrimEnd()), .. observations];
    }
}

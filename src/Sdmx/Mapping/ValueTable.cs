using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>A <see cref="RepresentationMap"/>, ready to look values up (SDMX 3.0 section 6, "Structure Mapping").</summary>
/// <remarks>
/// <para>A row of plain values goes before rows of regular expressions and parts of values, and those count in the order of the map.</para>
/// <para>Immutable once made; not thread-safe.</para>
/// </remarks>
sealed class ValueTable
{
    const char Between = '\u001F'; // in no code and no text that XML can carry

    readonly Dictionary<string, List<ValueRow>> _plain = new(StringComparer.Ordinal);
    readonly List<ValueRow> _patterns = [];

    /// <param name="map">The map.</param>
    /// <param name="faults">Gets what keeps it from being used, as sentences without full stop.</param>
    public ValueTable(RepresentationMap map, List<string> faults)
    {
        Map = map;
        for (var i = 0; i < map.Mappings.Count; i++)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"row {i + 1} of {map.Urn.ShortName}");
            if (ValueRow.Make(map, map.Mappings[i], where, faults) is { } row)
                Add(row, where, faults);
        }
    }

    public RepresentationMap Map { get; }

    /// <summary>Whether what a value becomes depends on the period.</summary>
    public bool IsTimed { get; private set; }

    /// <summary>The plain values of a map of one source, to find near ones among.</summary>
    public IEnumerable<string> PlainValues => Map.Sources.Count == 1 ? _plain.Keys : [];

    /// <summary>What the values become, the row that counts first; of rows that hold at all times the first only.</summary>
    /// <param name="values">A value for each source; an absent one is empty.</param>
    /// <param name="isAbsent">Whether all are absent: then a row must say so in plain words, for an expression may match the empty text by chance.</param>
    public ValueMatch[] Find(string[] values, bool isAbsent = false)
    {
        var found = new List<ValueMatch>();
        foreach (var row in _plain.GetValueOrDefault(string.Join(Between, values)) ?? [])
        {
            found.Add(new(row, [.. row.Targets]));
            if (!row.IsTimed)
                return [.. found];
        }

        foreach (var row in isAbsent ? [] : _patterns)
        {
            if (row.Match(values) is not { } targets)
                continue;
            found.Add(new(row, targets));
            if (!row.IsTimed)
                break;
        }

        return [.. found];
    }

    void Add(ValueRow row, string where, List<string> faults)
    {
        IsTimed |= row.IsTimed;
        if (!row.IsPlain)
        {
            _patterns.Add(row);
            return;
        }

        var key = string.Join(Between, row.Sources.Select(s => s.Value));
        if (!_plain.TryGetValue(key, out var rows))
            _plain.Add(key, rows = []);
        if (rows.Exists(r => r.Overlaps(row) && !r.Targets.SequenceEqual(row.Targets)))
            faults.Add($"{where} says another thing of '{key.Replace(Between, '.')}' than a row before: a value becomes one value");
        else
            rows.Add(row);
    }
}

/// <summary>A row that holds for some values.</summary>
/// <param name="Row">The row.</param>
/// <param name="Targets">What they become; none where the target has nothing for them.</param>
readonly record struct ValueMatch(ValueRow Row, string[] Targets);

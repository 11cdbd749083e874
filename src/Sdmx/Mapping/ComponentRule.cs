namespace Sdmx.Mapping;

/// <summary>One <see cref="ComponentMap"/>, as it is applied to data of one structure: each combination of source values is looked up once, and
/// found by its numbers afterwards.</summary>
/// <remarks>Not thread-safe.</remarks>
sealed class ComponentRule
{
    const int MaxKept = 200_000; // of free texts there may be any number

    readonly ValueTable? _table;
    readonly CodeTable?[] _sourceCodes;
    readonly CodeTable?[] _targetCodes;
    readonly Dictionary<string, int>[] _texts;
    readonly Dictionary<int[], RuleResult> _results = new(IntKeys.Comparer);
    readonly Dictionary<int[], RuleResult>.AlternateLookup<ReadOnlySpan<int>> _byNumbers;
    readonly int[] _numbers;
    RuleResult?[] _byCode = []; // of one coded source: no key need be hashed (benchmark map)

    /// <param name="sources">The components whose values are taken.</param>
    /// <param name="targets">The components that get values.</param>
    /// <param name="table">What becomes of the values; null where they are taken over.</param>
    /// <param name="source">The codes of the source.</param>
    /// <param name="target">The codes of the target.</param>
    public ComponentRule(SchemaComponent[] sources, SchemaComponent[] targets, ValueTable? table, CodeTables source, CodeTables target)
    {
        (Sources, Targets, _table) = (sources, targets, table);
        _sourceCodes = [.. sources.Select(c => CodesOf(c, source))];
        _targetCodes = [.. targets.Select(c => CodesOf(c, target))];
        _texts = [.. sources.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
        _numbers = new int[sources.Length];
        _byNumbers = _results.GetAlternateLookup<ReadOnlySpan<int>>();
    }

    /// <summary>The components whose values are taken.</summary>
    public SchemaComponent[] Sources { get; }

    /// <summary>The components that get values.</summary>
    public SchemaComponent[] Targets { get; }

    /// <summary>What becomes of the values; null where they are taken over.</summary>
    public ValueTable? Table => _table;

    /// <summary>Whether the same values may become others in another period.</summary>
    public bool IsTimed => _table?.IsTimed == true;

    /// <summary>Whether the period decides.</summary>
    public bool IsOfPeriod => IsTimed || Array.Exists(Sources, c => c.Role == ComponentRole.Time);

    /// <summary>Whether a value of an observation, or its period, decides.</summary>
    public bool IsOfRow => IsTimed || Array.Exists(Sources, c => c.Role != ComponentRole.Dimension && c.Level == AttachmentLevel.Observation);

    /// <summary>Whether the values are the codes of one component: then <see cref="Find(int)"/> is enough.</summary>
    public bool IsOfCode => Sources.Length == 1 && _sourceCodes[0] is not null;

    /// <summary>What the values of the rows at hand become; null where they become nothing that is known.</summary>
    public MappedCell[]? Current { get; set; }

    /// <summary>Whether the values of the rows at hand are all there to be looked up: not so while only a part of a key is known.</summary>
    public bool IsAvailable { get; set; }

    /// <summary>What became of the values of the rows at hand.</summary>
    public RuleResult? Result { get; set; }

    /// <summary>What becomes of the code of a number, or of none (-1).</summary>
    public RuleResult Find(int code)
    {
        if ((uint)(code + 1) < (uint)_byCode.Length && _byCode[code + 1] is { } known)
            return known;
        if (code + 1 >= _byCode.Length)
            Array.Resize(ref _byCode, Math.Max(code + 2, Math.Max(64, _byCode.Length * 2)));
        return _byCode[code + 1] = LookUp([code < 0 ? default : MappedCell.Code(code)]);
    }

    /// <summary>What becomes of values, one for each source.</summary>
    public RuleResult Find(ReadOnlySpan<MappedCell> cells)
    {
        // Free texts that are only taken over are not kept: there is a new one in every row.
        if (_table is null && cells[0].Form != ValueForm.Code)
            return LookUp(cells);
        for (var i = 0; i < cells.Length; i++)
            _numbers[i] = NumberOf(cells[i], i);
        if (_byNumbers.TryGetValue(_numbers, out var known))
            return known;
        var result = LookUp(cells);
        if (_results.Count >= MaxKept)
        {
            _results.Clear();
            foreach (var texts in _texts)
                texts.Clear();
            return result;
        }

        _results.Add([.. _numbers], result);
        return result;
    }

    int NumberOf(MappedCell cell, int source)
    {
        if (cell.Form == ValueForm.Code)
            return (int)cell.Bits;
        if (cell.IsAbsent)
            return -1;
        var texts = _texts[source];
        var text = cell.ToText(null)!;
        if (!texts.TryGetValue(text, out var number))
            texts.Add(text, number = -2 - texts.Count);
        return number;
    }

    RuleResult LookUp(ReadOnlySpan<MappedCell> cells)
    {
        var values = new string[cells.Length];
        var isAbsent = true;
        for (var i = 0; i < cells.Length; i++)
        {
            values[i] = cells[i].ToText(_sourceCodes[i]) ?? "";
            isAbsent &= cells[i].IsAbsent;
        }

        // What is not there becomes nothing: that is no value which a map could lack.
        if (_table is null && isAbsent)
            return new(values, [], isAbsent);
        if (_table is null)
        {
            var cell = cells[0];
            return new(values, [(null, [.. _targetCodes.Select(codes => codes is null && cell.Form != ValueForm.Code ? cell : MappedCell.Parse(values[0], codes))])], isAbsent);
        }

        return new(values, [.. _table.Find(values, isAbsent).Select(m => ((ValueRow?)m.Row, (MappedCell[])[.. m.Targets.Select((t, k) => t.Length == 0 ? default : MappedCell.Parse(t, _targetCodes[k]))]))], isAbsent);
    }

    /// <summary>The codes of a component; null where it is uncoded. Every dimension has some.</summary>
    public static CodeTable? CodesOf(SchemaComponent component, CodeTables codes) =>
        component.Role switch { ComponentRole.Dimension => codes.Dimensions[component.Index], ComponentRole.Time => null, _ => codes.Values[component.Index] };
}

/// <summary>What a combination of values becomes.</summary>
/// <param name="values">The values; empty where they are absent.</param>
/// <param name="matches">The rows that hold for it, with what it becomes; the first that holds at the time counts.</param>
/// <param name="isAbsent">Whether there is no value at all.</param>
sealed class RuleResult(string[] values, (ValueRow? Row, MappedCell[] Cells)[] matches, bool isAbsent)
{
    /// <summary>The values as text, joined by a dot.</summary>
    public string Text => string.Join('.', values);

    /// <summary>The values.</summary>
    public string[] Values => values;

    /// <summary>Whether there is no value at all, and so nothing to map.</summary>
    public bool IsAbsent => isAbsent;

    /// <summary>What it becomes in a period; null where the map has nothing for it, empty where it says that there is nothing.</summary>
    public MappedCell[]? At(TimePeriod period)
    {
        foreach (var (row, cells) in matches)
        {
            if (row is null || row.Holds(period))
                return cells;
        }

        return null;
    }
}

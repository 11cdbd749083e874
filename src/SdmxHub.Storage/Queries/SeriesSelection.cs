using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Which series a query asks for, by their keys alone: a scan of the index's columns.</summary>
sealed class SeriesSelection
{
    // Below so many rows a sort is cheaper than an order of everything that is not at hand yet.
    const int FewRows = 2000;

    // Below this part of all rows a sort is cheaper than going through them.
    const int FewOf = 16;

    readonly CubeGeneration _generation;
    readonly SchemaMap _map;
    readonly DataQuery _query;
    readonly long _after;
    readonly bool[]? _owned;            // that the series belong to the agreement
    readonly Condition[] _known = [];   // that the codes are in the pinned version

    /// <summary>The selection of a query.</summary>
    /// <param name="generation">The index.</param>
    /// <param name="map">How its dimensions appear in the structure.</param>
    /// <param name="query">Its keys, its conditions on dimensions and its agreement count.</param>
    /// <param name="owned">Per row whether it belongs to the query's agreement; null where the query names none.</param>
    /// <param name="after">Only series that changed after this revision.</param>
    public SeriesSelection(CubeGeneration generation, SchemaMap map, DataQuery query, bool[]? owned, long after)
    {
        (_generation, _map, _query, _owned, _after) = (generation, map, query, owned, after);
        if (query.IsVersionPinned)
            _known = Conditions(d => map.Schema.Dimensions[d].Codes is { } codes ? Allowed(d, id => codes.Find(id) >= 0) : null);
    }

    /// <summary>How many rows matched but have a code that the pinned version lacks.</summary>
    public long Withheld { get; private set; }

    /// <summary>The rows, in order of the codes' ids, dimension by dimension; the one at the observation last.</summary>
    public int[] Select() => InOrder(Find());

    /// <summary>The rows, in no order.</summary>
    public int[] Find()
    {
        var keys = _query.Keys.IsEmpty ? [new KeyPattern([])] : _query.Keys;
        return keys.All(IsFull) ? Named(keys) : Scanned(keys);
    }

    /// <summary>Looks up keys that name one code for each dimension.</summary>
    int[] Named(ValueArray<KeyPattern> keys)
    {
        var (rows, met) = (new List<int>(1), keys.Count > 1 ? new HashSet<int>() : null);
        foreach (var pattern in keys)
        {
            var row = FullKey(pattern) is { } key ? _generation.Cube.Keys.Find(key) : -1;
            if (row < 0 || row >= _generation.Rows || !_generation.States.IsVisible(row, _after) || _owned?[row] == false
                || (!_query.Filters.IsEmpty && !IsIn(Pattern(pattern), row)) || met?.Add(row) == false)
                continue;
            if (IsIn(_known, row))
                rows.Add(row);
            else
                Withheld++;
        }

        return [.. rows];
    }

    /// <summary>Goes through the columns of the index, one after the other, for each pattern.</summary>
    int[] Scanned(ValueArray<KeyPattern> keys)
    {
        var found = new bool[_generation.Rows];
        _generation.States.Mark(found, _after);
        for (var i = 0; i < _generation.Holders; i++)
            found[_generation.Cube.Holders[i]] = false;
        for (var row = 0; _owned is not null && row < found.Length; row++)
            found[row] &= _owned[row];
        if (keys.Count == 1)
        {
            Keep(Pattern(keys[0]), found);
        }
        else
        {
            var (any, marks) = (new bool[found.Length], new bool[found.Length]);
            foreach (var pattern in keys)
            {
                found.CopyTo(marks, 0);
                Keep(Pattern(pattern), marks);
                for (var row = 0; row < any.Length; row++)
                    any[row] |= marks[row];
            }

            found = any;
        }

        var matched = _known.Length == 0 ? 0 : found.AsSpan().Count(true);
        Keep(_known, found);
        var rows = new int[found.AsSpan().Count(true)];
        Withheld = _known.Length == 0 ? 0 : matched - rows.Length;
        for (int row = 0, at = 0; at < rows.Length; row++)
        {
            rows[at] = row;
            at += found[row] ? 1 : 0;
        }

        return rows;
    }

    static void Keep(Condition[] conditions, Span<bool> marks)
    {
        foreach (var (codes, allowed) in conditions)
            codes.Keep(allowed, marks);
    }

    int[] InOrder(int[] selected)
    {
        if (selected.Length < 2)
            return selected;
        var (columns, last) = (_map.Columns, LastDimension());
        if (selected.Length < FewRows && !_generation.HasOrder(columns, last))
        {
            Array.Sort(selected, new KeyOrder(_generation, columns, last));
            return selected;
        }

        var order = _generation.Order(columns, last);
        if (selected.Length < _generation.Rows / FewOf)
            SortByPlace(selected, order.Places);
        else
            Pick(selected, order.Rows);
        return selected;
    }

    static void SortByPlace(int[] rows, int[] places)
    {
        var keys = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            keys[i] = places[rows[i]];
        Array.Sort(keys, rows);
    }

    /// <summary>Most rows: goes through all of them in order instead of sorting.</summary>
    static void Pick(int[] selected, ReadOnlySpan<int> order)
    {
        var isSelected = new ulong[(order.Length >> 6) + 1];
        foreach (var row in selected)
            isSelected[row >> 6] |= 1UL << row;
        var at = 0;
        foreach (var row in order)
        {
            if ((isSelected[row >> 6] >> row & 1) != 0)
                selected[at++] = row;
        }
    }

    // The dimension at the observation, when it is one of the key's; else -1.
    int LastDimension() => _map.Schema.Find(_query.DimensionAtObservation) is { Role: ComponentRole.Dimension } d ? d.Index : -1;

    static bool IsIn(Condition[] conditions, int row)
    {
        foreach (var (codes, allowed) in conditions)
        {
            if (!allowed[codes[row]])
                return false;
        }

        return true;
    }

    Condition[] Conditions(Func<int, bool[]?> allowed)
    {
        var conditions = new List<Condition>();
        for (var d = 0; d < _map.Columns.Length; d++)
        {
            if (allowed(d) is { } codes)
                conditions.Add(new(_generation.Cube.Columns[_map.Columns[d]], codes));
        }

        return [.. conditions];
    }

    Condition[] Pattern(KeyPattern pattern) => Conditions(d =>
    {
        var codes = d < pattern.Dimensions.Count ? pattern.Dimensions[d] : default;
        var id = _map.Schema.Dimensions[d].Id;
        TermTest[] tests = [.. _query.Filters.Where(f => f.Component == id).Select(f => new TermTest(f))];
        if (codes.IsEmpty && tests.Length == 0)
            return null;
        return codes.IsEmpty ? Allowed(d, code => Array.TrueForAll(tests, t => t.Passes(code))) : Named(d, codes, tests);
    });

    bool[] Named(int dimension, ValueArray<string> ids, TermTest[] tests)
    {
        var column = _map.Columns[dimension];
        var allowed = new bool[_generation.Codes[column] + 1];
        foreach (var id in ids)
        {
            var code = _generation.Cube.Dimensions[column].Codes.Find(id);
            if (code > 0 && code < allowed.Length && Array.TrueForAll(tests, t => t.Passes(id)))
                allowed[code] = true;
        }

        return allowed;
    }

    bool[] Allowed(int dimension, Func<string, bool> isAllowed)
    {
        var column = _map.Columns[dimension];
        var codes = _generation.Cube.Dimensions[column].Codes;
        var allowed = new bool[_generation.Codes[column] + 1];
        for (var code = 1; code < allowed.Length; code++)
            allowed[code] = isAllowed(codes[code]);
        return allowed;
    }

    bool IsFull(KeyPattern pattern)
    {
        if (pattern.Dimensions.Count != _map.Columns.Length)
            return false;
        foreach (var codes in pattern.Dimensions)
        {
            if (codes.Count != 1)
                return false;
        }

        return true;
    }

    /// <summary>A full key in the cube's codes; null when a code is in no series.</summary>
    int[]? FullKey(KeyPattern pattern)
    {
        var key = new int[_map.Columns.Length];
        for (var d = 0; d < key.Length; d++)
        {
            var column = _map.Columns[d];
            key[column] = _generation.Cube.Dimensions[column].Codes.Find(pattern.Dimensions[d][0]);
            if (key[column] == 0 || key[column] > _generation.Codes[column])
                return null;
        }

        return key;
    }

    /// <summary>A dimension's column and, by cube code, which codes pass.</summary>
    readonly record struct Condition(CodeColumn Codes, bool[] Allowed);
}

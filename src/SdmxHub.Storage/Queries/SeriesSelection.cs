using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Which series a query asks for, by their keys alone: a scan of the index's columns.</summary>
sealed class SeriesSelection
{
    readonly CubeGeneration _generation;
    readonly SchemaMap _map;
    readonly DataQuery _query;
    readonly long _after;
    readonly bool[]?[][] _patterns;     // per pattern, per dimension of the schema: cube code -> allowed; null: any
    readonly bool[]?[]? _known;         // per dimension: cube code -> in the pinned version

    public SeriesSelection(CubeGeneration generation, SchemaMap map, DataQuery query, long after)
    {
        (_generation, _map, _query, _after) = (generation, map, query, after);
        _patterns = query.Keys.IsEmpty
            ? [Pattern(new KeyPattern([]))]
            : [.. query.Keys.Select(Pattern)];
        if (query.IsVersionPinned)
            _known = [.. map.Schema.Dimensions.Select((d, i) => d.Codes is { } codes ? Allowed(i, id => codes.Find(id) >= 0) : null)];
    }

    /// <summary>How many rows matched but have a code that the pinned version lacks.</summary>
    public long Withheld { get; private set; }

    /// <summary>The rows, in order of the codes' ids, dimension by dimension; the one at the observation last.</summary>
    public int[] Select()
    {
        var rows = new List<int>();
        if (FullKey() is { } key)
        {
            var row = _generation.Cube.Keys.Find(key);
            if (row >= 0 && row < _generation.Rows && Matches(row))
                rows.Add(row);
        }
        else
        {
            for (var row = 0; row < _generation.Rows; row++)
            {
                if (Matches(row))
                    rows.Add(row);
            }
        }

        var selected = rows.ToArray();
        Array.Sort(selected, new KeyOrder(_generation, _map.Columns, LastDimension()));
        return selected;
    }

    /// <summary>The dimension at the observation, when it is one of the key's; else -1.</summary>
    public int LastDimension() => _map.Schema.Find(_query.DimensionAtObservation) is { Role: ComponentRole.Dimension } d ? d.Index : -1;

    bool Matches(int row)
    {
        ref readonly var state = ref _generation.States[row];
        if (!state.IsVisible || state.LastTx <= _after)
            return false;
        foreach (var pattern in _patterns)
        {
            if (!IsIn(pattern, row))
                continue;
            if (_known is null || IsIn(_known, row))
                return true;
            Withheld++;
            return false;
        }

        return false;
    }

    /// <summary>Also that the row is no holder: an open dimension is no code.</summary>
    bool IsIn(bool[]?[] allowed, int row)
    {
        for (var d = 0; d < allowed.Length; d++)
        {
            var code = _generation.Cube.Columns[_map.Columns[d]][row];
            if (code == 0 || (allowed[d] is { } codes && !codes[code]))
                return false;
        }

        return true;
    }

    bool[]?[] Pattern(KeyPattern pattern)
    {
        var allowed = new bool[]?[_map.Schema.Dimensions.Count];
        for (var d = 0; d < allowed.Length; d++)
        {
            var codes = d < pattern.Dimensions.Count ? pattern.Dimensions[d] : default;
            TermTest[] tests = [.. _query.Filters.Where(f => f.Component == _map.Schema.Dimensions[d].Id).Select(f => new TermTest(f))];
            if (codes.IsEmpty && tests.Length == 0)
                continue;
            allowed[d] = codes.IsEmpty ? Allowed(d, id => Array.TrueForAll(tests, t => t.Passes(id))) : Named(d, codes, tests);
        }

        return allowed;
    }

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

    /// <summary>The key in the cube's codes, when the query names one code for each dimension; a code that is not there is -1.</summary>
    int[]? FullKey()
    {
        if (_query.Keys.Count != 1 || _query.Keys[0].Dimensions.Count != _map.Columns.Length)
            return null;
        var key = new int[_map.Columns.Length];
        for (var d = 0; d < key.Length; d++)
        {
            if (_query.Keys[0].Dimensions[d].Count != 1)
                return null;
            var number = _generation.Cube.Dimensions[_map.Columns[d]].Codes.Find(_query.Keys[0].Dimensions[d][0]);
            key[_map.Columns[d]] = number == 0 || number > _generation.Codes[_map.Columns[d]] ? -1 : number;
        }

        return key;
    }
}

/// <summary>Orders rows by the ids of their codes, so that an answer does not depend on the order in which data came.</summary>
sealed class KeyOrder : IComparer<int>
{
    readonly (int[] Codes, int[] Ranks)[] _dimensions;

    /// <summary>The order by the dimensions of a schema; <paramref name="last"/>, when it is none of -1, counts after all others.</summary>
    public KeyOrder(CubeGeneration generation, int[] columns, int last)
    {
        var order = Enumerable.Range(0, columns.Length).OrderBy(d => d == last);
        _dimensions = [.. order.Select(d => (generation.Cube.Columns[columns[d]].Items, generation.Ranks[columns[d]]))];
    }

    public int Compare(int x, int y) => Compare(x, y, _dimensions.Length);

    /// <summary>Whether two rows differ at most in the last dimension.</summary>
    public bool IsSameButLast(int x, int y) => Compare(x, y, _dimensions.Length - 1) == 0;

    int Compare(int x, int y, int dimensions)
    {
        for (var d = 0; d < dimensions; d++)
        {
            var (codes, ranks) = _dimensions[d];
            if (codes[x] != codes[y])
                return ranks[codes[x]].CompareTo(ranks[codes[y]]);
        }

        return 0;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The rows of a generation in the order of answers: by the ids of their codes, whatever order the data came in.</summary>
/// <remarks>Made when first asked for, kept with the generation, and carried to the next one, where only new rows are sorted: the ids of codes never
/// change, so neither does the order of two rows. Immutable.</remarks>
sealed class SeriesOrder
{
    readonly int[] _columns;
    readonly int _last;
    readonly int[] _rows;
    int[]? _places;

    SeriesOrder(int[] columns, int last, int[] rows) => (_columns, _last, _rows) = (columns, last, rows);

    /// <summary>The rows in order, holders among them.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Per row, its place in <see cref="Rows"/>.</summary>
    public int[] Places => _places ??= Invert(_rows);

    /// <summary>Whether it is the order by these columns, <paramref name="last"/> (a dimension of the schema, or -1) after all others.</summary>
    public bool IsBy(ReadOnlySpan<int> columns, int last) => _last == last && columns.SequenceEqual(_columns);

    /// <summary>The order of all rows of a generation, from scratch: a counting sort per dimension, the least significant first.</summary>
    public static SeriesOrder Make(CubeGeneration generation, int[] columns, int last)
    {
        int[] rows = new int[generation.Rows], sorted = new int[generation.Rows];
        for (var row = 0; row < rows.Length; row++)
            rows[row] = row;
        foreach (var column in Significance(columns, last))
        {
            Sort(generation.Cube.Columns[column], generation.Ranks[column], rows, sorted);
            (rows, sorted) = (sorted, rows);
        }

        return new(columns, last, rows);
    }

    /// <summary>The order for a generation with more rows, or with fewer.</summary>
    public SeriesOrder For(CubeGeneration generation)
    {
        if (generation.Rows == _rows.Length)
            return this;
        if (generation.Rows < _rows.Length)
            return new(_columns, _last, Array.FindAll(_rows, row => row < generation.Rows));
        var order = new KeyOrder(generation, _columns, _last);
        var added = new int[generation.Rows - _rows.Length];
        for (var i = 0; i < added.Length; i++)
            added[i] = _rows.Length + i;
        Array.Sort(added, order);
        return new(_columns, _last, Merge(_rows, added, order));
    }

    static int[] Merge(int[] known, int[] added, KeyOrder order)
    {
        var merged = new int[known.Length + added.Length];
        for (int i = 0, j = 0; i + j < merged.Length;)
            merged[i + j] = j == added.Length || (i < known.Length && order.Compare(known[i], added[j]) < 0) ? known[i++] : added[j++];
        return merged;
    }

    static IEnumerable<int> Significance(int[] columns, int last)
    {
        if (last >= 0)
            yield return columns[last];
        for (var d = columns.Length - 1; d >= 0; d--)
        {
            if (d != last)
                yield return columns[d];
        }
    }

    static void Sort(CodeColumn codes, int[] ranks, int[] rows, int[] sorted)
    {
        var ends = new int[ranks.Length + 1];
        foreach (var row in rows)
            ends[ranks[codes[row]] + 1]++;
        for (var i = 1; i < ends.Length; i++)
            ends[i] += ends[i - 1];
        foreach (var row in rows)
            sorted[ends[ranks[codes[row]]]++] = row;
    }

    static int[] Invert(int[] rows)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            places[rows[i]] = i;
        return places;
    }
}

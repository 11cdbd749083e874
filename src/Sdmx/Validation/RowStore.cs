namespace Sdmx.Validation;

/// <summary>What a row sorts by, and where its packed values lie.</summary>
/// <param name="Series">The number of its key.</param>
/// <param name="Kind">Attribute rows come before observations.</param>
/// <param name="Place">Chunk and position of the bytes; grows with every row, so it also keeps the original order.</param>
/// <param name="Period">The period.</param>
readonly record struct RowHead(int Series, RowKind Kind, long Place, TimePeriod Period);

/// <summary>Rows in memory, in message order: heads in one array, packed values in chunks.</summary>
sealed class RowStore
{
    const int LargestChunk = 1 << 20;

    readonly List<byte[]> _chunks = [new byte[1 << 12]];
    RowHead[] _heads = new RowHead[64];
    int _used;

    /// <summary>How many rows there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The memory taken, about.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The head of <paramref name="row"/>.</summary>
    internal ref readonly RowHead this[int row] => ref _heads[row];

    /// <summary>The packed values of the row at <paramref name="place"/>, and what follows them.</summary>
    internal ReadOnlySpan<byte> Packed(long place) => _chunks[(int)(place >> 32)].AsSpan((int)place);

    /// <summary>Adds a row of the block under the key numbered <paramref name="series"/>.</summary>
    internal void Add(ObservationBlock block, int row, int series)
    {
        var bound = RowPacker.Bound(block, row);
        if (_chunks[^1].Length - _used < bound)
        {
            _chunks.Add(new byte[Math.Max(bound, Math.Min(_chunks[^1].Length * 2, LargestChunk))]);
            _used = 0;
            Bytes += _chunks[^1].Length;
        }

        if (Count == _heads.Length)
        {
            Array.Resize(ref _heads, Count * 2);
            Bytes += Count * 32L;
        }

        var place = (long)(_chunks.Count - 1) << 32 | (uint)_used;
        _heads[Count++] = new RowHead(series, block.Kinds[row], place, block.Periods[row]);
        _used += RowPacker.Pack(block, row, _chunks[^1].AsSpan(_used));
    }

    /// <summary>The rows' numbers in order of key, kind (attributes first), period and message.</summary>
    internal int[] Order(int[] ranks)
    {
        var order = new int[Count];
        if (Count < ranks.Length / 4)
        {
            for (var i = 0; i < order.Length; i++)
                order[i] = i;
            order.AsSpan().Sort(Compare);
            return order;

            int Compare(int a, int b) => ranks[_heads[a].Series].CompareTo(ranks[_heads[b].Series]) is var c and not 0 ? c : CompareInSeries(a, b);
        }

        // A counting sort by key is linear and keeps the message's order, in which most series already are.
        var starts = new int[ranks.Length + 1];
        for (var i = 0; i < Count; i++)
            starts[ranks[_heads[i].Series] + 1]++;
        for (var r = 1; r < starts.Length; r++)
            starts[r] += starts[r - 1];
        var next = starts.AsSpan(0, ranks.Length).ToArray();
        for (var i = 0; i < Count; i++)
            order[next[ranks[_heads[i].Series]]++] = i;
        for (var r = 0; r < ranks.Length; r++)
            SortSeries(order.AsSpan(starts[r]..starts[r + 1]));
        return order;
    }

    void SortSeries(Span<int> rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (CompareInSeries(rows[i - 1], rows[i]) > 0)
            {
                rows.Sort(CompareInSeries);
                return;
            }
        }
    }

    int CompareInSeries(int a, int b)
    {
        ref readonly var left = ref _heads[a];
        ref readonly var right = ref _heads[b];
        var order = right.Kind.CompareTo(left.Kind);
        if (order == 0)
            order = left.Period.CompareTo(right.Period);
        return order != 0 ? order : left.Place.CompareTo(right.Place);
    }
}

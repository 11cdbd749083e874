namespace Sdmx.Validation;

/// <summary>Puts the strips of a store in the order of the sorter: by key, kind (attributes first), period, message.</summary>
/// <remarks>Strips of a series that lie over each other are packed anew, so that each ends before the next begins.</remarks>
sealed class StripOrder(RowStore store, RowPacker packer, Dataset dataset)
{
    readonly List<(StripHead Head, int Number, long Place)> _strips = [];
    readonly ObservationBlock _rows = new();
    readonly ObservationBlock _sorted = new();
    readonly List<long> _order = new(store.Count);

    /// <summary>The places of the strips, in order.</summary>
    internal List<long> Of(int[] ranks)
    {
        var last = -1;
        foreach (var place in ByKey(ranks))
        {
            var strip = Strip.Read(store[place]);
            if (strip.Series != last)
                EndSeries(last);
            last = strip.Series;
            _strips.Add((RowPacker.Head(strip.Packed), _strips.Count, place));
        }

        EndSeries(last);
        return _order;
    }

    /// <summary>Which of two strips of a series comes first, by their rows and then by the message.</summary>
    internal static int Compare(RowKind kind, TimePeriod period, int number, RowKind otherKind, TimePeriod otherPeriod, int otherNumber)
    {
        var order = otherKind.CompareTo(kind);
        if (order == 0)
            order = period.CompareTo(otherPeriod);
        return order != 0 ? order : number.CompareTo(otherNumber);
    }

    long[] ByKey(int[] ranks)
    {
        // a few rows of a message with many keys
        if (store.Count < ranks.Length / 4)
            return [.. store.Places().OrderBy(place => ranks[Strip.Read(store[place]).Series])];

        // a counting sort is linear and keeps the message's order, in which most series already are
        var places = new long[store.Count];
        var next = new int[ranks.Length + 1];
        foreach (var place in store.Places())
            next[ranks[Strip.Read(store[place]).Series] + 1]++;
        for (var r = 1; r < next.Length; r++)
            next[r] += next[r - 1];
        foreach (var place in store.Places())
            places[next[ranks[Strip.Read(store[place]).Series]]++] = place;
        return places;
    }

    void EndSeries(int series)
    {
        if (!IsInOrder())
        {
            if (_strips.Sum(s => s.Head.Count) <= ObservationBlock.Capacity)
                Join(series);
            else
                Split(series);
        }

        foreach (var (_, _, place) in _strips)
            _order.Add(place);
        _strips.Clear();
    }

    bool IsInOrder()
    {
        for (var i = 1; i < _strips.Count; i++)
        {
            var (before, after) = (_strips[i - 1], _strips[i]);
            if (Compare(before.Head.Kind, before.Head.Last, before.Number, after.Head.Kind, after.Head.First, after.Number) > 0)
                return false;
        }

        return true;
    }

    void SortStrips() => _strips.Sort(static (a, b) => Compare(a.Head.Kind, a.Head.First, a.Number, b.Head.Kind, b.Head.First, b.Number));

    // All rows of a series in one block, then in order in another.
    void Join(int series)
    {
        packer.Begin(_rows, dataset);
        foreach (var (_, _, place) in _strips)
            packer.Unpack(Strip.Read(store[place]).Packed, [], _rows);
        _strips.Clear();
        for (var row = 0; row < _rows.Count; row++)
            _strips.Add((new StripHead(_rows.Kinds[row], 1, _rows.Periods[row], _rows.Periods[row]), row, 0));
        SortStrips();
        Span<int> rows = stackalloc int[_strips.Count];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = _strips[i].Number;
        _strips.Clear();
        _sorted.Begin(dataset);
        _sorted.Arrange(_rows, rows);
        var observations = _sorted.Kinds.AsSpan(0, _sorted.Count).IndexOf(RowKind.Observation);
        if (observations != 0)
            Add(series, 0, observations < 0 ? _sorted.Count : observations);
        if (observations >= 0)
            Add(series, observations, _sorted.Count);
    }

    void Add(int series, int from, int end) => _strips.Add((default, _strips.Count, store.Add(series, packer.Pack(_sorted, from, end))));

    // A series too long for a block: each row by itself.
    void Split(int series)
    {
        var strips = _strips.ToArray();
        _strips.Clear();
        foreach (var (head, _, place) in strips)
        {
            if (head.Count == 1)
            {
                _strips.Add((head, _strips.Count, place));
                continue;
            }

            packer.Begin(_rows, dataset);
            packer.Unpack(Strip.Read(store[place]).Packed, [], _rows);
            for (var row = 0; row < _rows.Count; row++)
                _strips.Add((head with { Count = 1, First = _rows.Periods[row], Last = _rows.Periods[row] }, _strips.Count, store.Add(series, packer.Pack(_rows, row, row + 1))));
        }

        SortStrips();
    }
}

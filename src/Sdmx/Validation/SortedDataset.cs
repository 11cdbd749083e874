namespace Sdmx.Validation;

/// <summary>The rows of one data set while they are sorted: in memory, and in runs on disk.</summary>
/// <param name="dataset">The data set.</param>
/// <param name="series">The keys of its schema.</param>
/// <param name="packer">Packs rows.</param>
/// <param name="store">Where its rows are kept in memory.</param>
/// <param name="rest">What others use as well when this data set is not being read: rows of a series that found no room in the last block.</param>
sealed class SortedDataset(Dataset dataset, SeriesTable series, RowPacker packer, RowStore store, ObservationBlock rest) : IDisposable
{
    // a block is handed over early when it holds this much, so that long texts do not make it huge
    const int MaxBlockText = 1 << 24;

    readonly List<SortedRun> _runs = [];
    readonly int[] _key = new int[dataset.Schema.Dimensions.Count];
    PriorityQueue<SortedRun, SortedRun>? _merge;
    int _last;
    bool _isEmpty = true;
    bool _wasRead;

    /// <summary>The memory its rows take, about.</summary>
    internal long Bytes => store.Bytes;

    /// <summary>Adds the rows of a block.</summary>
    internal void Add(ObservationBlock block)
    {
        _isEmpty &= block.Count == 0;
        for (var (row, end) = (0, 0); row < block.Count; row = end)
        {
            end = StripEnd(block, row, block.TakeKey(row, _key));
            store.Add(series.Resolve(_key, block.Kinds[row]), packer.Pack(block, row, end));
        }
    }

    /// <summary>Sorts the rows in memory into a run on disk.</summary>
    internal void Spill()
    {
        _runs.Add(Sort().Spill());
        store.Clear();
    }

    /// <summary>Fills a block with the next sorted rows; false behind the last. Without any row, once an empty block.</summary>
    /// <remarks>A series that fits in a block is not torn apart, unless its texts are long.</remarks>
    internal bool Read(ObservationBlock block)
    {
        _merge ??= Start();
        packer.Begin(block, dataset);
        if (rest.Count == 0 && _merge.Count == 0 && !(_isEmpty && !_wasRead))
            return false;
        _wasRead = true;
        Move(rest, 0, block);
        var start = 0;
        while (_merge.TryDequeue(out var run, out _))
        {
            if (run.Series != _last)
                (_last, start) = (run.Series, block.Count);
            // Out of the queue while it moves: a run is its own priority.
            var hasRoom = Take(run, block, out var isLeft);
            if (isLeft)
                _merge.Enqueue(run, run);
            if (hasRoom)
                continue;
            if (start > 0)
                Move(block, start, rest);
            break;
        }

        return true;
    }

    /// <summary>Goes before the first row.</summary>
    internal void Rewind() => (_merge, _wasRead) = (null, false);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var run in _runs)
            run.Dispose();
    }

    MemoryRun Sort() => new(store, new StripOrder(store, packer, dataset).Of(series.Ranks()));

    PriorityQueue<SortedRun, SortedRun> Start()
    {
        if (store.Count > 0 && _runs is not [.., MemoryRun])
            _runs.Add(Sort());
        var ranks = series.Ranks();
        var merge = new PriorityQueue<SortedRun, SortedRun>(_runs.Count, Comparer<SortedRun>.Create((a, b) => Compare(a, b, ranks)));
        foreach (var run in _runs)
        {
            run.Rewind();
            if (run.Next())
                merge.Enqueue(run, run);
        }

        rest.Count = 0;
        _last = -1;
        return merge;
    }

    int Compare(SortedRun a, SortedRun b, int[] ranks)
    {
        var order = ranks[a.Series].CompareTo(ranks[b.Series]);
        return order != 0 ? order
            : StripOrder.Compare(a.Head.Kind, a.Head.First, _runs.IndexOf(a), b.Head.Kind, b.Head.First, _runs.IndexOf(b));
    }

    // The rows of a run that come before all of the others; false when the block has no room for them.
    bool Take(SortedRun run, ObservationBlock block, out bool isLeft)
    {
        var key = series.Key(run.Series);
        var count = run.Head.Count;
        // Runs hold the message's rows in order: of equal rows the earlier run's came first.
        if (_merge!.TryPeek(out var other, out _) && other.Series == run.Series)
            count = run.CountBefore(other, _runs.IndexOf(run) < _runs.IndexOf(other), key, dataset, packer);
        isLeft = true;
        if (block.Count > 0 && (block.Count + count > ObservationBlock.Capacity || packer.Unnumbered > MaxBlockText))
            return false;
        isLeft = !run.Take(count, key, block, packer) || run.Next();
        return true;
    }

    // The end of the rows that can be packed together: of one kind, in order.
    static int StripEnd(ObservationBlock block, int from, int end)
    {
        for (var row = from + 1; row < end; row++)
        {
            if (block.Kinds[row] != block.Kinds[from] || block.Periods[row - 1].CompareTo(block.Periods[row]) > 0)
                return row;
        }

        return end;
    }

    void Move(ObservationBlock from, int row, ObservationBlock to)
    {
        if (row == from.Count)
            return;
        if (to == rest)
            to.Begin(dataset);
        to.Append(from, row, from.Count - row);
        from.Count = row;
    }
}

namespace Sdmx.Validation;

/// <summary>The rows of one data set while they are sorted: in memory, and in runs on disk.</summary>
sealed class SortedDataset(Dataset dataset, SeriesTable series) : IDisposable
{
    readonly List<SortedRun> _runs = [];
    RowStore _rows = new();
    RowPacker? _packer;
    PriorityQueue<SortedRun, SortedRun>? _merge;
    bool _isEmpty = true;
    bool _wasRead;

    /// <summary>The data set.</summary>
    internal Dataset Dataset => dataset;

    /// <summary>The memory its rows take, about.</summary>
    internal long Bytes => _rows.Bytes;

    /// <summary>Adds the rows of a block.</summary>
    internal void Add(ObservationBlock block)
    {
        for (var row = 0; row < block.Count; row++)
            _rows.Add(block, row, series.Resolve(block, row));
        _isEmpty &= block.Count == 0;
    }

    /// <summary>Sorts the rows in memory into a run on disk.</summary>
    internal void Spill()
    {
        _runs.Add(new MemoryRun(_rows, series.Ranks()).Spill());
        _rows = new RowStore();
    }

    /// <summary>Fills a block with the next sorted rows; false behind the last. Without any row, once an empty block.</summary>
    internal bool Read(ObservationBlock block)
    {
        _merge ??= Start();
        if (_merge.Count == 0 && !(_isEmpty && !_wasRead))
            return false;
        _wasRead = true;
        block.Begin(dataset);
        _packer!.ForgetTexts();
        while (block.Count < ObservationBlock.Capacity && _merge.TryDequeue(out var run, out _))
        {
            Take(run, block);
            // Out of the queue while it moves: a run is its own priority.
            if (run.Next())
                _merge.Enqueue(run, run);
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

    PriorityQueue<SortedRun, SortedRun> Start()
    {
        var ranks = series.Ranks();
        if (_rows.Count > 0)
        {
            _runs.Add(new MemoryRun(_rows, ranks));
            _rows = new RowStore();
        }

        _packer ??= new RowPacker(dataset.Schema.Values.Count);
        var merge = new PriorityQueue<SortedRun, SortedRun>(_runs.Count, Comparer<SortedRun>.Create((a, b) => Compare(a, b, ranks)));
        foreach (var run in _runs)
        {
            run.Rewind();
            if (run.Next())
                merge.Enqueue(run, run);
        }

        return merge;
    }

    // Runs hold the message's rows in order: of equal rows the earlier run's came first.
    int Compare(SortedRun a, SortedRun b, int[] ranks)
    {
        var order = ranks[a.Head.Series].CompareTo(ranks[b.Head.Series]);
        if (order == 0)
            order = b.Head.Kind.CompareTo(a.Head.Kind);
        if (order == 0)
            order = a.Head.Period.CompareTo(b.Head.Period);
        return order != 0 ? order : _runs.IndexOf(a).CompareTo(_runs.IndexOf(b));
    }

    void Take(SortedRun run, ObservationBlock block)
    {
        var row = block.Count++;
        var key = series.Key(run.Head.Series);
        for (var d = 0; d < key.Length; d++)
            block.Key[d][row] = key[d];
        block.Kinds[row] = run.Head.Kind;
        block.Periods[row] = run.Head.Period;
        _packer!.Unpack(run.Packed, block, row);
    }
}

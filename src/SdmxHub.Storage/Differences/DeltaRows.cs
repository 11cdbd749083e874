using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What the half of a delta that has one action says of one series after the other.</summary>
sealed class DeltaRows
{
    readonly SchemaMap _map;
    readonly (int Column, int Component)[] _columns;
    readonly List<int> _removed = [];
    readonly List<(int Row, int Old)> _written = [];
    readonly Queue<Run> _pending = new();
    ChunkPair _attributes;
    Run _current;
    int _row;

    /// <summary>The rows of a data set, whose action is Delete or Replace.</summary>
    public DeltaRows(Store store, CubeGeneration generation, Dataset dataset)
    {
        Dataset = dataset;
        _map = new SchemaMap(generation.Cube, dataset.Schema, dataset.Codes, store.Texts);
        _columns = [.. dataset.Schema.Values.Where(v => _map.Component(v.Index) is not null).Select(v => (v.Index, _map.Component(v.Index)!.Number))];
    }

    /// <summary>The data set.</summary>
    public Dataset Dataset { get; }

    /// <summary>Turns to a block.</summary>
    public void Begin(ObservationBlock block)
    {
        block.Begin(Dataset);
        _map.Begin();
    }

    /// <summary>Takes what there is to say of the series that the pairs are at; <see cref="Write"/> must have written all of the one before.</summary>
    public void Take(SeriesPairs pairs)
    {
        _row = pairs.Row;
        foreach (var pair in pairs.Chunks)
        {
            if (pair.IsAttributes)
                AddAttributes(pair);
            else if (Dataset.Action == DatasetAction.Delete)
                AddRemoved(pair);
            else
                AddWritten(pair);
        }
    }

    /// <summary>Writes what was taken behind the rows of a block.</summary>
    /// <returns>False when the block has no room for all of it.</returns>
    public bool Write(Session session, ObservationBlock block)
    {
        var start = block.Count;
        while (block.Count < ObservationBlock.Capacity && (_current.Count > 0 || _pending.TryDequeue(out _current)))
            WriteRun(session, block);
        block.Lines.AsSpan(start, block.Count - start).Clear();
        block.LinePositions.AsSpan(start, block.Count - start).Clear();
        return _current.Count == 0 && _pending.Count == 0;
    }

    void AddAttributes(ChunkPair pair)
    {
        _attributes = pair;
        if (Array.Exists(_columns, c => IsNamed(c.Component)))
            _pending.Enqueue(new(_row, RowKind.Attributes, Dataset.Action == DatasetAction.Delete ? pair.Before : pair.After, 0, 1));
    }

    void AddRemoved(ChunkPair pair)
    {
        pair.FindRemoved(_removed);
        foreach (var row in _removed)
            _pending.Enqueue(new(_row, RowKind.Observation, pair.Before, row, 1));
    }

    void AddWritten(ChunkPair pair)
    {
        pair.FindWritten(_written);
        for (var i = 0; i < _written.Count;)
        {
            // Rows that follow each other are copied together.
            var (start, first) = (i, _written[i].Row);
            while (++i < _written.Count && _written[i].Row == first + i - start)
            {
            }

            _pending.Enqueue(new(_row, RowKind.Observation, pair.After, first, i - start));
        }
    }

    /// <summary>Whether the delta says something of an attribute of the row it is at: a value that is no more, or one that is new.</summary>
    bool IsNamed(int component)
    {
        var (was, isNow) = (Has(_attributes.Before, component), Has(_attributes.After, component));
        return Dataset.Action == DatasetAction.Delete ? was && !isNow : isNow && (!was || _attributes.Differs(0, 0, component));
    }

    static bool Has(Chunk chunk, int component) => chunk.Count > 0 && chunk.Find(component) is { } column && column.Forms[0] != ValueForm.Absent;

    /// <summary>Writes the current run, or as much of it as the block has room for.</summary>
    void WriteRun(Session session, ObservationBlock block)
    {
        var (row, run) = _map.Open(block, ref _current);
        // An observation that is deleted is named by its key and period alone: then all of it goes.
        if (run.Kind == RowKind.Observation && Dataset.Action == DatasetAction.Delete)
            return;
        foreach (var (column, component) in _columns)
        {
            if (run.Chunk!.Find(component) is { } values && (run.Kind == RowKind.Observation || IsNamed(component)))
                _map.Write(session, block, column, row, values, run.Start, run.Count);
        }
    }
}

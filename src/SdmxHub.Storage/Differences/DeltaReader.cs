using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One half of an SDMX delta, block by block: see <see cref="FlowDifference.Read"/>.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for. The same two states give the same rows. Not thread-safe.</remarks>
public sealed class DeltaReader
{
    readonly Store _store;
    readonly SeriesPairs _pairs;
    readonly SchemaMap _map;
    readonly (int Column, int Component)[] _columns;
    readonly List<int> _removed = [];
    readonly List<(int Row, int Old)> _written = [];
    readonly Queue<Run> _pending = new();
    ChunkPair _attributes;
    Run _current;

    internal DeltaReader(Store store, SeriesPairs pairs, CubeGeneration generation, Dataset dataset)
    {
        (_store, _pairs, Dataset) = (store, pairs, dataset);
        _map = new SchemaMap(generation.Cube, dataset.Schema, dataset.Codes, store.Texts);
        _columns = [.. dataset.Schema.Values.Where(v => _map.Component(v.Index) is not null).Select(v => (v.Index, _map.Component(v.Index)!.Number))];
    }

    /// <summary>The data set that every block belongs to, with its action.</summary>
    public Dataset Dataset { get; }

    /// <summary>Fills <paramref name="block"/> with the next rows.</summary>
    /// <returns><c>false</c> at the end; the block is then empty.</returns>
    public bool Read(ObservationBlock block)
    {
        block.Begin(Dataset);
        _map.Begin();
        return _store.Reading(session =>
        {
            while (block.Count < ObservationBlock.Capacity)
            {
                if (_current.Count > 0 || _pending.TryDequeue(out _current))
                    Write(session, block);
                else if (!Advance(session))
                    break;
            }

            block.Lines.AsSpan(0, block.Count).Clear();
            block.LinePositions.AsSpan(0, block.Count).Clear();
            return block.Count > 0;
        });
    }

    bool Advance(Session session)
    {
        if (!_pairs.Next(session))
            return false;
        foreach (var pair in _pairs.Chunks)
        {
            if (pair.IsAttributes)
                AddAttributes(pair);
            else if (Dataset.Action == DatasetAction.Delete)
                AddRemoved(pair);
            else
                AddWritten(pair);
        }

        return true;
    }

    void AddAttributes(ChunkPair pair)
    {
        _attributes = pair;
        if (Array.Exists(_columns, c => IsNamed(c.Component)))
            _pending.Enqueue(new(_pairs.Row, RowKind.Attributes, Dataset.Action == DatasetAction.Delete ? pair.Before : pair.After, 0, 1));
    }

    void AddRemoved(ChunkPair pair)
    {
        pair.FindRemoved(_removed);
        foreach (var row in _removed)
            _pending.Enqueue(new(_pairs.Row, RowKind.Observation, pair.Before, row, 1));
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

            _pending.Enqueue(new(_pairs.Row, RowKind.Observation, pair.After, first, i - start));
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
    void Write(Session session, ObservationBlock block)
    {
        var run = _current;
        var (row, count) = (block.Count, Math.Min(run.Count, ObservationBlock.Capacity - block.Count));
        _current = run with { Start = run.Start + count, Count = run.Count - count };
        block.Count += count;
        block.Kinds.AsSpan(row, count).Fill(run.Kind);
        if (run.Kind == RowKind.Observation)
            run.Chunk!.Periods.AsSpan(run.Start, count).CopyTo(block.Periods.AsSpan(row));
        else
            block.Periods.AsSpan(row, count).Clear();
        for (var d = 0; d < block.Key.Length; d++)
            block.Key[d].AsSpan(row, count).Fill(_map.KeyCode(d, run.Series));
        // An observation that is deleted is named by its key and period alone: then all of it goes.
        if (run.Kind == RowKind.Observation && Dataset.Action == DatasetAction.Delete)
            return;
        foreach (var (column, component) in _columns)
        {
            if (run.Chunk!.Find(component) is { } values && (run.Kind == RowKind.Observation || IsNamed(component)))
                _map.Write(session, block, column, row, values, run.Start, count);
        }
    }
}

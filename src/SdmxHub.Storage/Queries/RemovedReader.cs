using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What was in the answer to a query at one revision and is not in it at a later one: a Delete data set.</summary>
/// <remarks>An observation that still is, but no longer passes the query's conditions, is no more in the answer either. Observations are named by their keys
/// alone; values of attributes above them that are no more, by name. Only series that changed in between are read.</remarks>
sealed class RemovedReader : AnswerReader
{
    const int BatchSize = 1024;

    readonly Store _store;
    readonly DataQuery _query;
    readonly SchemaMap? _map;
    readonly CubeGeneration? _now;
    readonly SeriesAnswer? _before;
    readonly SeriesAnswer? _after;
    readonly int[] _series = [];
    readonly (int Column, int Component)[] _columns = [];
    readonly List<Run> _was = [];
    readonly List<Run> _is = [];
    readonly Queue<(Run Run, Chunk? Kept)> _pending = new();
    readonly Queue<int> _holders = new();
    int _next;
    Run _current;
    Chunk? _kept;

    /// <summary>Compares the answers to a query at two revisions.</summary>
    /// <param name="from">The earlier; becomes the reader's.</param>
    /// <param name="to">The later.</param>
    /// <param name="query">The query; ends, order, offset and limit do not count.</param>
    /// <param name="dataset">The data set.</param>
    public RemovedReader(Snapshot from, Snapshot to, DataQuery query, Dataset dataset) : base(dataset, from)
    {
        (_store, _query) = (from.Store, query);
        if (from.Generation.Find(query.Dataflow) is not { } was || to.Generation.Find(query.Dataflow) is not { } now
            || now.LastTx <= from.Revision || CubeTable.Refusal(now.Cube, dataset.Schema) is not null)
            return;
        _now = now;
        // Whole series are compared, whatever of them is asked for.
        query = query with { FirstN = null, LastN = null, WithObservations = true };
        _map = new SchemaMap(was.Cube, dataset.Schema, dataset.Codes, _store.Texts);
        (_before, _after) = (new(was, _map, query, from.Revision, 0), new(now, _map, query, to.Revision, 0));
        var selected = new SeriesSelection(was, _map, query, from.OwnedRows(was, query), 0).Select();
        _series = Array.FindAll(selected, row => now.States[row].LastTx > from.Revision);
        foreach (var holder in HolderSelection.Select(was, _map, selected).Where(row => now.States[row].LastTx > from.Revision))
            _holders.Enqueue(holder);
        _columns = _map.Asked(query);
    }

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block)
    {
        block.Begin(Dataset);
        if (_map is null)
            return false;
        _map.Begin();
        return _store.Reading(session =>
        {
            while (block.Count < ObservationBlock.Capacity)
            {
                if (_current.Count == 0 && _pending.TryDequeue(out var next))
                    (_current, _kept) = next;
                if (_current.Count > 0)
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
        if (_holders.TryDequeue(out var holder))
        {
            TakeAttributes(holder, _before!.ReadHolder(session, holder), _after!.ReadHolder(session, holder));
            return true;
        }

        if (_next == _series.Length)
            return false;
        _before!.Recycle();
        _after!.Recycle();
        if (_next % BatchSize == 0)
        {
            var some = _series.AsSpan(_next, Math.Min(BatchSize, _series.Length - _next));
            _before.Load(session, some);
            _after.Load(session, some);
        }

        Take(session, _series[_next], _next % BatchSize);
        _next++;
        return true;
    }

    void Take(Session session, int row, int index)
    {
        _was.Clear();
        _is.Clear();
        if (!_before!.Read(session, index, row, _was, out var attributes))
            return;
        var stays = _after!.Read(session, index, row, _is, out var kept) && _now!.States.IsVisible(row, 0);
        if (!_query.WithObservations)
        {
            // Of an answer of series, a series goes.
            if (!stays)
                _pending.Enqueue((new(row, RowKind.Attributes, null, 0, 1), null));
            return;
        }

        TakeAttributes(row, attributes, stays ? kept : null);
        SeriesAnswer.Split(_was);
        SeriesAnswer.Split(_is);
        var periods = _is.Select(r => r.First).ToHashSet();
        foreach (var run in _was.Where(r => !periods.Contains(r.First)))
            _pending.Enqueue((run, null));
    }

    void TakeAttributes(int row, Chunk? was, Chunk? kept)
    {
        if (was is not null && Array.Exists(_columns, c => Has(was, c.Component) && !Has(kept, c.Component)))
            _pending.Enqueue((new(row, RowKind.Attributes, was, 0, 1), kept));
    }

    static bool Has(Chunk? chunk, int component) => chunk?.Find(component) is { } column && chunk.Count > 0 && column.Forms[0] != ValueForm.Absent;

    void Write(Session session, ObservationBlock block)
    {
        var (row, run) = _map!.Open(block, ref _current);
        if (run.Kind == RowKind.Observation || run.Chunk is null)
            return;
        foreach (var (column, component) in _columns)
        {
            if (Has(run.Chunk, component) && !Has(_kept, component))
                _map.Write(session, block, column, row, run.Chunk.Find(component)!, 0, 1);
        }
    }
}

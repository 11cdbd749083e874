using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The answer to one query, block by block.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for: attribute rows of data set and groups first, the widest first, only those
/// that apply to a series in the answer; then series ordered by their codes' ids, each with its attribute row, if any, and its observations by
/// period. The same query of the same revision gives the same rows. No database transaction stays open between blocks.
/// <see cref="DataQuery.UpdatedAfter"/> gives what was added and changed; what was removed is not told yet. Not thread-safe.</remarks>
public sealed class SnapshotReader : IDisposable
{
    const int FirstBatch = 64;
    const int MaxBatch = 32_768;
    const int MaxBatchObservations = 400_000;

    readonly Snapshot _snapshot;
    readonly DataQuery _query;
    readonly CubeGeneration? _generation;
    readonly SchemaMap? _map;
    readonly SeriesAnswer? _answer;
    readonly KeyOrder? _order;
    readonly bool _isGrouped;
    readonly long _after;
    readonly (int Column, int Component)[] _columns = [];
    readonly int[] _series = [];
    readonly Queue<Run> _pending = new();
    readonly List<Run> _observations = [];
    Queue<int>? _holders;
    Run _current;
    int _nextSeries;
    int _batchStart;
    int _batchEnd;

    internal SnapshotReader(Snapshot snapshot, DataQuery query)
    {
        (_snapshot, _query) = (snapshot, query);
        var schema = snapshot.Catalog.Schema(query.Dataflow)
            ?? throw new InvalidOperationException($"the catalog has no schema for {query.Dataflow.ShortName}");
        Dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = DatasetAction.Information };
        _generation = snapshot.Generation.Find(query.Dataflow);
        if (_generation is null || CubeTable.Refusal(_generation.Cube, schema) is not null)
            return;
        _after = query.UpdatedAfter is { } instant ? snapshot.Store.RevisionAt(instant) : 0;
        _map = new SchemaMap(_generation.Cube, schema, Dataset.Codes, snapshot.Store.Texts);
        _answer = new SeriesAnswer(_generation, _map, query, snapshot.Revision, _after);
        var selection = new SeriesSelection(_generation, _map, query, _after);
        _series = selection.Select();
        Withheld = selection.Withheld;
        _isGrouped = selection.LastDimension() >= 0;
        _order = new KeyOrder(_generation, _map.Columns, selection.LastDimension());
        _columns = [.. schema.Values.Where(IsAsked).Where(v => _map.Component(v.Index) is not null).Select(v => (v.Index, _map.Component(v.Index)!.Number))];
    }

    /// <summary>The data set that every block belongs to; action <see cref="DatasetAction.Information"/>.</summary>
    public Dataset Dataset { get; }

    /// <summary>How many series matched but were withheld, because the pinned version of the structure lacks one of their codes.</summary>
    /// <remarks>Known before the first <see cref="Read"/>.</remarks>
    public long Withheld { get; }

    /// <summary>Fills <paramref name="block"/> with the next rows.</summary>
    /// <returns><c>false</c> at the end; the block is then empty.</returns>
    public bool Read(ObservationBlock block)
    {
        block.Begin(Dataset);
        if (_generation is null || _map is null)
            return false;
        _map.Begin();
        return _snapshot.Store.Reading(session =>
        {
            _holders ??= SelectHolders(session);
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

    /// <inheritdoc/>
    public void Dispose() => _pending.Clear();

    bool IsAsked(SchemaComponent component)
    {
        var asked = component.Role == ComponentRole.Measure ? _query.Measures : _query.Attributes;
        return asked is not { } ids || ids.Contains(component.Id);
    }

    Queue<int> SelectHolders(Session session)
    {
        if (_generation!.Holders == 0)
            return new();
        IEnumerable<int> series = _series;
        if (_after > 0)
        {
            // A changed group attribute comes back even when nothing else of its series changed.
            series = new SeriesSelection(_generation, _map!, _query, 0).Select();
        }
        else if (_answer!.IsConditional)
        {
            // Two passes, because groups stand before the series: the first finds which series there will be.
            series = InAnswer(session);
        }

        return new(HolderSelection.Select(_generation, _map!, series));
    }

    List<int> InAnswer(Session session)
    {
        var series = new List<int>();
        for (var at = 0; at < _series.Length; at++)
        {
            if (at == _batchEnd)
                LoadBatch(session);
            _observations.Clear();
            if (_answer!.Read(session, at - _batchStart, _series[at], _observations, out _))
                series.Add(_series[at]);
            _answer.Recycle();
        }

        (_batchStart, _batchEnd) = (0, 0);
        return series;
    }

    /// <summary>Reads the blocks of the next series: few at first, so that a first block comes soon; then many, for the table is in another order.</summary>
    void LoadBatch(Session session)
    {
        var most = _batchEnd == 0 ? FirstBatch : Math.Min(MaxBatch, (_batchEnd - _batchStart) * 4);
        _batchStart = _batchEnd;
        long observations = 0;
        while (_batchEnd < _series.Length && _batchEnd - _batchStart < most && observations < MaxBatchObservations)
            observations += _generation!.States.Observations(_series[_batchEnd++]);
        _answer!.Load(session, _series.AsSpan(_batchStart, _batchEnd - _batchStart));
    }

    /// <summary>Reads the next holder, series or group of series into the pending rows; false at the end.</summary>
    bool Advance(Session session)
    {
        if (_holders!.TryDequeue(out var holder))
        {
            if (_answer!.ReadHolder(session, holder) is { } chunk && chunk.Tx[0] > _after && HasAsked(chunk))
                _pending.Enqueue(new(holder, RowKind.Attributes, chunk, 0, 1));
            return true;
        }

        if (_nextSeries == _series.Length)
            return false;
        _answer!.Recycle();
        _observations.Clear();
        var first = _nextSeries;
        do
        {
            if (_nextSeries == _batchEnd)
                LoadBatch(session);
            ReadSeries(session, _series[_nextSeries++]);
        }
        while (_isGrouped && _nextSeries < _series.Length && _order!.IsSameButLast(_series[first], _series[_nextSeries]));

        if (_isGrouped)
        {
            SeriesAnswer.Split(_observations);
            _observations.Sort((a, b) => a.First.CompareTo(b.First) is not 0 and var order ? order : _order!.Compare(a.Series, b.Series));
        }

        foreach (var run in _observations)
            _pending.Enqueue(run);
        return true;
    }

    void ReadSeries(Session session, int row)
    {
        if (!_answer!.Read(session, _nextSeries - 1 - _batchStart, row, _observations, out var attributes))
            return;
        if (attributes is not null && HasAsked(attributes))
            _pending.Enqueue(new(row, RowKind.Attributes, attributes, 0, 1));
        else if (!_query.WithObservations)
            _pending.Enqueue(new(row, RowKind.Attributes, null, 0, 1));
    }

    bool HasAsked(Chunk chunk)
    {
        foreach (var (_, component) in _columns)
        {
            if (chunk.Find(component) is { } column && column.Forms[0] != ValueForm.Absent)
                return true;
        }

        return false;
    }

    /// <summary>Writes the current run, or as much of it as the block has room for.</summary>
    void Write(Session session, ObservationBlock block)
    {
        var (row, run) = _map!.Open(block, ref _current);
        if (run.Chunk is null)
            return;
        foreach (var (column, component) in _columns)
        {
            if (run.Chunk.Find(component) is { } values)
                _map.Write(session, block, column, row, values, run.Start, run.Count);
        }
    }
}

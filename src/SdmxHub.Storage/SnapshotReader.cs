using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The answer to one query, block by block.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for: attribute rows of data set and groups first, the widest first, only those
/// that apply to a series in the answer; then series ordered by their codes' ids, each with its attribute row, if any, and its observations by
/// period. The same query of the same revision gives the same rows. No database transaction stays open between blocks.
/// <see cref="DataQuery.UpdatedAfter"/> gives what was added and changed; what was removed is not told yet. Not thread-safe.</remarks>
public sealed class SnapshotReader : IDisposable
{
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
    readonly Queue<Row> _pending = new();
    readonly List<FoundObservation> _observations = [];
    Queue<int>? _holders;
    int _nextSeries;

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
        return _snapshot.Store.Reading(session =>
        {
            _holders ??= SelectHolders(session);
            while (block.Count < ObservationBlock.Capacity)
            {
                if (_pending.TryDequeue(out var row))
                    Write(session, block, row);
                else if (!Advance(session))
                    break;
            }

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
            series = [.. _series.Where(row => IsInAnswer(session, row))];
        }

        return new(HolderSelection.Select(_generation, _map!, series));
    }

    bool IsInAnswer(Session session, int row)
    {
        _observations.Clear();
        var isIn = _answer!.Read(session, row, _observations, out _);
        _answer.Recycle();
        return isIn;
    }

    /// <summary>Reads the next holder, series or group of series into the pending rows; false at the end.</summary>
    bool Advance(Session session)
    {
        if (_holders!.TryDequeue(out var holder))
        {
            if (_answer!.ReadHolder(session, holder) is { } chunk && chunk.Tx[0] > _after && HasAsked(chunk))
                _pending.Enqueue(new(holder, RowKind.Attributes, chunk, 0));
            return true;
        }

        if (_nextSeries == _series.Length)
            return false;
        _answer!.Recycle();
        _observations.Clear();
        var first = _nextSeries;
        do
        {
            ReadSeries(session, _series[_nextSeries++]);
        }
        while (_isGrouped && _nextSeries < _series.Length && _order!.IsSameButLast(_series[first], _series[_nextSeries]));

        if (_isGrouped)
            _observations.Sort((a, b) => a.Period.CompareTo(b.Period) is not 0 and var order ? order : _order!.Compare(a.Series, b.Series));
        foreach (var observation in _observations)
            _pending.Enqueue(new(observation.Series, RowKind.Observation, observation.Chunk, observation.Row));
        return true;
    }

    void ReadSeries(Session session, int row)
    {
        if (!_answer!.Read(session, row, _observations, out var attributes))
            return;
        if (attributes is not null && HasAsked(attributes))
            _pending.Enqueue(new(row, RowKind.Attributes, attributes, 0));
        else if (!_query.WithObservations)
            _pending.Enqueue(new(row, RowKind.Attributes, null, 0));
    }

    bool HasAsked(Chunk chunk) => Array.Exists(_columns, c => chunk.Find(c.Component) is { } column && column.Forms[0] != ValueForm.Absent);

    void Write(Session session, ObservationBlock block, Row source)
    {
        var row = block.Count++;
        block.Kinds[row] = source.Kind;
        block.Periods[row] = source.Kind == RowKind.Observation ? source.Chunk!.Periods[source.At] : TimePeriod.None;
        (block.Lines[row], block.LinePositions[row]) = (0, 0);
        for (var d = 0; d < block.Key.Length; d++)
            block.Key[d][row] = _map!.KeyCode(d, source.Series);
        if (source.Chunk is null)
            return;
        foreach (var (column, component) in _columns)
        {
            if (source.Chunk.Find(component) is { } values && values.Forms[source.At] != ValueForm.Absent)
                _map!.Write(session, block, column, row, values, source.At);
        }
    }

    /// <summary>A row that is read and not written yet.</summary>
    readonly record struct Row(int Series, RowKind Kind, Chunk? Chunk, int At);
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The answer to one query, block by block.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for: attribute rows of data set and groups first, the widest first, only those
/// that apply to a series in the answer; then series ordered by their codes' ids, each with its attribute row, if any, and its observations by
/// period. The same query of the same revision gives the same rows. No database transaction stays open between blocks.
/// <see cref="DataQuery.UpdatedAfter"/> gives what was added and changed; what was removed is not told yet. Not thread-safe.</remarks>
public sealed class SnapshotReader : IDisposable
{
    /// <summary>The most observations that can be sorted by other than the keys of their series.</summary>
    public const int MostSorted = AnswerRows.MostSorted;

    readonly Snapshot _snapshot;
    readonly DataQuery _query;
    readonly CubeGeneration? _generation;
    readonly SchemaMap? _map;
    readonly SeriesAnswer? _answer;
    readonly AnswerRows? _rows;
    readonly long _after;
    readonly bool[]? _owned;
    readonly (int Column, int Component)[] _columns = [];
    readonly Queue<Run> _pending = new();
    Queue<int>? _holders;
    Run _current;

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
        _owned = snapshot.OwnedRows(_generation, query);
        var selection = new SeriesSelection(_generation, _map, query, _owned, _after);
        _rows = new AnswerRows(_generation, _map, query, _answer, selection.Select(), new RowOrder(_generation, _map, query), HasAsked);
        Withheld = selection.Withheld;
        _columns = [.. schema.Values.Where(IsAsked).Where(v => _map.Component(v.Index) is not null).Select(v => (v.Index, _map.Component(v.Index)!.Number))];
    }

    /// <summary>The data set that every block belongs to; action <see cref="DatasetAction.Information"/>.</summary>
    public Dataset Dataset { get; }

    /// <summary>How many series matched but were withheld, because the pinned version of the structure lacks one of their codes.</summary>
    /// <remarks>Known before the first <see cref="Read"/>.</remarks>
    public long Withheld { get; }

    /// <summary>Whether more observations would have to be sorted than can be; then there is no row.</summary>
    /// <remarks>Known after the first <see cref="Read"/>.</remarks>
    public bool IsTooLargeToSort => _rows is { IsTooMany: true };

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
        // A changed group attribute comes back even when nothing else of its series changed.
        var series = _after > 0 ? new SeriesSelection(_generation, _map!, _query, _owned, 0).Select() : _rows!.Series(session);
        return new(HolderSelection.Select(_generation, _map!, series));
    }

    /// <summary>Reads the next holder, series or group of series into the pending rows; false at the end.</summary>
    bool Advance(Session session)
    {
        if (!_holders!.TryDequeue(out var holder))
            return _rows!.Advance(session, _pending);
        if (_answer!.ReadHolder(session, holder) is { } chunk && chunk.Tx[0] > _after && HasAsked(chunk))
            _pending.Enqueue(new(holder, RowKind.Attributes, chunk, 0, 1));
        return true;
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

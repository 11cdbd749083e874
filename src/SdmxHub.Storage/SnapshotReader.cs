using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What a query asks for of one state, block by block.</summary>
/// <remarks>Rows come in this order: attribute rows of data set and groups first, the widest first, only those
/// that apply to a series in the answer; then series ordered by their codes' ids, each with its attribute row, if any, and its observations by
/// period; or as <see cref="DataQuery.Sort"/> asks.</remarks>
public sealed class SnapshotReader : AnswerReader
{
    /// <summary>The most observations that can be sorted by other than the keys of their series.</summary>
    public const int MostSorted = SortedRows.Most;

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
    readonly bool _ownsCodes;
    Queue<int>? _holders;
    HashSet<int>? _applying;
    Run _current;
    bool _isAtEnd;
    bool _isDisposed;

    /// <summary>Starts to answer a query.</summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="query">The query.</param>
    /// <param name="dataset">The data set, by whose schema the rows are; it may be of a later state.</param>
    /// <param name="after">The revision after which something must have changed; 0 for everything.</param>
    /// <param name="pinned">The state, where it was pinned for this reader alone.</param>
    /// <param name="ownsCodes">Whether the data set's code tables are lent to this reader alone.</param>
    internal SnapshotReader(Snapshot snapshot, DataQuery query, Dataset dataset, long after, Snapshot? pinned = null, bool ownsCodes = false) : base(dataset, pinned)
    {
        (_snapshot, _query, _after, _ownsCodes) = (snapshot, query, after, ownsCodes);
        var schema = dataset.Schema;
        _generation = snapshot.Generation.Find(query.Dataflow);
        if (_generation is null || CubeTable.Refusal(_generation.Cube, schema) is not null)
            return;
        _map = new SchemaMap(_generation.Cube, schema, Dataset.Codes, snapshot.Store.Texts);
        _answer = new SeriesAnswer(_generation, _map, query, snapshot.Revision, _after);
        _owned = snapshot.OwnedRows(_generation, query);
        var selection = new SeriesSelection(_generation, _map, query, _owned, _after);
        _rows = new AnswerRows(_generation, _map, query, _answer, selection.Select(), HasAsked);
        Withheld = selection.Withheld;
        _columns = _map.Asked(query);
    }

    /// <summary>How many series matched but were withheld, because the pinned version of the structure lacks one of their codes.</summary>
    /// <remarks>Known before the first <see cref="Read"/>.</remarks>
    public long Withheld { get; }

    /// <summary>Whether more observations would have to be sorted than can be; then there is no row.</summary>
    /// <remarks>Known after the first <see cref="Read"/>.</remarks>
    public bool IsTooLargeToSort => _rows is { IsTooMany: true };

    /// <inheritdoc/>
    public override long MostObservations => _rows?.MostObservations ?? 0;

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block)
    {
        block.Begin(Dataset);
        if (_generation is null || _map is null || _isAtEnd)
            return false;
        _map.Begin();
        return _snapshot.Store.Reading(session =>
        {
            _holders ??= SelectHolders(session);
            while (block.Count < ObservationBlock.Capacity)
            {
                if (_current.Count > 0 || _pending.TryDequeue(out _current))
                    Write(session, block);
                else if (_isAtEnd = !Advance(session))
                    break;
            }

            block.Lines.AsSpan(0, block.Count).Clear();
            block.LinePositions.AsSpan(0, block.Count).Clear();
            return block.Count > 0;
        });
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // What is lent is given back once.
        if (_isDisposed)
            return;
        _isDisposed = _isAtEnd = true;
        _answer?.Dispose();
        if (_ownsCodes)
            Dataset.Codes.Return();
        base.Dispose();
    }

    Queue<int> SelectHolders(Session session)
    {
        if (_generation!.Holders == 0)
            return new();
        var holders = HolderSelection.Select(_generation, _map!, _rows!.Series(session));
        if (_after == 0)
            return new(holders);
        // A changed group attribute comes back even when nothing else of its series changed.
        _applying = [.. holders];
        return new(HolderSelection.Select(_generation, _map!, new SeriesSelection(_generation, _map!, _query, _owned, 0).Select()));
    }

    /// <summary>Reads the next holder, series or group of series into the pending rows; false at the end.</summary>
    bool Advance(Session session)
    {
        if (!_holders!.TryDequeue(out var holder))
            return _rows!.Advance(session, _pending);
        if (_answer!.ReadHolder(session, holder) is { } chunk && (chunk.Tx[0] > _after || _applying?.Contains(holder) == true) && HasAsked(chunk))
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

using System.Runtime.InteropServices;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Applies data sets to one cube within a transaction.</summary>
/// <remarks>A row's values merge into what the series has; the codes, columns and states it appends become visible when the
/// transaction publishes, or are taken back by <see cref="GiveUp"/>.</remarks>
sealed partial class CubeWriter
{
    const string InsertChanges = "INSERT INTO tx_cube (tx, cube_id, n_ins, n_upd, n_del, touched, agreement_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

    const int MaxReadAhead = 400_000;

    readonly Session _session;
    readonly long _tx;
    readonly TextIds _texts;
    readonly CubeGeneration? _base;
    readonly Cube.Extent _extent;
    readonly SeriesStates _states;
    readonly SeriesWriter _series;
    readonly int[] _key;
    readonly List<KeyRun> _runs = [];
    readonly List<int> _rows = [];
    int[] _keys = [];
    BlockResolver? _resolver;

    public CubeWriter(Session session, Cube cube, CubeGeneration? generation, long tx, TextIds texts, ConflictLog conflicts)
    {
        (_session, Cube, _base, _tx, _texts) = (session, cube, generation, tx, texts);
        _extent = cube.Mark();
        _states = (generation?.States ?? new SeriesStates()).Edit();
        _series = new SeriesWriter(session, cube, tx, _states, conflicts);
        _key = new int[cube.Dimensions.Length];
    }

    public Cube Cube { get; }

    /// <summary>What became of observations so far; complete after <see cref="Finish"/>.</summary>
    public ChangeCount Changes => _series.Changes;

    /// <summary>Applies the rows of a block by the action of its data set.</summary>
    /// <param name="block">The block.</param>
    /// <param name="agreement">The agreement it was sent under, or null.</param>
    /// <param name="ownerOf">The agreement that a row's series is to have, whatever it has; null where none is given.</param>
    public void Append(ObservationBlock block, string? agreement, Func<ObservationBlock, int, string?>? ownerOf = null)
    {
        _series.SendUnder(agreement);
        if (_resolver is null || _resolver.Codes != block.Dataset.Codes)
        {
            if (CubeTable.Refusal(Cube, block.Dataset.Schema) is { } refusal)
                throw new InvalidOperationException(refusal);
            _resolver = new BlockResolver(_session, Cube, block.Dataset, _texts, c => Cube.Find(c.Id) ?? CubeTable.AddComponent(_session, Cube, c));
        }

        if (block.Dataset.Action == DatasetAction.Delete)
        {
            Delete(block);
            return;
        }

        FindRuns(block);
        ReadAhead();
        var values = _resolver.Values(block);
        for (var i = 0; i < _runs.Count; i++)
        {
            var (from, to, row) = _runs[i];
            if (ownerOf is not null)
                _series.SendUnder(ownerOf(block, from), isOwner: true);
            _series.Open(_keys.AsSpan(i * _key.Length, _key.Length), row);
            Merge(block, values, from, to);
        }
    }

    /// <summary>Writes the series that rows were appended to last.</summary>
    public void Flush() => _series.Flush();

    /// <summary>Writes what is left to write; the tx_cube row when anything changed.</summary>
    /// <returns>Whether anything did.</returns>
    public bool Finish()
    {
        _series.Flush();
        _series.Recount();
        if (_series.Touched.Count == 0)
            return false;
        int[] touched = [.. _series.Touched];
        Array.Sort(touched);
        var packed = new PackedWriter();
        var before = 0;
        foreach (var row in touched)
        {
            packed.Varint((ulong)(row + 1 - before));
            before = row + 1;
        }

        _session.Prepare(InsertChanges).Bind(1, _tx).Bind(2, Cube.Id).Bind(3, Changes.Inserted).Bind(4, Changes.Updated).Bind(5, Changes.Deleted)
            .Bind(6, packed.Written).Bind(7, _series.Agreement).Run();
        return true;
    }

    /// <summary>The generation to publish when the transaction is durable.</summary>
    public CubeGeneration Publish(bool isChanged) =>
        new CubeGeneration(Cube, Cube.Count, Cube.Holders.Count, [.. Cube.Dimensions.Select(d => d.Codes.Count)], isChanged ? _tx : _base?.LastTx ?? 0, _states).From(_base);

    /// <summary>Takes back what was appended to the cube in memory.</summary>
    public void GiveUp() => Cube.Restore(_extent);

    /// <summary>Cuts a block into runs of rows with one key.</summary>
    void FindRuns(ObservationBlock block)
    {
        _runs.Clear();
        Span<int> sent = stackalloc int[block.Key.Length];
        for (int from = 0, to; from < block.Count; from = to)
        {
            to = block.TakeKey(from, sent);
            var at = _runs.Count * _key.Length;
            if (_keys.Length < at + _key.Length)
                Array.Resize(ref _keys, Math.Max(_keys.Length * 2, at + _key.Length));
            var key = _keys.AsSpan(at, _key.Length);
            _resolver!.TryKey(sent, add: true, key);
            _runs.Add(new(from, to, Cube.Keys.Find(key)));
        }
    }

    /// <summary>Reads the blocks of every series and holder of the block at once.</summary>
    void ReadAhead()
    {
        if (_extent.Rows == 0)
            return;
        _rows.Clear();
        long observations = 0;
        foreach (var run in _runs)
        {
            // The rest is looked up one by one: series may be long, memory is not.
            if (run.Row < 0 || run.Row >= _extent.Rows || observations > MaxReadAhead)
                continue;
            _rows.Add(run.Row);
            observations += _states.Observations(run.Row);
        }

        _rows.Sort();
        var rows = CollectionsMarshal.AsSpan(_rows);
        var count = 0;
        foreach (var row in rows)
        {
            if (count == 0 || rows[count - 1] != row)
                rows[count++] = row;
        }

        _series.ReadAhead(rows[..count]);
    }

    /// <summary>Merges the rows of one series or holder, those of one chunk at a time.</summary>
    void Merge(ObservationBlock block, List<ResolvedColumn> values, int from, int to)
    {
        var isWhole = block.Dataset.Action == DatasetAction.Replace;
        for (int end; from < to; from = end)
        {
            end = from + 1;
            if (block.Kinds[from] == RowKind.Attributes)
            {
                _series.Chunk(0).Merge([TimePeriod.None], values, from, isWhole: false);
                continue;
            }

            var number = Chunk.NumberOf(block.Periods[from]);
            while (end < to && block.Kinds[end] == RowKind.Observation && Chunk.NumberOf(block.Periods[end]) == number)
                end++;
            _series.Chunk(number).Merge(block.Periods.AsSpan(from, end - from), values, from, isWhole);
        }
    }

    /// <summary>Rows of a block with one key, and the row of the cube that has it, or -1.</summary>
    readonly record struct KeyRun(int From, int To, int Row);
}

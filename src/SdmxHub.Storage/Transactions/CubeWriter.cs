using System.Runtime.InteropServices;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Applies data sets to one cube within a transaction.</summary>
/// <remarks>A row's values merge into what the series has; the codes, columns and states it appends become visible when the
/// transaction publishes, or are taken back by <see cref="GiveUp"/>.</remarks>
sealed partial class CubeWriter
{
    const string InsertChanges = "INSERT INTO tx_cube (tx, cube_id, n_ins, n_upd, n_del, touched) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

    const int MaxReadAhead = 400_000;

    readonly Session _session;
    readonly long _tx;
    readonly TextIds _texts;
    readonly CubeGeneration? _base;
    readonly Cube.Extent _extent;
    readonly SeriesStates _states;
    readonly SeriesWriter _series;
    readonly int[] _key;
    readonly List<int> _rows = [];
    readonly List<int> _used = [];
    BlockResolver? _resolver;

    public CubeWriter(Session session, Cube cube, CubeGeneration? generation, long tx, TextIds texts)
    {
        (_session, Cube, _base, _tx, _texts) = (session, cube, generation, tx, texts);
        _extent = cube.Mark();
        _states = (generation?.States ?? new SeriesStates()).Edit();
        _series = new SeriesWriter(session, cube, tx, _states);
        _key = new int[cube.Dimensions.Length];
    }

    public Cube Cube { get; }

    /// <summary>What became of observations so far; complete after <see cref="Finish"/>.</summary>
    public ChangeCount Changes => _series.Changes;

    /// <summary>Applies the rows of a block by the action of its data set.</summary>
    public void Append(ObservationBlock block)
    {
        if (_resolver is null || _resolver.Codes != block.Dataset.Codes)
        {
            if (CubeTable.Refusal(Cube, block.Dataset.Schema) is { } refusal)
                throw new InvalidOperationException(refusal);
            _resolver = new BlockResolver(_session, Cube, block.Dataset, _texts, c => Cube.Find(c.Id) ?? CubeTable.AddComponent(_session, Cube, c));
        }

        _resolver.Begin(block);
        var action = block.Dataset.Action;
        if (action == DatasetAction.Delete)
        {
            Delete(block);
            return;
        }

        ReadAhead(block);
        FindUsed(block);
        for (var row = 0; row < block.Count; row++)
        {
            if (row == 0 || !IsSameKey(block, row))
            {
                _resolver.TryKey(block, row, add: true, _key);
                _series.Open(_key);
            }

            if (block.Kinds[row] == RowKind.Attributes)
                Merge(block, row, 0, TimePeriod.None, isWhole: false);
            else
                Merge(block, row, Chunk.NumberOf(block.Periods[row]), block.Periods[row], isWhole: action == DatasetAction.Replace);
        }
    }

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
            .Bind(6, packed.Written).Run();
        return true;
    }

    /// <summary>The generation to publish when the transaction is durable.</summary>
    public CubeGeneration Publish(bool isChanged) =>
        new CubeGeneration(Cube, Cube.Count, Cube.Holders.Count, [.. Cube.Dimensions.Select(d => d.Codes.Count)], isChanged ? _tx : _base?.LastTx ?? 0, _states).From(_base);

    /// <summary>Takes back what was appended to the cube in memory.</summary>
    public void GiveUp() => Cube.Restore(_extent);

    /// <summary>Reads the blocks of every series and holder of the block at once.</summary>
    void ReadAhead(ObservationBlock block)
    {
        _rows.Clear();
        for (var row = 0; row < block.Count; row++)
        {
            if ((row == 0 || !IsSameKey(block, row)) && _resolver!.TryKey(block, row, add: false, _key) && Cube.Keys.Find(_key) is >= 0 and var known)
                _rows.Add(known);
        }

        _rows.Sort();
        var rows = CollectionsMarshal.AsSpan(_rows);
        var count = 0;
        long observations = 0;
        foreach (var row in rows)
        {
            if (count > 0 && rows[count - 1] == row)
                continue;
            rows[count++] = row;
            observations += _states[row].Observations;
            // The rest is looked up one by one: series may be long, memory is not.
            if (observations > MaxReadAhead)
                break;
        }

        _series.ReadAhead(rows[..count]);
    }

    void FindUsed(ObservationBlock block)
    {
        _used.Clear();
        for (var c = 0; c < block.Values.Length; c++)
        {
            if (block.Values[c].IsUsed)
                _used.Add(c);
        }
    }

    static bool IsSameKey(ObservationBlock block, int row)
    {
        foreach (var codes in block.Key)
        {
            if (codes[row] != codes[row - 1])
                return false;
        }

        return true;
    }

    void Merge(ObservationBlock block, int row, long number, TimePeriod period, bool isWhole)
    {
        var chunk = _series.Chunk(number);
        var at = chunk.Find(period);
        if (at < 0)
        {
            at = ~at;
            chunk.Insert(at, period);
        }
        else if (isWhole)
        {
            chunk.ClearValues(at);
        }

        var columns = block.Values;
        foreach (var c in _used)
        {
            if (columns[c].Forms[row] == ValueForm.Absent)
                continue;
            var (form, bits) = _resolver!.Value(block, c, row);
            var column = chunk.Column(_resolver.Components[c].Number);
            (column.Forms[at], column.Bits[at]) = (form, bits);
        }
    }
}

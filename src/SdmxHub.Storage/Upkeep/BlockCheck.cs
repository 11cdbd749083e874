using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Goes through the blocks of a cube, each with its history, in the order of the tables.</summary>
sealed class BlockCheck(Session session, CubeGeneration generation, StoreCheckReport report, IProgress<StoreProgress>? progress, CancellationToken ct)
{
    const string Columns = "series_id, chunk, tx_from, n_obs, first, last, data";
    const string SelectVersions = $"""
        SELECT {Columns}, tx_to FROM block_hist WHERE cube_id = ?1
        UNION ALL SELECT {Columns}, NULL FROM block WHERE cube_id = ?1
        ORDER BY 1, 2, 3
        """;
    const string CountBlocks = "SELECT (SELECT count(*) FROM block) + (SELECT count(*) FROM block_hist)";
    const string SelectChanges = "SELECT tx, n_ins, n_upd, n_del, touched FROM tx_cube WHERE cube_id = ?1 ORDER BY tx";
    const int BlocksPerReport = 10_000;

    readonly Dictionary<long, Tally> _tallies = [];
    readonly HashSet<long> _touchedBy = [];
    readonly BlockContentCheck _content = new(session, generation.Cube);
    Chunk _before = new();
    Chunk _chunk = new();
    SeriesState _state;
    long _series;
    long _next = 1;
    long _number = -1;
    long _end = long.MaxValue;

    /// <summary>Checks every block and what the revisions say about them.</summary>
    public void Run()
    {
        var total = session.Scalar(CountBlocks);
        using (var rows = session.Prepare(SelectVersions).Bind(1, generation.Cube.Id))
        {
            while (rows.Step())
            {
                Check(rows);
                if (++report.Blocks % BlocksPerReport != 0)
                    continue;
                ct.ThrowIfCancellationRequested();
                progress?.Report(new("blocks", report.Blocks, total));
            }
        }

        EndChunk();
        EndSeries();
        CheckMissing(generation.Rows + 1);
        CheckChanges();
        progress?.Report(new("blocks", report.Blocks, total));
    }

    void Check(Statement row)
    {
        var (series, number, from) = (row.Long(0), row.Long(1), row.Long(2));
        if (series != _series || number != _number)
            EndChunk();
        if (series != _series)
            EndSeries();
        if (series < 1 || series > generation.Rows)
            report.Add($"{generation.Cube.Flow}: a block belongs to series {series}, which is not there");
        else if (_number >= 0 && _end != from)
            Add(series, number, $"a version ends with revision {_end}, the next begins with {from}");
        (_series, _number) = (series, number);
        _end = row.IsNull(7) ? long.MaxValue : row.Long(7);
        if (_end <= from || from > report.Revision || (_end != long.MaxValue && _end > report.Revision))
            Add(series, number, $"a version stands from revision {from} to {_end}");
        (_before, _chunk) = (_chunk, _before);
        if (_content.Read(row, _chunk) is { } fault)
            Add(series, number, $"revision {from}: {fault}");
        Count(series, from);
        if (_end == long.MaxValue)
            _state.Add(number, (int)row.Long(3), from, Period(row, 4), Period(row, 5));
    }

    /// <summary>Counts what the version changed, for the record of its revision.</summary>
    void Count(long series, long tx)
    {
        var tally = _tallies.GetValueOrDefault(tx);
        if (_touchedBy.Add(tx))
            tally = tally with { Touched = tally.Touched + 1, Sum = unchecked(tally.Sum + Mix(series)) };
        if (_number > 0)
        {
            for (var row = 0; row < _chunk.Count; row++)
            {
                if (_chunk.Tx[row] != tx)
                    continue;
                tally = _before.Find(_chunk.Periods[row]) < 0 ? tally with { Inserted = tally.Inserted + 1 } : tally with { Updated = tally.Updated + 1 };
            }

            foreach (var tombstone in _chunk.Tombstones)
                tally = tombstone.Tx == tx ? tally with { Deleted = tally.Deleted + 1 } : tally;
        }

        _tallies[tx] = tally;
    }

    void EndChunk()
    {
        if (_number >= 0 && _end != long.MaxValue)
            Add(_series, _number, $"its history ends with revision {_end}, and nothing follows");
        _number = -1;
        _chunk.Clear();
    }

    void EndSeries()
    {
        if (_series >= 1 && _series <= generation.Rows)
        {
            CheckMissing(_series);
            _next = _series + 1;
            var known = generation.States[(int)_series - 1];
            if ((known.Observations, known.HasAttributes, known.LastTx, known.First, known.Last)
                != (_state.Observations, _state.HasAttributes, _state.LastTx, _state.First, _state.Last))
                report.Add($"{generation.Cube.Flow}: the index has other counts, revision or range of series {_series} than its blocks");
            report.Observations += _state.Observations;
        }

        _state = default;
        _touchedBy.Clear();
    }

    /// <summary>Series without any block must be unknown to the index too.</summary>
    void CheckMissing(long before)
    {
        for (; _next < before; _next++)
        {
            if (generation.States[(int)_next - 1].LastTx != 0)
                report.Add($"{generation.Cube.Flow}: series {_next} has no block");
        }
    }

    void CheckChanges()
    {
        using var rows = session.Prepare(SelectChanges).Bind(1, generation.Cube.Id);
        while (rows.Step())
        {
            var (tx, said) = (rows.Long(0), Said(rows));
            if (!_tallies.Remove(tx, out var found) || said != found)
                report.Add($"{generation.Cube.Flow}: revision {tx} says {said}, its blocks say {found}");
        }

        foreach (var tx in _tallies.Keys)
            report.Add($"{generation.Cube.Flow}: blocks of revision {tx} have no record of changes");
    }

    static Tally Said(Statement rows)
    {
        var tally = new Tally(rows.Long(1), rows.Long(2), rows.Long(3), 0, 0);
        var touched = new PackedReader(rows.Blob(4));
        for (long series = 0; !touched.IsAtEnd;)
        {
            series += (long)touched.Varint();
            tally = tally with { Touched = tally.Touched + 1, Sum = unchecked(tally.Sum + Mix(series)) };
        }

        return tally;
    }

    void Add(long series, long chunk, string fault) => report.Add($"{generation.Cube.Flow}: block {chunk} of series {series}: {fault}");

    static TimePeriod Period(Statement row, int column) =>
        !row.IsNull(column) && TimePeriod.TryParseLenient(row.Text(column), out _) ? BlockCodec.Parse(row.Text(column)) : TimePeriod.None;

    static ulong Mix(long series) => unchecked(((ulong)series ^ (ulong)series >> 15) * 0x9E3779B97F4A7C15);

    /// <summary>What a revision changed in a cube: observations, and which series, as count and sum.</summary>
    readonly record struct Tally(long Inserted, long Updated, long Deleted, long Touched, ulong Sum)
    {
        public override string ToString() => $"{Inserted} inserted, {Updated} updated, {Deleted} deleted in {Touched} series";
    }
}

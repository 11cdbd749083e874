using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The chunks of the one series or holder that a transaction is changing: read when first touched, written back when it turns to the next.</summary>
/// <remarks>The tables hold the transaction's own pending state, so a series may come back later in it: a pending block (its tx_from is the
/// transaction's) is compared with the version before it, in the history.</remarks>
sealed class SeriesWriter(Session session, Cube cube, long tx, SeriesStates states, ConflictLog conflicts)
{
    const string SelectBlock = "SELECT tx_from, data FROM block WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3";
    const string SelectBefore = "SELECT data FROM block_hist WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3 AND tx_to = ?4";
    const string SelectChunks = "SELECT chunk, tx_from, n_obs, first, last FROM block WHERE cube_id = ?1 AND series_id = ?2";
    const string InsertSeries = "INSERT INTO series (cube_id, series_id, key, agreement_id, created_tx) VALUES (?1, ?2, ?3, ?5, ?4)";
    const string InsertBlock = """
        INSERT INTO block (cube_id, series_id, chunk, tx_from, n_obs, first, last, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """;
    const string UpdateBlock = """
        UPDATE block SET tx_from = ?4, n_obs = ?5, first = ?6, last = ?7, data = ?8 WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3
        """;
    // From values, not by a SELECT: a statement that might insert several rows makes SQLite write every page it touches to a file of its own first.
    const string Supersede = """
        INSERT INTO block_hist (cube_id, series_id, chunk, tx_from, tx_to, n_obs, first, last, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
        """;
    const string DeleteBlock = "DELETE FROM block WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3";
    const string Reinstate = """
        INSERT INTO block (cube_id, series_id, chunk, tx_from, n_obs, first, last, data)
        SELECT cube_id, series_id, chunk, tx_from, n_obs, first, last, data FROM block_hist WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3 AND tx_to = ?4
        """;
    const string DeleteReinstated = "DELETE FROM block_hist WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3 AND tx_to = ?4";
    const int MaxOpenChunks = 64;

    readonly BlockBatch _ahead = new(cube.Id, long.MaxValue, []);
    readonly int[] _key = new int[cube.Dimensions.Length];
    readonly List<OpenChunk> _open = [];
    readonly Stack<OpenChunk> _spare = [];
    readonly HashSet<int> _recount = [];
    readonly PackedWriter _packed = new();
    readonly Statement _insertSeries = session.Prepare(InsertSeries);
    readonly Statement _insertBlock = session.Prepare(InsertBlock);
    readonly Statement _updateBlock = session.Prepare(UpdateBlock);
    readonly Statement _supersede = session.Prepare(Supersede);
    string? _agreement;
    bool _isOwner;
    bool _isOpen;
    int _row = -1;

    /// <summary>The rows with a changed block.</summary>
    public HashSet<int> Touched { get; } = [];

    /// <summary>What became of observations, against the state before the transaction.</summary>
    public ChangeCount Changes { get; private set; }

    /// <summary>The number of the agreement that was sent under; 0 for none.</summary>
    public long Agreement { get; private set; }

    /// <summary>Says under which agreement what comes next was sent.</summary>
    /// <param name="agreement">The agreement, or null.</param>
    /// <param name="isOwner">Whether series become its, whose ever they were.</param>
    public void SendUnder(string? agreement, bool isOwner = false)
    {
        if (agreement == _agreement && isOwner == _isOwner)
            return;
        Flush();
        (_agreement, _isOwner, Agreement) = (agreement, isOwner, AgreementTable.IdOf(session, agreement));
    }

    /// <summary>Reads the blocks of rows that are about to be changed: ranges of the table instead of a look-up for each.</summary>
    /// <param name="rows">Distinct rows.</param>
    public void ReadAhead(ReadOnlySpan<int> rows) => _ahead.Load(session, rows, withObservations: true);

    /// <summary>Turns to a series or holder; it need not exist yet.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="row">Its row, or -1 where it had none; one may have come since.</param>
    public void Open(ReadOnlySpan<int> key, int row)
    {
        if (_isOpen && key.SequenceEqual(_key))
            return;
        Flush();
        key.CopyTo(_key);
        _row = row < 0 ? cube.Keys.Find(key) : row;
        _isOpen = true;
    }

    /// <summary>Whether what it is turned to exists.</summary>
    public bool Exists => _row >= 0;

    /// <summary>The numbers of the chunks that have rows, those not written yet included.</summary>
    public List<long> Chunks()
    {
        var numbers = new List<long>();
        foreach (var chunk in _open)
            numbers.Add(chunk.Number);
        if (_row < 0)
            return numbers;
        using var rows = session.Prepare(SelectChunks).Bind(1, cube.Id).Bind(2, _row + 1);
        while (rows.Step())
        {
            if (rows.Long(2) > 0 && !numbers.Contains(rows.Long(0)))
                numbers.Add(rows.Long(0));
        }

        return numbers;
    }

    /// <summary>The rows of one chunk, to be changed; 0: the attributes.</summary>
    public Chunk Chunk(long number)
    {
        foreach (var known in _open)
        {
            if (known.Number == number)
                return known.Current;
        }

        if (_open.Count == MaxOpenChunks)
            WriteBack();
        if (!_spare.TryPop(out var chunk))
            chunk = new OpenChunk();
        Load(chunk, number);
        _open.Add(chunk);
        return chunk.Current;
    }

    /// <summary>Writes what was changed since <see cref="Open"/>.</summary>
    public void Flush()
    {
        WriteBack();
        _isOpen = false;
    }

    /// <summary>Brings the states of rows that lost something up to date.</summary>
    public void Recount()
    {
        foreach (var row in _recount)
        {
            var state = new SeriesState();
            using var rows = session.Prepare(SelectChunks).Bind(1, cube.Id).Bind(2, row + 1);
            while (rows.Step())
                state.Add(rows.Long(0), (int)rows.Long(2), rows.Long(1), Period(rows, 3), Period(rows, 4));
            states.Set(row, state);
            if (state.LastTx != tx)
                Touched.Remove(row);
        }

        _recount.Clear();
    }

    static TimePeriod Period(Statement rows, int column) => rows.IsNull(column) ? TimePeriod.None : BlockCodec.Parse(rows.Text(column));

    Statement Prepare(string sql, long chunk) => session.Prepare(sql).Bind(1, cube.Id).Bind(2, _row + 1).Bind(3, chunk);

    void Load(OpenChunk chunk, long number)
    {
        (chunk.Number, chunk.IsStored, chunk.IsPending) = (number, false, false);
        chunk.Before.Clear();
        chunk.Current.Clear();
        if (_row < 0)
            return;
        // What was read ahead holds as long as this transaction has not changed the row.
        if (!Touched.Contains(_row) && _ahead.IndexOf(_row) is >= 0 and var index)
        {
            if (_ahead.TryFind(index, number, out var since, out var data))
                chunk.Take(since, data);
            return;
        }

        using var rows = Prepare(SelectBlock, number);
        if (!rows.Step())
            return;
        if (rows.Long(0) != tx)
        {
            chunk.Take(rows.Long(0), rows.Blob(1));
            return;
        }

        (chunk.IsStored, chunk.IsPending) = (true, true);
        BlockCodec.Decode(rows.Blob(1), chunk.Current);
        using var before = Prepare(SelectBefore, number).Bind(4, tx);
        if (before.Step())
            BlockCodec.Decode(before.Blob(0), chunk.Before);
        chunk.Counted = ChunkStamp.Stamp(chunk.Before, chunk.Current, tx);
    }

    void WriteBack()
    {
        foreach (var chunk in _open)
        {
            Write(chunk);
            _spare.Push(chunk);
        }

        _open.Clear();
    }

    void Write(OpenChunk chunk)
    {
        var current = chunk.Current;
        if (chunk.Number == 0 && current.Count > 0 && !current.HasValues(0))
            current.RemoveRows();
        var counted = chunk.IsPending ? chunk.Counted : default;
        var changes = ChunkStamp.Stamp(chunk.Before, current, tx);
        if (chunk.Number > 0)
            Changes += changes - counted;
        if (!changes.IsEmpty && conflicts.Base is not null)
            FindConflicts(chunk.Before, current);
        if (!changes.IsEmpty)
            Store(chunk, changes);
        else if (chunk.IsPending)
            TakeBack(chunk.Number);
    }

    /// <summary>Tells the rows that this revision changes, and that changed since its content was checked.</summary>
    void FindConflicts(Chunk before, Chunk current)
    {
        for (var row = 0; row < current.Count; row++)
        {
            if (current.Tx[row] == tx)
                FindConflict(before, current.Periods[row]);
        }

        foreach (var tombstone in current.Tombstones)
        {
            if (tombstone.Tx == tx)
                FindConflict(before, tombstone.Period);
        }
    }

    void FindConflict(Chunk before, TimePeriod period)
    {
        var revision = before.LastChange(period);
        if (conflicts.IsBetween(revision))
            conflicts.Add(new(cube.Flow, cube.KeyText(_key), period == TimePeriod.None ? "" : period.ToString(), revision));
    }

    void Store(OpenChunk chunk, ChangeCount changes)
    {
        if (_row < 0)
            CreateSeries();
        if (chunk.IsStored && !chunk.IsPending)
            Keep(chunk);
        var current = chunk.Current;
        BlockCodec.Encode(current, _packed);
        var (first, last) = Range(chunk.Number, current);
        (chunk.IsStored ? _updateBlock : _insertBlock).Bind(1, cube.Id).Bind(2, _row + 1).Bind(3, chunk.Number).Bind(4, tx).Bind(5, current.Count)
            .Bind(6, first).Bind(7, last).Bind(8, _packed.Written).Run();
        // a series that moves was deleted where it goes, by the same transaction, when codes change places
        if ((Touched.Add(_row) || _isOwner) && _agreement is not null)
            Claim();
        if (chunk.IsStored && !chunk.IsPending && HasSameRange(chunk))
        {
            states.Set(_row, states[_row] with { LastTx = tx });
        }
        else if (!chunk.IsStored && changes.Deleted == 0)
        {
            var state = states[_row];
            state.Add(chunk.Number, current.Count, tx, first, last);
            states.Set(_row, state);
        }
        else
            _recount.Add(_row);
    }

    /// <summary>Puts the version that stood until now into the history.</summary>
    void Keep(OpenChunk chunk)
    {
        var (first, last) = Range(chunk.Number, chunk.Before);
        _supersede.Bind(1, cube.Id).Bind(2, _row + 1).Bind(3, chunk.Number).Bind(4, chunk.Since).Bind(5, tx).Bind(6, chunk.Before.Count)
            .Bind(7, first).Bind(8, last).Bind(9, chunk.Stored.Written).Run();
    }

    static (TimePeriod First, TimePeriod Last) Range(long number, Chunk chunk) =>
        number > 0 && chunk.Count > 0 ? (chunk.Periods[0], chunk.Periods[chunk.Count - 1]) : default;

    /// <summary>Whether only values differ, as in most revisions: then the counts and the range of the series stay.</summary>
    static bool HasSameRange(OpenChunk chunk)
    {
        var (before, current) = (chunk.Before, chunk.Current);
        return before.Count == current.Count
            && (current.Count == 0 || (before.Periods[0] == current.Periods[0] && before.Periods[before.Count - 1] == current.Periods[current.Count - 1]));
    }

    /// <summary>A later data set of the transaction undid what an earlier one did to a block: it is as if nothing had happened.</summary>
    void TakeBack(long number)
    {
        Prepare(DeleteBlock, number).Run();
        Prepare(Reinstate, number).Bind(4, tx).Run();
        Prepare(DeleteReinstated, number).Bind(4, tx).Run();
        _recount.Add(_row);
    }

    void CreateSeries()
    {
        _row = cube.AddRow(_key);
        _packed.Clear();
        foreach (var code in _key)
            _packed.Varint((ulong)code);
        _insertSeries.Bind(1, cube.Id).Bind(2, _row + 1).Bind(3, _packed.Written).Bind(4, tx).Bind(5, _key.AsSpan().Contains(0) ? 0 : Agreement).Run();
    }

    // Holders of attributes are nobody's: who may send them is said by keys alone.
    void Claim()
    {
        if (_key.AsSpan().Contains(0))
            return;
        if (_isOwner || AgreementTable.OwnerOf(session, cube.Id, _row) is not { } owner)
            AgreementTable.Give(session, cube.Id, _row, Agreement);
        else if (owner != _agreement)
            conflicts.AddForeign(new(cube.Flow, cube.KeyText(_key), owner));
    }

    /// <summary>A chunk being changed, and what it was before the transaction.</summary>
    sealed class OpenChunk
    {
        public long Number;
        public bool IsStored;   // there is a row in block
        public bool IsPending;  // ... and this transaction wrote it
        public ChangeCount Counted;
        public Chunk Before = new();
        public Chunk Current = new();
        public long Since;      // what stood before the transaction: its revision, and its bytes
        public PackedWriter Stored = new();

        public void Take(long since, ReadOnlySpan<byte> data)
        {
            (IsStored, Since) = (true, since);
            Stored.Clear();
            Stored.Bytes(data);
            BlockCodec.Decode(data, Current);
            Before.CopyFrom(Current);
        }
    }
}

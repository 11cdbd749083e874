namespace SdmxHub.Storage;

/// <summary>The packed blocks of a batch of series as of one revision, read in ranges: the current ones, or from the history where those are newer.</summary>
/// <remarks>The table is in order of series_id, answers are in order of key. So a batch is read in the table's order into one buffer and unpacked in
/// the answer's. The history is in order of the revisions that superseded: a version that stands from a revision on is preceded by the one that this
/// revision superseded. Needs no database transaction: what is in the history stays, and a current block that moves has its predecessor there.
/// Not thread-safe; reused by <see cref="Load"/>.</remarks>
/// <param name="cube">The cube.</param>
/// <param name="revision">The revision.</param>
/// <param name="supersededBy">See <see cref="CubeGeneration.SupersededBy"/>: saves the way back through all later versions.</param>
sealed class BlockBatch(long cube, long revision, int[] supersededBy)
{
    const string SelectAll = "SELECT series_id, chunk, tx_from, data FROM block WHERE cube_id = ?1 AND series_id BETWEEN ?2 AND ?3";
    const string SelectAttributes = SelectAll + " AND chunk = 0";
    const string SelectHistory = "SELECT series_id, chunk, tx_from, data FROM block_hist WHERE cube_id = ?1 AND tx_to = ?4 AND series_id BETWEEN ?2 AND ?3";

    // Stepping over a series that is not asked for costs less than a new search, up to about this many.
    const int MaxGap = 4;

    // For so many searches and more one transaction costs less than the locks of each.
    const int FewRows = 8;

    int[] _ids = [];
    int[] _indexes = [];
    int[] _first = [];
    Piece[] _pieces = new Piece[4];
    List<Version> _newer = [];
    List<Version> _sought = [];
    byte[] _bytes = [];
    int _rows;
    int _count;
    int _length;

    /// <summary>The place of a row among those of <see cref="Load"/>; negative when it is none of them.</summary>
    public int IndexOf(int row)
    {
        var at = Array.BinarySearch(_ids, 0, _rows, row + 1);
        return at < 0 ? -1 : _indexes[at];
    }

    /// <summary>Finds one packed block.</summary>
    /// <param name="index">The row's place.</param>
    /// <param name="chunk">The chunk's number.</param>
    /// <param name="since">The revision that wrote it.</param>
    /// <param name="data">The bytes, until the next <see cref="Load"/>.</param>
    public bool TryFind(int index, long chunk, out long since, out ReadOnlySpan<byte> data)
    {
        for (var at = _first[index]; at >= 0; at = _pieces[at].Next)
        {
            if (_pieces[at].Chunk != chunk)
                continue;
            since = _pieces[at].Since;
            data = _bytes.AsSpan(_pieces[at].Offset, _pieces[at].Length);
            return true;
        }

        since = 0;
        data = default;
        return false;
    }

    /// <summary>Reads the blocks of <paramref name="rows"/>, distinct series or holders in any order.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="rows">The rows; <see cref="Unpack"/> counts them from 0.</param>
    /// <param name="withObservations">False for the attributes alone.</param>
    public void Load(Session session, ReadOnlySpan<int> rows, bool withObservations)
    {
        (_rows, _count, _length) = (rows.Length, 0, 0);
        if (_ids.Length < rows.Length)
            (_ids, _indexes, _first) = (new int[rows.Length], new int[rows.Length], new int[rows.Length]);
        for (var i = 0; i < rows.Length; i++)
            (_ids[i], _indexes[i]) = (rows[i] + 1, i);
        _first.AsSpan(0, rows.Length).Fill(-1);
        Array.Sort(_ids, _indexes, 0, rows.Length);
        using var together = rows.Length > FewRows ? session.ReadTogether() : null;
        for (int from = 0, to = 0; from < rows.Length; from = ++to)
        {
            while (to + 1 < rows.Length && _ids[to + 1] - _ids[to] <= MaxGap)
                to++;
            ReadRange(session, from, to, withObservations ? SelectAll : SelectAttributes);
        }

        while (_newer.Count > 0)
            ReadHistory(session);
    }

    /// <summary>Unpacks what there is of the row at <paramref name="index"/>.</summary>
    /// <param name="index">Its place among the rows of <see cref="Load"/>.</param>
    /// <param name="pool">Where chunks come from; those without a row go back.</param>
    /// <param name="chunks">Its chunks of observations are added.</param>
    /// <returns>Its attributes, or null where it has none.</returns>
    public Chunk? Unpack(int index, Stack<Chunk> pool, List<Chunk> chunks)
    {
        Chunk? attributes = null;
        for (var at = _first[index]; at >= 0; at = _pieces[at].Next)
        {
            ref readonly var piece = ref _pieces[at];
            if (!pool.TryPop(out var chunk))
                chunk = new Chunk();
            BlockCodec.Decode(_bytes.AsSpan(piece.Offset, piece.Length), chunk);
            if (chunk.Count == 0)
                pool.Push(chunk);
            else if (piece.Chunk == 0)
                attributes = chunk;
            else
                chunks.Add(chunk);
        }

        return attributes;
    }

    void ReadRange(Session session, int from, int to, string sql)
    {
        using var rows = session.Prepare(sql).Bind(1, cube).Bind(2, _ids[from]).Bind(3, _ids[to]);
        for (var at = from; rows.Step();)
        {
            var (id, chunk, tx) = ((int)rows.Long(0), rows.Long(1), rows.Long(2));
            while (_ids[at] < id)
                at++;
            if (_ids[at] != id)
                continue;
            if (tx <= revision)
                Add(_indexes[at], chunk, tx, rows.Blob(3));
            else
                _newer.Add(new(_indexes[at], id, chunk, id <= supersededBy.Length && supersededBy[id - 1] is not 0 and var hint ? hint : tx, tx));
        }
    }

    /// <summary>Looks in the history for the versions before those that were too new: what one revision superseded stands together.</summary>
    void ReadHistory(Session session)
    {
        (_newer, _sought) = (_sought, _newer);
        _newer.Clear();
        _sought.Sort(static (a, b) => (a.Tx, a.Id, a.Chunk).CompareTo((b.Tx, b.Id, b.Chunk)));
        for (int from = 0, to = 0; from < _sought.Count; from = ++to)
        {
            while (to + 1 < _sought.Count && _sought[to + 1].Tx == _sought[from].Tx && _sought[to + 1].Id - _sought[to].Id <= MaxGap)
                to++;
            ReadHistory(session, from, to);
        }
    }

    void ReadHistory(Session session, int from, int to)
    {
        using var rows = session.Prepare(SelectHistory).Bind(1, cube).Bind(2, _sought[from].Id).Bind(3, _sought[to].Id).Bind(4, _sought[from].Tx);
        var at = from;
        while (at <= to && rows.Step())
        {
            var (id, chunk, tx) = ((int)rows.Long(0), rows.Long(1), rows.Long(2));
            for (; at <= to && (_sought[at].Id, _sought[at].Chunk).CompareTo((id, chunk)) < 0; at++)
                Miss(_sought[at]);
            if (at > to || _sought[at].Id != id || _sought[at].Chunk != chunk)
                continue;
            if (tx <= revision)
                Add(_sought[at].Index, chunk, tx, rows.Blob(3));
            else if (tx < _sought[at].Tx)
                _newer.Add(_sought[at] with { Tx = tx, After = tx });
            at++;
        }

        for (; at <= to; at++)
            Miss(_sought[at]);
    }

    /// <summary>A hint may be wrong for one chunk of a row: then the way back from the current version is right. Where that ends, the block was not there yet.</summary>
    void Miss(in Version version)
    {
        if (version.Tx != version.After)
            _newer.Add(version with { Tx = version.After });
    }

    void Add(int index, long chunk, long since, ReadOnlySpan<byte> data)
    {
        if (_bytes.Length - _length < data.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + data.Length));
        if (_count == _pieces.Length)
            Array.Resize(ref _pieces, _count * 2);
        data.CopyTo(_bytes.AsSpan(_length));
        _pieces[_count] = new() { Next = _first[index], Chunk = chunk, Since = since, Offset = _length, Length = data.Length };
        _first[index] = _count++;
        _length += data.Length;
    }

    /// <summary>A version to look for: the one of a block that revision <c>Tx</c> superseded.</summary>
    /// <param name="Index">The row's place among those of <see cref="Load"/>.</param>
    /// <param name="Id">The row's series_id.</param>
    /// <param name="Chunk">The chunk's number.</param>
    /// <param name="Tx">The revision, which may be a guess.</param>
    /// <param name="After">The oldest one known to have superseded a version of the block.</param>
    readonly record struct Version(int Index, int Id, long Chunk, long Tx, long After);

    /// <summary>One packed block in the buffer; those of a row are a list, the last read first.</summary>
    struct Piece
    {
        public int Next;
        public long Chunk;
        public long Since;
        public int Offset;
        public int Length;
    }
}

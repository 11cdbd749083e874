namespace SdmxHub.Storage;

/// <summary>The packed blocks of a batch of series as of one revision, read in ranges: the current ones, or from the history where those are newer.</summary>
/// <remarks>The table is in order of series_id, answers are in order of key. So a batch is read in the table's order into one buffer and unpacked in
/// the answer's. Needs no database transaction: what is in the history stays, and a current block that moved meanwhile is found there.
/// Not thread-safe; reused by <see cref="Load"/>.</remarks>
sealed class BlockBatch(long cube, long revision)
{
    const string SelectAll = "SELECT series_id, chunk, tx_from, data FROM block WHERE cube_id = ?1 AND series_id BETWEEN ?2 AND ?3";
    const string SelectAttributes = SelectAll + " AND chunk = 0";
    const string SelectHistory = """
        SELECT series_id, chunk, data FROM block_hist WHERE cube_id = ?1 AND series_id BETWEEN ?2 AND ?3 AND tx_from <= ?4 AND tx_to > ?4
        """;

    // Stepping over a series that is not asked for costs less than a new search, up to about this many.
    const int MaxGap = 4;

    int[] _ids = [];
    int[] _indexes = [];
    int[] _first = [];
    Piece[] _pieces = new Piece[4];
    byte[] _bytes = new byte[4096];
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
    /// <param name="data">The bytes, until the next <see cref="Load"/>.</param>
    public bool TryFind(int index, long chunk, out ReadOnlySpan<byte> data)
    {
        for (var at = _first[index]; at >= 0; at = _pieces[at].Next)
        {
            if (_pieces[at].Chunk != chunk)
                continue;
            data = _bytes.AsSpan(_pieces[at].Offset, _pieces[at].Length);
            return true;
        }

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
        for (int from = 0, to = 0; from < rows.Length; from = ++to)
        {
            while (to + 1 < rows.Length && _ids[to + 1] - _ids[to] <= MaxGap)
                to++;
            ReadRange(session, from, to, withObservations ? SelectAll : SelectAttributes);
        }
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
        var isNewer = false;
        using (var rows = session.Prepare(sql).Bind(1, cube).Bind(2, _ids[from]).Bind(3, _ids[to]))
        {
            for (var at = from; rows.Step();)
            {
                var id = (int)rows.Long(0);
                while (_ids[at] < id)
                    at++;
                if (_ids[at] != id)
                    continue;
                if (rows.Long(2) > revision)
                    isNewer = true;
                else
                    Add(_indexes[at], rows.Long(1), rows.Blob(3));
            }
        }

        if (isNewer)
            ReadHistory(session, from, to, sql == SelectAll);
    }

    void ReadHistory(Session session, int from, int to, bool withObservations)
    {
        using var rows = session.Prepare(SelectHistory).Bind(1, cube).Bind(2, _ids[from]).Bind(3, _ids[to]).Bind(4, revision);
        for (var at = from; rows.Step();)
        {
            var (id, chunk) = ((int)rows.Long(0), rows.Long(1));
            while (_ids[at] < id)
                at++;
            // One that was current a moment ago may have moved here meanwhile.
            if (_ids[at] == id && (chunk == 0 || withObservations) && !IsHeld(_indexes[at], chunk))
                Add(_indexes[at], chunk, rows.Blob(2));
        }
    }

    bool IsHeld(int index, long chunk)
    {
        for (var at = _first[index]; at >= 0; at = _pieces[at].Next)
        {
            if (_pieces[at].Chunk == chunk)
                return true;
        }

        return false;
    }

    void Add(int index, long chunk, ReadOnlySpan<byte> data)
    {
        if (_bytes.Length - _length < data.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + data.Length));
        if (_count == _pieces.Length)
            Array.Resize(ref _pieces, _count * 2);
        data.CopyTo(_bytes.AsSpan(_length));
        _pieces[_count] = new() { Next = _first[index], Chunk = chunk, Offset = _length, Length = data.Length };
        _first[index] = _count++;
        _length += data.Length;
    }

    /// <summary>One packed block in the buffer; those of a row are a list, the last read first.</summary>
    struct Piece
    {
        public int Next;
        public long Chunk;
        public int Offset;
        public int Length;
    }
}

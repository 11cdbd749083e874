namespace SdmxHub.Storage;

/// <summary>Reads the chunks of series as of one revision: the current block, or from the history where that is newer.</summary>
/// <remarks>Needs no database transaction: what is in the history stays, and a current block that moved meanwhile is found there.</remarks>
sealed class BlockFetch(long cube, long revision)
{
    const string SelectAll = "SELECT chunk, tx_from, data FROM block WHERE cube_id = ?1 AND series_id = ?2";
    const string SelectObservations = "SELECT chunk, tx_from, data FROM block WHERE cube_id = ?1 AND series_id = ?2 AND chunk > 0";
    const string SelectAttributes = "SELECT chunk, tx_from, data FROM block WHERE cube_id = ?1 AND series_id = ?2 AND chunk = 0";
    const string SelectHistory = """
        SELECT data FROM block_hist WHERE cube_id = ?1 AND series_id = ?2 AND chunk = ?3 AND tx_from <= ?4 ORDER BY tx_from DESC LIMIT 1
        """;

    readonly List<long> _newer = [];
    readonly Stack<Chunk> _spare = [];

    /// <summary>Adds the series' chunks of observations to <paramref name="chunks"/> and gives its attributes, or null where it has none.</summary>
    public Chunk? Read(Session session, int row, bool withAttributes, bool withObservations, List<Chunk> chunks)
    {
        if (!withAttributes && !withObservations)
            return null;
        _newer.Clear();
        Chunk? attributes = null;
        var sql = withAttributes ? withObservations ? SelectAll : SelectAttributes : SelectObservations;
        using (var rows = session.Prepare(sql).Bind(1, cube).Bind(2, row + 1))
        {
            while (rows.Step())
            {
                if (rows.Long(1) > revision)
                    _newer.Add(rows.Long(0));
                else
                    Add(rows.Long(0), rows.Blob(2), chunks, ref attributes);
            }
        }

        foreach (var chunk in _newer)
        {
            using var rows = session.Prepare(SelectHistory).Bind(1, cube).Bind(2, row + 1).Bind(3, chunk).Bind(4, revision);
            if (rows.Step())
                Add(chunk, rows.Blob(0), chunks, ref attributes);
        }

        return attributes;
    }

    /// <summary>Takes a chunk back, to be used again.</summary>
    public void Return(Chunk chunk) => _spare.Push(chunk);

    void Add(long number, ReadOnlySpan<byte> data, List<Chunk> chunks, ref Chunk? attributes)
    {
        if (!_spare.TryPop(out var chunk))
            chunk = new Chunk();
        BlockCodec.Decode(data, chunk);
        if (chunk.Count == 0)
            _spare.Push(chunk);
        else if (number == 0)
            attributes = chunk;
        else
            chunks.Add(chunk);
    }
}

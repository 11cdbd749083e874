using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Goes through series and holders as two revisions have them: each with its chunks side by side.</summary>
/// <remarks>Not thread-safe. Needs no database transaction, as <see cref="BlockBatch"/>.</remarks>
sealed class SeriesPairs(Snapshot from, Snapshot to, Cube cube, int[] rows)
{
    const int BatchSize = 4096;
    const int LongWay = 8;

    readonly BlockBatch _before = Batch(from, cube);
    readonly BlockBatch _after = Batch(to, cube);
    readonly Stack<Chunk> _pool = [];
    readonly List<Chunk> _chunks = [];
    readonly List<ChunkPair> _pairs = [];
    readonly Chunk _none = new();
    int _next;
    int _batch;

    /// <summary>The row it is at.</summary>
    public int Row { get; private set; }

    /// <summary>Its chunks at either revision, attributes (chunk 0) first; one side may have no row. Valid until <see cref="Next"/>.</summary>
    public IReadOnlyList<ChunkPair> Chunks => _pairs;

    /// <summary>Whether there is anything of the row at the first revision.</summary>
    public bool Was => _pairs.Exists(p => p.Before.Count > 0);

    /// <summary>Whether there is anything of the row at the second revision.</summary>
    public bool Is => _pairs.Exists(p => p.After.Count > 0);

    /// <summary>Turns to the next row; false behind the last.</summary>
    public bool Next(Session session)
    {
        Recycle();
        if (_next == rows.Length)
            return false;
        if (_next % BatchSize == 0)
        {
            _batch = _next;
            var some = rows.AsSpan(_batch, Math.Min(BatchSize, rows.Length - _batch));
            _before.Load(session, some, withObservations: true);
            _after.Load(session, some, withObservations: true);
        }

        Row = rows[_next];
        Unpack(_before, _next - _batch, static (chunk, none) => new(chunk, none));
        var known = _pairs.Count;
        Unpack(_after, _next - _batch, static (chunk, none) => new(none, chunk));
        Pair(known);
        _next++;
        return true;
    }

    // Where the way back through the versions is short, the index of the old revision need not be made.
    static BlockBatch Batch(Snapshot snapshot, Cube cube)
    {
        using var head = snapshot.Store.Head();
        return new(cube.Id, snapshot.Revision, head.Revision - snapshot.Revision <= LongWay ? [] : snapshot.Generation.SupersededBy(cube));
    }

    void Unpack(BlockBatch blocks, int index, Func<Chunk, Chunk, ChunkPair> place)
    {
        _chunks.Clear();
        if (blocks.Unpack(index, _pool, _chunks) is { } attributes)
            _pairs.Add(place(attributes, _none));
        foreach (var chunk in _chunks)
            _pairs.Add(place(chunk, _none));
    }

    /// <summary>Joins the chunks of the second revision, from <paramref name="known"/> on, with those of the same number.</summary>
    void Pair(int known)
    {
        for (var i = _pairs.Count - 1; i >= known; i--)
        {
            var after = _pairs[i].After;
            var number = NumberOf(after);
            var at = _pairs.FindIndex(0, known, p => NumberOf(p.Before) == number);
            if (at < 0)
                continue;
            _pairs[at] = new(_pairs[at].Before, after);
            _pairs.RemoveAt(i);
        }

        _pairs.Sort(static (a, b) => NumberOf(a).CompareTo(NumberOf(b)));
    }

    void Recycle()
    {
        foreach (var pair in _pairs)
        {
            if (pair.Before != _none)
                _pool.Push(pair.Before);
            if (pair.After != _none)
                _pool.Push(pair.After);
        }

        _pairs.Clear();
    }

    static long NumberOf(ChunkPair pair) => NumberOf(pair.Before.Count > 0 ? pair.Before : pair.After);

    static long NumberOf(Chunk chunk) => chunk.Periods[0] == TimePeriod.None ? 0 : Chunk.NumberOf(chunk.Periods[0]);
}

/// <summary>One chunk at two revisions; empty where there is none.</summary>
readonly record struct ChunkPair(Chunk Before, Chunk After)
{
    /// <summary>Whether it is the attributes of a series or holder.</summary>
    public bool IsAttributes => (Before.Count > 0 ? Before : After).Periods[0] == TimePeriod.None;

    /// <summary>The rows that are no more, by their place before.</summary>
    public void FindRemoved(List<int> rows)
    {
        rows.Clear();
        for (var row = 0; row < Before.Count; row++)
        {
            if (After.Find(Before.Periods[row]) < 0)
                rows.Add(row);
        }
    }

    /// <summary>The rows that are new or have another value: by their place after, and their place before or -1.</summary>
    public void FindWritten(List<(int Row, int Old)> rows)
    {
        rows.Clear();
        for (var row = 0; row < After.Count; row++)
        {
            var old = Before.Find(After.Periods[row]);
            if (old < 0)
                rows.Add((row, -1));
            else if (Differs(row, old))
                rows.Add((row, old));
        }
    }

    /// <summary>Whether a row has another value of a component than it had.</summary>
    public bool Differs(int row, int old, int component)
    {
        var (before, after) = (Before.Find(component), After.Find(component));
        var form = after?.Forms[row] ?? ValueForm.Absent;
        return form != (before?.Forms[old] ?? ValueForm.Absent) || (form != ValueForm.Absent && after!.Bits[row] != before!.Bits[old]);
    }

    bool Differs(int row, int old)
    {
        foreach (var column in After.Columns)
        {
            if (Differs(row, old, column.Component))
                return true;
        }

        foreach (var column in Before.Columns)
        {
            if (After.Find(column.Component) is null && column.Forms[old] != ValueForm.Absent)
                return true;
        }

        return false;
    }
}

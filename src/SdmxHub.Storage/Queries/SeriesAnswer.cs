using System.Collections.Concurrent;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Reads single series and applies what a query says about values and periods.</summary>
sealed class SeriesAnswer : IDisposable
{
    const int MostPools = 32;
    const int MostChunks = 256;

    static readonly ConcurrentQueue<Stack<Chunk>> Pools = new();

    readonly CubeGeneration _generation;
    readonly SchemaMap _map;
    readonly DataQuery _query;
    readonly long _after;
    readonly BlockBatch _batch;
    readonly PeriodTest _period;
    readonly ValueTest[] _onObservations;
    readonly ValueTest[] _onHolders;
    readonly List<Chunk> _chunks = [];
    readonly List<Run> _found = [];
    readonly List<Chunk> _lent = [];
    readonly Stack<Chunk> _pool = Pools.TryDequeue(out var pool) ? pool : [];
    readonly long _revision;
    BlockBatch? _single;
    Dictionary<int, Chunk?>? _holders;
    bool _hasMatch;     // whether any observation passes, changed or not

    public SeriesAnswer(CubeGeneration generation, SchemaMap map, DataQuery query, long revision, long after)
    {
        (_generation, _map, _query, _revision, _after) = (generation, map, query, revision, after);
        _batch = new(generation.Cube.Id, revision, generation.SupersededBy);
        _period = new PeriodTest(query);
        (_onObservations, _onHolders) = ([], []);
        if (query.Filters.IsEmpty)
            return;
        ValueTest[] tests = [.. from filter in query.Filters
                                let component = map.Schema.Find(filter.Component) ?? throw new InvalidOperationException($"no component {filter.Component}")
                                where component.Role is ComponentRole.Measure or ComponentRole.Attribute
                                select new ValueTest(component, filter, map)];
        _onObservations = [.. tests.Where(t => t.Component.Level == AttachmentLevel.Observation)];
        _onHolders = [.. tests.Where(t => t.Component.Level != AttachmentLevel.Observation)];
    }

    /// <summary>Whether a series that matches by its key may still not be in the answer.</summary>
    public bool IsConditional => IsConditionalOnObservations || _onHolders.Length > 0 || _after > 0;

    bool IsConditionalOnObservations => !_period.IsUnbounded || _onObservations.Length > 0;

    /// <summary>Turns to a batch of series, which <see cref="Read"/> then gives one by one.</summary>
    public void Load(Session session, ReadOnlySpan<int> rows) =>
        _batch.Load(session, rows, _query.WithObservations || IsConditionalOnObservations || _after > 0);

    /// <summary>Reads a series.</summary>
    /// <param name="session">Where texts come from.</param>
    /// <param name="index">Its place in the batch.</param>
    /// <param name="row">The series.</param>
    /// <param name="observations">Its observations that are in the answer are added, by period.</param>
    /// <param name="attributes">Its own attributes, or null.</param>
    /// <returns>Whether it is in the answer at all.</returns>
    public bool Read(Session session, int index, int row, List<Run> observations, out Chunk? attributes)
    {
        _chunks.Clear();
        _found.Clear();
        _hasMatch = false;
        attributes = _batch.Unpack(index, _pool, _chunks);
        _lent.AddRange(_chunks);
        if (attributes is not null)
            _lent.Add(attributes);
        foreach (var test in _onHolders)
        {
            if (!test.Passes(session, AttributesOf(session, test.Component, row, attributes), 0))
                return false;
        }

        foreach (var chunk in _chunks)
            Find(session, row, chunk);
        InOrder(_found);
        // Attributes that did not change come with observations that did: who did not have the series has them from here.
        if ((IsConditionalOnObservations && !_hasMatch) || (_found.Count == 0 && _after > 0 && (attributes is null || attributes.Tx[0] <= _after)))
            return false;
        if (_query.WithObservations)
            AddEnds(observations);
        return true;
    }

    /// <summary>The attributes of a holder, or null; for rows that are none of a series.</summary>
    public Chunk? ReadHolder(Session session, int row)
    {
        _holders ??= [];
        if (!_holders.TryGetValue(row, out var holder))
        {
            _single ??= new(_generation.Cube.Id, _revision, _generation.SupersededBy);
            _single.Load(session, [row], withObservations: false);
            holder = _single.Unpack(0, _pool, []);
            _holders.Add(row, holder);
        }

        return holder;
    }

    /// <summary>Takes back the chunks of every series read since the last call; what was found in them is no longer to be used.</summary>
    public void Recycle()
    {
        foreach (var chunk in _lent)
            _pool.Push(chunk);
        _lent.Clear();
    }

    /// <summary>Gives the chunks to other answers: an answer of one series would make those of its own. What was found is no longer to be used. Once.</summary>
    public void Dispose()
    {
        Recycle();
        if (_pool.Count <= MostChunks && Pools.Count < MostPools)
            Pools.Enqueue(_pool);
    }

    /// <summary>Forgets every series read since the last <see cref="Recycle"/>; what was found in them stays as it is.</summary>
    public void Forget() => _lent.Clear();

    /// <summary>Where the value of an attribute above the observation stands for a series: its own attributes, or those of the holder; null for nowhere.</summary>
    public Chunk? AttributesOf(Session session, SchemaComponent attribute, int row, Chunk? own) =>
        attribute.Level == AttachmentLevel.Series ? own : HolderOf(session, attribute, row);

    Chunk? HolderOf(Session session, SchemaComponent attribute, int row)
    {
        var key = new int[_map.Columns.Length];
        for (var d = 0; d < key.Length; d++)
            key[_map.Columns[d]] = attribute.Holder[d] ? _generation.Cube.Columns[_map.Columns[d]][row] : 0;
        var holder = _generation.Cube.Keys.Find(key);
        return holder < 0 || holder >= _generation.Rows ? null : ReadHolder(session, holder);
    }

    /// <summary>Adds the rows of a chunk that pass the query's tests.</summary>
    void Find(Session session, int row, Chunk chunk)
    {
        if (_after == 0 && !IsConditionalOnObservations)
        {
            _found.Add(new(row, RowKind.Observation, chunk, 0, chunk.Count));
            return;
        }

        var start = 0;
        for (var i = 0; i <= chunk.Count; i++)
        {
            if (i < chunk.Count && _period.Passes(chunk.Periods[i]) && PassesAll(session, chunk, i))
            {
                _hasMatch = true;
                if (chunk.Tx[i] > _after)
                    continue;
            }

            if (i > start)
                _found.Add(new(row, RowKind.Observation, chunk, start, i - start));
            start = i + 1;
        }
    }

    bool PassesAll(Session session, Chunk chunk, int row)
    {
        foreach (var test in _onObservations)
        {
            if (!test.Passes(session, chunk, row))
                return false;
        }

        return true;
    }

    /// <summary>Orders runs by period. Chunks seldom overlap in time: only where a series mixes kinds of period.</summary>
    static void InOrder(List<Run> runs)
    {
        if (runs.Count < 2)
            return;
        runs.Sort(static (a, b) => a.First.CompareTo(b.First));
        for (var i = 1; i < runs.Count; i++)
        {
            if (runs[i].First.CompareTo(runs[i - 1].Last) > 0)
                continue;
            Split(runs);
            runs.Sort(static (a, b) => a.First.CompareTo(b.First));
            return;
        }
    }

    /// <summary>Makes each row a run of its own.</summary>
    public static void Split(List<Run> runs)
    {
        Run[] whole = [.. runs];
        runs.Clear();
        foreach (var run in whole)
        {
            for (var i = 0; i < run.Count; i++)
                runs.Add(run with { Start = run.Start + i, Count = 1 });
        }
    }

    /// <summary>firstNObservations and lastNObservations; both together give both ends, no observation twice.</summary>
    void AddEnds(List<Run> observations)
    {
        if (_query.FirstN is null && _query.LastN is null)
        {
            observations.AddRange(_found);
            return;
        }

        var count = 0;
        foreach (var run in _found)
            count += run.Count;
        var head = Math.Min(_query.FirstN ?? 0, count);
        var tail = Math.Max(head, count - (_query.LastN ?? 0));
        var at = 0;
        foreach (var run in _found)
        {
            if (head > at)
                observations.Add(run with { Count = Math.Min(run.Count, head - at) });
            var skipped = Math.Max(0, tail - at);
            if (skipped < run.Count)
                observations.Add(run with { Start = run.Start + skipped, Count = run.Count - skipped });
            at += run.Count;
        }
    }
}

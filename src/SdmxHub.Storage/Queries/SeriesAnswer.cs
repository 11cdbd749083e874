using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One observation of an answer, still packed in its chunk.</summary>
readonly record struct FoundObservation(int Series, Chunk Chunk, int Row)
{
    public TimePeriod Period => Chunk.Periods[Row];
}

/// <summary>Reads single series and applies what a query says about values and periods.</summary>
sealed class SeriesAnswer
{
    readonly CubeGeneration _generation;
    readonly SchemaMap _map;
    readonly DataQuery _query;
    readonly long _after;
    readonly BlockFetch _fetch;
    readonly PeriodTest _period;
    readonly ValueTest[] _onObservations;
    readonly ValueTest[] _onHolders;
    readonly Dictionary<int, Chunk?> _holders = [];
    readonly List<Chunk> _chunks = [];
    readonly List<FoundObservation> _found = [];
    readonly List<Chunk> _lent = [];

    public SeriesAnswer(CubeGeneration generation, SchemaMap map, DataQuery query, long revision, long after)
    {
        (_generation, _map, _query, _after) = (generation, map, query, after);
        _fetch = new BlockFetch(generation.Cube.Id, revision);
        _period = new PeriodTest(query);
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

    /// <summary>Reads a series.</summary>
    /// <param name="session">Where from.</param>
    /// <param name="row">The series.</param>
    /// <param name="observations">Its observations that are in the answer are added, by period.</param>
    /// <param name="attributes">Its own attributes, or null.</param>
    /// <returns>Whether it is in the answer at all.</returns>
    public bool Read(Session session, int row, List<FoundObservation> observations, out Chunk? attributes)
    {
        _chunks.Clear();
        _found.Clear();
        attributes = _fetch.Read(session, row, true, _query.WithObservations || IsConditionalOnObservations || _after > 0, _chunks);
        _lent.AddRange(_chunks);
        if (attributes is not null)
            _lent.Add(attributes);
        foreach (var test in _onHolders)
        {
            var holder = test.Component.Level == AttachmentLevel.Series ? attributes : HolderOf(session, test.Component, row);
            if (!test.Passes(session, holder, 0))
                return false;
        }

        foreach (var chunk in _chunks)
        {
            for (var i = 0; i < chunk.Count; i++)
            {
                if (chunk.Tx[i] > _after && _period.Passes(chunk.Periods[i]) && PassesAll(session, chunk, i))
                    _found.Add(new(row, chunk, i));
            }
        }

        if (_chunks.Count > 1)
            _found.Sort(static (a, b) => a.Period.CompareTo(b.Period));
        if (attributes is not null && attributes.Tx[0] <= _after)
            attributes = null;
        if (_found.Count == 0 && (IsConditionalOnObservations || (_after > 0 && attributes is null)))
            return false;
        if (_query.WithObservations)
            AddEnds(observations);
        return true;
    }

    /// <summary>The attributes of a holder, or null; for rows that are none of a series.</summary>
    public Chunk? ReadHolder(Session session, int row)
    {
        if (!_holders.TryGetValue(row, out var holder))
        {
            holder = _fetch.Read(session, row, true, false, []);
            _holders.Add(row, holder);
        }

        return holder;
    }

    /// <summary>Takes back the chunks of every series read since the last call; what was found in them is no longer to be used.</summary>
    public void Recycle()
    {
        foreach (var chunk in _lent)
            _fetch.Return(chunk);
        _lent.Clear();
    }

    Chunk? HolderOf(Session session, SchemaComponent attribute, int row)
    {
        var key = new int[_map.Columns.Length];
        for (var d = 0; d < key.Length; d++)
            key[_map.Columns[d]] = attribute.Holder[d] ? _generation.Cube.Columns[_map.Columns[d]][row] : 0;
        var holder = _generation.Cube.Keys.Find(key);
        return holder < 0 || holder >= _generation.Rows ? null : ReadHolder(session, holder);
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

    /// <summary>firstNObservations and lastNObservations; both together give both ends, no observation twice.</summary>
    void AddEnds(List<FoundObservation> observations)
    {
        var (first, last) = (_query.FirstN, _query.LastN);
        var isLimited = first is not null || last is not null;
        var head = isLimited ? Math.Min(first ?? 0, _found.Count) : _found.Count;
        var tail = Math.Max(head, _found.Count - (last ?? 0));
        for (var i = 0; i < _found.Count; i++)
        {
            if (i < head || (isLimited && i >= tail))
                observations.Add(_found[i]);
        }
    }
}

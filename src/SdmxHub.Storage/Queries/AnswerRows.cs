using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The rows of an answer's series, in its order, and of them the part that offset and limit leave.</summary>
/// <remarks>Series are read one after the other where the order allows it; else by <see cref="SortedRows"/>. Not thread-safe.</remarks>
sealed class AnswerRows(CubeGeneration generation, SchemaMap map, DataQuery query, SeriesAnswer answer, int[] selected, Func<Chunk, bool> hasAsked)
{
    // The dimension at the observation where it is not time: then the series that differ in it alone make one of the answer.
    readonly SchemaComponent? _grouping = map.Schema.Find(query.DimensionAtObservation) is { Role: ComponentRole.Dimension } dimension ? dimension : null;
    readonly SeriesBatches _batches = new(generation, answer);
    readonly int[] _selected = selected;
    readonly List<Run> _observations = [];
    int[] _series = selected;
    SortedRows? _sorted;
    KeyOrder? _keys;
    bool _isExact;
    bool _isPrepared;
    long _skip;
    long _left = query.Limit ?? long.MaxValue;
    int _nextSeries;

    /// <summary>Whether there are more rows than can be sorted; then none is given. Known after the first <see cref="Advance"/>.</summary>
    public bool IsTooMany => _sorted is { IsTooMany: true };

    /// <summary>How many observations there are at most, without looking at conditions within series.</summary>
    public long MostObservations => !query.WithObservations ? 0 : Math.Min(query.Limit ?? long.MaxValue, Math.Max(0, _selected.Sum(InIndex) - query.Offset));

    bool HasWindow => query.Offset > 0 || query.Limit is not null;

    /// <summary>The series of the answer, in some order.</summary>
    public IEnumerable<int> Series(Session session)
    {
        Prepare(session);
        if (_sorted is not null)
            return _sorted.Series;
        // Two passes where series may drop out, because groups stand before the series: the first finds which series there will be.
        return _isExact || !answer.IsConditional ? _series : InAnswer(session);
    }

    /// <summary>Puts the next series or group of series, or the next sorted row, into the pending rows; false at the end.</summary>
    public bool Advance(Session session, Queue<Run> pending)
    {
        Prepare(session);
        if (_sorted is not null)
            return _sorted.Advance(pending);
        if (_nextSeries == _series.Length)
            return false;
        answer.Recycle();
        _observations.Clear();
        var first = _nextSeries;
        do
            ReadSeries(session, pending);
        while (_grouping is not null && _nextSeries < _series.Length && Keys.IsSameButLast(_series[first], _series[_nextSeries]));

        if (_grouping is not null)
        {
            SeriesAnswer.Split(_observations);
            _observations.Sort((a, b) => a.First.CompareTo(b.First) is not 0 and var by ? by : Keys.Compare(a.Series, b.Series));
        }

        foreach (var run in _observations)
            Trim(run, pending);
        return true;
    }

    void Prepare(Session session)
    {
        if (_isPrepared)
            return;
        _isPrepared = true;
        var isWindowOfGroups = HasWindow && _grouping is not null;
        // Few queries ask for an order.
        if (!query.Sort.IsEmpty || isWindowOfGroups)
        {
            var order = new RowOrder(generation, map, query);
            if (isWindowOfGroups || (!order.IsUsual && !order.IsBySeries))
            {
                _sorted = new(map, query, answer, _batches, order, hasAsked);
                _sorted.Collect(session, _series);
                return;
            }

            if (!order.IsUsual)
                Array.Sort(_series, order);
        }

        if (HasWindow)
            Cut(session);
    }

    KeyOrder Keys => _keys ??= new(generation, map.Columns, _grouping!.Index);

    /// <summary>Leaves of the series those that offset and limit reach.</summary>
    void Cut(Session session)
    {
        var (skip, left) = (query.Offset, _left);
        var kept = new List<int>();
        for (var at = 0; at < _series.Length && left > 0; at++)
        {
            if (Count(session, at) is not { } count || (skip > 0 && count <= skip && (skip -= count) >= 0))
                continue;
            (_skip, left, skip) = (_skip + skip, left - (count - skip), 0);
            kept.Add(_series[at]);
        }

        (_series, _isExact) = ([.. kept], true);
        _batches.Restart();
        if (!query.WithObservations)
            (_skip, _left) = (0, long.MaxValue);
    }

    /// <summary>How much a series counts: its observations in the answer, or one where only series are asked for; null when it is not in it.</summary>
    long? Count(Session session, int at)
    {
        if (!answer.IsConditional)
            return query.WithObservations ? InIndex(_series[at]) : 1;
        _observations.Clear();
        var isIn = answer.Read(session, _batches.Reach(session, _series, at), _series[at], _observations, out _);
        answer.Recycle();
        return !isIn ? null : query.WithObservations ? _observations.Sum(r => (long)r.Count) : 1;
    }

    long InIndex(int row)
    {
        var all = generation.States.Observations(row);
        return query.FirstN is null && query.LastN is null ? all : Math.Min(all, (long)(query.FirstN ?? 0) + (query.LastN ?? 0));
    }

    List<int> InAnswer(Session session)
    {
        var series = new List<int>();
        for (var at = 0; at < _series.Length; at++)
        {
            if (Count(session, at) is not null)
                series.Add(_series[at]);
        }

        _batches.Restart();
        return series;
    }

    void ReadSeries(Session session, Queue<Run> pending)
    {
        var (row, place) = (_series[_nextSeries], _batches.Reach(session, _series, _nextSeries));
        _nextSeries++;
        if (!answer.Read(session, place, row, _observations, out var attributes))
            return;
        if (attributes is not null && hasAsked(attributes))
            pending.Enqueue(new(row, RowKind.Attributes, attributes, 0, 1));
        else if (!query.WithObservations)
            pending.Enqueue(new(row, RowKind.Attributes, null, 0, 1));
    }

    void Trim(Run run, Queue<Run> pending)
    {
        var skipped = (int)Math.Min(_skip, run.Count);
        var taken = (int)Math.Min(_left, run.Count - skipped);
        (_skip, _left) = (_skip - skipped, _left - taken);
        if (taken > 0)
            pending.Enqueue(run with { Start = run.Start + skipped, Count = taken });
    }
}

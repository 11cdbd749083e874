using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The rows of an answer's series, in its order, and of them the part that offset and limit leave.</summary>
/// <remarks>Series are read one after the other where the order allows it; else all rows are collected, or as many as the limit asks for. Not
/// thread-safe.</remarks>
sealed class AnswerRows(CubeGeneration generation, SchemaMap map, DataQuery query, SeriesAnswer answer, int[] selected, Func<Chunk, bool> hasAsked)
{
    /// <summary>The most observations that are kept to be sorted.</summary>
    public const int MostSorted = 100_000;

    const int FirstBatch = 64;
    const int MaxBatch = 32_768;
    const int MaxBatchObservations = 400_000;

    readonly bool _isGrouped = IsGroupedBy(map, query);
    readonly List<Run> _observations = [];
    readonly Dictionary<int, Chunk> _attributes = [];
    readonly int[] _selected = selected;
    int[] _series = selected;
    // Made where it is needed: few queries ask for an order.
    readonly RowOrder? _order = query.Sort.IsEmpty && !(HasWindowOf(query) && IsGroupedBy(map, query)) ? null : new(generation, map, query);
    Queue<SortedRow>? _sorted;
    KeyOrder? _keys;
    bool _isExact;
    bool _isPrepared;
    int _lastSeries = -1;
    long _skip;
    long _left = query.Limit ?? long.MaxValue;
    int _nextSeries;
    int _batchStart;
    int _batchEnd;

    /// <summary>Whether there are more rows than can be sorted; then none is given. Known after the first <see cref="Advance"/>.</summary>
    public bool IsTooMany { get; private set; }

    /// <summary>How many observations there are at most, without looking at conditions within series.</summary>
    public long MostObservations
    {
        get
        {
            if (!query.WithObservations)
                return 0;
            var all = _selected.Sum(InIndex);
            return Math.Min(query.Limit ?? long.MaxValue, Math.Max(0, all - query.Offset));
        }
    }

    bool HasWindow => HasWindowOf(query);

    static bool HasWindowOf(DataQuery query) => query.Offset > 0 || query.Limit is not null;

    static bool IsGroupedBy(SchemaMap map, DataQuery query) => map.Schema.Find(query.DimensionAtObservation) is { Role: ComponentRole.Dimension };

    /// <summary>The series of the answer, in some order.</summary>
    public IEnumerable<int> Series(Session session)
    {
        Prepare(session);
        if (_sorted is not null)
            return _sorted.Select(r => r.Run.Series).Distinct();
        // Two passes where series may drop out, because groups stand before the series: the first finds which series there will be.
        return _isExact || !answer.IsConditional ? _series : InAnswer(session);
    }

    /// <summary>Puts the next series or group of series, or the next sorted row, into the pending rows; false at the end.</summary>
    public bool Advance(Session session, Queue<Run> pending)
    {
        Prepare(session);
        if (_sorted is not null)
            return AdvanceSorted(pending);
        if (_nextSeries == _series.Length)
            return false;
        answer.Recycle();
        _observations.Clear();
        var first = _nextSeries;
        do
        {
            if (_nextSeries == _batchEnd)
                LoadBatch(session);
            ReadSeries(session, _series[_nextSeries++], pending);
        }
        while (_isGrouped && _nextSeries < _series.Length && (_keys ??= Keys()).IsSameButLast(_series[first], _series[_nextSeries]));

        if (_isGrouped)
        {
            SeriesAnswer.Split(_observations);
            _observations.Sort((a, b) => a.First.CompareTo(b.First) is not 0 and var by ? by : _keys!.Compare(a.Series, b.Series));
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
        if (_order is { } order)
        {
            if ((!order.IsUsual && !order.IsBySeries) || (HasWindow && _isGrouped))
            {
                Collect(session, order);
                return;
            }

            if (!order.IsUsual)
                Array.Sort(_series, order);
        }

        if (HasWindow)
            Cut(session);
    }

    KeyOrder Keys() => new(generation, map.Columns, map.Schema.Find(query.DimensionAtObservation)!.Index);

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

        (_series, _isExact, _batchStart, _batchEnd) = ([.. kept], true, 0, 0);
        if (!query.WithObservations)
            (_skip, _left) = (0, long.MaxValue);
    }

    /// <summary>How much a series counts: its observations in the answer, or one where only series are asked for; null when it is not in it.</summary>
    long? Count(Session session, int at)
    {
        if (answer.IsConditional)
        {
            if (at == _batchEnd)
                LoadBatch(session);
            _observations.Clear();
            var isIn = answer.Read(session, at - _batchStart, _series[at], _observations, out _);
            answer.Recycle();
            return !isIn ? null : query.WithObservations ? _observations.Sum(r => (long)r.Count) : 1;
        }

        return query.WithObservations ? InIndex(_series[at]) : 1;
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

        (_batchStart, _batchEnd) = (0, 0);
        return series;
    }

    /// <summary>Reads the blocks of the next series: few at first, so that a first block comes soon; then many, for the table is in another order.</summary>
    void LoadBatch(Session session)
    {
        var most = _batchEnd == 0 ? FirstBatch : Math.Min(MaxBatch, (_batchEnd - _batchStart) * 4);
        _batchStart = _batchEnd;
        long observations = 0;
        while (_batchEnd < _series.Length && _batchEnd - _batchStart < most && observations < MaxBatchObservations)
            observations += generation.States.Observations(_series[_batchEnd++]);
        answer.Load(session, _series.AsSpan(_batchStart, _batchEnd - _batchStart));
    }

    void ReadSeries(Session session, int row, Queue<Run> pending)
    {
        if (!answer.Read(session, _nextSeries - 1 - _batchStart, row, _observations, out var attributes))
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

    /// <summary>Reads every series and keeps the rows that offset and limit may reach, sorted.</summary>
    void Collect(Session session, RowOrder order)
    {
        var reach = query.Limit is { } limit && limit <= MostSorted ? query.Offset + limit : long.MaxValue;
        var rows = new List<SortedRow>();
        for (var at = 0; at < _series.Length; at++)
        {
            if (at == _batchEnd)
                LoadBatch(session);
            CollectSeries(session, at, rows, order);
            // What is kept points into what was read, so nothing of it is used again; what is not kept is garbage.
            answer.Forget();
            if (reach <= MostSorted && rows.Count > 2 * MostSorted)
                Shorten(rows, reach, order);
            else if (reach > MostSorted && rows.Count > MostSorted)
                IsTooMany = true;
            if (IsTooMany)
                break;
        }

        rows.Sort(order);
        _sorted = new(IsTooMany ? [] : Window(rows));
    }

    void CollectSeries(Session session, int at, List<SortedRow> rows, RowOrder order)
    {
        var row = _series[at];
        _observations.Clear();
        if (!answer.Read(session, at - _batchStart, row, _observations, out var attributes))
            return;
        var says = attributes is not null && hasAsked(attributes);
        if (says)
            _attributes[row] = attributes!;
        if (_observations.Count == 0 && (says || !query.WithObservations))
        {
            var run = new Run(row, RowKind.Attributes, attributes, 0, 1);
            rows.Add(new(run, Values(session, run, attributes, order)));
        }

        SeriesAnswer.Split(_observations);
        foreach (var run in _observations)
            rows.Add(new(run, Values(session, run, attributes, order)));
    }

    SortValue[] Values(Session session, Run run, Chunk? attributes, RowOrder order)
    {
        var values = new SortValue[order.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var component = order.Values[i];
            values[i] = component.Level == AttachmentLevel.Observation
                ? run.Kind == RowKind.Observation ? Value(session, component, run.Chunk, run.Start) : default
                : Value(session, component, answer.AttributesOf(session, component, run.Series, attributes), 0);
        }

        return values;
    }

    SortValue Value(Session session, SchemaComponent component, Chunk? chunk, int row)
    {
        if (map.Component(component.Index) is not { } stored || chunk?.Find(stored.Number) is not { } column || column.Forms[row] == ValueForm.Absent)
            return default;
        var (form, bits) = (column.Forms[row], column.Bits[row]);
        if (component.Codes is null && form >= ValueForm.Decimal)
            return new((double)DecimalText.ToDecimal(bits, form - ValueForm.Decimal), null);
        return component.Codes is null && form == StoredForm.Double && BitConverter.Int64BitsToDouble(bits) is var number && !double.IsNaN(number)
            ? new(number, null) : new(null, map.Text(session, component.Index, form, bits));
    }

    void Shorten(List<SortedRow> rows, long reach, RowOrder order)
    {
        rows.Sort(order);
        rows.RemoveRange((int)reach, rows.Count - (int)reach);
        var kept = rows.Select(r => r.Run.Series).ToHashSet();
        foreach (var row in _attributes.Keys.Where(r => !kept.Contains(r)).ToList())
            _attributes.Remove(row);
    }

    IEnumerable<SortedRow> Window(List<SortedRow> rows)
    {
        var (skip, left) = (query.Offset, _left);
        foreach (var row in rows)
        {
            // A series without an observation does not count among observations.
            var weight = row.Run.Kind == RowKind.Observation || !query.WithObservations ? 1 : 0;
            if (skip > 0)
                skip -= weight;
            else if (left > 0)
            {
                left -= weight;
                yield return row;
            }
        }
    }

    bool AdvanceSorted(Queue<Run> pending)
    {
        if (!_sorted!.TryDequeue(out var row))
            return false;
        // Where the rows of a series do not stand together, its attributes are said again.
        if (_lastSeries != row.Run.Series && _attributes.TryGetValue(row.Run.Series, out var attributes))
            pending.Enqueue(new(row.Run.Series, RowKind.Attributes, attributes, 0, 1));
        else if (row.Run.Kind == RowKind.Attributes)
            pending.Enqueue(row.Run with { Chunk = null });
        if (row.Run.Kind == RowKind.Observation)
            pending.Enqueue(row.Run);
        _lastSeries = row.Run.Series;
        return true;
    }
}

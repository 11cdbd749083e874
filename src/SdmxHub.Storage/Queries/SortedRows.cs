using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The rows of an answer whose order is not that of its series: all are collected, or as many as offset and limit may reach, and sorted.</summary>
/// <remarks>Not thread-safe.</remarks>
sealed class SortedRows(SchemaMap map, DataQuery query, SeriesAnswer answer, SeriesBatches batches, RowOrder order, Func<Chunk, bool> hasAsked)
{
    /// <summary>The most observations that are kept to be sorted.</summary>
    public const int Most = 100_000;

    // Which rows offset and limit may reach, however many there are.
    readonly long _reach = query.Limit is { } limit && limit <= Most ? query.Offset + limit : long.MaxValue;
    readonly Dictionary<int, Chunk> _attributes = [];
    readonly List<Run> _observations = [];
    List<SortedRow> _rows = [];
    int _next;

    /// <summary>Whether there are more rows than can be sorted; then none is given.</summary>
    public bool IsTooMany { get; private set; }

    /// <summary>The series that have a row, in some order.</summary>
    public IEnumerable<int> Series => _rows.Select(r => r.Run.Series).Distinct();

    /// <summary>Reads the series and keeps what the answer has of them.</summary>
    public void Collect(Session session, int[] series)
    {
        for (var at = 0; at < series.Length && !IsTooMany; at++)
        {
            Collect(session, series[at], batches.Reach(session, series, at));
            // What is kept points into what was read, so nothing of it is used again; what is not kept is garbage.
            answer.Forget();
            if (_reach <= Most && _rows.Count > 2 * Most)
                Shorten();
            else if (_reach > Most && _rows.Count > Most)
                IsTooMany = true;
        }

        _rows.Sort(order);
        _rows = IsTooMany ? [] : [.. Window()];
    }

    /// <summary>Puts the next row into the pending ones; false at the end.</summary>
    public bool Advance(Queue<Run> pending)
    {
        if (_next == _rows.Count)
            return false;
        var run = _rows[_next].Run;
        // Where the rows of a series do not stand together, its attributes are said again.
        if ((_next == 0 || _rows[_next - 1].Run.Series != run.Series) && _attributes.TryGetValue(run.Series, out var attributes))
            pending.Enqueue(new(run.Series, RowKind.Attributes, attributes, 0, 1));
        else if (run.Kind == RowKind.Attributes)
            pending.Enqueue(run with { Chunk = null });
        if (run.Kind == RowKind.Observation)
            pending.Enqueue(run);
        _next++;
        return true;
    }

    void Collect(Session session, int row, int place)
    {
        _observations.Clear();
        if (!answer.Read(session, place, row, _observations, out var attributes))
            return;
        var says = attributes is not null && hasAsked(attributes);
        if (says)
            _attributes[row] = attributes!;
        if (_observations.Count == 0 && (says || !query.WithObservations))
            Keep(session, new(row, RowKind.Attributes, attributes, 0, 1), attributes);
        SeriesAnswer.Split(_observations);
        foreach (var run in _observations)
            Keep(session, run, attributes);
    }

    void Keep(Session session, Run run, Chunk? attributes)
    {
        var values = new SortValue[order.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var component = order.Values[i];
            values[i] = component.Level == AttachmentLevel.Observation
                ? run.Kind == RowKind.Observation ? Value(session, component, run.Chunk, run.Start) : default
                : Value(session, component, answer.AttributesOf(session, component, run.Series, attributes), 0);
        }

        _rows.Add(new(run, values));
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

    // Drops what cannot be reached any more.
    void Shorten()
    {
        _rows.Sort(order);
        _rows.RemoveRange((int)_reach, _rows.Count - (int)_reach);
        var kept = Series.ToHashSet();
        foreach (var row in _attributes.Keys.Where(r => !kept.Contains(r)).ToList())
            _attributes.Remove(row);
    }

    IEnumerable<SortedRow> Window()
    {
        var (skip, left) = (query.Offset, query.Limit ?? long.MaxValue);
        foreach (var row in _rows)
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
}

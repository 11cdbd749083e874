using System.Globalization;

namespace Sdmx.Validation;

/// <summary>A value is not far from the others of its series: measured by the median of their distances from their median, which one wrong value does not move.</summary>
/// <remarks>The others are those of the message and, for the periods that it leaves out, those of the store, all in one multiplier. What is told is also half the median or more away from it, so that
/// flat series may step, and as far from the values beside it, so that they may grow. Series of less than five values tell nothing.</remarks>
sealed class OutlierRule(DataSchema schema, StoredHistory? history) : SeriesRule
{
    const int Fewest = 5;
    const double Deviations = 10;
    const double Share = 0.5;

    // most values are the same, as small counts are: then only what is beyond five times
    const double ShareOfAlike = 4;

    readonly UnitMultiplier _multiplier = new(schema);
    Value[] _values = new Value[64];
    double[] _sorted = new double[64];
    double[] _distances = new double[64];
    int _count;

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        if (end - from < Fewest ? history is null : IsSteady(block.Values[0], from, end) && _multiplier.IsAlike(block, from, end))
            return;
        var stored = history?.Invoke(block, from);
        Gather(series, block, from, end, stored);
        if (_count < Fewest)
            return;
        var sorted = Sorted();
        var median = Median(sorted);
        var distance = MedianDistance(sorted, median);
        var bound = distance == 0 ? ShareOfAlike * Math.Abs(median) : Math.Max(Deviations * distance, Share * Math.Abs(median));
        if (bound == 0 || (sorted[^1] - median <= bound && median - sorted[0] <= bound))
            return;
        for (var at = 0; at < _count; at++)
        {
            if (_values[at].Row >= 0 && Math.Abs(_values[at].Number - median) > bound && !IsBeside(at, Share * Math.Abs(median)))
                findings.AddNow(block, _values[at].Row, Outlying(block, at, stored, median));
        }
    }

    // Whether no value is further from the one before than half the nearest to zero, which the median is not nearer to: then each has one beside it that is near.
    // Numbers of one scale are compared as they are held.
    static bool IsSteady(Column values, int from, int end)
    {
        if (values.Forms[from] < ValueForm.Decimal || values.Forms.AsSpan(from, end - from).ContainsAnyExcept(values.Forms[from]))
            return false;
        var bits = values.Bits.AsSpan(from, end - from);
        var (least, most, step, before) = (bits[0], bits[0], 0d, (double)bits[0]);
        foreach (var number in bits)
        {
            (least, most) = (Math.Min(least, number), Math.Max(most, number));
            step = Math.Max(step, Math.Abs(number - before));
            before = number;
        }

        return step <= Share * (least >= 0 ? least : most <= 0 ? -(double)most : 0);
    }

    // whether the value before or behind is near, or one is above it and the other below: the series grows or falls
    bool IsBeside(int at, double near)
    {
        var value = _values[at].Number;
        var before = at > 0 ? _values[at - 1].Number - value : double.NaN;
        var after = at + 1 < _count ? _values[at + 1].Number - value : double.NaN;
        return Math.Abs(before) <= near || Math.Abs(after) <= near || before * after < 0;
    }

    // The numbers in order of period, in the multiplier of the first row; what is sent stands for what is stored.
    void Gather(SeriesView series, ObservationBlock block, int from, int end, StoredSeries? stored)
    {
        _count = 0;
        Reserve(end - from + (stored?.Count ?? 0));
        var (next, held, unit) = (0, stored?.Count ?? 0, UnitMultiplier.Factor(_multiplier.Of(series, block, from)));
        for (var row = from; row < end; row++)
        {
            var number = Number(block, 0, row);
            if (!double.IsFinite(number))
                continue;
            for (; next < held && stored!.Periods[next].CompareTo(block.Periods[row]) < 0; next++)
                Take(stored, next, unit);
            if (next < held && stored!.Periods[next] == block.Periods[row])
                next++;
            _values[_count++] = new(number * (UnitMultiplier.Factor(_multiplier.Of(series, block, row)) / unit), row, -1);
        }

        for (; next < held; next++)
            Take(stored!, next, unit);
    }

    void Take(StoredSeries stored, int at, double unit) =>
        _values[_count++] = new(stored.Number(at) * (UnitMultiplier.Factor(stored.Multipliers[at]) / unit), -1, at);

    void Reserve(int count)
    {
        if (_values.Length < count)
            (_values, _sorted, _distances) = (new Value[count], new double[count], new double[count]);
    }

    Span<double> Sorted()
    {
        for (var i = 0; i < _count; i++)
            _sorted[i] = _values[i].Number;
        var sorted = _sorted.AsSpan(0, _count);
        sorted.Sort();
        return sorted;
    }

    double MedianDistance(ReadOnlySpan<double> values, double median)
    {
        var distances = _distances.AsSpan(0, values.Length);
        for (var i = 0; i < values.Length; i++)
            distances[i] = Math.Abs(values[i] - median);
        distances.Sort();
        return Median(distances);
    }

    static double Median(ReadOnlySpan<double> sorted) => (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;

    Issue Outlying(ObservationBlock block, int at, StoredSeries? stored, double median)
    {
        var (id, row) = (block.Dataset.Schema.Values[0].Id, _values[at].Row);
        var (before, after) = (TextOf(block, stored, at - 1), TextOf(block, stored, at + 1));
        var beside = stored?.Find(block.Periods[row]) is >= 0 and var same ? $"the store holds '{stored.Text(same)}' for the period"
            : before is null ? $"the next value is '{after}'"
            : after is null ? $"the value before is '{before}'"
            : $"the values beside it are '{before}' and '{after}'";
        return new Issue(IssueCode.OutlyingValue, default, string.Create(CultureInfo.InvariantCulture, $"{id} is '{block.Text(0, row)}', far from the series' median {median:G6}; {beside}"))
        {
            Component = id,
            Value = block.Text(0, row),
            Expected = "a value near the others of its series",
        };
    }

    string? TextOf(ObservationBlock block, StoredSeries? stored, int at) => at < 0 || at >= _count ? null
        : _values[at].Row is >= 0 and var row ? block.Text(0, row) : stored!.Text(_values[at].Stored);

    /// <summary>A number of the series, and where it stands: a row of the block, or a place among what is stored.</summary>
    readonly record struct Value(double Number, int Row, int Stored);
}

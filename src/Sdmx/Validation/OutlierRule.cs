namespace Sdmx.Validation;

/// <summary>A value is not far from the others of its series: measured by the median of their distances from their median, which one wrong value does not move.</summary>
/// <remarks>What is told is also half the median or more away from it, so that flat series may step, and as far from the values beside it, so that
/// they may grow. Series of less than five values tell nothing.</remarks>
sealed class OutlierRule(ValidationOptions options) : SeriesRule
{
    const int Fewest = 5;
    const double Deviations = 10;
    const double Share = 0.5;

    // most values are the same, as small counts are: then only what is beyond five times
    const double ShareOfAlike = 4;

    double[] _values = new double[64];
    double[] _distances = new double[64];

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        if (end - from < Fewest || IsSteady(block.Values[0], from, end))
            return;
        var values = Take(block, from, end);
        if (values.Length < Fewest)
            return;
        var median = Median(values);
        var distance = MedianDistance(values, median);
        var bound = distance == 0 ? ShareOfAlike * Math.Abs(median) : Math.Max(Deviations * distance, Share * Math.Abs(median));
        if (bound == 0 || (values[^1] - median <= bound && median - values[0] <= bound))
            return;
        for (var row = from; row < end; row++)
        {
            if (Math.Abs(Number(block, 0, row) - median) > bound && !IsBeside(block, row, from, end, Share * Math.Abs(median)))
                findings.AddNow(block, row, Outlying(block, row, from, end, median));
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
    static bool IsBeside(ObservationBlock block, int row, int from, int end, double near)
    {
        var value = Number(block, 0, row);
        var before = row > from ? Number(block, 0, row - 1) - value : double.NaN;
        var after = row + 1 < end ? Number(block, 0, row + 1) - value : double.NaN;
        return Math.Abs(before) <= near || Math.Abs(after) <= near || before * after < 0;
    }

    // the numbers in order of size
    Span<double> Take(ObservationBlock block, int from, int end)
    {
        if (_values.Length < end - from)
            (_values, _distances) = (new double[end - from], new double[end - from]);
        var count = 0;
        for (var row = from; row < end; row++)
        {
            if (Number(block, 0, row) is var number && double.IsFinite(number))
                _values[count++] = number;
        }

        var values = _values.AsSpan(0, count);
        values.Sort();
        return values;
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

    Issue Outlying(ObservationBlock block, int row, int from, int end, double median)
    {
        var id = block.Dataset.Schema.Values[0].Id;
        var (before, after) = (row > from ? block.Text(0, row - 1) : null, row + 1 < end ? block.Text(0, row + 1) : null);
        var beside = options.Previous?.Invoke(block, row) is { } stored ? $"the store holds '{stored}' for the period"
            : before is null ? $"the next value is '{after}'"
            : after is null ? $"the value before is '{before}'"
            : $"the values beside it are '{before}' and '{after}'";
        return new Issue(IssueCode.OutlyingValue, default, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id} is '{block.Text(0, row)}', far from the series' median {median:G6}; {beside}"))
        {
            Component = id,
            Value = block.Text(0, row),
            Expected = "a value near the others of its series",
        };
    }
}

namespace Sdmx.Validation;

/// <summary>A percentage, times its multiplier, lies between 0 and 100.</summary>
/// <param name="schema">The schema.</param>
/// <param name="unit">The unit: a dimension, or an attribute above the observation.</param>
sealed class PercentRule(DataSchema schema, SchemaComponent unit) : SeriesRule
{
    readonly UnitMultiplier _multiplier = new(schema);

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        if (series.Text(unit) is not ("PT" or "PERCENT"))
            return;
        var exponent = _multiplier.Of(series, block, from);
        var isAlike = _multiplier.IsAlike(block, from, end);
        if (isAlike && exponent is 0 or StoredSeries.NoMultiplier && IsInside(block.Values[0], from, end))
            return;
        var (first, count) = (-1, 0);
        for (var row = from; row < end; row++)
        {
            exponent = isAlike ? exponent : _multiplier.Of(series, block, row);
            if (Number(block, 0, row) * UnitMultiplier.Factor(exponent) is not (< 0 or > 100))
                continue;
            count++;
            first = first < 0 ? row : first;
        }

        if (count > 0)
            findings.AddNow(block, first, Outside(series, block, first, count));
    }

    // numbers of one scale are compared as they are held
    static bool IsInside(Column values, int from, int end)
    {
        var form = values.Forms[from];
        return form is >= ValueForm.Decimal and <= ValueForm.Decimal + 15
            && !values.Forms.AsSpan(from, end - from).ContainsAnyExcept(form)
            && !values.Bits.AsSpan(from, end - from).ContainsAnyExceptInRange(0, Hundred[form - ValueForm.Decimal]);
    }

    static readonly long[] Hundred = [.. Enumerable.Range(0, 16).Select(scale => (long)Math.Pow(10, scale + 2))];

    Issue Outside(SeriesView series, ObservationBlock block, int row, int count)
    {
        var others = count == 1 ? "" : $"; {count} values of the series are";
        var multiplier = _multiplier.Of(series, block, row) is var exponent and not (0 or StoredSeries.NoMultiplier) ? $" and {_multiplier.Id} '{exponent}'" : "";
        return new Issue(IssueCode.OutsidePercentRange, default, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{series.Schema.Values[0].Id} is '{block.Text(0, row)}' with {unit.Id} '{series.Text(unit)}'{multiplier}, outside 0 to 100{others}"))
        {
            Component = series.Schema.Values[0].Id,
            Value = block.Text(0, row),
            Expected = "a percentage from 0 to 100, unless it is a rate of growth",
        };
    }
}

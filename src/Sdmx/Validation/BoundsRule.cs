namespace Sdmx.Validation;

/// <summary>A value lies between its own bounds.</summary>
sealed class BoundsRule : SeriesRule
{
    readonly SchemaComponent _measure;
    readonly SchemaComponent? _lower;
    readonly SchemaComponent? _upper;

    internal BoundsRule(DataSchema schema)
    {
        _measure = schema.Values[0];
        (_lower, _upper) = (BoundOf(schema, "LOWER_BOUND"), BoundOf(schema, "UPPER_BOUND"));
    }

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        if (!HasAny(_lower, block, from, end) && !HasAny(_upper, block, from, end))
            return;
        for (var row = from; row < end; row++)
        {
            var (value, lower, upper) = (Number(block, 0, row), BoundAt(_lower, block, row), BoundAt(_upper, block, row));
            if (value < lower || lower > upper)
                findings.AddNow(block, row, Outside(block, row, _lower!));
            else if (value > upper)
                findings.AddNow(block, row, Outside(block, row, _upper!));
        }
    }

    static SchemaComponent? BoundOf(DataSchema schema, string id) =>
        Find(schema, id) is { Role: ComponentRole.Attribute or ComponentRole.Measure, Level: AttachmentLevel.Observation, Codes: null } bound ? bound : null;

    static bool HasAny(SchemaComponent? bound, ObservationBlock block, int from, int end) => bound is not null && block.Values[bound.Index].IsUsed
        && block.Values[bound.Index].Forms.AsSpan(from, end - from).ContainsAnyExcept(ValueForm.Absent);

    static double BoundAt(SchemaComponent? bound, ObservationBlock block, int row) => bound is null ? double.NaN : Number(block, bound.Index, row);

    Issue Outside(ObservationBlock block, int row, SchemaComponent bound)
    {
        var (lower, upper) = (TextOf(_lower, block, row), TextOf(_upper, block, row));
        return new Issue(IssueCode.OutsideBounds, default, $"{_measure.Id} is '{block.Text(0, row)}', and its bounds are {lower} and {upper}")
        {
            Component = bound.Id,
            Value = block.Text(0, row),
            Expected = "a value between its bounds",
        };
    }

    static string TextOf(SchemaComponent? bound, ObservationBlock block, int row) => bound is not null && block.Text(bound.Index, row) is { } text ? $"'{text}'" : "absent";
}

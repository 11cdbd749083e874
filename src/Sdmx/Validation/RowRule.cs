namespace Sdmx.Validation;

/// <summary>A rule that each row is held against by itself, column by column.</summary>
/// <remarks>Made once per message and schema. A clean block costs no allocation.</remarks>
abstract class RowRule
{
    /// <summary>Checks every row of <paramref name="block"/>.</summary>
    internal abstract void Check(ObservationBlock block, Findings findings);

    /// <summary>Whether the rule also holds in a <see cref="DatasetAction.Delete"/> set, whose values only say that something goes.</summary>
    internal virtual bool HoldsForDelete => false;

    /// <summary>The row rules of a schema.</summary>
    internal static RowRule[] Of(Dataset dataset, ValidationOptions options)
    {
        var schema = dataset.Schema;
        var rules = new List<RowRule>();
        foreach (var dimension in schema.Dimensions)
        {
            if (dimension.Codes is not null)
                rules.Add(new DimensionCodeRule(dimension));
            else if (ValueFormat.Of(dimension.Format) is { } format)
                rules.Add(new DimensionFormatRule(dimension, format));
        }

        if (schema.Time is not null)
            rules.Add(new PeriodRule(dataset, options.Clock));
        foreach (var value in schema.Values)
        {
            if (value.Codes is not null)
                rules.Add(new ValueCodeRule(value));
            else if (ValueFormat.Of(value.Format) is { } format)
                rules.Add(new ValueFormatRule(value, format));
        }

        if (schema.MeasureCount > 0)
            rules.Add(new StatusRule(schema));
        return [.. rules];
    }
}

namespace Sdmx;

/// <summary>The startPeriod and endPeriod of a query, both inclusive.</summary>
/// <param name="Start">Observations start no earlier; <c>null</c> is unbounded.</param>
/// <param name="End">Observations end no later; <c>null</c> is unbounded.</param>
/// <param name="StartDay">Where reporting years start in the query.</param>
/// <remarks>The default value is unbounded. The comparisons are those of <see cref="PeriodBound"/>.</remarks>
public readonly record struct PeriodBounds(TimePeriod? Start, TimePeriod? End, MonthDay StartDay = default)
{
    /// <summary>Whether there is neither a start nor an end.</summary>
    public bool IsUnbounded => Start is null && End is null;

    /// <summary>Whether an observation lies within the bounds.</summary>
    /// <param name="observed">The observation's time; <see cref="TimePeriod.None"/> lies within no bound.</param>
    /// <param name="startDay">Where the observation's reporting years start.</param>
    public bool Contains(TimePeriod observed, MonthDay startDay = default) =>
        (Start is not { } start || new PeriodBound(start, StartDay).Ge(observed, startDay))
        && (End is not { } end || new PeriodBound(end, StartDay).Le(observed, startDay));
}

namespace Sdmx;

/// <summary>A time period to compare observations with: the rules behind startPeriod, endPeriod and <c>c[TIME_PERIOD]=ge:...</c>.</summary>
/// <param name="Period">The period named by the query.</param>
/// <param name="StartDay">Where reporting years start in the query: <c>--01-01</c> in REST 1, <c>reportingYearStartDay</c> in REST 2.2.</param>
/// <remarks>
/// <para>Periods of one kind compare by position (the same quarter is the same quarter, wherever the reporting year starts); points in time, ranges and
/// periods of different kinds compare by the time they cover. Two reporting periods of different kinds are both laid out by the observation's start
/// day, everything else each by its own.</para>
/// <para>SDMX-REST 2.2 has an example (2010-Q3 with --07-01 selecting from 2010-01-01) that contradicts the technical notes; the notes are followed:
/// 2010-Q3 starts on 2011-01-01 there.</para>
/// <para>No comparison but <see cref="Ne"/> holds for an observation without time.</para>
/// </remarks>
public readonly record struct PeriodBound(TimePeriod Period, MonthDay StartDay = default)
{
    /// <summary>Whether the observation starts at or after the start of the bound (startPeriod).</summary>
    /// <param name="observed">The observation's time.</param>
    /// <param name="startDay">Where the observation's reporting years start.</param>
    public bool Ge(TimePeriod observed, MonthDay startDay = default)
    {
        if (IsByPosition(observed))
            return observed.Ordinal >= Period.Ordinal;
        var (bound, time) = Spans(observed, startDay);
        return observed.Kind != PeriodKind.None && time.Start >= bound.Start;
    }

    /// <summary>Whether the observation ends at or before the end of the bound (endPeriod).</summary>
    /// <inheritdoc cref="Ge"/>
    public bool Le(TimePeriod observed, MonthDay startDay = default)
    {
        if (IsByPosition(observed))
            return observed.Ordinal <= Period.Ordinal;
        var (bound, time) = Spans(observed, startDay);
        return observed.Kind != PeriodKind.None && time.End <= bound.End;
    }

    /// <summary>Whether the observation starts after the whole bound: 2011-01 does for the bound 2010, 2010-02 does not.</summary>
    /// <inheritdoc cref="Ge"/>
    public bool Gt(TimePeriod observed, MonthDay startDay = default)
    {
        if (IsByPosition(observed))
            return observed.Ordinal > Period.Ordinal;
        var (bound, time) = Spans(observed, startDay);
        return observed.Kind != PeriodKind.None && time.Start >= bound.End;
    }

    /// <summary>Whether the observation has ended before the bound starts.</summary>
    /// <inheritdoc cref="Ge"/>
    public bool Lt(TimePeriod observed, MonthDay startDay = default)
    {
        if (IsByPosition(observed))
            return observed.Ordinal < Period.Ordinal;
        var (bound, time) = Spans(observed, startDay);
        return observed.Kind != PeriodKind.None && time.End <= bound.Start;
    }

    /// <summary>Whether the observation covers the same time: 2010, 2010-A1 and 2010Z do.</summary>
    /// <inheritdoc cref="Ge"/>
    public bool Eq(TimePeriod observed, MonthDay startDay = default)
    {
        if (IsByPosition(observed))
            return observed.Ordinal == Period.Ordinal;
        var (bound, time) = Spans(observed, startDay);
        return observed.Kind != PeriodKind.None && time == bound;
    }

    /// <summary>Whether the observation covers another time, or has none.</summary>
    /// <inheritdoc cref="Ge"/>
    public bool Ne(TimePeriod observed, MonthDay startDay = default) => !Eq(observed, startDay);

    /// <summary>Applies one of the six comparisons of <c>c[TIME_PERIOD]</c>.</summary>
    /// <param name="comparison">A comparison of order; the text comparisons (contains, starts with, ...) have no meaning for time.</param>
    /// <param name="observed">The observation's time.</param>
    /// <param name="startDay">Where the observation's reporting years start.</param>
    /// <exception cref="ArgumentOutOfRangeException">A text comparison: to be refused when the query is read.</exception>
    public bool Holds(FilterOperator comparison, TimePeriod observed, MonthDay startDay = default) => comparison switch
    {
        FilterOperator.Eq => Eq(observed, startDay),
        FilterOperator.Ne => Ne(observed, startDay),
        FilterOperator.Lt => Lt(observed, startDay),
        FilterOperator.Le => Le(observed, startDay),
        FilterOperator.Gt => Gt(observed, startDay),
        FilterOperator.Ge => Ge(observed, startDay),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "not a comparison of order"),
    };

    bool IsByPosition(TimePeriod observed) =>
        observed.Kind == Period.Kind && Period.Kind is not (PeriodKind.None or PeriodKind.DateTime or PeriodKind.TimeRange);

    ((long Start, long End) Bound, (long Start, long End) Time) Spans(TimePeriod observed, MonthDay startDay)
    {
        bool bothReporting = PeriodCalendar.IsReporting(Period.Kind) && PeriodCalendar.IsReporting(observed.Kind);
        return (PeriodCalendar.Ticks(Period, bothReporting ? startDay : StartDay), PeriodCalendar.Ticks(observed, startDay));
    }
}

namespace Sdmx;

/// <summary>Which forms of time the SDMX text types allow (<c>textType</c> of a TextFormat).</summary>
public static class TimeTextType
{
    /// <summary>Whether a period of this kind is a value of the text type.</summary>
    /// <param name="textType">The name as in SDMX-ML, for example <c>ObservationalTimePeriod</c> or <c>ReportingQuarter</c>.</param>
    /// <param name="kind">The form of the period.</param>
    /// <returns><c>false</c> also for names that are not types of time periods, and for <see cref="PeriodKind.None"/>.</returns>
    public static bool Allows(string textType, PeriodKind kind) => kind != PeriodKind.None && textType switch
    {
        "ObservationalTimePeriod" => true,
        "StandardTimePeriod" => kind != PeriodKind.TimeRange,
        "BasicTimePeriod" => IsGregorian(kind) || kind == PeriodKind.DateTime,
        "GregorianTimePeriod" => IsGregorian(kind),
        "ReportingTimePeriod" => PeriodCalendar.IsReporting(kind),
        "GregorianYear" => kind == PeriodKind.GregorianYear,
        "GregorianYearMonth" => kind == PeriodKind.GregorianYearMonth,
        "GregorianDay" => kind == PeriodKind.GregorianDay,
        "ReportingYear" => kind == PeriodKind.ReportingYear,
        "ReportingSemester" => kind == PeriodKind.Semester,
        "ReportingTrimester" => kind == PeriodKind.Trimester,
        "ReportingQuarter" => kind == PeriodKind.Quarter,
        "ReportingMonth" => kind == PeriodKind.ReportingMonth,
        "ReportingWeek" => kind == PeriodKind.Week,
        "ReportingDay" => kind == PeriodKind.ReportingDay,
        "DateTime" => kind == PeriodKind.DateTime,
        "TimeRange" => kind == PeriodKind.TimeRange,
        _ => false,
    };

    /// <summary>Whether the text is a <c>Month</c>: <c>--MM</c>, an offset may follow.</summary>
    public static bool IsMonth(ReadOnlySpan<byte> utf8) =>
        utf8.Length >= 4 && utf8.StartsWith("--"u8) && IsNumber(utf8, 2, 12) && PeriodText.Zone(utf8[4..]) >= 0;

    /// <summary>Whether the text is a <c>Day</c>: <c>---DD</c>, an offset may follow. (A <c>MonthDay</c> is what <see cref="MonthDay"/> parses.)</summary>
    public static bool IsDay(ReadOnlySpan<byte> utf8) =>
        utf8.Length >= 5 && utf8.StartsWith("---"u8) && IsNumber(utf8, 3, 31) && PeriodText.Zone(utf8[5..]) >= 0;

    static bool IsNumber(ReadOnlySpan<byte> s, int at, int max) => PeriodText.TryDigits(s, at, 2, out int number) && number >= 1 && number <= max;

    static bool IsGregorian(PeriodKind kind) => kind is PeriodKind.GregorianYear or PeriodKind.GregorianYearMonth or PeriodKind.GregorianDay;
}

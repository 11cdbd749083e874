namespace Sdmx;

/// <summary>Which forms of time each <see cref="TextType"/> allows.</summary>
public static class TimeTextType
{
    /// <summary>Whether a period of this kind is a value of the text type.</summary>
    /// <param name="textType">The type, for example <see cref="TextType.ObservationalTimePeriod"/>.</param>
    /// <param name="kind">The form of the period.</param>
    /// <returns><c>false</c> also for types that are not of time periods, and for <see cref="PeriodKind.None"/>.</returns>
    public static bool Allows(TextType textType, PeriodKind kind) => kind != PeriodKind.None && textType switch
    {
        TextType.ObservationalTimePeriod => true,
        TextType.StandardTimePeriod => kind != PeriodKind.TimeRange,
        TextType.BasicTimePeriod => IsGregorian(kind) || kind == PeriodKind.DateTime,
        TextType.GregorianTimePeriod => IsGregorian(kind),
        TextType.ReportingTimePeriod => PeriodCalendar.IsReporting(kind),
        TextType.GregorianYear => kind == PeriodKind.GregorianYear,
        TextType.GregorianYearMonth => kind == PeriodKind.GregorianYearMonth,
        TextType.GregorianDay => kind == PeriodKind.GregorianDay,
        TextType.ReportingYear => kind == PeriodKind.ReportingYear,
        TextType.ReportingSemester => kind == PeriodKind.Semester,
        TextType.ReportingTrimester => kind == PeriodKind.Trimester,
        TextType.ReportingQuarter => kind == PeriodKind.Quarter,
        TextType.ReportingMonth => kind == PeriodKind.ReportingMonth,
        TextType.ReportingWeek => kind == PeriodKind.Week,
        TextType.ReportingDay => kind == PeriodKind.ReportingDay,
        TextType.DateTime => kind == PeriodKind.DateTime,
        TextType.TimeRange => kind == PeriodKind.TimeRange,
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

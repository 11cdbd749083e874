namespace Sdmx;

/// <summary>What a FREQ code says about the form of TIME_PERIOD.</summary>
/// <remarks>The codes are those of the cross-domain CL_FREQ, up to version 2.1 with its multiples (<c>A5</c>, <c>M2</c>).</remarks>
public static class Frequency
{
    /// <summary>Whether a time period of this kind agrees with the frequency.</summary>
    /// <param name="code">The FREQ code; case matters.</param>
    /// <param name="kind">The form of the observation's time.</param>
    /// <param name="codeName">The code's name, if known: it decides what <c>H</c> means, hourly in SDMX lists and half-yearly in some agencies'.
    /// Without it both are accepted.</param>
    /// <returns><c>true</c> also for codes that say nothing about the form (<c>_Z</c>, <c>_3</c> parts of a period, unknown codes); <c>false</c> for
    /// <see cref="PeriodKind.None"/>.</returns>
    /// <remarks>A multiple of a unit (<c>A5</c>: every five years) takes the unit's forms and time ranges.</remarks>
    public static bool PeriodKindFits(ReadOnlySpan<char> code, PeriodKind kind, string? codeName = null)
    {
        if (kind == PeriodKind.None)
            return false;
        // O + unit: occasional; A_3: three times a year. The unit's number: A5, M2, W4, D10, H12.
        bool isMultiple = code.Length > 1 && code[1..].IndexOfAnyExceptInRange('0', '9') < 0;
        if (code.Length == 0 || code.Length > 1 && !isMultiple)
            return true;
        return isMultiple && kind == PeriodKind.TimeRange || UnitFits(code[0], kind, codeName);
    }

    static bool UnitFits(char unit, PeriodKind kind, string? codeName) => unit switch
    {
        'A' => kind is PeriodKind.GregorianYear or PeriodKind.ReportingYear,
        'S' => kind == PeriodKind.Semester,
        'T' => kind == PeriodKind.Trimester,
        'Q' => kind == PeriodKind.Quarter,
        'M' => kind is PeriodKind.GregorianYearMonth or PeriodKind.ReportingMonth,
        'W' => kind == PeriodKind.Week,
        'D' or 'B' => kind is PeriodKind.GregorianDay or PeriodKind.ReportingDay,
        'I' or 'N' => kind == PeriodKind.DateTime,
        'H' when codeName is null => kind is PeriodKind.DateTime or PeriodKind.Semester,
        'H' => kind == (IsHalfYearly(codeName) ? PeriodKind.Semester : PeriodKind.DateTime),
        _ => true,
    };

    static bool IsHalfYearly(string name) =>
        name.Contains("half", StringComparison.OrdinalIgnoreCase) && name.Contains("year", StringComparison.OrdinalIgnoreCase)
        || name.Contains("semi", StringComparison.OrdinalIgnoreCase)
        || name.Contains("semester", StringComparison.OrdinalIgnoreCase)
        || name.Contains("biannual", StringComparison.OrdinalIgnoreCase);
}

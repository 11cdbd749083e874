using System.Globalization;

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

    /// <summary>The period of a frequency that an instant lies in, as SDMX writes it by default: <c>2010</c>, <c>2010-S1</c>, <c>2010-T1</c>, <c>2010-Q1</c>,
    /// <c>2010-01</c>, <c>2010-W01</c> (ISO 8601), <c>2010-01-31</c>, <c>2010-01-31T12:00:00</c> (SDMX 3.0 section 6, "Mapping non-SDMX time formats").</summary>
    /// <param name="code">The FREQ code: one of <c>A S T Q M W D B I N</c>, or <c>H</c> where its name says half-yearly.</param>
    /// <param name="instant">The instant, by the clock.</param>
    /// <param name="codeName">The code's name, if known.</param>
    /// <param name="period">The period.</param>
    /// <returns><c>false</c> for any other code.</returns>
    public static bool TryPeriodAt(string code, DateTime instant, string? codeName, out TimePeriod period)
    {
        (PeriodKind Kind, long Ordinal)? found = code switch
        {
            "A" => (PeriodKind.GregorianYear, instant.Year),
            "S" => (PeriodKind.Semester, Part(2)),
            "H" when codeName is not null && IsHalfYearly(codeName) => (PeriodKind.Semester, Part(2)),
            "T" => (PeriodKind.Trimester, Part(3)),
            "Q" => (PeriodKind.Quarter, Part(4)),
            "M" => (PeriodKind.GregorianYearMonth, Part(12)),
            "W" => (PeriodKind.Week, ISOWeek.GetYear(instant) * 53L + ISOWeek.GetWeekOfYear(instant) - 1),
            "D" or "B" => (PeriodKind.GregorianDay, DateOnly.FromDateTime(instant).DayNumber),
            "I" or "N" => (PeriodKind.DateTime, instant.Ticks / TimeSpan.TicksPerSecond),
            _ => null,
        };
        period = default;
        if (found is { Kind: PeriodKind.DateTime } && instant.Ticks % TimeSpan.TicksPerSecond != 0)
            return TimePeriod.TryParse(instant.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), out period);
        return found is var (kind, ordinal) && TimePeriod.TryFromOrdinal(kind, ordinal, out period);

        long Part(int perYear) => instant.Year * (long)perYear + (instant.Month - 1) * perYear / 12;
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

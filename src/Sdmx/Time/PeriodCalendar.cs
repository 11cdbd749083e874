using System.Text;

namespace Sdmx;

// Where periods lie in the calendar (SDMX 3.0 technical notes, reporting time periods). Days are counted from 0001-01-01, a Monday;
// ticks may run past the year 9999, so that the last periods still have an end.
static class PeriodCalendar
{
    internal const long EndOfTime = 1L << 62;

    internal static int PerYear(PeriodKind kind) => kind switch
    {
        PeriodKind.GregorianYear or PeriodKind.ReportingYear => 1,
        PeriodKind.Semester => 2,
        PeriodKind.Trimester => 3,
        PeriodKind.Quarter => 4,
        PeriodKind.ReportingMonth or PeriodKind.GregorianYearMonth => 12,
        PeriodKind.Week => 53,
        PeriodKind.ReportingDay => 366,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not counted within a year"),
    };

    internal static bool IsReporting(PeriodKind kind) =>
        kind is >= PeriodKind.ReportingYear and <= PeriodKind.ReportingMonth or PeriodKind.Week or PeriodKind.ReportingDay;

    internal static bool IsOrdinal(PeriodKind kind, long ordinal) => kind switch
    {
        PeriodKind.None => ordinal == 0,
        PeriodKind.GregorianDay => ordinal >= 0 && ordinal <= DateOnly.MaxValue.DayNumber,
        PeriodKind.DateTime => ordinal >= 0 && ordinal <= DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond,
        >= PeriodKind.TimeRange => false,
        _ => ordinal >= PerYear(kind) && ordinal < 10_000L * PerYear(kind),
    };

    internal static int YearOf(TimePeriod period) => period.Kind switch
    {
        PeriodKind.None => 0,
        PeriodKind.GregorianDay => DateOnly.FromDayNumber((int)period.Ordinal).Year,
        PeriodKind.DateTime or PeriodKind.TimeRange when period.Text is { } text => int.Parse(text.AsSpan(0, 4), null),
        PeriodKind.DateTime => new DateTime(period.Ordinal * TimeSpan.TicksPerSecond).Year,
        var kind => (int)(period.Ordinal / PerYear(kind)),
    };

    internal static bool Exists(PeriodKind kind, long ordinal, MonthDay startDay)
    {
        if (kind is not (PeriodKind.Week or PeriodKind.ReportingDay))
            return true;
        var (year, position) = Math.DivRem((int)ordinal, PerYear(kind));
        return kind == PeriodKind.Week
            ? position < 52 || FirstWeek(year + 1, startDay) - FirstWeek(year, startDay) == 53 * 7
            : position < 365 || Base(year + 1, startDay) - Base(year, startDay) == 366;
    }

    internal static (long Start, long End) Ticks(TimePeriod period, MonthDay startDay) => period.Kind switch
    {
        PeriodKind.None => (0, 0),
        PeriodKind.DateTime => PointTicks(period),
        PeriodKind.TimeRange => RangeTicks(period.Text!),
        _ => DayTicks(Days(period, startDay)),
    };

    internal static long DayNumber(long year, int month, int day)
    {
        long before = year - 1;
        // The days before a month, as if February had 30: 0, 31, 61, 92, ... 336.
        int inYear = (367 * month - 362) / 12 - (month <= 2 ? 0 : IsLeap(year) ? 1 : 2);
        return before * 365 + before / 4 - before / 100 + before / 400 + inYear + day - 1;
    }

    internal static int FractionDigits(ReadOnlySpan<byte> s)
    {
        int digits = s.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits < 0 ? s.Length : digits;
    }

    // Ticks are 100 ns: further digits are dropped.
    internal static long FractionTicks(ReadOnlySpan<byte> digits)
    {
        long ticks = 0;
        for (int i = 0; i < 7; i++)
            ticks = ticks * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        return ticks;
    }

    static (long Start, long End) DayTicks((long First, long Next) days) => (days.First * TimeSpan.TicksPerDay, days.Next * TimeSpan.TicksPerDay);

    static (long First, long Next) Days(TimePeriod period, MonthDay startDay)
    {
        if (period.Kind == PeriodKind.GregorianDay)
            return (period.Ordinal, period.Ordinal + 1);
        int perYear = PerYear(period.Kind);
        var (year, position) = Math.DivRem((int)period.Ordinal, perYear);
        if (period.Kind == PeriodKind.Week)
        {
            long monday = FirstWeek(year, startDay) + 7 * position;
            return (monday, monday + 7);
        }
        if (period.Kind == PeriodKind.ReportingDay)
            return (Base(year, startDay) + position, Base(year, startDay) + position + 1);
        if (!IsReporting(period.Kind))
            startDay = default;
        int months = 12 / perYear;
        return (MonthsAfter(year, startDay.Month, startDay.Day, position * months), MonthsAfter(year, startDay.Month, startDay.Day, (position + 1) * months));
    }

    static long Base(int year, MonthDay startDay) => MonthsAfter(year, startDay.Month, startDay.Day, 0);

    // The day of the month is kept through the addition and clamped once, at the result: periods then meet without gap or overlap,
    // also where the start day is missing from a year (--02-29) or a month (--01-31).
    static long MonthsAfter(int year, int month, int day, long months)
    {
        var (y, m) = Math.DivRem(year * 12L + month - 1 + months, 12L);
        return DayNumber(y, (int)m + 1, Math.Min(day, DaysInMonth(y, (int)m + 1)));
    }

    // The Monday nearest to the first day of the reporting year: the week of its first Thursday. With --01-01 these are ISO 8601 weeks.
    static long FirstWeek(int year, MonthDay startDay)
    {
        long first = Base(year, startDay);
        long weekday = first % 7;
        return weekday <= 3 ? first - weekday : first + 7 - weekday;
    }

    static (long Start, long End) PointTicks(TimePeriod period)
    {
        long start = period.Ordinal * TimeSpan.TicksPerSecond - PeriodText.OffsetMinutes(period.Zone) * TimeSpan.TicksPerMinute;
        long step = TimeSpan.TicksPerSecond;
        if (period.Text is { } text && text.IndexOf('.') is >= 0 and var dot)
        {
            Span<byte> ascii = stackalloc byte[PeriodText.MaxLength];
            var fraction = ascii[..Encoding.ASCII.GetBytes(text.AsSpan(dot + 1), ascii)];
            int digits = FractionDigits(fraction);
            start += FractionTicks(fraction[..digits]);
            for (int i = 0; i < digits && step > 1; i++)
                step /= 10;
        }
        return (start, start + step);
    }

    static (long Start, long End) RangeTicks(string text)
    {
        Span<byte> ascii = stackalloc byte[PeriodText.MaxLength];
        ReadOnlySpan<byte> s = ascii[..Encoding.ASCII.GetBytes(text, ascii)];
        int slash = s.IndexOf((byte)'/');
        PeriodText.TryParse(s[..slash], default, out var first);
        PeriodDuration.TryParse(s[(slash + 1)..], out var duration);
        long start = Ticks(first, default).Start;
        if (duration.Months > 12 * 10_000)
            return (start, EndOfTime);
        PeriodText.TryDigits(s, 0, 4, out int year);
        PeriodText.TryDigits(s, 5, 2, out int month);
        PeriodText.TryDigits(s, 8, 2, out int day);
        long moved = MonthsAfter(year, month, day, duration.Months) - DayNumber(year, month, day);
        return (start, Math.Min(start + moved * TimeSpan.TicksPerDay + duration.Ticks, EndOfTime));
    }

    static bool IsLeap(long year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    static int DaysInMonth(long year, int month) => month switch
    {
        2 => IsLeap(year) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}

namespace Sdmx;

static partial class PeriodText
{
    // The inverse of TryParse. `to` holds MaxPlainLength bytes, or the kept text's length.
    internal static int Write(TimePeriod period, Span<byte> to)
    {
        if (period.Kind == PeriodKind.None)
            return 0;
        int length = period.Kind switch
        {
            PeriodKind.GregorianDay => WriteDay(to, period.Ordinal),
            PeriodKind.DateTime => WriteDateTime(to, period.Ordinal),
            _ => WriteInYear(to, period),
        };
        return length + WriteZone(to[length..], period.Zone);
    }

    static void WriteDigits(Span<byte> to, int value, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            (value, int digit) = Math.DivRem(value, 10);
            to[i] = (byte)('0' + digit);
        }
    }

    static int WriteInYear(Span<byte> to, TimePeriod period)
    {
        var (year, position) = Math.DivRem((int)period.Ordinal, PeriodCalendar.PerYear(period.Kind));
        WriteDigits(to, year, 4);
        if (period.Kind == PeriodKind.GregorianYear)
            return 4;
        to[4] = (byte)'-';
        if (period.Kind == PeriodKind.GregorianYearMonth)
        {
            WriteDigits(to[5..], position + 1, 2);
            return 7;
        }
        to[5] = LetterOf(period.Kind);
        WriteDigits(to[6..], position + 1, Width(period.Kind));
        return 6 + Width(period.Kind);
    }

    static int WriteDay(Span<byte> to, long dayNumber)
    {
        var date = DateOnly.FromDayNumber((int)dayNumber);
        WriteDigits(to, date.Year, 4);
        to[4] = (byte)'-';
        WriteDigits(to[5..], date.Month, 2);
        to[7] = (byte)'-';
        WriteDigits(to[8..], date.Day, 2);
        return 10;
    }

    static int WriteDateTime(Span<byte> to, long seconds)
    {
        var (day, second) = Math.DivRem(seconds, 86_400);
        WriteDay(to, day);
        to[10] = (byte)'T';
        WriteDigits(to[11..], (int)second / 3600, 2);
        to[13] = (byte)':';
        WriteDigits(to[14..], (int)second / 60 % 60, 2);
        to[16] = (byte)':';
        WriteDigits(to[17..], (int)second % 60, 2);
        return 19;
    }

    static int WriteZone(Span<byte> to, int zone)
    {
        if (zone == 0)
            return 0;
        if (zone == ZoneUtc)
        {
            to[0] = (byte)'Z';
            return 1;
        }
        to[0] = (byte)(zone < ZoneMinus ? '+' : '-');
        int minutes = zone - (zone < ZoneMinus ? ZonePlus : ZoneMinus);
        WriteDigits(to[1..], minutes / 60, 2);
        to[3] = (byte)':';
        WriteDigits(to[4..], minutes % 60, 2);
        return 6;
    }

    static byte LetterOf(PeriodKind kind) => kind switch
    {
        PeriodKind.ReportingYear => (byte)'A',
        PeriodKind.Semester => (byte)'S',
        PeriodKind.Trimester => (byte)'T',
        PeriodKind.Quarter => (byte)'Q',
        PeriodKind.ReportingMonth => (byte)'M',
        PeriodKind.Week => (byte)'W',
        PeriodKind.ReportingDay => (byte)'D',
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "not a reporting period"),
    };
}

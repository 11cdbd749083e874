using System.Text;

namespace Sdmx;

// The lexical forms of time periods, over ASCII bytes: the strict grammar and its inverse.
static partial class PeriodText
{
    internal const int MaxLength = 128;

    // 9999-12-31T23:59:59+14:00 is the longest period that is not kept as text.
    internal const int MaxPlainLength = 25;

    const int ZoneUtc = 1;
    const int ZonePlus = 2;
    const int ZoneMinus = ZonePlus + MaxOffset + 1;
    const int MaxOffset = 14 * 60;

    internal static bool TryParse(ReadOnlySpan<byte> s, MonthDay startDay, out TimePeriod period)
    {
        period = default;
        if (s.Length is < 4 or > MaxLength)
            return false;
        int slash = s.Length > 10 ? s.IndexOf((byte)'/') : -1;
        return slash < 0 ? TryStandard(s, startDay, out period) : TryRange(s, slash, out period);
    }

    internal static bool TryDigits(ReadOnlySpan<byte> s, int start, int count, out int value)
    {
        value = 0;
        if (s.Length < start + count)
            return false;
        for (int i = start; i < start + count; i++)
        {
            uint digit = (uint)(s[i] - '0');
            if (digit > 9)
                return false;
            value = value * 10 + (int)digit;
        }
        return true;
    }

    // 0 no offset, 1 "Z", then "+00:00" to "+14:00", then "-00:00" to "-14:00"; -1 for anything else.
    internal static int Zone(ReadOnlySpan<byte> s)
    {
        if (s.IsEmpty)
            return 0;
        if (s.Length == 1)
            return s[0] == 'Z' ? ZoneUtc : -1;
        if (s.Length != 6 || s[0] is not ((byte)'+' or (byte)'-') || s[3] != ':')
            return -1;
        if (!TryDigits(s, 1, 2, out int hours) || !TryDigits(s, 4, 2, out int minutes) || minutes > 59)
            return -1;
        int offset = hours * 60 + minutes;
        return offset > MaxOffset ? -1 : (s[0] == '+' ? ZonePlus : ZoneMinus) + offset;
    }

    internal static int OffsetMinutes(int zone) => zone switch
    {
        <= ZoneUtc => 0,
        < ZoneMinus => zone - ZonePlus,
        _ => ZoneMinus - zone,
    };

    static bool TryStandard(ReadOnlySpan<byte> s, MonthDay startDay, out TimePeriod period)
    {
        period = default;
        if (!TryDigits(s, 0, 4, out int year) || year == 0)
            return false;
        if (s.Length > 5 && s[4] == '-' && s[5] >= 'A')
            return TryReporting(s, year, startDay, out period);
        // Longest form last: an offset is told from "-MM" and "-DD" by its colon and by ending the text.
        int zone = Zone(s[4..]);
        if (zone >= 0)
            return Set(new TimePeriod(PeriodKind.GregorianYear, year, zone), out period);
        if (s[4] != '-' || !TryDigits(s, 5, 2, out int month) || month is < 1 or > 12)
            return false;
        zone = Zone(s[7..]);
        if (zone >= 0)
            return Set(new TimePeriod(PeriodKind.GregorianYearMonth, year * 12L + month - 1, zone), out period);
        if (s[7] != '-' || !TryDigits(s, 8, 2, out int day) || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        long dayNumber = PeriodCalendar.DayNumber(year, month, day);
        zone = Zone(s[10..]);
        return zone >= 0
            ? Set(new TimePeriod(PeriodKind.GregorianDay, dayNumber, zone), out period)
            : TryDateTime(s, dayNumber, out period);
    }

    static bool TryReporting(ReadOnlySpan<byte> s, int year, MonthDay startDay, out TimePeriod period)
    {
        period = default;
        var kind = KindOf(s[5]);
        int width = Width(kind);
        if (width == 0 || !TryDigits(s, 6, width, out int number) || number < 1 || number > PeriodCalendar.PerYear(kind))
            return false;
        int zone = Zone(s[(6 + width)..]);
        long ordinal = (long)year * PeriodCalendar.PerYear(kind) + number - 1;
        return zone >= 0
            && PeriodCalendar.Exists(kind, ordinal, startDay)
            && Set(new TimePeriod(kind, ordinal, zone), out period);
    }

    static bool TryDateTime(ReadOnlySpan<byte> s, long dayNumber, out TimePeriod period)
    {
        period = default;
        if (s.Length < 19 || s[10] != 'T' || s[13] != ':' || s[16] != ':')
            return false;
        if (!TryDigits(s, 11, 2, out int hour) || !TryDigits(s, 14, 2, out int minute) || !TryDigits(s, 17, 2, out int second))
            return false;
        int end = 19;
        bool zeroFraction = true;
        if (s.Length > 19 && s[19] == '.')
        {
            for (end = 20; end < s.Length && char.IsAsciiDigit((char)s[end]); end++)
                zeroFraction &= s[end] == '0';
            if (end == 20)
                return false;
        }
        bool endOfDay = hour == 24;
        if (endOfDay ? minute != 0 || second != 0 || !zeroFraction : hour > 24 || minute > 59 || second > 59)
            return false;
        int zone = Zone(s[end..]);
        if (zone < 0)
            return false;
        // The number cannot tell 24:00:00 from the next day's 00:00:00, nor hold the digits of a fraction.
        string? text = endOfDay || end > 19 ? Encoding.ASCII.GetString(s) : null;
        return Set(new TimePeriod(PeriodKind.DateTime, dayNumber * 86_400 + hour * 3600 + minute * 60 + second, zone, text), out period);
    }

    static bool TryRange(ReadOnlySpan<byte> s, int slash, out TimePeriod period)
    {
        period = default;
        if (slash < 10 || !TryStandard(s[..slash], default, out var start) || !PeriodDuration.TryParse(s[(slash + 1)..], out _))
            return false;
        if (start.Kind is not (PeriodKind.GregorianDay or PeriodKind.DateTime))
            return false;
        long seconds = start.Kind == PeriodKind.GregorianDay ? start.Ordinal * 86_400 : start.Ordinal;
        return Set(new TimePeriod(PeriodKind.TimeRange, seconds, start.Zone, Encoding.ASCII.GetString(s)), out period);
    }

    static bool Set(TimePeriod value, out TimePeriod period)
    {
        period = value;
        return true;
    }

    static PeriodKind KindOf(byte letter) => letter switch
    {
        (byte)'A' => PeriodKind.ReportingYear,
        (byte)'S' => PeriodKind.Semester,
        (byte)'T' => PeriodKind.Trimester,
        (byte)'Q' => PeriodKind.Quarter,
        (byte)'M' => PeriodKind.ReportingMonth,
        (byte)'W' => PeriodKind.Week,
        (byte)'D' => PeriodKind.ReportingDay,
        _ => PeriodKind.None,
    };

    // Digits after the letter; 0 for kinds that are not reporting periods.
    static int Width(PeriodKind kind) => kind switch
    {
        PeriodKind.ReportingYear or PeriodKind.Semester or PeriodKind.Trimester or PeriodKind.Quarter => 1,
        PeriodKind.ReportingMonth or PeriodKind.Week => 2,
        PeriodKind.ReportingDay => 3,
        _ => 0,
    };
}

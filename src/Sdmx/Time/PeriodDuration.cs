namespace Sdmx;

// The duration of a time range: P(nY)?(nM)?(nD)?(T(nH)?(nM)?(n(.n)?S)?)? with at least one part; years and months are calendar months.
// Absurdly long ones saturate: they reach past the year 9999 either way.
readonly record struct PeriodDuration(long Months, long Ticks)
{
    const long MaxNumber = 1_000_000_000_000_000;

    internal static bool TryParse(ReadOnlySpan<byte> s, out PeriodDuration duration)
    {
        duration = default;
        if (s.Length < 3 || s[0] != 'P')
            return false;
        int t = s.IndexOf((byte)'T');
        var date = t < 0 ? s[1..] : s[1..t];
        var time = t < 0 ? [] : s[(t + 1)..];
        Span<long> dateParts = stackalloc long[4];
        Span<long> timeParts = stackalloc long[4];
        if (t >= 0 && time.IsEmpty || !TryParts(date, "YMD"u8, dateParts) || !TryParts(time, "HMS"u8, timeParts))
            return false;
        Int128 ticks = (Int128)dateParts[2] * TimeSpan.TicksPerDay + (Int128)timeParts[0] * TimeSpan.TicksPerHour
            + (Int128)timeParts[1] * TimeSpan.TicksPerMinute + (Int128)timeParts[2] * TimeSpan.TicksPerSecond + timeParts[3];
        duration = new PeriodDuration(dateParts[0] * 12 + dateParts[1], (long)Int128.Min(ticks, PeriodCalendar.EndOfTime));
        return true;
    }

    // Numbers by their letters, in the letters' order; parts[3] takes the ticks of a fraction, which only seconds may have.
    static bool TryParts(ReadOnlySpan<byte> s, ReadOnlySpan<byte> letters, Span<long> parts)
    {
        parts.Clear();
        int from = 0;
        while (!s.IsEmpty)
        {
            int end = 0;
            long number = 0;
            for (; end < s.Length && char.IsAsciiDigit((char)s[end]); end++)
                number = Math.Min(number * 10 + s[end] - '0', MaxNumber);
            if (end == 0 || end == s.Length)
                return false;
            if (s[end] == '.')
            {
                int digits = PeriodCalendar.FractionDigits(s[(end + 1)..]);
                end += 1 + digits;
                if (digits == 0 || end >= s.Length || s[end] != 'S')
                    return false;
                parts[3] = PeriodCalendar.FractionTicks(s[(end - digits)..end]);
            }
            int at = letters[from..].IndexOf(s[end]);
            if (at < 0)
                return false;
            parts[from + at] = number;
            from += at + 1;
            s = s[(end + 1)..];
        }
        return true;
    }
}

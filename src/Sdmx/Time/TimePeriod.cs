using System.Buffers;
using System.Text;

namespace Sdmx;

/// <summary>The time of an observation: any SDMX ObservationalTimePeriod, exactly as it was written.</summary>
/// <remarks>
/// <para>Sixteen bytes, immutable. The common forms are one number, without allocation; date-times with a fraction or <c>24:00:00</c>, and time
/// ranges, keep their text beside it. What was parsed is what <see cref="ToString()"/> gives back, so two periods are equal when kind,
/// position, offset and spelling are: <c>2010</c>, <c>2010-A1</c> and <c>2010Z</c> cover the same days and are three values.</para>
/// <para>Order is by start (reporting years starting on 1 January), then by length (the shorter first), then by kind, then by position, offset
/// and text; it agrees with equality. <see cref="None"/> comes first.</para>
/// <para>An offset moves points in time (<see cref="PeriodKind.DateTime"/>, and ranges starting at one) to UTC; a time without an offset is
/// read as UTC. On calendar and reporting periods an offset is kept but does not move the days.</para>
/// </remarks>
public readonly record struct TimePeriod : IComparable<TimePeriod>, ISpanFormattable, IUtf8SpanFormattable
{
    const int ZoneShift = 4;
    const int OrdinalShift = 16;

    // ordinal (48 bits) | zone (12 bits, see PeriodText.Zone) | kind (4 bits)
    readonly long _bits;
    readonly string? _text;

    internal TimePeriod(PeriodKind kind, long ordinal, int zone = 0, string? text = null)
    {
        _bits = ordinal << OrdinalShift | (long)zone << ZoneShift | (byte)kind;
        _text = text;
    }

    /// <summary>No time: the default value, written as the empty text.</summary>
    public static TimePeriod None => default;

    /// <summary>The form of this period.</summary>
    public PeriodKind Kind => (PeriodKind)(_bits & 0xF);

    /// <summary>The position within the kind; consecutive periods differ by one, save at the year's end of weeks and days.</summary>
    /// <remarks>Year: the year. Semester, trimester, quarter, month: year * (2, 3, 4, 12) + n - 1. Week: year * 53 + n - 1. Reporting day: year * 366 +
    /// n - 1. Calendar day: days since 0001-01-01. DateTime and the start of a TimeRange: whole seconds since 0001-01-01T00:00:00 by the clock as
    /// written, without the offset.</remarks>
    public long Ordinal => _bits >> OrdinalShift;

    /// <summary>Whether <see cref="Kind"/> and <see cref="Ordinal"/> alone reproduce the period by <see cref="TryFromOrdinal"/>: no offset, no text of its own.</summary>
    public bool IsPlain => _text is null && Zone == 0;

    /// <summary>The year as written: the calendar year, or the calendar year in which the reporting year begins. 0 for <see cref="None"/>.</summary>
    public int Year => PeriodCalendar.YearOf(this);

    internal int Zone => (int)(_bits >> ZoneShift) & 0xFFF;

    internal string? Text => _text;

    /// <summary>The calendar year <paramref name="year"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 9999.</exception>
    public static TimePeriod FromYear(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        return new TimePeriod(PeriodKind.GregorianYear, year);
    }

    /// <summary>Makes the plain period of a kind and a position: the inverse of <see cref="Kind"/> and <see cref="Ordinal"/>.</summary>
    /// <returns><c>false</c> when the position is outside the years 1 to 9999, or the kind is <see cref="PeriodKind.TimeRange"/>.</returns>
    /// <remarks>Week 53 and day 366 are accepted in every year, for it depends on the start day which years have them: see <see cref="Exists"/>.</remarks>
    public static bool TryFromOrdinal(PeriodKind kind, long ordinal, out TimePeriod period)
    {
        bool known = PeriodCalendar.IsOrdinal(kind, ordinal);
        period = known ? new TimePeriod(kind, ordinal) : default;
        return known;
    }

    /// <summary>Reads a period by the strict grammar, with the calendar checked; reporting years start on 1 January.</summary>
    /// <returns><c>false</c> for any other text: surrounding blanks, the year 0000, 30 February, week 53 or day 366 of a year without it, and
    /// texts longer than 128 characters.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out TimePeriod period)
    {
        if (utf8.Length == 4)
            return TryYear((uint)(utf8[0] - '0'), (uint)(utf8[1] - '0'), (uint)(utf8[2] - '0'), (uint)(utf8[3] - '0'), out period);
        return PeriodText.TryParse(utf8, default, out period);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out TimePeriod)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out TimePeriod period)
    {
        if (text.Length == 4)
            return TryYear((uint)(text[0] - '0'), (uint)(text[1] - '0'), (uint)(text[2] - '0'), (uint)(text[3] - '0'), out period);
        return TryParse(text, default, out period);
    }

    /// <summary>Reads a period strictly where reporting years start on <paramref name="startDay"/>, which decides whether week 53 and day 366 exist.</summary>
    /// <returns><c>false</c> for any text that is not such a period.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, MonthDay startDay, out TimePeriod period) => PeriodText.TryParse(utf8, startDay, out period);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, MonthDay, out TimePeriod)"/>
    public static bool TryParse(ReadOnlySpan<char> text, MonthDay startDay, out TimePeriod period)
    {
        Span<byte> ascii = stackalloc byte[PeriodText.MaxLength];
        if (text.Length <= ascii.Length && Ascii.FromUtf16(text, ascii, out int length) == OperationStatus.Done)
            return PeriodText.TryParse(ascii[..length], startDay, out period);
        period = default;
        return false;
    }

    /// <summary>Reads what real files and clients write beside the strict forms, and gives the canonical period.</summary>
    /// <returns><c>false</c> when no period can be made of the text.</returns>
    /// <remarks>Accepted besides the strict grammar: surrounding blanks, lower case, <c>2010Q1</c>, <c>2010-Q01</c>, <c>2010M1</c>, <c>2010-W5</c>,
    /// <c>2010A</c>, <c>2010-1</c>, <c>201001</c>, <c>20100131</c>, and a blank where a decoder took the <c>+</c> of an offset.</remarks>
    public static bool TryParseLenient(ReadOnlySpan<char> text, out TimePeriod period)
    {
        period = default;
        text = text.Trim();
        Span<byte> ascii = stackalloc byte[PeriodText.MaxLength];
        return text.Length <= ascii.Length
            && Ascii.FromUtf16(text, ascii, out int length) == OperationStatus.Done
            && PeriodText.TryParseLenient(ascii[..length], out period);
    }

    /// <summary>The time covered, half-open: from <c>Start</c> up to, not including, <c>End</c>.</summary>
    /// <param name="startDay">The day on which reporting years start; only reporting periods depend on it.</param>
    /// <remarks>Both are of <see cref="DateTimeKind.Unspecified"/>. A point in time covers its last written digit: one second, or one step of its fraction.
    /// Ends after the year 9999 become <see cref="DateTime.MaxValue"/>. For <see cref="None"/> both are <see cref="DateTime.MinValue"/>.</remarks>
    public (DateTime Start, DateTime End) Span(MonthDay startDay = default)
    {
        var (start, end) = PeriodCalendar.Ticks(this, startDay);
        return (Clamp(start), Clamp(end));

        static DateTime Clamp(long ticks) => new(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks));
    }

    /// <summary>Whether the period exists when reporting years start on <paramref name="startDay"/>: week 53 and day 366 do not in every year.</summary>
    public bool Exists(MonthDay startDay) => PeriodCalendar.Exists(Kind, Ordinal, startDay);

    /// <summary>Orders by start, length, kind, position, offset and text; see the remarks on the type.</summary>
    public int CompareTo(TimePeriod other)
    {
        if (((_bits ^ other._bits) & 0xFFFF) == 0 && _text is null && other._text is null)
            return _bits.CompareTo(other._bits);
        var (start, end) = PeriodCalendar.Ticks(this, default);
        var (otherStart, otherEnd) = PeriodCalendar.Ticks(other, default);
        int order = Kind == PeriodKind.None || other.Kind == PeriodKind.None ? Kind.CompareTo(other.Kind) : start.CompareTo(otherStart);
        if (order == 0) order = (end - start).CompareTo(otherEnd - otherStart);
        if (order == 0) order = Kind.CompareTo(other.Kind);
        if (order == 0) order = Ordinal.CompareTo(other.Ordinal);
        if (order == 0) order = Zone.CompareTo(other.Zone);
        return order != 0 ? order : string.CompareOrdinal(_text, other._text);
    }

    /// <summary>Writes the period as it was read.</summary>
    public override string ToString()
    {
        if (_text is not null)
            return _text;
        Span<byte> ascii = stackalloc byte[PeriodText.MaxPlainLength];
        return Encoding.ASCII.GetString(ascii[..PeriodText.Write(this, ascii)]);
    }

    /// <inheritdoc cref="ToString()"/>
    /// <remarks>Format and culture have no influence.</remarks>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <summary>Writes the period as it was read.</summary>
    /// <returns><c>false</c> when <paramref name="destination"/> is too short.</returns>
    /// <remarks>Format and culture have no influence.</remarks>
    public bool TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        if (_text is not null)
        {
            bool fits = _text.TryCopyTo(destination);
            charsWritten = fits ? _text.Length : 0;
            return fits;
        }
        Span<byte> ascii = stackalloc byte[PeriodText.MaxPlainLength];
        int length = PeriodText.Write(this, ascii);
        if (length <= destination.Length)
            return Ascii.ToUtf16(ascii[..length], destination, out charsWritten) == OperationStatus.Done;
        charsWritten = 0;
        return false;
    }

    /// <summary>Writes the period as it was read, in UTF-8 (which is ASCII here).</summary>
    /// <returns><c>false</c> when <paramref name="utf8Destination"/> is too short.</returns>
    /// <remarks>Format and culture have no influence.</remarks>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format = default, IFormatProvider? provider = null)
    {
        bytesWritten = 0;
        if (_text is not null)
            return Ascii.FromUtf16(_text, utf8Destination, out bytesWritten) == OperationStatus.Done;
        if (utf8Destination.Length >= PeriodText.MaxPlainLength)
        {
            bytesWritten = PeriodText.Write(this, utf8Destination);
            return true;
        }
        Span<byte> ascii = stackalloc byte[PeriodText.MaxPlainLength];
        int length = PeriodText.Write(this, ascii);
        if (!ascii[..length].TryCopyTo(utf8Destination))
            return false;
        bytesWritten = length;
        return true;
    }

    static bool TryYear(uint a, uint b, uint c, uint d, out TimePeriod period)
    {
        uint year = a * 1000 + b * 100 + c * 10 + d;
        bool isYear = a <= 9 & b <= 9 & c <= 9 & d <= 9 & year != 0;
        period = isYear ? new TimePeriod(PeriodKind.GregorianYear, year) : default;
        return isYear;
    }
}

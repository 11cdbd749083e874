using System.Text;

namespace Sdmx;

/// <summary>A day of the year without its year, <c>--MM-DD</c>: the day on which reporting years start.</summary>
/// <remarks>The default value is <c>--01-01</c>, the start day where none is given. <c>--02-29</c> is allowed; in a common year it means 28 February.</remarks>
public readonly record struct MonthDay
{
    // Zero-based, so that the default value is the first of January.
    readonly byte _month;
    readonly byte _day;

    /// <summary>Makes a day of the year.</summary>
    /// <param name="month">1 to 12.</param>
    /// <param name="day">1 to the number of days the month has in a leap year.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such day in any year.</exception>
    public MonthDay(int month, int day)
    {
        if (!Exists(month, day))
            throw new ArgumentOutOfRangeException(nameof(day), $"There is no day {day} in a month {month}.");
        (_month, _day) = ((byte)(month - 1), (byte)(day - 1));
    }

    /// <summary>The month, 1 to 12.</summary>
    public int Month => _month + 1;

    /// <summary>The day of the month, 1 to 31.</summary>
    public int Day => _day + 1;

    /// <summary>Reads <c>--MM-DD</c>; an offset (<c>Z</c>, <c>+01:00</c>) may follow and is ignored, for a start day is a calendar day.</summary>
    /// <returns><c>false</c> when the text is anything else, or names a day no year has.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out MonthDay value)
    {
        value = default;
        if (utf8.Length < 7 || utf8[0] != '-' || utf8[1] != '-' || utf8[4] != '-' || PeriodText.Zone(utf8[7..]) < 0)
            return false;
        if (!PeriodText.TryDigits(utf8, 2, 2, out int month) || !PeriodText.TryDigits(utf8, 5, 2, out int day) || !Exists(month, day))
            return false;
        value = new MonthDay(month, day);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out MonthDay)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out MonthDay value)
    {
        Span<byte> ascii = stackalloc byte[16];
        if (text.Length <= ascii.Length && Ascii.FromUtf16(text, ascii, out int length) == System.Buffers.OperationStatus.Done)
            return TryParse(ascii[..length], out value);
        value = default;
        return false;
    }

    /// <summary>Writes <c>--MM-DD</c>.</summary>
    public override string ToString() => string.Create(null, stackalloc char[8], $"--{Month:00}-{Day:00}");

    static bool Exists(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2000, month);
}

using System.Buffers.Text;
using System.Globalization;
using System.Numerics;

namespace Sdmx;

/// <summary>Numbers as mantissa and scale, exactly as they are spelt: <c>100.0</c> is 1000 with scale 1.</summary>
public static class DecimalText
{
    /// <summary>The longest canonical spelling: sign, 19 digits, point, leading zero.</summary>
    public const int MaxLength = 24;

    /// <summary>Reads a number that mantissa and scale give back to the letter: an optional minus, digits without needless leading zeros,
    /// at most 18 digits, optionally a point with digits behind it. Anything else (<c>1E5 +1 007 .5 5. -0 NaN</c>) is false: keep the text.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long mantissa, out int scale) => TryParse<char>(text, out mantissa, out scale);

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out long, out int)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out long mantissa, out int scale) => TryParse<byte>(utf8, out mantissa, out scale);

    static bool TryParse<TUnit>(ReadOnlySpan<TUnit> text, out long mantissa, out int scale)
        where TUnit : unmanaged, IBinaryInteger<TUnit>
    {
        (mantissa, scale) = (0, 0);
        var isNegative = text.Length > 0 && uint.CreateTruncating(text[0]) == '-';
        var digits = isNegative ? text[1..] : text;
        var number = 0UL;
        var whole = TakeDigits(digits, ref number);
        if (whole == 0 || (whole > 1 && uint.CreateTruncating(digits[0]) == '0'))
            return false;
        if (whole < digits.Length)
        {
            scale = digits.Length - whole - 1;
            if (uint.CreateTruncating(digits[whole]) != '.' || scale == 0 || TakeDigits(digits[(whole + 1)..], ref number) < scale)
                return false;
        }

        mantissa = isNegative ? -(long)number : (long)number;
        return whole + scale <= ValueForm.MaxScale && !(isNegative && number == 0);
    }

    /// <summary>Takes up digits, to be thrown away where they are too many.</summary>
    /// <returns>How many there are.</returns>
    static int TakeDigits<TUnit>(ReadOnlySpan<TUnit> text, ref ulong number)
        where TUnit : unmanaged, IBinaryInteger<TUnit>
    {
        var (count, taken) = (0, number);
        for (; count < text.Length; count++)
        {
            var digit = uint.CreateTruncating(text[count]) - '0';
            if (digit > 9)
                break;
            taken = unchecked(taken * 10 + digit);
        }

        number = taken;
        return count;
    }

    /// <summary>The canonical spelling.</summary>
    public static string Format(long mantissa, int scale)
    {
        Span<byte> bytes = stackalloc byte[MaxLength];
        var length = Format(mantissa, scale, bytes);
        return string.Create(length, bytes[..length], static (chars, source) =>
        {
            for (var i = 0; i < chars.Length; i++)
                chars[i] = (char)source[i];
        });
    }

    /// <summary>Writes the canonical spelling in ASCII.</summary>
    /// <returns>The number of bytes, at most <see cref="MaxLength"/>.</returns>
    public static int Format(long mantissa, int scale, Span<byte> ascii)
    {
        if (scale == 0)
        {
            Utf8Formatter.TryFormat(mantissa, ascii, out var whole);
            return whole;
        }

        var length = 0;
        if (mantissa < 0)
            ascii[length++] = (byte)'-';
        var magnitude = (ulong)Math.Abs(mantissa);
        for (var digits = Digits(magnitude); digits <= scale; digits++)
            ascii[length++] = (byte)'0';
        Utf8Formatter.TryFormat(magnitude, ascii[length..], out var count);
        length += count;
        // the digits behind the point make room for it
        for (var i = length; i > length - scale; i--)
            ascii[i] = ascii[i - 1];
        ascii[length++ - scale] = (byte)'.';
        return length;
    }

    static int Digits(ulong number)
    {
        var count = 1;
        for (; number >= 10; number /= 10)
            count++;
        return count;
    }

    /// <summary>The number as a double, for comparisons that need no exactness.</summary>
    public static double ToDouble(long mantissa, int scale) => (double)ToDecimal(mantissa, scale);

    /// <summary>The number as a decimal, exactly.</summary>
    public static decimal ToDecimal(long mantissa, int scale) =>
        new((int)(Math.Abs(mantissa) & 0xFFFFFFFF), (int)(Math.Abs(mantissa) >> 32), 0, mantissa < 0, (byte)scale);

    /// <summary>Reads any spelling of an SDMX number (XML Schema double): also <c>1E5</c>, <c>INF</c>, <c>-INF</c>, <c>NaN</c>.</summary>
    public static bool TryParseDouble(ReadOnlySpan<char> text, out double value)
    {
        value = text switch
        {
            "INF" or "+INF" => double.PositiveInfinity,
            "-INF" => double.NegativeInfinity,
            "NaN" => double.NaN,
            _ => 0,
        };
        return value != 0 || double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out value);
    }
}

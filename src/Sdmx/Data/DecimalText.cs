using System.Globalization;
using System.Numerics;

namespace Sdmx;

/// <summary>Numbers as mantissa and scale, exactly as they are spelt: <c>100.0</c> is 1000 with scale 1.</summary>
public static class DecimalText
{
    /// <summary>The longest canonical spelling: sign, 19 digits, point, leading zero.</summary>
    public const int MaxLength = 24;

    static ReadOnlySpan<byte> Pairs =>
        "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"u8 +
        "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899"u8;

    static ReadOnlySpan<ulong> Powers =>
    [
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000, 1_000_000_000_000,
        10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
        10_000_000_000_000_000_000,
    ];

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
        var sign = mantissa < 0 ? 1 : 0;
        var rest = mantissa < 0 ? (ulong)-mantissa : (ulong)mantissa;
        var length = sign + Math.Max(Digits(rest), scale + 1) + (scale > 0 ? 1 : 0);
        var to = ascii[..length];
        if (scale > 0)
        {
            rest = WriteDigits(rest, to[^scale..]);
            to[^(scale + 1)] = (byte)'.';
            to = to[..^(scale + 1)];
        }

        WriteDigits(rest, to[sign..]);
        if (sign > 0)
            to[0] = (byte)'-';
        return length;
    }

    // The last digits of a number, as many as there is room for, two at a time (benchmark csv-write); gives what stands before them.
    static ulong WriteDigits(ulong number, Span<byte> to)
    {
        while (to.Length > 1)
        {
            (number, var pair) = Math.DivRem(number, 100);
            Pairs.Slice((int)pair * 2, 2).CopyTo(to[^2..]);
            to = to[..^2];
        }

        if (to.IsEmpty)
            return number;
        (number, var digit) = Math.DivRem(number, 10);
        to[0] = (byte)('0' + digit);
        return number;
    }

    static int Digits(ulong number)
    {
        number |= 1;
        // 1233 / 4096 is log10(2), as near as 64 bits need it
        var digits = (BitOperations.Log2(number) + 1) * 1233 >> 12;
        return number < Powers[digits] ? digits : digits + 1;
    }

    /// <summary>The number times 10^<paramref name="places"/>, exactly: its point moves. Zeros that come behind the point by it are left out.</summary>
    /// <returns>False where the number would have more than 18 digits.</returns>
    public static bool TryShift(long mantissa, int scale, int places, out long shifted, out int decimals)
    {
        (shifted, decimals) = (mantissa, scale - places);
        for (; decimals > scale && shifted % 10 == 0; decimals--)
            shifted /= 10;
        if (decimals < -ValueForm.MaxScale || decimals > ValueForm.MaxScale)
            return false;
        for (; decimals < 0; decimals++)
        {
            if (Math.Abs(shifted) >= (long)Powers[ValueForm.MaxScale - 1])
                return false;
            shifted *= 10;
        }

        return true;
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

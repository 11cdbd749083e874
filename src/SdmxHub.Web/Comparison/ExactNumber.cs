using System.Globalization;
using System.Numerics;

namespace SdmxHub.Web.Comparison;

/// <summary>A decimal number of any size, exactly: mantissa / 10^scale, with the number of decimals it was written with.</summary>
/// <remarks>The scale may be negative: 12.3 with multiplier 6 is 123 with scale -5. Two numbers are compared by value, not by scale.</remarks>
public readonly record struct ExactNumber(BigInteger Mantissa, int Scale) : IComparable<ExactNumber>
{
    /// <summary>The largest exponent that is read; beyond it a text is no figure.</summary>
    const int MaxExponent = 300;

    /// <summary>Reads any finite spelling of a number (<c>100.0</c>, <c>1E5</c>, <c>+1</c>, <c>.5</c>).</summary>
    /// <returns>False for anything else, NaN and infinity included.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactNumber number)
    {
        number = default;
        var exponent = 0;
        var e = text.IndexOfAny('E', 'e');
        if (e >= 0)
        {
            if (!int.TryParse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > MaxExponent)
                return false;
            text = text[..e];
        }

        var point = text.IndexOf('.');
        var digits = point < 0 ? text : string.Concat(text[..point], text[(point + 1)..]);
        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa))
            return false;
        number = new(mantissa, (point < 0 ? 0 : text.Length - point - 1) - exponent);
        return true;
    }

    /// <summary>The number times 10^<paramref name="power"/>, as UNIT_MULT asks.</summary>
    public ExactNumber Times10To(int power) => this with { Scale = Scale - power };

    /// <summary>The number rounded half away from zero to <paramref name="scale"/> decimals (negative: to tens, hundreds ...).</summary>
    public ExactNumber Round(int scale)
    {
        if (Scale <= scale)
            return this;
        var unit = BigInteger.Pow(10, Scale - scale);
        var whole = BigInteger.DivRem(BigInteger.Abs(Mantissa), unit, out var rest);
        if (rest * 2 >= unit)
            whole++;
        return new(whole * Mantissa.Sign, scale);
    }

    /// <summary>The difference.</summary>
    public static ExactNumber operator -(ExactNumber left, ExactNumber right)
    {
        var scale = Math.Max(left.Scale, right.Scale);
        return new(left.MantissaAt(scale) - right.MantissaAt(scale), scale);
    }

    /// <inheritdoc/>
    public int CompareTo(ExactNumber other) => (this - other).Mantissa.Sign;

    /// <summary>Whether the values are the same, however many decimals either has.</summary>
    public bool Equals(ExactNumber other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override int GetHashCode() => ToDouble().GetHashCode();

    /// <summary>The nearest double.</summary>
    public double ToDouble() => double.Parse(string.Create(CultureInfo.InvariantCulture, $"{Mantissa}E{-Scale}"), CultureInfo.InvariantCulture);

    /// <summary>The number in plain digits with its own decimals.</summary>
    public override string ToString()
    {
        if (Scale <= 0)
            return (Mantissa * BigInteger.Pow(10, -Scale)).ToString(CultureInfo.InvariantCulture);
        var digits = BigInteger.Abs(Mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        return $"{(Mantissa.Sign < 0 ? "-" : "")}{digits[..^Scale]}.{digits[^Scale..]}";
    }

    BigInteger MantissaAt(int scale) => Mantissa * BigInteger.Pow(10, scale - Scale);
}

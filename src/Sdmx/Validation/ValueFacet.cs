using System.Globalization;
using System.Text.RegularExpressions;

namespace Sdmx.Validation;

/// <summary>One facet of a text format.</summary>
abstract class ValueFacet(string name, string value)
{
    /// <summary>What is reported when the facet is broken.</summary>
    internal ValueFault Fault { get; } = new(IssueCode.OutsideFacet, $"{name} {value}");

    /// <summary>Whether a number must be spelt out to be checked.</summary>
    internal virtual bool NeedsText => true;

    internal abstract bool Allows(ReadOnlySpan<char> text);

    internal virtual bool Allows(long mantissa, int scale) => throw new InvalidOperationException("the facet needs the text");

    /// <summary>The facets of a format that can be checked. A facet that cannot be read limits nothing: the structure is at fault, not the data.</summary>
    internal static ValueFacet[] Of(TextFormat format)
    {
        var facets = new List<ValueFacet>();
        var isExclusive = format.Type == TextType.ExclusiveValueRange;
        foreach (var (name, value) in format.Facets)
        {
            ValueFacet? facet = name switch
            {
                "minLength" when TryInteger(value, out var least) && least > 0 => new LengthFacet(name, value, least, int.MaxValue),
                "maxLength" when TryInteger(value, out var most) => new LengthFacet(name, value, 0, most),
                "minValue" when TryDecimal(value, out var least) => new RangeFacet(name, value, least, decimal.MaxValue, isExclusive),
                "maxValue" when TryDecimal(value, out var most) => new RangeFacet(name, value, decimal.MinValue, most, isExclusive),
                "endValue" when TryDecimal(value, out var most) => new RangeFacet(name, value, decimal.MinValue, most, false),
                "startValue" when TryDecimal(value, out var least) => new RangeFacet(name, value, least, decimal.MaxValue, false),
                "interval" when TryDecimal(value, out var step) && step > 0 && TryDecimal(format.Facet("startValue"), out var start) =>
                    new StepFacet(name, value, start, step),
                "decimals" when TryInteger(value, out var most) => new DecimalsFacet(name, value, most),
                "pattern" when TryPattern(value, out var pattern) => new PatternFacet(name, value, pattern),
                "startTime" when TimePeriod.TryParse(value, out var start) => new TimeFacet(name, value, new PeriodBound(start), true),
                "endTime" when TimePeriod.TryParse(value, out var end) => new TimeFacet(name, value, new PeriodBound(end), false),
                _ => null,
            };
            if (facet is not null)
                facets.Add(facet);
        }

        return [.. facets];
    }

    static bool TryInteger(string? text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    static bool TryDecimal(string? text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    // XML Schema's expressions are the common part of .NET's but for \i and \c (name characters); anchors are implied, and tolerated where written.
    static bool TryPattern(string pattern, out Regex regex)
    {
        var text = pattern.TrimStart('^').Replace(@"\i", @"[\p{L}_:]", StringComparison.Ordinal).Replace(@"\c", @"[\p{L}\p{N}_:.\-]", StringComparison.Ordinal);
        if (text.EndsWith('$') && !text.EndsWith(@"\$", StringComparison.Ordinal))
            text = text[..^1];
        try
        {
            regex = new Regex($@"\A(?:{text})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            regex = null!;
            return false;
        }
    }
}

/// <summary>minLength, maxLength: characters, a surrogate pair counts as one.</summary>
sealed class LengthFacet(string name, string value, int least, int most) : ValueFacet(name, value)
{
    internal override bool Allows(ReadOnlySpan<char> text)
    {
        if (text.Length >= least && text.Length <= most && text.Length / 2 >= least)
            return true;
        var length = 0;
        foreach (var c in text)
            length += char.IsLowSurrogate(c) ? 0 : 1;
        return length >= least && length <= most;
    }
}

/// <summary>minValue, maxValue and the bounds of sequences.</summary>
sealed class RangeFacet(string name, string value, decimal least, decimal most, bool isExclusive) : ValueFacet(name, value)
{
    internal override bool NeedsText => false;

    internal override bool Allows(long mantissa, int scale) => Allows(DecimalText.ToDecimal(mantissa, scale));

    internal override bool Allows(ReadOnlySpan<char> text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return Allows(number);
        // NaN stands for a missing value and is within any bounds.
        return !DecimalText.TryParseDouble(text, out var real) || double.IsNaN(real) || (real >= (double)least && real <= (double)most);
    }

    bool Allows(decimal number) => isExclusive
        ? (number > least || least == decimal.MinValue) && (number < most || most == decimal.MaxValue)
        : number >= least && number <= most;
}

/// <summary>interval: the values are start, start + step and so on.</summary>
sealed class StepFacet(string name, string value, decimal start, decimal step) : ValueFacet(name, value)
{
    internal override bool NeedsText => false;

    internal override bool Allows(long mantissa, int scale) => (DecimalText.ToDecimal(mantissa, scale) - start) % step == 0;

    internal override bool Allows(ReadOnlySpan<char> text) =>
        !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || (number - start) % step == 0;
}

/// <summary>decimals: the most digits behind the point, as they are spelt.</summary>
sealed class DecimalsFacet(string name, string value, int most) : ValueFacet(name, value)
{
    internal override bool NeedsText => false;

    internal override bool Allows(long mantissa, int scale) => scale <= most;

    internal override bool Allows(ReadOnlySpan<char> text)
    {
        var point = text.IndexOf('.');
        var digits = point < 0 ? [] : text[(point + 1)..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return (end < 0 ? digits.Length : end) <= most;
    }
}

/// <summary>pattern: the whole text, in linear time.</summary>
sealed class PatternFacet(string name, string value, Regex pattern) : ValueFacet(name, value)
{
    internal override bool Allows(ReadOnlySpan<char> text) => pattern.IsMatch(text);
}

/// <summary>startTime, endTime: inclusive bounds.</summary>
sealed class TimeFacet(string name, string value, PeriodBound bound, bool isStart) : ValueFacet(name, value)
{
    internal override bool Allows(ReadOnlySpan<char> text) => !TimePeriod.TryParse(text, out var period) || Allows(period);

    internal bool Allows(TimePeriod period) => isStart ? bound.Ge(period) : bound.Le(period);
}

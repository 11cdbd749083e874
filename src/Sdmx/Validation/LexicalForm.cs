using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sdmx.Validation;

/// <summary>Whether a text is of an SDMX text type (XML Schema part 2; checklist 4.1, 5).</summary>
static class LexicalForm
{
    static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    static readonly SearchValues<char> LettersAndDigits = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");

    internal static bool Fits(TextType type, ReadOnlySpan<char> text) => type switch
    {
        TextType.Alpha => !text.ContainsAnyExcept(Letters),
        TextType.AlphaNumeric => !text.ContainsAnyExcept(LettersAndDigits),
        TextType.Numeric => !text.ContainsAnyExcept(Digits),
        TextType.BigInteger or TextType.Count => IsInteger(text),
        TextType.Integer => IsInteger(text) && int.TryParse(text, Integers, Invariant, out _),
        TextType.Long => IsInteger(text) && long.TryParse(text, Integers, Invariant, out _),
        TextType.Short => IsInteger(text) && short.TryParse(text, Integers, Invariant, out _),
        TextType.Decimal or TextType.InclusiveValueRange or TextType.ExclusiveValueRange or TextType.Incremental => IsDecimal(text),
        TextType.Float or TextType.Double => IsDouble(text),
        TextType.Boolean => text is "true" or "false" or "1" or "0",
        TextType.URI => !text.ContainsAny(" \t\r\n"),
        >= TextType.ObservationalTimePeriod and <= TextType.TimeRange => TimePeriod.TryParse(text, out var period) && TimeTextType.Allows(type, period.Kind),
        TextType.Month => IsAscii(text, TimeTextType.IsMonth),
        TextType.Day => IsAscii(text, TimeTextType.IsDay),
        TextType.MonthDay => MonthDay.TryParse(text, out _),
        TextType.Time => IsTime(text),
        TextType.Duration => IsDuration(text),
        _ => true,
    };

    static CultureInfo Invariant => CultureInfo.InvariantCulture;

    static NumberStyles Integers => NumberStyles.AllowLeadingSign;

    static bool IsInteger(ReadOnlySpan<char> text)
    {
        text = WithoutSign(text);
        return text.Length > 0 && !text.ContainsAnyExcept(Digits);
    }

    static bool IsDecimal(ReadOnlySpan<char> text)
    {
        text = WithoutSign(text);
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        return whole.Length + fraction.Length > 0 && !whole.ContainsAnyExcept(Digits) && !fraction.ContainsAnyExcept(Digits);
    }

    static bool IsDouble(ReadOnlySpan<char> text)
    {
        if (text is "INF" or "+INF" or "-INF" or "NaN")
            return true;
        var exponent = text.IndexOfAny('E', 'e');
        return exponent < 0 ? IsDecimal(text) : IsDecimal(text[..exponent]) && IsInteger(text[(exponent + 1)..]);
    }

    static ReadOnlySpan<char> WithoutSign(ReadOnlySpan<char> text) => text.Length > 0 && text[0] is '+' or '-' ? text[1..] : text;

    // A time of day is what may follow a day in a dateTime.
    static bool IsTime(ReadOnlySpan<char> text)
    {
        Span<char> instant = stackalloc char[64];
        const string Day = "2000-01-01T";
        if (text.Length == 0 || Day.Length + text.Length > instant.Length)
            return false;
        Day.CopyTo(instant);
        text.CopyTo(instant[Day.Length..]);
        return TimePeriod.TryParse(instant[..(Day.Length + text.Length)], out var period) && period.Kind == PeriodKind.DateTime;
    }

    static bool IsDuration(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[0] == '-')
            text = text[1..];
        Span<byte> ascii = stackalloc byte[128];
        return Ascii.FromUtf16(text, ascii, out var length) == OperationStatus.Done && PeriodDuration.TryParse(ascii[..length], out _);
    }

    static bool IsAscii(ReadOnlySpan<char> text, Func<ReadOnlySpan<byte>, bool> test)
    {
        Span<byte> ascii = stackalloc byte[32];
        return Ascii.FromUtf16(text, ascii, out var length) == OperationStatus.Done && test(ascii[..length]);
    }
}

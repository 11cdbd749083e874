namespace Sdmx;

static partial class PeriodText
{
    // Rewrites the loose spellings to the strict form and parses that, so that both give the same period. Changes the bytes of s.
    internal static bool TryParseLenient(Span<byte> s, out TimePeriod period)
    {
        if (TryParse(s, default, out period))
            return true;
        for (int i = 0; i < s.Length; i++)
            s[i] = (byte)char.ToUpperInvariant((char)s[i]);
        // A query decoder turned the plus of an offset into a blank.
        if (s.Length > 6 && s[^6] == ' ')
            s[^6] = (byte)'+';
        if (TryParse(s, default, out period))
            return true;
        if (s.Length < 5 || !TryDigits(s, 0, 4, out _))
            return false;
        var rest = s[(s[4] == '-' ? 5 : 4)..];
        Span<byte> strict = stackalloc byte[10];
        s[..4].CopyTo(strict);
        strict[4] = (byte)'-';
        int length = rest.IsEmpty ? 0 : Canonical(rest, s[4] != '-', strict);
        return length > 0 && TryParse(strict[..length], default, out period);
    }

    // Writes "MM", "MM-DD" or letter and number after "YYYY-"; the whole length, or 0 when the rest is none of them.
    static int Canonical(ReadOnlySpan<byte> rest, bool isJoined, Span<byte> strict)
    {
        var kind = KindOf(rest[0]);
        if (kind != PeriodKind.None)
        {
            strict[5] = rest[0];
            int number = kind == PeriodKind.ReportingYear ? 1 : 0;
            if (rest.Length > 4 || (rest.Length > 1 || number == 0) && (rest.Length == 1 || !TryDigits(rest, 1, rest.Length - 1, out number)))
                return 0;
            int width = Width(kind);
            if (number >= (width == 1 ? 10 : width == 2 ? 100 : 1000))
                return 0;
            WriteDigits(strict[6..], number, width);
            return 6 + width;
        }
        if (rest.Length is 1 or 2 && (!isJoined || rest.Length == 2) && TryDigits(rest, 0, rest.Length, out int month))
        {
            WriteDigits(strict[5..], month, 2);
            return 7;
        }
        if (isJoined && rest.Length == 4 && TryDigits(rest, 0, 4, out int monthAndDay))
        {
            WriteDigits(strict[5..], monthAndDay / 100, 2);
            strict[7] = (byte)'-';
            WriteDigits(strict[8..], monthAndDay % 100, 2);
            return 10;
        }
        return 0;
    }
}

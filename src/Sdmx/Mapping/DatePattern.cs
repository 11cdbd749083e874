using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>The pattern that dates of a source are written by (SDMX 3.0 section 6, "Pattern based dates").</summary>
/// <remarks>
/// <para>Letters: <c>y</c> or <c>Y</c> year, of two digits 1950 to 2049; <c>M</c> month, by name from three letters on; <c>d</c> day of the month; <c>D</c> day
/// of the year, beside a month that of the month; <c>w</c> ISO week and <c>U</c> its day from Monday, 1; <c>H k K h a m s S</c> the time; <c>n</c> after one of
/// <c>A S T Q M W D</c> the number of such a period. Text in single quotes and all that is no letter stands for itself.</para>
/// <para>Immutable, thread-safe.</para>
/// </remarks>
sealed class DatePattern
{
    const string Known = "yYMdDwUHkKhamsSn";
    const string Frequencies = "ASTQMWD";

    readonly List<Part> _parts = [];
    readonly string[][]? _months;
    readonly char _counted;

    DatePattern(string text, string locale, out string? fault)
    {
        _months = MonthNames.Of(locale);
        fault = Split(text, ref _counted);
        fault ??= Check(locale);
    }

    /// <summary>One letter, so many times, or text that stands for itself.</summary>
    readonly record struct Part(char Letter, int Count, string Text);

    /// <summary>Reads a pattern; null when it cannot be used, which <paramref name="fault"/> then says, as a sentence without full stop.</summary>
    public static DatePattern? Make(string text, string locale, out string? fault)
    {
        var pattern = new DatePattern(text, locale, out fault);
        if (fault is not null)
            fault = $"the date pattern '{text}' {fault}";
        return fault is null ? pattern : null;
    }

    /// <summary>The time that a date names, from its first instant up to the first one after it; null where it is none by the pattern.</summary>
    public (DateTime Start, DateTime End)? Read(string text)
    {
        var fields = new DateFields(_counted);
        var rest = text.AsSpan().Trim();
        for (var i = 0; i < _parts.Count; i++)
        {
            var part = _parts[i];
            if (part.Letter == default ? !Skip(ref rest, part.Text) : !fields.Set(part.Letter, part.Count, Value(ref rest, i)))
                return null;
        }

        return rest.IsEmpty ? fields.Span() : null;
    }

    string? Split(string text, ref char counted)
    {
        for (var i = 0; i < text.Length;)
        {
            var letter = text[i];
            var end = i + 1;
            if (letter == '\'')
            {
                end = text.IndexOf('\'', i + 1) + 1;
                if (end == 0)
                    return "has a quote that does not end";
                _parts.Add(new(default, 0, end == i + 2 ? "'" : text[(i + 1)..(end - 1)]));
            }
            else if (!char.IsAsciiLetter(letter))
            {
                _parts.Add(new(default, 0, letter.ToString()));
            }
            else if (Frequencies.Contains(letter) && end < text.Length && text[end] == 'n')
            {
                counted = letter;
                _parts.Add(new(default, 1, letter.ToString()));
            }
            else
            {
                while (end < text.Length && text[end] == letter)
                    end++;
                if (!Known.Contains(letter))
                    return $"has {letter}, which the hub does not read";
                _parts.Add(new(letter, end - i, ""));
            }

            i = end;
        }

        return null;
    }

    string? Check(string locale)
    {
        var letters = string.Concat(_parts.Where(p => p.Letter != default).Select(p => DateFields.Field(p.Letter)));
        var has = letters.ToHashSet();
        var day = has.Contains('d') && has.Contains('M') || has.Contains('D') || has.Contains('U') || has.Contains('n') && _counted == 'D';
        if (letters.Length != has.Count)
            return "says the same thing twice";
        if (!has.Contains('y'))
            return "says no year";
        if (has.Contains('n') && _counted == default)
            return $"has n after none of {string.Join(' ', Frequencies.ToCharArray())}";
        if (has.Contains('d') && !has.Contains('M') || has.Contains('U') && !has.Contains('w') || has.Overlaps("HhmsS") && !day)
            return "leaves out what lies between the year and its smallest part";
        if (has.Overlaps("mS") && !has.Overlaps("Hh") || has.Contains('s') && !has.Contains('m') || has.Contains('S') && !has.Contains('s') || has.Contains('h') != has.Contains('a'))
            return "has a time that is not whole";
        if (_months is null && _parts.Exists(p => p.Letter == 'M' && p.Count > 2))
            return $"has names of months, which the hub knows in {string.Join(", ", MonthNames.Languages)}, not in '{locale}'";
        return null;
    }

    // A number that another follows without anything between them has as many digits as letters; else as many as there are.
    int Value(ref ReadOnlySpan<char> rest, int at)
    {
        var part = _parts[at];
        if (part.Letter == 'M' && part.Count > 2)
            return Month(ref rest, at + 1 < _parts.Count && _parts[at + 1].Text.StartsWith('.'));
        if (part.Letter == 'a')
            return rest.StartsWith("AM", StringComparison.OrdinalIgnoreCase) ? Take(ref rest, 2, 0) : rest.StartsWith("PM", StringComparison.OrdinalIgnoreCase) ? Take(ref rest, 2, 1) : -1;
        var isBound = at + 1 < _parts.Count && _parts[at + 1] is { Letter: not (default(char) or 'a') } next && !(next.Letter == 'M' && next.Count > 2);
        var most = part.Letter is 'y' or 'Y' ? part.Count == 2 ? 2 : 4 : isBound ? part.Count : part.Letter is 'D' or 'n' or 'S' ? 3 : 2;
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        digits = Math.Min(digits < 0 ? rest.Length : digits, most);
        var least = isBound || part.Letter is 'y' or 'Y' ? most : 1;
        return digits < least ? -1 : Take(ref rest, digits, int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture));
    }

    int Month(ref ReadOnlySpan<char> rest, bool isDotSaid)
    {
        var (month, length) = (0, 0);
        for (var m = 0; m < 12; m++)
        {
            foreach (var name in _months![m])
            {
                if (name.Length > length && rest.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                    (month, length) = (m + 1, name.Length);
            }
        }

        if (month > 0 && !isDotSaid && length < rest.Length && rest[length] == '.')
            length++;
        return month == 0 ? -1 : Take(ref rest, length, month);
    }

    static int Take(ref ReadOnlySpan<char> rest, int length, int value)
    {
        rest = rest[length..];
        return value;
    }

    static bool Skip(ref ReadOnlySpan<char> rest, string text)
    {
        // "2010 D62" is written by YYYYDnn, in the standard's own example
        if (text.Length == 1 && Frequencies.Contains(text[0]))
            rest = rest.TrimStart(' ');
        var isThere = rest.StartsWith(text, StringComparison.Ordinal);
        if (isThere)
            rest = rest[text.Length..];
        return isThere;
    }
}

namespace Sdmx;

/// <summary>Finds what someone who mistyped a code, an id or a word probably meant.</summary>
/// <remarks>One measure everywhere: letters inserted, left out, changed or swapped, case ignored. Of equally near ones the first counts.</remarks>
public static class Nearest
{
    const int LongestCompared = 64;

    /// <summary>The nearest of <paramref name="candidates"/>, or null where none is near: as many letters off as a third of the name has, at least 2.</summary>
    public static string? To(string name, IEnumerable<string> candidates) => To(name, candidates, Math.Max(2, name.Length / 3));

    /// <summary><c> Did you mean X?</c> with a leading blank, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) => To(name, candidates) is { } nearest ? $" Did you mean {nearest}?" : "";

    /// <summary>The nearest code of a list: one that differs only in case or blanks; else the one whose English name was written; else, of a list of
    /// countries, the one of the country whose letters (ISO 3166) or number (M49) it is; else the one with the fewest letters off, one in every four at most: codes are short, and near ones often mean other things. Null when none is near.</summary>
    public static string? Code(CodeIndex codes, string wrong)
    {
        var text = wrong.Trim();
        foreach (var code in codes.Codelist.Codes)
        {
            if (string.Equals(code.Id, text, StringComparison.OrdinalIgnoreCase))
                return code.Id;
        }

        foreach (var code in codes.Codelist.Codes)
        {
            if (text.Length > 0 && string.Equals(code.Name.In("en"), text, StringComparison.OrdinalIgnoreCase))
                return code.Id;
        }

        if (Countries.In(codes, text) is { } country)
            return country;
        return text.Length < 4 ? null : To(text, codes.Codelist.Codes.Select(c => c.Id), text.Length / 4);
    }

    static string? To(string text, IEnumerable<string> candidates, int most)
    {
        string? nearest = null;
        if (text.Length > LongestCompared)
            return null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - text.Length) > most || Distance(candidate, text, most) is not (>= 0 and var distance))
                continue;
            nearest = candidate;
            most = distance - 1;
            if (most < 0)
                break;
        }

        return nearest;
    }

    // The optimal string alignment distance, ignoring case; -1 when it is more than `most`.
    static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        Span<int> before = stackalloc int[LongestCompared + 1];
        Span<int> last = stackalloc int[LongestCompared + 1];
        Span<int> current = stackalloc int[LongestCompared + 1];
        if (b.Length > LongestCompared)
            return -1;
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                var best = Math.Min(Math.Min(last[j], current[j - 1]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    best = Math.Min(best, before[j - 2] + 1);
                current[j] = best;
                least = Math.Min(least, best);
            }

            if (least > most)
                return -1;
            var free = before;
            before = last;
            last = current;
            current = free;
        }

        return last[b.Length] <= most ? last[b.Length] : -1;
    }

    static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}

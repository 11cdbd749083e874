namespace Sdmx.Validation;

/// <summary>Finds the code that someone probably meant.</summary>
static class NearestCode
{
    const int LongestCompared = 64;

    /// <summary>The nearest code of the list: one that differs only in case or blanks; else the one whose English name was written; else the one with
    /// the fewest letters inserted, left out, changed or swapped, one in every four at most. Of equally near ones the first in the list. Null when none is near.</summary>
    internal static string? Find(CodeIndex codes, string wrong)
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

        string? nearest = null;
        var most = text.Length <= LongestCompared ? text.Length / 4 : 0;
        foreach (var code in codes.Codelist.Codes)
        {
            if (most == 0)
                break;
            if (Math.Abs(code.Id.Length - text.Length) > most || Distance(code.Id, text, most) is not (>= 0 and var distance))
                continue;
            nearest = code.Id;
            most = distance - 1;
        }

        return nearest;
    }

    // The optimal string alignment distance, ignoring case; -1 when it is more than `most`.
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
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

namespace SdmxHub.Web;

/// <summary>Finds what somebody who mistyped a name may have meant.</summary>
static class Nearest
{
    /// <summary>The candidate that fewest single-character changes turn into <paramref name="name"/>, or null where none is near:
    /// up to a third of the name's length, at least 2.</summary>
    public static string? To(string name, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var best = Math.Max(2, name.Length / 3) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - name.Length) >= best)
                continue;
            var distance = Distance(name, candidate);
            if (distance < best)
                (nearest, best) = (candidate, distance);
        }

        return nearest;
    }

    /// <summary><c> Did you mean X?</c> with a leading blank, or nothing.</summary>
    public static string Hint(string name, IEnumerable<string> candidates) => To(name, candidates) is { } nearest ? $" Did you mean {nearest}?" : "";

    // Levenshtein, one row, letters compared without case: ids differ by case more often than by spelling.
    static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(diagonal + change, Math.Min(row[j], row[j - 1]) + 1));
            }
        }

        return row[b.Length];
    }
}

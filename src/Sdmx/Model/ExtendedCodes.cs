using System.IO.Enumeration;

namespace Sdmx;

/// <summary>The codes of a codelist that extends others (SDMX 3.0, section 2, codelist extension).</summary>
static class ExtendedCodes
{
    /// <summary>The most codes of other lists that are looked at for one, and extensions followed: few small lists that each take another twice would have any number.</summary>
    public const int Most = 1_000_000;

    const int Deepest = 100;

    /// <summary>The list with all its codes, and without extensions: its own first, then those of each list that it extends. Of two codes of one id its
    /// own counts, else that of the later extension. A list that is not held, or that extends itself, gives none; nor does
    /// any where there are <see cref="IsTooMuch"/>.</summary>
    public static Codelist Of(Codelist list, StructureCatalog catalog) =>
        list.Extensions.IsEmpty ? list : list with { Codes = TryAll(list, catalog, out var all) ? all : list.Codes, Extensions = [] };

    /// <summary>Whether the list takes more than <see cref="Most"/> codes, counted at each step, or over more than a hundred steps.</summary>
    public static bool IsTooMuch(Codelist list, StructureCatalog catalog) => !list.Extensions.IsEmpty && !TryAll(list, catalog, out _);

    static bool TryAll(Codelist list, StructureCatalog catalog, out ValueArray<Code> codes)
    {
        var left = Most;
        codes = All(list, catalog, [], ref left);
        return left >= 0;
    }

    static ValueArray<Code> All(Codelist list, StructureCatalog catalog, HashSet<Urn> within, ref int left)
    {
        if (within.Count == Deepest)
            left = -1;
        if (left < 0 || !within.Add(list.Urn))
            return [];
        var inherited = new Dictionary<string, Code>(StringComparer.Ordinal);
        foreach (var extension in list.Extensions)
        {
            if (!catalog.TryFind<Codelist>(extension.Codelist, out var other))
                continue;
            var codes = All(other, catalog, within, ref left);
            left -= codes.Count + 1;
            if (left < 0)
                return [];
            foreach (var code in Taken(extension, codes))
                inherited[code.Id] = code;
        }

        within.Remove(list.Urn);
        foreach (var code in list.Codes)
            inherited.Remove(code.Id);
        return [.. list.Codes, .. inherited.Values];
    }

    // The parent of a code is taken along where it is taken itself.
    static IEnumerable<Code> Taken(CodelistExtension extension, ValueArray<Code> codes)
    {
        var byId = codes.DistinctBy(c => c.Id).ToDictionary(c => c.Id, StringComparer.Ordinal);
        var taken = byId.Values.Where(c => extension.Members.IsEmpty || extension.Members.Any(m => IsNamed(c, m, byId)) == extension.IsInclusive)
            .ToDictionary(c => c.Id, StringComparer.Ordinal);
        return taken.Values.Select(c => c with
        {
            Id = extension.Prefix + c.Id,
            Parent = c.Parent is { } parent && taken.ContainsKey(parent) ? extension.Prefix + parent : null,
        });
    }

    static bool IsNamed(Code code, MemberValue member, Dictionary<string, Code> codes)
    {
        if (Matches(code.Id, member.Value))
            return member.Cascade != Cascade.ExcludeRoot;
        if (member.Cascade == Cascade.None)
            return false;
        // No more steps than there are codes: a list may be its own ancestor.
        var at = code;
        for (var steps = 0; steps < codes.Count && at.Parent is { } parent && codes.TryGetValue(parent, out at); steps++)
        {
            if (Matches(at.Id, member.Value))
                return true;
        }

        return false;
    }

    static bool Matches(string id, string pattern) => pattern.Contains('%', StringComparison.Ordinal)
        ? FileSystemName.MatchesSimpleExpression(pattern.Replace('%', '*'), id, ignoreCase: false)
        : id == pattern;
}

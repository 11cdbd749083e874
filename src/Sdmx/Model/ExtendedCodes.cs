using System.IO.Enumeration;

namespace Sdmx;

/// <summary>The codes of a codelist that extends others (SDMX 3.0, section 2, codelist extension).</summary>
static class ExtendedCodes
{
    /// <summary>The list with all its codes, and without extensions: its own first, then those of each list that it extends. Of two codes of one id its
    /// own counts, else that of the later extension. A list that is not held, or that extends itself, gives none.</summary>
    public static Codelist Of(Codelist list, StructureCatalog catalog) =>
        list.Extensions.IsEmpty ? list : list with { Codes = All(list, catalog, []), Extensions = [] };

    static ValueArray<Code> All(Codelist list, StructureCatalog catalog, HashSet<Urn> within)
    {
        if (!within.Add(list.Urn))
            return [];
        var inherited = new Dictionary<string, Code>(StringComparer.Ordinal);
        foreach (var extension in list.Extensions)
        {
            foreach (var code in catalog.TryFind<Codelist>(extension.Codelist, out var other) ? Taken(extension, All(other, catalog, within)) : [])
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

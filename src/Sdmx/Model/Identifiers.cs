namespace Sdmx;

/// <summary>The patterns of ids (checklist 3.2). Ids are case-sensitive ASCII.</summary>
static class Identifiers
{
    /// <summary>Whether <paramref name="text"/> is an id: <c>[A-Za-z0-9_@$-]+</c>. Codes, flows, constraints.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !text.ContainsAnyExcept(IdCharacters);

    /// <summary>Whether <paramref name="text"/> is a name: <c>[A-Za-z][A-Za-z0-9_-]*</c>. Components, concepts, agencies, codelists.</summary>
    public static bool IsName(ReadOnlySpan<char> text) =>
        !text.IsEmpty && char.IsAsciiLetter(text[0]) && !text.ContainsAnyExcept(NameCharacters);

    /// <summary>Whether <paramref name="text"/> is names joined by dots: an agency.</summary>
    public static bool IsNestedName(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (!IsName(text[part]))
                return false;
        }

        return true;
    }

    /// <summary>Whether <paramref name="text"/> is a version of SDMX 2.1: numbers joined by dots.</summary>
    public static bool IsLegacyVersion(ReadOnlySpan<char> text)
    {
        foreach (var part in text.Split('.'))
        {
            if (text[part].IsEmpty || text[part].ContainsAnyExceptInRange('0', '9'))
                return false;
        }

        return true;
    }

    static readonly System.Buffers.SearchValues<char> NameCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-@$");
}

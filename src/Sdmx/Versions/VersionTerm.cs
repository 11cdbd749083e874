namespace Sdmx;

// One member of a version pattern. A wildcard stands at one position: the numbers before it are fixed, those from it on are a minimum
// ("1.2~.3": the latest of three parts, major 1, at least 1.2.3), and the number of parts is part of the pattern. A bare wildcard has the minimum 0.
// The wildcards that stand alone are "~" and "*", which match any form, and "+", which is "+.0.0".
readonly record struct VersionTerm
{
    const char Exact = '=';

    readonly char _wildcard;
    readonly int _position;
    readonly string[] _numbers;

    VersionTerm(char wildcard, int position, string[] numbers) => (_wildcard, _position, _numbers) = (wildcard, position, numbers);

    internal static VersionTerm All => new('*', 0, []);

    internal static VersionTerm Latest => new('~', 0, []);

    // Every version that matches is taken; otherwise only the latest of them (an exact version is the latest of one).
    internal bool TakesAll => _wildcard == '*';

    internal static bool TryParse(string text, out VersionTerm term)
    {
        term = text switch { "*" => All, "~" => Latest, "+" => new('+', 0, ["0", "0", "0"]), _ => default };
        if (text is "*" or "~" or "+")
            return true;
        int at = text.AsSpan().IndexOfAny('+', '~', '*');
        if (at < 0)
        {
            term = new VersionTerm(Exact, 0, [text]);
            return SdmxVersion.TryParse(text, out var version) && (version.IsSemantic || IsLegacyOfV2(version));
        }
        char wildcard = text[at];
        bool isBare = at == 0 || text[at - 1] == '.';
        string[] numbers = (isBare ? $"{text[..at]}0{text[(at + 1)..]}" : text.Remove(at, 1)).Split('.');
        int position = text.AsSpan(0, at).Count('.');
        if (numbers.Length is < 2 or > 3 || !Array.TrueForAll(numbers, SdmxVersion.IsNumberWithoutLeadingZero))
            return false;
        // A wildcard replaces or follows a whole number: "1~2" is neither.
        if (at + 1 < text.Length && text[at + 1] != '.')
            return false;
        if (isBare && Array.Exists(numbers[(position + 1)..], number => number != "0"))
            return false;
        // Stable versions have three parts and a major above 0.
        if (wildcard == '+' && (numbers.Length != 3 || numbers[0] == "0" && !(isBare && position == 0)))
            return false;
        term = new VersionTerm(wildcard, position, numbers);
        return true;
    }

    internal static bool TryParseV1(string text, out VersionTerm term)
    {
        term = text switch { "all" => All, "latest" => Latest, _ => new VersionTerm(Exact, 0, [text]) };
        return text is "all" or "latest" || SdmxVersion.TryParse(text, out var version) && version.Extension.Length == 0;
    }

    internal bool Matches(SdmxVersion version)
    {
        if (_wildcard == Exact)
            return version.Text == _numbers[0];
        if (_numbers.Length == 0)
            return true;
        string[] parts = version.Parts;
        if (parts.Length != _numbers.Length || parts.Length == 3 && !version.IsSemantic || _wildcard == '+' && !version.IsStable)
            return false;
        for (int i = 0; i < parts.Length; i++)
        {
            // The minimum is on the numbers alone: 1.2.0* takes in 1.2.0-draft, as 1.2.* does, its synonym.
            int order = SdmxVersion.CompareNumbers(parts[i], _numbers[i]);
            if (order != 0)
                return i >= _position && order > 0;
        }
        return true;
    }

    static bool IsLegacyOfV2(SdmxVersion version) =>
        version.Parts.Length <= 2 && Array.TrueForAll(version.Parts, SdmxVersion.IsNumberWithoutLeadingZero);
}

namespace Sdmx;

/// <summary>The version of a maintainable artefact: legacy (<c>1</c>, <c>1.20</c>, <c>1.0.0.4</c>) or semantic (<c>1.2.0</c>, <c>1.2.0-draft</c>).</summary>
/// <remarks>
/// <para>Equal means equal text: <c>1.0</c> and <c>1.0.0</c> are two versions, as the standard has it. The default value has an empty text and
/// precedes every version.</para>
/// <para>Order: the numbers part by part, missing parts counting as 0, whatever their size; then an extension before its release, by semantic
/// versioning's precedence (numeric identifiers before others, numerically); then fewer parts first, so that <c>1.0</c> precedes <c>1.0.0</c>;
/// last the text itself (leading zeros). It agrees with equality.</para>
/// </remarks>
public readonly record struct SdmxVersion : IComparable<SdmxVersion>
{
    readonly string? _text;

    SdmxVersion(string text) => _text = text;

    /// <summary>The version as written; empty for the default value.</summary>
    public string Text => _text ?? "";

    /// <summary>Whether this is <c>X.Y.Z</c> without leading zeros, with or without an extension.</summary>
    public bool IsSemantic => Parts.Length == 3 && Array.TrueForAll(Parts, IsNumberWithoutLeadingZero);

    /// <summary>Whether this is a semantic version above 0 without an extension: such an artefact can no longer change.</summary>
    public bool IsStable => IsSemantic && Extension.Length == 0 && Parts[0] != "0";

    /// <summary>What follows the hyphen, <c>draft.1</c>; empty where there is none.</summary>
    public string Extension => Text.IndexOf('-') is >= 0 and var hyphen ? Text[(hyphen + 1)..] : "";

    /// <summary>The numbers, as written.</summary>
    internal string[] Parts => Text.IndexOf('-') is >= 0 and var hyphen ? Text[..hyphen].Split('.') : Text.Split('.');

    /// <summary>Reads one version; wildcards are not versions, see <see cref="VersionPattern"/>.</summary>
    /// <returns><c>false</c> for anything else than numbers joined by dots, or three of them with an extension by the rules of semantic versioning.</returns>
    public static bool TryParse(string? text, out SdmxVersion version)
    {
        version = default;
        if (string.IsNullOrEmpty(text))
            return false;
        int hyphen = text.IndexOf('-');
        string[] parts = (hyphen < 0 ? text : text[..hyphen]).Split('.');
        bool isVersion = hyphen < 0
            ? Array.TrueForAll(parts, IsNumber)
            : parts.Length == 3 && Array.TrueForAll(parts, IsNumberWithoutLeadingZero) && Array.TrueForAll(text[(hyphen + 1)..].Split('.'), IsIdentifier);
        if (isVersion)
            version = new SdmxVersion(text);
        return isVersion;
    }

    /// <summary>Orders as the remarks on the type say.</summary>
    public int CompareTo(SdmxVersion other)
    {
        string[] parts = Parts, otherParts = other.Parts;
        int order = (Text.Length > 0).CompareTo(other.Text.Length > 0);
        for (int i = 0; order == 0 && i < Math.Max(parts.Length, otherParts.Length); i++)
            order = CompareNumbers(i < parts.Length ? parts[i] : "0", i < otherParts.Length ? otherParts[i] : "0");
        if (order == 0) order = CompareExtensions(Extension, other.Extension);
        if (order == 0) order = parts.Length.CompareTo(otherParts.Length);
        return order != 0 ? order : string.CompareOrdinal(Text, other.Text);
    }

    /// <summary>The version as written.</summary>
    public override string ToString() => Text;

    internal static bool IsNumber(string part) => part.Length > 0 && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    internal static bool IsNumberWithoutLeadingZero(string part) => IsNumber(part) && (part.Length == 1 || part[0] != '0');

    // By value without a limit: versions such as 20260331 or longer build stamps are legal.
    internal static int CompareNumbers(string a, string b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }

    static bool IsIdentifier(string part) =>
        part.Length > 0
        && Array.TrueForAll(part.ToCharArray(), c => char.IsAsciiLetterOrDigit(c) || c == '-')
        && (!IsNumber(part) || IsNumberWithoutLeadingZero(part));

    static int CompareExtensions(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0)
            return (a.Length == 0).CompareTo(b.Length == 0);
        string[] parts = a.Split('.'), others = b.Split('.');
        for (int i = 0; i < Math.Min(parts.Length, others.Length); i++)
        {
            int order = IsNumber(parts[i]) && IsNumber(others[i])
                ? CompareNumbers(parts[i], others[i])
                : IsNumber(parts[i]) != IsNumber(others[i]) ? (IsNumber(parts[i]) ? -1 : 1) : string.CompareOrdinal(parts[i], others[i]);
            if (order != 0)
                return order;
        }
        return parts.Length.CompareTo(others.Length);
    }
}

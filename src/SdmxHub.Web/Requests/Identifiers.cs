using System.Text.RegularExpressions;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>The identification parts of a path, as REST v1 and v2 write them.</summary>
static partial class Identifiers
{
    /// <summary>Splits an agency or id part; no elements stand for any.</summary>
    /// <param name="part">The part, or null where the path ends before it.</param>
    /// <param name="api">v1 separates by <c>+</c> and says <c>all</c>; v2 separates by <c>,</c> and says <c>*</c>.</param>
    /// <param name="what">What the part is, for the error: <c>agency</c>.</param>
    /// <param name="values">The ids.</param>
    /// <returns>The fault, or null.</returns>
    public static SdmxError? Split(string? part, ApiVersion api, string what, out ValueArray<string> values)
    {
        values = [];
        if (part is null || IsAny(part, api))
            return null;
        values = [.. part.Split(api == ApiVersion.V1 ? '+' : ',')];
        foreach (var value in values)
        {
            if (IsAny(value, api))
                return SdmxError.Syntax($"The {what} '{part}' lists '{value}' beside others; it stands alone.");
            if (!Ids().IsMatch(value))
                return SdmxError.Syntax($"The {what} '{value}' is no identifier: letters, digits and _ @ $ - . only.");
        }

        return null;
    }

    /// <summary>Whether <paramref name="value"/> is one of <paramref name="wanted"/>, or any is.</summary>
    public static bool Match(ValueArray<string> wanted, string value) => wanted.IsEmpty || wanted.Contains(value);

    static bool IsAny(string part, ApiVersion api) => part == (api == ApiVersion.V1 ? "all" : "*");

    [GeneratedRegex(@"^[A-Za-z0-9_@$.\-]+\z")]
    private static partial Regex Ids();
}

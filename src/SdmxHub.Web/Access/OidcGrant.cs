using System.Diagnostics.CodeAnalysis;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What a value of the role claim means: <c>kg-office=provider areas:417</c>.</summary>
/// <param name="Value">The claim's value.</param>
/// <param name="Role">The role it gives.</param>
/// <param name="Scopes">The scopes it gives.</param>
sealed record OidcGrant(string Value, Role Role, Scopes Scopes)
{
    /// <summary>Reads the grants of <see cref="OidcOptions.Grants"/>.</summary>
    /// <param name="text">The setting.</param>
    /// <param name="fault">The first that cannot be read, a sentence, or null.</param>
    public static IReadOnlyList<OidcGrant> ParseAll(string text, out string? fault)
    {
        fault = null;
        var grants = new List<OidcGrant>();
        foreach (var part in HubOptionsRules.Split(text))
        {
            if (TryParse(part, out var grant, out var reason))
                grants.Add(grant);
            else
                fault ??= reason;
        }

        return grants;
    }

    static bool TryParse(string text, [NotNullWhen(true)] out OidcGrant? grant, [NotNullWhen(false)] out string? fault)
    {
        grant = null;
        var equals = text.IndexOf('=');
        var words = equals < 0 ? [] : text[(equals + 1)..].Split(' ', 2, StringSplitOptions.TrimEntries);
        if (equals <= 0 || !Roles.TryParse(words[0], out var role))
        {
            fault = $"'{text}' is no grant: expected VALUE=ROLE with one of {string.Join(", ", Roles.Names)}, and scopes behind it.";
            return false;
        }

        if (Scopes.TryParse(words.Length > 1 ? words[1] : "", out var scopes, out fault))
            grant = new(text[..equals].Trim(), role, scopes);
        return grant is not null;
    }
}

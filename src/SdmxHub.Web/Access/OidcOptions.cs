namespace SdmxHub.Web;

/// <summary>The identity provider whose bearer tokens count beside the hub's own keys.</summary>
public sealed record OidcOptions
{
    /// <summary>Its address, under which <c>/.well-known/openid-configuration</c> is. Empty: no tokens are taken.</summary>
    public string Authority { get; init; } = "";

    /// <summary>The audience that a token must be for.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The claim that holds the caller's name.</summary>
    public string NameClaim { get; init; } = "preferred_username";

    /// <summary>The claim whose values <see cref="Grants"/> knows: roles or groups.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>What values of the role claim mean, separated by semicolons: <c>VALUE=ROLE</c>, and scopes behind it. The first that a token has counts.</summary>
    public string Grants { get; init; } = "";
}

using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Callers that an OpenID Connect provider vouches for by a bearer token.</summary>
static class OidcCallers
{
    const string Scheme = JwtBearerDefaults.AuthenticationScheme;

    /// <summary>Whether tokens are taken at all.</summary>
    public static bool IsOn(HttpContext context) => IsOn(context.RequestServices.GetRequiredService<HubOptions>());

    /// <summary>Sets up the checking of tokens, when an authority is set.</summary>
    public static void Add(IServiceCollection services, HubOptions options)
    {
        if (!IsOn(options))
            return;
        services.AddAuthentication().AddJwtBearer(Scheme, jwt =>
        {
            jwt.Authority = options.Oidc.Authority;
            jwt.Audience = options.Oidc.Audience;
            jwt.MapInboundClaims = false;
            // Only a provider on the machine itself may be asked without TLS; the settings' rules hold the rest to https.
            jwt.RequireHttpsMetadata = !new Uri(options.Oidc.Authority).IsLoopback;
            // Asymmetric ones only: what everybody can read of the provider, its public key, must sign nothing.
            jwt.TokenValidationParameters.ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];
            jwt.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        });
    }

    /// <summary>Who the request's token is of.</summary>
    public static async Task<(Caller?, Problem?)> Identify(HttpContext context)
    {
        var result = await context.AuthenticateAsync(Scheme);
        if (result.Principal is { } principal)
            return CallerOf(principal, context.RequestServices.GetRequiredService<HubOptions>().Oidc);
        return (null, await IsProviderThere(context)
            ? Problem.Of(StatusCodes.Status401Unauthorized, "The token is not valid here: it must be signed by the hub's identity provider, be for this hub, and not have expired.")
            : Problem.Of(StatusCodes.Status503ServiceUnavailable, "The identity provider does not answer, so that no token can be checked."));
    }

    // A provider that cannot be asked for its keys looks like a wrong signature.
    static async Task<bool> IsProviderThere(HttpContext context)
    {
        var jwt = context.RequestServices.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>().Get(Scheme);
        try
        {
            await jwt.ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static bool IsOn(HubOptions options) => options.Oidc.Authority.Length > 0;

    static (Caller?, Problem?) CallerOf(ClaimsPrincipal principal, OidcOptions options)
    {
        var values = principal.FindAll(options.RoleClaim).Select(c => c.Value).ToHashSet();
        var grant = OidcGrant.ParseAll(options.Grants, out _).FirstOrDefault(g => values.Contains(g.Value));
        var subject = principal.FindFirst("sub")?.Value ?? "";
        // A name is what drafts belong to: one that a provider gives must not be that of a key.
        var name = $"{principal.FindFirst(options.NameClaim)?.Value ?? subject}@{new Uri(options.Authority).Host}";
        // Who the provider knows, but nobody gave a role, is a reader: that it is known is what reading may need.
        return (new(name, grant?.Role ?? Role.Reader, grant?.Scopes ?? Scopes.All) { Id = $"{principal.FindFirst("iss")?.Value} {subject}" }, null);
    }
}

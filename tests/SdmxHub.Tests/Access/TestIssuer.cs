using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SdmxHub.Tests.Access;

/// <summary>An OpenID Connect provider on a port of its own: a discovery document, its public keys, and tokens for whom one likes.</summary>
sealed class TestIssuer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly RsaSecurityKey _key = NewKey("one");

    TestIssuer(WebApplication app) => _app = app;

    /// <summary>Its address.</summary>
    public string Authority => _app.Urls.First();

    public static async Task<TestIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        var published = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(issuer._key.Rsa.ExportParameters(false)) { KeyId = "one" });
        issuer._app.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""{"issuer":"{{issuer.Authority}}","jwks_uri":"{{issuer.Authority}}/keys"}""", "application/json"));
        issuer._app.MapGet("/keys", () => Results.Text($$"""{"keys":[{"kty":"RSA","use":"sig","kid":"one","n":"{{published.N}}","e":"{{published.E}}"}]}""", "application/json"));
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <summary>A token that holds, unless told otherwise.</summary>
    public string Token(string[] roles, string? audience = null, string? issuer = null, DateTime? expires = null, SigningCredentials? signedBy = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer ?? Authority,
            Audience = audience ?? "sdmxhub",
            NotBefore = DateTime.UtcNow.AddDays(-1),
            Expires = expires ?? DateTime.UtcNow.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "s-1", ["preferred_username"] = "aigerim", ["roles"] = roles },
            SigningCredentials = signedBy ?? new(_key, SecurityAlgorithms.RsaSha256),
        });

    /// <summary>The public key, taken as the secret of a symmetric signature: what a careless checker accepts.</summary>
    public SigningCredentials PublicKeyAsSecret => new(new SymmetricSecurityKey(_key.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);

    /// <summary>A signature of somebody else who says the key is this one's.</summary>
    public static SigningCredentials Stranger(string keyId) => new(NewKey(keyId), SecurityAlgorithms.RsaSha256);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}

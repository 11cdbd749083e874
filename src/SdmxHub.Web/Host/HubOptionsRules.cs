using System.Net;
using FluentValidation;

namespace SdmxHub.Web;

/// <summary>What settings must satisfy; checked once, at start.</summary>
public sealed class HubOptionsRules : AbstractValidator<HubOptions>
{
    /// <summary>The rules.</summary>
    public HubOptionsRules()
    {
        RuleFor(o => o.Store).Must(s => s.StartsWith("sqlite:", StringComparison.Ordinal) && s.Length > "sqlite:".Length)
            .WithMessage(o => $"Store is '{o.Store}': expected sqlite:PATH.");
        RuleFor(o => o.Urls).Must(urls => Split(urls).Length > 0 && Split(urls).All(IsAddress))
            .WithMessage(o => $"Urls is '{o.Urls}': expected addresses such as http://127.0.0.1:5080, separated by semicolons.");
        RuleFor(o => o.BasePath).Must(p => p.Length == 0 || (p[0] == '/' && p.Length > 1 && p[^1] != '/'))
            .WithMessage(o => $"BasePath is '{o.BasePath}': expected nothing, or a path such as /hub.");
        RuleFor(o => o.Structures).Must(paths => Split(paths).All(IsThere))
            .WithMessage(o => $"Structures names '{Split(o.Structures).First(p => !IsThere(p))}', which is neither a file nor a folder.");
        RuleFor(o => o.Sender).Matches("^[A-Za-z0-9_@$-]+$").WithMessage(o => $"Sender is '{o.Sender}': expected an id of letters, digits and _ @ $ -.");
        RuleFor(o => o.CorsOrigins).Must(origins => Split(origins).All(IsOrigin))
            .WithMessage(o => $"CorsOrigins is '{o.CorsOrigins}': expected * or origins such as https://example.org, separated by semicolons.");
        RuleFor(o => o.LogLevel).IsEnumName(typeof(LogLevel), caseSensitive: false)
            .WithMessage(o => $"LogLevel is '{o.LogLevel}': expected Trace, Debug, Information, Warning, Error, Critical or None.");
        RuleFor(o => o.MaxRequestLine).InclusiveBetween(1024, 1 << 20).WithMessage(o => $"MaxRequestLine is {o.MaxRequestLine}: expected 1024 to 1048576.");
        RuleFor(o => o.MaxObservations).GreaterThanOrEqualTo(0).WithMessage(o => $"MaxObservations is {o.MaxObservations}: expected a number from 0, which is no limit.");
        RuleFor(o => o.MaxConnections).GreaterThan(0).WithMessage(o => $"MaxConnections is {o.MaxConnections}: expected at least 1.");
        AccessRules();
        RuleFor(o => o.Limits.MaxBytes).GreaterThan(0).WithMessage(o => $"Limits:MaxBytes is {o.Limits.MaxBytes}: expected at least 1.");
        RuleFor(o => o.Limits.MaxExpansion).GreaterThan(0).WithMessage(o => $"Limits:MaxExpansion is {o.Limits.MaxExpansion}: expected at least 1.");
        RuleFor(o => o.Limits.MaxDepth).InclusiveBetween(8, 1000).WithMessage(o => $"Limits:MaxDepth is {o.Limits.MaxDepth}: expected 8 to 1000.");
        RuleFor(o => o.Limits.MaxText).GreaterThanOrEqualTo(1024).WithMessage(o => $"Limits:MaxText is {o.Limits.MaxText}: expected at least 1024.");
        RuleFor(o => o.Limits.MaxComponents).GreaterThanOrEqualTo(16).WithMessage(o => $"Limits:MaxComponents is {o.Limits.MaxComponents}: expected at least 16.");
        RuleFor(o => o.Intake.Workers).InclusiveBetween(1, 32).WithMessage(o => $"Intake:Workers is {o.Intake.Workers}: expected 1 to 32.");
        RuleFor(o => o.Intake.MaxFiles).InclusiveBetween(1, 1000).WithMessage(o => $"Intake:MaxFiles is {o.Intake.MaxFiles}: expected 1 to 1000.");
        RuleFor(o => o.Intake.MinBytesPerSecond).GreaterThan(0).WithMessage(o => $"Intake:MinBytesPerSecond is {o.Intake.MinBytesPerSecond}: expected at least 1.");
        RuleFor(o => o.Intake.MaxBodySeconds).GreaterThan(0).WithMessage(o => $"Intake:MaxBodySeconds is {o.Intake.MaxBodySeconds}: expected at least 1.");
    }

    void AccessRules()
    {
        RuleFor(o => o.MaxFailedKeys).GreaterThan(0).WithMessage(o => $"MaxFailedKeys is {o.MaxFailedKeys}: expected at least 1.");
        RuleFor(o => o.KnownProxies).Must(p => Split(p).All(IsNetwork))
            .WithMessage(o => $"KnownProxies is '{o.KnownProxies}': expected addresses or networks such as 10.0.0.1;192.168.0.0/24, separated by semicolons.");
        RuleFor(o => o.RateLimits).Must(r => r is { Data: >= 0, Structures: >= 0, Submissions: >= 0 })
            .WithMessage(o => $"RateLimits are {o.RateLimits.Data}, {o.RateLimits.Structures} and {o.RateLimits.Submissions}: expected numbers from 0, which is no limit.");
        RuleFor(o => o.Oidc.Authority).Must(a => a.Length == 0 || IsSafe(a))
            .WithMessage(o => $"Oidc:Authority is '{o.Oidc.Authority}': expected nothing, or an address that begins with https (http only on this machine).");
        RuleFor(o => o.Oidc.Audience).NotEmpty().When(o => o.Oidc.Authority.Length > 0)
            .WithMessage("Oidc:Audience is '': expected the audience that tokens must be for, since Oidc:Authority is set.");
        RuleFor(o => o.Oidc.Grants).Custom((grants, context) =>
        {
            OidcGrant.ParseAll(grants, out var fault);
            if (fault is not null)
                context.AddFailure($"Oidc:Grants: {fault}");
        });
    }

    internal static string[] Split(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    static bool IsThere(string path) => File.Exists(path) || Directory.Exists(path);

    static bool IsOrigin(string text) => text == "*" || (IsAddress(text) && !text.EndsWith('/'));

    static bool IsNetwork(string text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);

    static bool IsSafe(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    // Kestrel's addresses may have + or * for the host, which no URI has.
    static bool IsAddress(string url) =>
        Uri.TryCreate(url.Replace("://+", "://host").Replace("://*", "://host"), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";
}

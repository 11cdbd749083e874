using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>In front of every endpoint: finds out who asks, and whether its role allows what is asked for.</summary>
/// <remarks>Who sends a key that does not hold is refused, also where no key is needed: it would take the answer for that of its key.</remarks>
static class Gate
{
    const string Challenge = "Bearer realm=\"SdmxHub\"";
    const string BasicChallenge = "Basic realm=\"SdmxHub\", charset=\"UTF-8\"";

    public static async Task Run(HttpContext context, RequestDelegate next)
    {
        var rule = RuleOf(context);
        if (rule.Least is null)
        {
            await next(context);
            return;
        }

        var credential = context.Features.Get<Credential>();
        var (caller, refusal) = credential is null ? (Caller.Anonymous, null) : await Identify(context, credential);
        refusal ??= AccessRules.Refuse(rule.Action, caller!, context.RequestServices.GetRequiredService<HubOptions>().AnonymousRead);
        if (refusal is not null)
        {
            await Refuse(context, refusal, isWrong: credential is not null);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    // Routing's own endpoints, such as its 405, have no action: they tell as much as a page does.
    static AccessRule RuleOf(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<AccessRule>() is { } rule)
            return rule;
        return endpoint is RouteEndpoint ? throw new InvalidOperationException($"{endpoint.DisplayName} names no action") : AccessRules.Of(HubAction.ReadPage);
    }

    static async Task<(Caller?, Problem?)> Identify(HttpContext context, Credential credential)
    {
        if (credential.IsBasic && MayBeForged(context.Request))
            return (null, Problem.Of(StatusCodes.Status403Forbidden, "A browser sends basic credentials by itself, also for another site's page; nothing is changed by them. Send the key as 'Authorization: Bearer sdmxhub_...'."));
        if (OidcCallers.IsOn(context) && !ApiKeys.IsKey(credential.Text))
            return await OidcCallers.Identify(context);
        var failed = context.RequestServices.GetRequiredService<FailedKeys>();
        var address = context.Connection.RemoteIpAddress;
        if (failed.Wait(address) is > 0 and var wait)
            return (null, Problem.TooMany("Too many wrong keys came from this address.", wait));
        if (new ApiKeys(context.RequestServices.GetRequiredService<Intake>()).Verify(credential.Text) is { } key)
            return (Caller.Of(key), null);
        failed.Add(address);
        HubLog.WrongKey(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("SdmxHub.Web"), address);
        return (null, Problem.Of(StatusCodes.Status401Unauthorized, "The key is not known, or holds no longer."));
    }

    static bool MayBeForged(HttpRequest request) =>
        !SdmxAnswer.Methods.Contains(request.Method) && (request.Headers.ContainsKey("Origin") || request.Headers.ContainsKey("Sec-Fetch-Site"));

    static Task Refuse(HttpContext context, Problem refusal, bool isWrong)
    {
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = new([isWrong ? Challenge + ", error=\"invalid_token\"" : Challenge, BasicChallenge]);
        return refusal.ExecuteAsync(context);
    }
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/api/keys</c>: the keys of those who may send. Secrets are in the answers that make keys, and nowhere else.</summary>
static class KeysEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/keys", (RequestDelegate)List).Needs(HubAction.ManageKeys);
        routes.MapPost("/api/keys", (RequestDelegate)Make).Needs(HubAction.ManageKeys);
        routes.MapDelete("/api/keys/{id}", (RequestDelegate)Revoke).Needs(HubAction.ManageKeys);
        routes.MapPost("/api/keys/first", (RequestDelegate)MakeFirst).Needs(HubAction.MakeFirstKey);
    }

    static Task List(HttpContext context) => JsonBody.Answer(context, 200, Keys(context).List(), KeyJson.Default.IReadOnlyListApiKey);

    static async Task Make(HttpContext context)
    {
        var rules = new KeyRequestRules(context.RequestServices.GetRequiredService<TimeProvider>());
        var (request, problem) = await JsonBody.Read(context, KeyJson.Default.KeyRequest, rules);
        if (request is null)
        {
            await problem!.ExecuteAsync(context);
            return;
        }

        Roles.TryParse(request.Role!, out var role);
        Scopes.TryParse(request.Scopes ?? "", out var scopes, out _);
        var key = Keys(context).Make(request.Name!, role, scopes!, request.Expires, Caller.Of(context).Name, out var secret);
        await AnswerMade(context, new(key, secret));
    }

    static Task Revoke(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (!Keys(context).Revoke(id))
            return Problem.NotFound($"There is no key '{id}'.").ExecuteAsync(context);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    static async Task MakeFirst(HttpContext context)
    {
        var failed = context.RequestServices.GetRequiredService<FailedKeys>();
        var address = context.Connection.RemoteIpAddress;
        if (failed.Wait(address) is > 0 and var wait)
        {
            await Problem.TooMany("Too many wrong keys came from this address.", wait).ExecuteAsync(context);
            return;
        }

        var (request, problem) = await JsonBody.Read(context, KeyJson.Default.FirstKeyRequest, new FirstKeyRequestRules());
        if (request is not null && Keys(context).MakeFirst(request.Token, request.Name!, out var secret) is { } key)
        {
            await AnswerMade(context, new(key, secret!));
            return;
        }

        if (problem is null)
            failed.Add(address);
        await (problem ?? Problem.Of(StatusCodes.Status403Forbidden, "The token is not known, or holds no longer, or there is an administrator already.")).ExecuteAsync(context);
    }

    static Task AnswerMade(HttpContext context, MadeKey made)
    {
        context.Response.Headers.Location = $"{context.Request.PathBase}/api/keys/{made.Key.Id}";
        return JsonBody.Answer(context, StatusCodes.Status201Created, made, KeyJson.Default.MadeKey);
    }

    static ApiKeys Keys(HttpContext context) => new(context.RequestServices.GetRequiredService<Intake>());
}

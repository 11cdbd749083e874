using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/api/releases</c>: the named states of the store; they are made by publishing drafts or by naming the head, and undone. <c>/api/log</c>: every revision.</summary>
static class ReleasesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/log", (RequestDelegate)Log).Needs(HubAction.ReadLog);
        routes.MapGet("/api/releases", (RequestDelegate)List).Needs(HubAction.ReadLog);
        routes.MapPost("/api/releases", (RequestDelegate)Name).Needs(HubAction.Publish);
        routes.MapGet("/api/releases/{name}", (RequestDelegate)Show).Needs(HubAction.ReadLog);
        routes.MapPost("/api/releases/{name}/undo", (RequestDelegate)Undo).Needs(HubAction.Publish);
    }

    static Task Log(HttpContext context) => JsonBody.Answer(context, 200, Store(context).Log(), DraftJson.Default.IReadOnlyListRevision);

    static Task List(HttpContext context) => JsonBody.Answer(context, 200, Store(context).Releases(), DraftJson.Default.IReadOnlyListRelease);

    static Task Show(HttpContext context) => Find(context) is { } release ? JsonBody.Answer(context, 200, release, DraftJson.Default.Release) : NotFound(context);

    static async Task Name(HttpContext context)
    {
        var (request, problem) = await JsonBody.Read(context, DraftJson.Default.NameRequest, new NameRequestRules());
        if (request is not null && Store(context).Name(request.Name!) is { } release)
        {
            context.Response.Headers.Location = $"{context.Request.PathBase}/api/releases/{release.Name}";
            await JsonBody.Answer(context, StatusCodes.Status201Created, release, DraftJson.Default.Release);
            return;
        }

        await (problem ?? Problem.Of(StatusCodes.Status409Conflict, $"There is a release '{request!.Name}' already.")).ExecuteAsync(context);
    }

    static async Task Undo(HttpContext context)
    {
        if (Find(context) is not { } release)
        {
            await NotFound(context);
            return;
        }

        if ((await JsonBody.ReadNothing(context) ?? await Task.Run(() => Cover(context, release))) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var drafts = context.RequestServices.GetRequiredService<Storage.Drafts>();
        await DraftJson.Answer(context, await Task.Run(() => drafts.Undo(release, Caller.Of(context).Name, isTrial: false, context.RequestAborted)), null);
    }

    /// <summary>Whether the caller's scopes cover every flow that a release changed.</summary>
    static Problem? Cover(HttpContext context, Release release)
    {
        using var changes = Store(context).Changes(release);
        return changes.Flows.Select(flow => DraftAccess.Refuse(context, HubAction.Publish, flow)).FirstOrDefault(p => p is not null);
    }

    static Release? Find(HttpContext context) => Store(context).Release((string)context.Request.RouteValues["name"]!);

    static Task NotFound(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        return Problem.NotFound($"There is no release '{name}'.{Sdmx.Nearest.Hint(name, Store(context).Releases().Select(r => r.Name))}").ExecuteAsync(context);
    }

    static Store Store(HttpContext context) => context.RequestServices.GetRequiredService<Store>();
}

using System.Globalization;
using System.Text.Json.Serialization;
using FluentValidation;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/api/drafts</c>: drafts are made, looked at, published, scheduled, dropped. What they would change: <see cref="ChangesEndpoint"/>; their preview:
/// the ordinary queries with <c>draft=NAME</c>.</summary>
static class DraftsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/drafts", (RequestDelegate)List).Needs(HubAction.ReadDraft);
        routes.MapPost("/api/drafts", (RequestDelegate)Create).Needs(HubAction.EditDraft);
        routes.MapGet("/api/drafts/{name}", (RequestDelegate)Show).Needs(HubAction.ReadDraft);
        routes.MapDelete("/api/drafts/{name}", (RequestDelegate)Drop).Needs(HubAction.EditDraft);
        routes.MapDelete("/api/drafts/{name}/submissions/{number}", (RequestDelegate)Withdraw).Needs(HubAction.EditDraft);
        routes.MapPost("/api/drafts/{name}/refresh", (RequestDelegate)Refresh).Needs(HubAction.EditDraft);
        routes.MapGet("/api/drafts/{name}/conflicts", (RequestDelegate)Conflicts).Needs(HubAction.ReadDraft);
        routes.MapPut("/api/drafts/{name}/schedule", (RequestDelegate)Schedule).Needs(HubAction.Publish);
        routes.MapPost("/api/drafts/{name}/publish", (RequestDelegate)Publish).Needs(HubAction.Publish);
    }

    static Task List(HttpContext context) =>
        JsonBody.Answer(context, 200, [.. Drafts(context).All().Where(d => DraftAccess.IsSeen(context, d)).Select(d => DraftBody.Of(d, Drafts(context)))], DraftJson.Default.ListDraftBody);

    static async Task Create(HttpContext context)
    {
        var (request, problem) = await JsonBody.Read(context, DraftJson.Default.NameRequest, new NameRequestRules());
        if (request is null)
        {
            await problem!.ExecuteAsync(context);
            return;
        }

        if (Drafts(context).Create(request.Name!, Caller.Of(context).Name) is not { } draft)
        {
            await Problem.Of(StatusCodes.Status409Conflict, $"There is a draft or release '{request.Name}' already.").ExecuteAsync(context);
            return;
        }

        context.Response.Headers.Location = $"{context.Request.PathBase}/api/drafts/{draft.Name}";
        await JsonBody.Answer(context, StatusCodes.Status201Created, DraftBody.Of(draft, Drafts(context)), DraftJson.Default.DraftBody);
    }

    static Task Show(HttpContext context) => With(context, HubAction.ReadDraft, draft =>
        JsonBody.Answer(context, 200, DraftBody.Of(draft, Drafts(context)), DraftJson.Default.DraftBody));

    static Task Drop(HttpContext context) => With(context, HubAction.EditDraft, draft =>
    {
        Drafts(context).Drop(draft);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    });

    static Task Withdraw(HttpContext context) => With(context, HubAction.EditDraft, async draft =>
    {
        var text = (string)context.Request.RouteValues["number"]!;
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        await Refusable(context, async () =>
        {
            if (!isNumber || !await Task.Run(() => Drafts(context).Withdraw(draft, number, context.RequestAborted)))
                await Problem.NotFound($"The draft '{draft.Name}' has no submission '{text}'.").ExecuteAsync(context);
            else
                context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
    });

    static Task Refresh(HttpContext context) => With(context, HubAction.EditDraft, draft => Refusable(context, async () =>
    {
        if (await JsonBody.ReadNothing(context, "accept") is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var accept = context.Request.Query["accept"] == "true";
        await Task.Run(() => Drafts(context).Refresh(draft, accept, context.RequestAborted));
        await JsonBody.Answer(context, 200, DraftBody.Of(Drafts(context).Find(draft.Name)!, Drafts(context)), DraftJson.Default.DraftBody);
    }));

    static Task Conflicts(HttpContext context) => With(context, HubAction.ReadDraft, draft => Refusable(context, async () =>
    {
        var outcome = await Task.Run(() => Drafts(context).Publish(draft, Caller.Of(context).Name, isTrial: true, context.RequestAborted));
        await JsonBody.Answer(context, 200, ConflictsBody.Of(outcome), DraftJson.Default.ConflictsBody);
    }));

    static Task Schedule(HttpContext context) => With(context, HubAction.Publish, async draft =>
    {
        var (request, problem) = await JsonBody.Read(context, DraftJson.Default.ScheduleRequest, new ScheduleRequestRules());
        problem ??= Cover(context, draft);
        if (problem is not null)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        Drafts(context).Schedule(draft, request!.PublishAt, request.Release);
        await JsonBody.Answer(context, 200, DraftBody.Of(Drafts(context).Find(draft.Name)!, Drafts(context)), DraftJson.Default.DraftBody);
    });

    static Task Publish(HttpContext context) => With(context, HubAction.Publish, draft => Refusable(context, async () =>
    {
        if ((await JsonBody.ReadNothing(context) ?? await Task.Run(() => Cover(context, draft))) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        var outcome = await Task.Run(() => Drafts(context).Publish(draft, Caller.Of(context).Name, isTrial: false, context.RequestAborted));
        await DraftJson.Answer(context, outcome, draft.Release);
    }));

    /// <summary>Whether the caller's scopes cover every flow that a draft changes.</summary>
    static Problem? Cover(HttpContext context, Draft draft)
    {
        using var changes = Drafts(context).Changes(draft, context.RequestAborted);
        return changes.Flows.Select(flow => DraftAccess.Refuse(context, HubAction.Publish, flow)).FirstOrDefault(p => p is not null);
    }

    static Task With(HttpContext context, HubAction action, Func<Draft, Task> run) =>
        DraftAccess.Find(context, (string)context.Request.RouteValues["name"]!, action, out var problem) is { } draft ? run(draft) : problem!.ExecuteAsync(context);

    /// <summary>Answers what keeps a draft from being made ready: a submission that is no longer valid.</summary>
    static async Task Refusable(HttpContext context, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (StoreException fault)
        {
            await Problem.Of(StatusCodes.Status409Conflict, fault.Message).ExecuteAsync(context);
        }
    }

    static Storage.Drafts Drafts(HttpContext context) => context.RequestServices.GetRequiredService<Storage.Drafts>();
}

/// <summary>The body of a request that names a draft or release.</summary>
/// <param name="Name">The name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record NameRequest(string? Name);

/// <summary>What it must satisfy.</summary>
sealed class NameRequestRules : AbstractValidator<NameRequest>
{
    public NameRequestRules() => RuleFor(r => r.Name).Must(n => n is not null && Moment.IsName(n))
        .WithMessage(r => $"name is '{r.Name}': expected {Moment.ExpectedName}.");
}

/// <summary>The body of a request to publish later.</summary>
/// <param name="PublishAt">When; null takes the plan back.</param>
/// <param name="Release">As what; null for the draft's name.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record ScheduleRequest(DateTimeOffset? PublishAt, string? Release);

/// <summary>What it must satisfy.</summary>
sealed class ScheduleRequestRules : AbstractValidator<ScheduleRequest>
{
    public ScheduleRequestRules() => RuleFor(r => r.Release).Must(n => n is null || Moment.IsName(n))
        .WithMessage(r => $"release is '{r.Release}': expected {Moment.ExpectedName}.");
}

using Microsoft.AspNetCore.Http.Features;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/api/queries</c>: data queries under a name. They are checked when they are saved, seen and asked by all who may read, and changed by who saved them.</summary>
static class SavedQueriesEndpoint
{
    /// <summary>The most queries of one owner: a key that went astray fills no disk.</summary>
    const int MostOfOwner = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/queries", (RequestDelegate)List).Needs(HubAction.ReadQuery);
        routes.MapGet("/api/queries/{name}", (RequestDelegate)Show).Needs(HubAction.ReadQuery);
        routes.MapPut("/api/queries/{name}", (RequestDelegate)Save).Needs(HubAction.SaveQuery);
        routes.MapDelete("/api/queries/{name}", (RequestDelegate)Drop).Needs(HubAction.SaveQuery);
        routes.MapMethods("/api/queries/{name}/data", SdmxAnswer.Methods, (RequestDelegate)Answer).Needs(HubAction.ReadData);
    }

    /// <summary>The saved queries of the hub; none where it cannot keep any.</summary>
    public static IReadOnlyList<SavedQuery> All(HttpContext context) => Open(context)?.All() ?? [];

    static Task List(HttpContext context) => JsonBody.Answer(context, 200, All(context), SavedQueryJson.Default.IReadOnlyListSavedQuery);

    static Task Show(HttpContext context) =>
        Find(context) is { } query ? JsonBody.Answer(context, 200, query, SavedQueryJson.Default.SavedQuery) : NotFound(context);

    static async Task Save(HttpContext context)
    {
        if (await TrySave(context) is { } problem)
            await problem.ExecuteAsync(context);
    }

    static async Task<Problem?> TrySave(HttpContext context)
    {
        var (name, caller) = (Name(context), Caller.Of(context));
        if (!Moment.IsName(name))
            return Problem.Of(StatusCodes.Status400BadRequest, $"name is '{name}': expected {Moment.ExpectedName}.");
        var (request, problem) = await JsonBody.Read(context, SavedQueryJson.Default.SavedQueryRequest, new SavedQueryRequestRules());
        if (request is null)
            return problem;
        if (Open(context) is not { } queries)
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "This hub keeps no queries: its folder for them cannot be written.");
        var before = queries.Find(name);
        if (AccessRules.Refuse(HubAction.SaveQuery, caller, new AccessTarget(Owner: before?.Owner)) is { } refusal)
            return refusal;
        if (Check(context, request.Path!, out var path, out var notes) is { } error)
            return Problem.Of(error.Code == SdmxErrorCode.Syntax ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity, $"path: {error.Message}");
        if (before is null && queries.All().Count(q => q.Owner == caller.Name) >= MostOfOwner)
            return Problem.Of(StatusCodes.Status409Conflict, $"'{caller.Name}' has {MostOfOwner} saved queries, the most there may be: drop one first.");
        if (queries.Save(name, path!, before?.Owner ?? caller.Name, request.Title, request.Description) is not { } saved)
            return Problem.Of(StatusCodes.Status409Conflict, $"Somebody else saved a query '{name}' just now.");
        if (before is null)
            context.Response.Headers.Location = $"{context.Request.PathBase}/api/queries/{name}";
        await JsonBody.Answer(context, before is null ? StatusCodes.Status201Created : StatusCodes.Status200OK, new SavedQueryBody(saved, notes), SavedQueryJson.Default.SavedQueryBody);
        return null;
    }

    /// <summary>Reads a query and holds it against the structures, as it would be when it is asked; a code that there is not makes an empty answer and a note.</summary>
    static SdmxError? Check(HttpContext context, string text, out string? path, out IReadOnlyList<string> notes)
    {
        (path, notes) = (null, []);
        if (!KeptQuery.TryParse(text, out var query, out var error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, query.Request, out var queries, out error);
        if (snapshot is null)
            return error;
        (path, notes) = (query.Path, [.. queries.SelectMany(q => QueryExplanation.Of(snapshot, q, isIndexed: true).Notes).Distinct()]);
        return null;
    }

    static async Task Drop(HttpContext context)
    {
        if (Find(context) is not { } query)
        {
            await NotFound(context);
            return;
        }

        var problem = AccessRules.Refuse(HubAction.SaveQuery, Caller.Of(context), new AccessTarget(Owner: query.Owner)) ?? await JsonBody.ReadNothing(context);
        if (problem is not null)
            await problem.ExecuteAsync(context);
        else if (!Open(context)!.Drop(query))
            await NotFound(context);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Answers as if the query itself had been asked, with what the request adds to it.</summary>
    /// <remarks>No redirection: some clients follow none, and others leave the key behind on the way.</remarks>
    static async Task Answer(HttpContext context)
    {
        if (Find(context) is not { } saved)
        {
            await NotFound(context);
            return;
        }

        if (KeptQuery.Of(saved.Path) is not { } query)
        {
            await Problem.Of(StatusCodes.Status422UnprocessableEntity, $"The saved query '{saved.Name}' can no longer be read: {saved.Path}").ExecuteAsync(context);
            return;
        }

        var asked = SdmxAnswer.RawTarget(context);
        var added = asked.AsSpan().IndexOfAny('?', '&') is >= 0 and var cut ? asked[(cut + 1)..] : "";
        var separator = added.Length == 0 ? "" : query.Path.AsSpan().IndexOfAny('?', '&') < 0 ? "?" : "&";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"{context.Request.PathBase}{query.Path}{separator}{added}";
        context.Response.OnStarting(() =>
        {
            // What a revision says never changes, but the name may come to mean another query.
            if (context.Response.Headers.CacheControl.ToString().Contains("immutable", StringComparison.Ordinal))
                context.Response.Headers.CacheControl = "no-cache";
            return Task.CompletedTask;
        });
        await DataEndpoint.Answer(context, query.Api);
    }

    static Task NotFound(HttpContext context) =>
        Problem.NotFound($"There is no saved query '{Name(context)}'.{Nearest.Hint(Name(context), All(context).Select(q => q.Name))}").ExecuteAsync(context);

    static SavedQuery? Find(HttpContext context) => Open(context)?.Find(Name(context));

    // Where the folder cannot be written nothing is kept, and nothing is taken either.
    static SavedQueries? Open(HttpContext context) =>
        context.RequestServices.GetRequiredService<SubmissionWorker>().Submissions is null ? null : new(context.RequestServices.GetRequiredService<Intake>());

    static string Name(HttpContext context) => (string)context.Request.RouteValues["name"]!;
}

using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/submissions[?state=][&amp;mode=][&amp;draft=][&amp;actor=][&amp;before=ID][&amp;limit=N]</c>, <c>GET</c> and <c>DELETE /api/submissions/{id}</c>.</summary>
static class SubmissionEndpoint
{
    const int MostListed = 1000;

    /// <summary>Adds the routes. Faults are problem+json: 400 for the request, 404 for a submission that is not there, 409 for one that cannot be cancelled any more.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SubmissionAnswer.Path, (Delegate)List).Needs(HubAction.ReadSubmission);
        routes.MapGet(SubmissionAnswer.Path + "/{id:long}", (Delegate)Get).Needs(HubAction.ReadSubmission);
        routes.MapDelete(SubmissionAnswer.Path + "/{id:long}", (Delegate)Cancel).Needs(HubAction.CancelSubmission);
    }

    static IResult List(HttpContext context)
    {
        if (!SubmissionAnswer.TryOpen(context, out var worker, out var problem))
            return problem;
        var parameters = new ParameterReader(SdmxAnswer.Target(context, prefix: 2), isNegotiated: false);
        var filter = new SubmissionFilter
        {
            State = Word<SubmissionState>(parameters, "state"), Mode = Word<SubmissionMode>(parameters, "mode"), Draft = parameters.Text("draft"),
            Actor = parameters.Text("actor"), Before = parameters.Count("before"), Limit = Math.Min(parameters.Count("limit") ?? 50, MostListed),
        };
        if (parameters.Finish() is { } error)
            return Problem.Of(StatusCodes.Status400BadRequest, error.Message);
        // A sender sees what is its own; who may see that of others sees all.
        var caller = Caller.Of(context);
        if (AccessRules.Refuse(HubAction.ReadSubmission, caller, new AccessTarget(Owner: "")) is not null)
            filter = filter with { Actor = caller.Name };
        var page = worker.Submissions!.List(filter);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(page with { Submissions = [.. page.Submissions.Select(worker.WithProgress)] }, SubmissionJson.Default.SubmissionPage);
    }

    static IResult Get(HttpContext context, long id) => SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out _, out var submission, out var problem)
        ? SubmissionAnswer.Of(context, context.RequestServices.GetRequiredService<SubmissionWorker>().WithProgress(submission), StatusCodes.Status200OK)
        : problem;

    static async Task<IResult> Cancel(HttpContext context, long id)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.CancelSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var worker = context.RequestServices.GetRequiredService<SubmissionWorker>();
        if (submission.State == SubmissionState.Staged)
            return await Withdraw(context, submission) ?? SubmissionAnswer.Of(context, submissions.Find(id)!, StatusCodes.Status200OK);
        if (!worker.Cancel(id))
        {
            submission = submissions.Find(id)!;
            return submission.State == SubmissionState.Cancelled
                ? SubmissionAnswer.Of(context, submission, StatusCodes.Status200OK)
                : Problem.Of(StatusCodes.Status409Conflict, string.Create(CultureInfo.InvariantCulture, $"Submission {id} is {submission.State.ToString().ToLowerInvariant()}; only one that waits, is being worked on or is staged can be taken back."));
        }

        submission = worker.WithProgress(submissions.Find(id)!);
        return SubmissionAnswer.Of(context, submission, submission.IsEnded ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    /// <summary>Takes a submission back from its draft; null when it is done.</summary>
    static async Task<Problem?> Withdraw(HttpContext context, Submission submission)
    {
        var drafts = context.RequestServices.GetRequiredService<Storage.Drafts>();
        if (drafts.Find(submission.Draft!) is not { } draft || drafts.Submissions(draft).FirstOrDefault(s => s.Submission == submission.Id) is not { } staged)
            return Problem.Of(StatusCodes.Status409Conflict, $"The draft '{submission.Draft}' is no longer open.");
        try
        {
            await Task.Run(() => drafts.Withdraw(draft, staged.Number, context.RequestAborted));
            return null;
        }
        catch (StoreException fault)
        {
            return Problem.Of(StatusCodes.Status409Conflict, fault.Message);
        }
    }

    static T? Word<T>(ParameterReader parameters, string name) where T : struct, Enum =>
        parameters.OneOf(name, [.. Enum.GetNames<T>().Select(n => n.ToLowerInvariant())]) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : null;
}

using System.Globalization;
using System.Text.Json.Serialization;
using FluentValidation;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/submissions/{id}/repairs</c>: a patch that the hub can think of; <c>POST /api/submissions/{id}/repair</c>: the patch as the sender confirms it, which makes a new
/// submission; <c>GET /api/submissions/{id}/wrong</c>: the series that have an error, as SDMX-CSV to mend and send again.</summary>
static class SubmissionRepairEndpoint
{
    /// <summary>Adds the routes. Faults are problem+json: 400 for the request, 404 for what is not there, 409 for a message that cannot be written anew.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SubmissionAnswer.Path + "/{id:long}/repairs", (Delegate)Suggest).Needs(HubAction.ReadSubmission);
        routes.MapGet(SubmissionAnswer.Path + "/{id:long}/wrong", (Delegate)Wrong).Needs(HubAction.ReadSubmission);
        routes.MapPost(SubmissionAnswer.Path + "/{id:long}/repair", (Delegate)Repair).Needs(HubAction.Submit);
    }

    static async Task<IResult> Suggest(HttpContext context, long id)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var suggestions = await Task.Run(() => Of(context, submissions, submission).Suggest(context.RequestAborted));
        return Results.Json(new SuggestedRepairs([.. suggestions]), RepairJson.Default.SuggestedRepairs);
    }

    static async Task<IResult> Wrong(HttpContext context, long id)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var temporary = new FileStream(Path.Combine(submissions.Folder, $"{Guid.NewGuid():N}.part"), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        });
        if (await Task.Run(() => Of(context, submissions, submission).WriteAsync([], wrong: true, temporary, context.RequestAborted)) is { } why)
        {
            await temporary.DisposeAsync();
            return Problem.Of(StatusCodes.Status409Conflict, why);
        }

        temporary.Position = 0;
        return Results.Stream(temporary, "application/vnd.sdmx.data+csv;version=2.0.0", string.Create(CultureInfo.InvariantCulture, $"wrong-{id}.csv"));
    }

    static async Task<IResult> Repair(HttpContext context, long id)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var (request, fault) = await JsonBody.Read(context, RepairJson.Default.RepairRequest, new RepairRequestRules());
        if (request is null)
            return fault!;
        if (submission.Mode == SubmissionMode.Publish && AccessRules.Refuse(HubAction.Publish, Caller.Of(context), anonymousRead: false) is { } refusal)
            return refusal;
        if (submission.Draft is { } draft && DraftAccess.Find(context, draft, HubAction.EditDraft, out problem) is null)
            return problem!;
        var path = Path.Combine(submissions.Folder, $"{Guid.NewGuid():N}.part");
        await using var repaired = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose });
        if (await Task.Run(() => Of(context, submissions, submission).WriteAsync(request.Repairs ?? [], request.GoodOnly ? false : null, repaired, context.RequestAborted)) is { } why)
            return Problem.Of(StatusCodes.Status409Conflict, why);
        repaired.Position = 0;
        using var spooled = await submissions.Spool.TakeAsync(repaired, long.MaxValue, context.RequestAborted);
        spooled!.Keep();
        return Keep(context, submissions, submission, request, spooled);
    }

    static IResult Keep(HttpContext context, Submissions submissions, Submission submission, RepairRequest request, SpooledFile spooled)
    {
        var caller = Caller.Of(context);
        var file = submission.Files[0] with { Bytes = spooled.Bytes, Sha256 = spooled.Sha256, Entry = null, Outcome = null, Name = Path.ChangeExtension(submission.Files[0].Name, ".csv") };
        var made = submissions.Add(submission with { Actor = caller.Name, Scopes = caller.Scopes, Files = [file], Note = Note(submission, request) }, null, out var isNew)!;
        var worker = context.RequestServices.GetRequiredService<SubmissionWorker>();
        if (isNew)
            worker.Wake();
        return SubmissionAnswer.Of(context, worker.WithProgress(made), isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    static string Note(Submission submission, RepairRequest request)
    {
        var what = string.Join(", ", (request.Repairs ?? []).Select(r => $"{r.Component} '{r.Value}' to '{r.Replacement}'"));
        var note = string.Create(CultureInfo.InvariantCulture, $"Submission {submission.Id} repaired{(what.Length > 0 ? $": {what}" : "")}{(request.GoodOnly ? "; without the series that have an error" : "")}.");
        return note.Length <= 2000 ? note : note[..1997] + "...";
    }

    static SubmissionRepair Of(HttpContext context, Submissions submissions, Submission submission) =>
        new(submissions, submission, context.RequestServices.GetRequiredService<HubOptions>().Limits);
}

/// <summary>The repairs that the hub can think of, in the form in which they are sent back.</summary>
sealed record SuggestedRepairs(IReadOnlyList<RepairSuggestion> Repairs);

/// <summary>The body of a request that confirms repairs.</summary>
/// <param name="Repairs">What is to be read as something else.</param>
/// <param name="GoodOnly">Whether the series that still have an error are left out.</param>
sealed record RepairRequest(IReadOnlyList<Repair>? Repairs, bool GoodOnly);

/// <summary>What it must satisfy.</summary>
sealed class RepairRequestRules : AbstractValidator<RepairRequest>
{
    public RepairRequestRules()
    {
        RuleFor(r => r).Must(r => r.Repairs is { Count: > 0 } || r.GoodOnly).WithMessage("repairs is empty: expected [{\"component\": \"REF_AREA\", \"value\": \"KG\", \"replacement\": \"417\"}], or goodOnly.");
        RuleFor(r => r.Repairs).Must(r => r!.All(p => p.Component is { Length: > 0 } && p.Value is not null && p.Replacement is not null)).When(r => r.Repairs is not null)
            .WithMessage("repairs: each needs component, value and replacement.");
        RuleFor(r => r.Repairs).Must(r => r!.DistinctBy(p => (p.Component, p.Value)).Count() == r!.Count).When(r => r.Repairs is not null)
            .WithMessage("repairs: one value of a component is repaired twice.");
    }
}

/// <summary>How repairs are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SuggestedRepairs))]
[JsonSerializable(typeof(RepairRequest))]
sealed partial class RepairJson : JsonSerializerContext;

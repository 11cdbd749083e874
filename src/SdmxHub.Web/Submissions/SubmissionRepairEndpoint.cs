using System.Globalization;
using FluentValidation;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/submissions/{id}/repairs</c>: a patch that the hub can think of; <c>POST /api/submissions/{id}/repair</c>: the patch as the sender confirms it, which makes a new
/// submission; <c>GET /api/submissions/{id}/wrong[?name=FILE]</c>: the series that have an error, as SDMX-CSV to mend and send again.</summary>
static class SubmissionRepairEndpoint
{
    /// <summary>What a patch may take: a repair is some 200 bytes, and the hub thinks of a thousand for each cause and of one for each series.</summary>
    const int MaxPatch = 16 * 1024 * 1024;

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

    static async Task<IResult> Wrong(HttpContext context, long id, string? name = null)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var (messages, why) = await Task.Run(() => Of(context, submissions, submission).WriteAsync([], wrong: true, context.RequestAborted));
        using var all = new Disposables(messages);
        if (why is not null)
            return Problem.Of(StatusCodes.Status409Conflict, why);
        var data = messages.Where(m => m.IsWritten && (name is null || m.File.Name == name)).ToList();
        if (data.Count != 1)
        {
            var names = string.Join(", ", messages.Where(m => m.IsWritten).Select(m => m.File.Name));
            return Problem.Of(data.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, names.Length == 0 ? "The submission holds no data." : $"Which file? ?name= one of {names}.");
        }

        // An open file can be read when its name is gone, which is when the messages are disposed.
        var content = new FileStream(data[0].File.Path, new FileStreamOptions { Options = FileOptions.Asynchronous, Share = FileShare.ReadWrite | FileShare.Delete });
        return Results.Stream(content, "application/vnd.sdmx.data+csv;version=2.0.0", string.Create(CultureInfo.InvariantCulture, $"wrong-{id}.csv"));
    }

    static async Task<IResult> Repair(HttpContext context, long id)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var (request, fault) = await JsonBody.Read(context, RepairJson.Default.RepairPatch, new RepairPatchRules(), MaxPatch);
        if (request is null)
            return fault!;
        if (submission.Mode == SubmissionMode.Publish && AccessRules.Refuse(HubAction.Publish, Caller.Of(context), anonymousRead: false) is { } refusal)
            return refusal;
        if (submission.Draft is { } draft && DraftAccess.Find(context, draft, HubAction.EditDraft, out problem) is null)
            return problem!;
        var (messages, why) = await Task.Run(() => Of(context, submissions, submission).WriteAsync(request.Confirmed, request.GoodOnly ? false : null, context.RequestAborted));
        using var all = new Disposables(messages);
        if (why is not null)
            return Problem.Of(StatusCodes.Status409Conflict, why);
        List<SubmittedFile> files = [];
        foreach (var (sent, message) in submission.Files.Zip(messages))
            files.Add(await TakeAsync(sent, message, submissions, context.RequestAborted));
        return Keep(context, submissions, submission, request, files);
    }

    /// <summary>Keeps a message that was written anew; what was not is kept already.</summary>
    static async Task<SubmittedFile> TakeAsync(SubmittedFile sent, RepairedMessage message, Submissions submissions, CancellationToken ct)
    {
        if (!message.IsWritten)
            return sent with { Outcome = null };
        await using var content = new FileStream(message.File.Path, new FileStreamOptions { Options = FileOptions.Asynchronous });
        using var spooled = await submissions.Spool.TakeAsync(content, long.MaxValue, ct);
        spooled!.Keep();
        return sent with { Bytes = spooled.Bytes, Sha256 = spooled.Sha256, Entry = null, Outcome = null, Name = Path.ChangeExtension(sent.Name, ".csv") };
    }

    static IResult Keep(HttpContext context, Submissions submissions, Submission submission, RepairPatch request, IReadOnlyList<SubmittedFile> files)
    {
        var caller = Caller.Of(context);
        var made = submissions.Add(submission with { Actor = caller.Name, Scopes = caller.Scopes, Files = files, Note = Note(submission, request) }, null, out var isNew)!;
        var worker = context.RequestServices.GetRequiredService<SubmissionWorker>();
        if (isNew)
            worker.Wake();
        return SubmissionAnswer.Of(context, worker.WithProgress(made), isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    static string Note(Submission submission, RepairPatch request)
    {
        var what = string.Join(", ", request.Confirmed.Take(200).Select(r => r.ToString()));
        var note = string.Create(CultureInfo.InvariantCulture, $"Submission {submission.Id} repaired{(what.Length > 0 ? $": {what}" : "")}{(request.GoodOnly ? "; without the series that have an error" : "")}.");
        return note.Length <= 2000 ? note : note[..1997] + "...";
    }

    static SubmissionRepair Of(HttpContext context, Submissions submissions, Submission submission) =>
        new(submissions, submission, context.RequestServices.GetRequiredService<HubOptions>().Limits);
}

/// <summary>Messages that go together.</summary>
sealed class Disposables(IReadOnlyList<IDisposable> all) : IDisposable
{
    public void Dispose()
    {
        foreach (var one in all)
            one.Dispose();
    }
}

/// <summary>What a patch must satisfy.</summary>
public sealed class RepairPatchRules : AbstractValidator<RepairPatch>
{
    /// <summary>The rules.</summary>
    public RepairPatchRules()
    {
        RuleFor(r => r).Must(r => r.Repairs is { Count: > 0 } || r.GoodOnly).WithMessage("repairs is empty: expected [{\"component\": \"REF_AREA\", \"value\": \"KG\", \"replacement\": \"417\"}], or goodOnly.");
        RuleFor(r => r.Repairs).Must(r => r!.All(p => p.Component is { Length: > 0 } && (p.Shift is null ? p.Value is not null && p.Replacement is not null : p.Value is null && p.Replacement is null))).When(r => r.Repairs is not null)
            .WithMessage("repairs: each needs component, value and replacement, or component and shift.");
        RuleFor(r => r.Repairs).Must(r => r!.DistinctBy(p => (p.Component, p.Value, p.Series, p.File)).Count() == r!.Count).When(r => r.Repairs is not null)
            .WithMessage("repairs: one value of a component is repaired twice.");
    }
}

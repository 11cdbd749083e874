using Sdmx;
using Sdmx.Mapping;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>POST /api/drafts/{name}/migrate?map=AGENCY:ID</c>: what the store, with the draft, holds of a map's source goes into its target, as a submission into the draft.</summary>
/// <remarks>202 with the submission, 200 when nothing is to be moved; 409 where the map cannot be applied or lacks rows: the problem says which.</remarks>
static class MigrationEndpoint
{
    const int MostTold = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/drafts/{name}/migrate", (Delegate)Migrate).Needs(HubAction.EditDraft);

    static async Task<IResult> Migrate(HttpContext context, string name, string? map = null)
    {
        if (DraftAccess.Find(context, name, HubAction.EditDraft, out var problem) is not { } draft || !SubmissionAnswer.TryOpen(context, out var worker, out problem))
            return problem!;
        if (await JsonBody.ReadNothing(context, "map") is { } fault)
            return fault;
        if (map is null || !MapName.IsName(map))
            return Problem.Of(StatusCodes.Status400BadRequest, $"map is {(map is null ? "missing" : $"'{map}'")}: expected a structure map as ID, AGENCY:ID, AGENCY:ID(VERSION) or a URN.");
        var drafts = context.RequestServices.GetRequiredService<Storage.Drafts>();
        using var preview = await Task.Run(() => drafts.Preview(draft, context.RequestAborted));
        using var migration = await Task.Run(() => Migration.MakeAsync(preview, map, worker.Submissions!.Folder, context.RequestAborted));
        if (migration.Issues.HasErrors)
            return Problem.Of(StatusCodes.Status409Conflict, Told(migration.Issues));
        return await SubmitAsync(context, draft, map, migration, worker);
    }

    static async Task<IResult> SubmitAsync(HttpContext context, Draft draft, string map, Migration migration, SubmissionWorker worker)
    {
        var (submissions, caller) = (worker.Submissions!, Caller.Of(context));
        List<SubmittedFile> files = [];
        foreach (var file in migration.Files)
        {
            await using var content = new FileStream(file.Path, new FileStreamOptions { Options = FileOptions.Asynchronous });
            using var spooled = await submissions.Spool.TakeAsync(content, long.MaxValue, context.RequestAborted);
            spooled!.Keep();
            files.Add(new() { Name = file.Name!, Kind = file.Kind, Bytes = spooled.Bytes, Sha256 = spooled.Sha256, Owner = file.Owner });
        }

        if (files.Count == 0)
            return Results.Ok();
        var note = FormattableString.Invariant($"{migration.Moved} series moved by {map}.");
        var made = submissions.Add(new() { Mode = SubmissionMode.Draft, Draft = draft.Name, Actor = caller.Name, Scopes = caller.Scopes, Files = files, Note = note }, null, out var isNew)!;
        if (isNew)
            worker.Wake();
        return SubmissionAnswer.Of(context, worker.WithProgress(made), isNew ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    static string Told(IssueLog issues)
    {
        var errors = issues.All.Where(i => i.Severity >= Severity.Error).Select(i => i.Message).ToList();
        return string.Join(' ', errors.Take(MostTold)) + (errors.Count > MostTold ? FormattableString.Invariant($" And {errors.Count - MostTold} more.") : "");
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What the endpoints of submissions have in common: finding one, and answering with it.</summary>
static class SubmissionAnswer
{
    /// <summary>The path of all.</summary>
    public const string Path = "/api/submissions";

    /// <summary>Finds the submission that the path names, if the caller may see it.</summary>
    public static bool TryFind(
        HttpContext context, long id, HubAction action, [NotNullWhen(true)] out Submissions? submissions, [NotNullWhen(true)] out Submission? submission, [NotNullWhen(false)] out Problem? problem)
    {
        (submissions, submission) = (null, null);
        if (!TryOpen(context, out var worker, out problem))
            return false;
        submissions = worker.Submissions!;
        submission = submissions.Find(id);
        if (submission is not null && AccessRules.Refuse(action, Caller.Of(context), new AccessTarget(Owner: submission.Actor)) is not null)
            submission = null;
        problem = submission is null ? Problem.NotFound($"There is no submission {id.ToString(CultureInfo.InvariantCulture)}.") : null;
        return submission is not null;
    }

    /// <summary>The worker, where the hub takes submissions at all.</summary>
    public static bool TryOpen(HttpContext context, out SubmissionWorker worker, [NotNullWhen(false)] out Problem? problem)
    {
        worker = context.RequestServices.GetRequiredService<SubmissionWorker>();
        problem = worker.Submissions is null ? Problem.Of(StatusCodes.Status503ServiceUnavailable, "This hub takes no submissions: its folder for them cannot be written.") : null;
        return problem is null;
    }

    /// <summary>Answers with a submission, and says where it is and when to ask again.</summary>
    public static IResult Of(HttpContext context, Submission submission, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (status != StatusCodes.Status200OK || !submission.IsEnded)
            context.Response.Headers.Location = Address(context, submission.Id);
        if (!submission.IsEnded)
            context.Response.Headers.RetryAfter = "1";
        return Results.Json(submission, SubmissionJson.Default.Submission, statusCode: status);
    }

    /// <summary>The path of one.</summary>
    public static string Address(HttpContext context, long id) => $"{context.Request.PathBase}{Path}/{id.ToString(CultureInfo.InvariantCulture)}";
}

using System.Text;
using Microsoft.Net.Http.Headers;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/submissions/{id}/report[?format=json|csv|text][&amp;lang=LANGUAGE]</c>: every finding, in text with what rules mean in a language; <c>GET /api/submissions/{id}/file[?name=...]</c>: the bytes as they were sent.</summary>
static class SubmissionReportEndpoint
{
    static readonly (string Form, string MediaType)[] Forms = [("json", "application/json"), ("csv", "text/csv; charset=utf-8"), ("text", "text/plain; charset=utf-8")];

    /// <summary>Adds the routes. Faults are problem+json: 400 for the request, 404 for what is not there, 406 for a form that there is not.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(SubmissionAnswer.Path + "/{id:long}/report", (Delegate)Report).Needs(HubAction.ReadSubmission);
        routes.MapGet(SubmissionAnswer.Path + "/{id:long}/file", (Delegate)Sent).Needs(HubAction.ReadSubmission);
    }

    static IResult Report(HttpContext context, long id, string? format = null, string? lang = null)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        if (format is not null && !SubmissionReports.Forms.Contains(format))
            return Problem.Of(StatusCodes.Status400BadRequest, $"format={format}: expected json, csv or text.");
        if ((format ?? Chosen(context)) is not { } form)
            return Problem.Of(StatusCodes.Status406NotAcceptable, "The report is there as application/json, text/csv and text/plain.");
        if (lang is not null && (form != "text" || !IssueCodes.Languages.Contains(lang)))
            return Problem.Of(StatusCodes.Status400BadRequest, $"lang={lang}: expected one of {string.Join(", ", IssueCodes.Languages)}, with format=text; JSON has all of them.");
        var path = submissions.Reports.PathOf(id, form);
        if (!File.Exists(path))
        {
            if (!submission.IsEnded)
                context.Response.Headers.RetryAfter = "1";
            return Problem.NotFound(submission.IsEnded ? $"There is no report: {submission.Summary}" : "The report is not there yet.");
        }

        context.Response.Headers.Vary = HeaderNames.Accept;
        var type = Forms.First(f => f.Form == form).MediaType;
        return lang is null ? Results.File(path, type) : Results.Stream(output => ExplainAsync(path, lang, output, context.RequestAborted), type);
    }

    static async Task ExplainAsync(string path, string language, Stream output, CancellationToken ct)
    {
        using var report = new StreamReader(path);
        await using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        await IssueReport.ExplainAsync(report, language, text, ct);
    }

    static IResult Sent(HttpContext context, long id, string? name = null)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var sent = submission.Files.Where(f => name is null || f.Name == name).DistinctBy(f => f.Sha256).ToList();
        if (sent.Count != 1)
            return Problem.Of(sent.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
                $"Which file? ?name= one of {string.Join(", ", submission.Files.Select(f => f.Name))}.");
        var file = sent[0];
        if (!File.Exists(submissions.Spool.PathOf(file.Sha256)))
            return Problem.NotFound($"The file '{file.Name}' is no longer in the hub's folder.");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        // An archive is given as it was sent, whichever of its files is asked for.
        return Results.File(submissions.Spool.PathOf(file.Sha256), "application/octet-stream", file.Entry is null ? file.Name : $"submission-{submission.Id}.zip",
            entityTag: new EntityTagHeaderValue($"\"{file.Sha256}\""), enableRangeProcessing: true);
    }

    static string? Chosen(HttpContext context)
    {
        var accepted = context.Request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return "json";
        foreach (var range in accepted.OrderByDescending(r => r.Quality ?? 1))
        {
            foreach (var (form, type) in Forms)
            {
                if ((range.Quality ?? 1) > 0 && new MediaTypeHeaderValue(type.Split(';')[0]).IsSubsetOf(range))
                    return form;
            }
        }

        return null;
    }
}

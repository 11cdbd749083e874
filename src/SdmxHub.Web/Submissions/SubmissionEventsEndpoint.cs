using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/submissions/{id}/events</c>: the submission as server-sent events, one whenever it has come further, until it has ended.</summary>
static class SubmissionEventsEndpoint
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Adds the route. 404 for a submission that is not there.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(SubmissionAnswer.Path + "/{id:long}/events", (Delegate)Follow).Needs(HubAction.ReadSubmission);

    static async Task<IResult> Follow(HttpContext context, long id, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        if (!SubmissionAnswer.TryFind(context, id, HubAction.ReadSubmission, out var submissions, out var submission, out var problem))
            return problem;
        var worker = context.RequestServices.GetRequiredService<SubmissionWorker>();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // For proxies that would hold events back.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            for (var (last, lastAt) = ((Submission?)null, clock.GetTimestamp()); submission is not null; submission = submissions.Find(id))
            {
                submission = worker.WithProgress(submission);
                var isNews = last is null || submission.State != last.State || submission.Progress != last.Progress;
                if (isNews || clock.GetElapsedTime(lastAt) > Heartbeat)
                {
                    await WriteAsync(context.Response, isNews ? submission : null, stop.Token);
                    (last, lastAt) = (submission, clock.GetTimestamp());
                }

                if (submission.IsEnded)
                    break;
                await Task.Delay(Interval, clock, stop.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Who follows asks again, and finds the submission where it was left.
        }

        return Results.Empty;
    }

    /// <summary>Writes an event, or a comment that only keeps the connection alive.</summary>
    static async Task WriteAsync(HttpResponse response, Submission? submission, CancellationToken ct)
    {
        var text = submission is null ? ":\n\n" : $"event: {(submission.IsEnded ? "end" : "progress")}\ndata: {JsonSerializer.Serialize(submission, SubmissionJson.Default.Submission)}\n\n";
        await response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text), ct);
        await response.BodyWriter.FlushAsync(ct);
    }
}

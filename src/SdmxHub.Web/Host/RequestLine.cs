using System.Diagnostics;

namespace SdmxHub.Web;

/// <summary>Around every request: one line in the log, one measurement, and the one place where an exception becomes an answer.</summary>
static class RequestLine
{
    // Credential takes its own from the query; what other services call theirs may be sent here by mistake.
    static readonly string[] Secrets = ["api_key", "apikey", "key_id", "token", "access_token", "password", "sig"];

    public static async Task Run(HttpContext context, RequestDelegate next, ILogger logger)
    {
        var start = Stopwatch.GetTimestamp();
        var status = 0;
        Credential.Take(context);
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The client went away: nobody's fault, nobody to tell. 499 is what proxies log for it.
            status = 499;
        }
        catch (BadHttpRequestException e)
        {
            await Fail(context, Problem.Of(e.StatusCode, e.Message));
        }
        catch (Exception e)
        {
            HubLog.Failed(logger, e, context.Request.Method, context.Request.Path);
            await Fail(context, Problem.Failure(context));
        }

        if (status == 0)
            status = context.Response.StatusCode;
        var elapsed = Stopwatch.GetElapsedTime(start);
        HubTelemetry.AnswerDuration.Record(elapsed.TotalSeconds, new("method", context.Request.Method), new("status", status));
        if (logger.IsEnabled(LogLevel.Information))
            HubLog.Answered(logger, context.Request.Method, context.Request.PathBase + context.Request.Path, WithoutSecrets(context.Request.QueryString.Value), status,
                Math.Round(elapsed.TotalMilliseconds, 1), context.Response.ContentLength, context.Response.ContentType, Caller.Of(context).Name, Activity.Current?.TraceId.ToString());
    }

    // A started answer cannot be taken back: cutting the connection tells the client that it is not whole.
    static async Task Fail(HttpContext context, Problem problem)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        await problem.ExecuteAsync(context);
    }

    static string WithoutSecrets(string? query)
    {
        if (string.IsNullOrEmpty(query))
            return "";
        return string.Join('&', query.Split('&').Select(p =>
            Secrets.Contains(p.TrimStart('?').Split('=')[0], StringComparer.OrdinalIgnoreCase) ? p.Split('=')[0] + "=***" : p));
    }
}

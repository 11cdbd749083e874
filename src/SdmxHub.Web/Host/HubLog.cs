namespace SdmxHub.Web;

/// <summary>The events that the web host logs.</summary>
static partial class HubLog
{
    [LoggerMessage(1, LogLevel.Information, "{Method} {Path}{Query} {Status} {Milliseconds} ms, {Bytes} bytes of {ContentType} for {Caller}, trace {TraceId}")]
    public static partial void Answered(ILogger logger, string method, string path, string query, int status, double milliseconds, long? bytes, string? contentType, string caller, string? traceId);

    [LoggerMessage(2, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void Failed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(3, LogLevel.Information, "Serving {Store} revision {Revision} on {Urls}")]
    public static partial void Serving(ILogger logger, string store, long revision, string urls);

    [LoggerMessage(4, LogLevel.Warning, "A wrong key came from {Address}")]
    public static partial void WrongKey(ILogger logger, System.Net.IPAddress? address);

    [LoggerMessage(20, LogLevel.Information, "Published draft {Draft} as release {Release}, as planned")]
    public static partial void Published(ILogger logger, string draft, string release);

    [LoggerMessage(21, LogLevel.Warning, "Draft {Draft} cannot be published as planned: {Reason}")]
    public static partial void NotPublished(ILogger logger, string draft, string reason);

    [LoggerMessage(23, LogLevel.Error, "What is to be published by now cannot be told; it is tried again")]
    public static partial void PlansFailed(ILogger logger, Exception exception);

    [LoggerMessage(30, LogLevel.Information, "Submission {Id} of {Actor}, {Mode}: {State} after {Milliseconds} ms, revision {Revision}")]
    public static partial void Submission(ILogger logger, long id, string actor, Storage.SubmissionMode mode, Storage.SubmissionState state, double milliseconds, long? revision);

    [LoggerMessage(31, LogLevel.Error, "Submission {Id} failed")]
    public static partial void SubmissionFailed(ILogger logger, Exception exception, long id);

    [LoggerMessage(32, LogLevel.Warning, "A submission is tried again in {Milliseconds} ms: {Reason}")]
    public static partial void SubmissionRetried(ILogger logger, double milliseconds, string? reason);

    [LoggerMessage(33, LogLevel.Error, "The queue of submissions cannot be worked on")]
    public static partial void QueueFailed(ILogger logger, Exception exception);

    [LoggerMessage(34, LogLevel.Warning, "No submissions are taken: {Reason}")]
    public static partial void TakesNothing(ILogger logger, string reason);

    [LoggerMessage(35, LogLevel.Warning, "Another process works on the submissions in {Folder}; this one waits for it to end")]
    public static partial void QueueOfOther(ILogger logger, string folder);
}

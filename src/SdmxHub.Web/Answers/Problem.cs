using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using FluentValidation.Results;
using Microsoft.AspNetCore.WebUtilities;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What is wrong with a request, or with the hub: problem+json (RFC 9457) in the hub's own interface, an SDMX error under <c>/sdmx</c>.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">One or two sentences for a person.</param>
public sealed record Problem(int Status, string Detail) : IResult
{
    /// <summary>The kind of fault, a URI; <c>about:blank</c> where the status says all that a program can use.</summary>
    public string Type { get; init; } = "about:blank";

    /// <summary>After how many seconds it may go better; null where it will not.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What is wrong with which value of the request.</summary>
    public IReadOnlyList<ValidationFailure> Issues { get; init; } = [];

    /// <summary>How many changes are in conflict with those of others.</summary>
    public long ConflictCount { get; init; }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>A problem that its status names.</summary>
    public static Problem Of(int status, string detail) => new(status, detail);

    /// <summary>Something that is not there, or that the caller may not know of.</summary>
    public static Problem NotFound(string detail) => new(StatusCodes.Status404NotFound, detail);

    /// <summary>Too much of something.</summary>
    public static Problem TooMany(string detail, int seconds) =>
        new(StatusCodes.Status429TooManyRequests, $"{detail} Try again in {seconds} s.") { RetryAfter = seconds };

    /// <summary>Values that break rules.</summary>
    public static Problem Of(ValidationResult result) =>
        new(StatusCodes.Status400BadRequest, string.Join(' ', result.Errors.Select(e => e.ErrorMessage))) { Type = "urn:sdmxhub:problem:values", Issues = result.Errors };

    /// <summary>The hub failed; the log has more under the trace.</summary>
    public static Problem Failure(HttpContext context) => new(StatusCodes.Status500InternalServerError, $"The hub failed; its log has the details under trace {Trace(context)}.");

    /// <summary>Gives what routing refused under <c>/api</c> a body.</summary>
    internal static Task OfStatus(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return status switch
        {
            _ when !context.Request.Path.StartsWithSegments("/api") => Task.CompletedTask,
            StatusCodes.Status404NotFound => NotFound($"There is nothing at {context.Request.Path}.").ExecuteAsync(context),
            StatusCodes.Status405MethodNotAllowed => Of(status, $"{context.Request.Method} is not a method of this resource; Allow names those that are.").ExecuteAsync(context),
            _ => Of(status, ReasonPhrases.GetReasonPhrase(status)).ExecuteAsync(context),
        };
    }

    /// <summary>Answers with it.</summary>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (httpContext.Request.Path.StartsWithSegments("/sdmx"))
        {
            var api = httpContext.Request.Path.StartsWithSegments("/sdmx/v1") ? ApiVersion.V1 : ApiVersion.V2;
            await SdmxAnswer.Fail(httpContext, new(SdmxError.CodeOf(Status), Detail), api, MessageKind.Data, httpContext.RequestAborted);
            return;
        }

        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsHead(httpContext.Request.Method))
            return;
        Write(httpContext);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    void Write(HttpContext context)
    {
        using var json = new Utf8JsonWriter(context.Response.BodyWriter, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", Type);
        json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
        json.WriteNumber("status", Status);
        json.WriteString("detail", Detail);
        json.WriteString("traceId", Trace(context));
        if (Issues.Count > 0)
        {
            json.WriteStartArray("issues");
            foreach (var issue in Issues)
            {
                json.WriteStartObject();
                json.WriteString("name", JsonNamingPolicy.CamelCase.ConvertName(issue.PropertyName));
                json.WriteString("message", issue.ErrorMessage);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (ConflictCount > 0)
            WriteConflicts(json);
        json.WriteEndObject();
    }

    void WriteConflicts(Utf8JsonWriter json)
    {
        json.WriteNumber("conflictCount", ConflictCount);
        json.WriteStartArray("conflicts");
        foreach (var conflict in Conflicts)
        {
            json.WriteStartObject();
            json.WriteString("subject", conflict.Subject);
            json.WriteString("key", conflict.Key);
            json.WriteString("period", conflict.Period);
            json.WriteNumber("revision", conflict.Revision);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static string Trace(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}

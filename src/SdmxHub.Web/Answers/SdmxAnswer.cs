using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What every SDMX endpoint does with a request and a response: the raw request line, validators, errors, the pinned state.</summary>
static class SdmxAnswer
{
    /// <summary>The methods of a resource that is read.</summary>
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head, HttpMethods.Options];

    /// <summary>The path and query as they were sent.</summary>
    public static string RawTarget(HttpContext context) => context.Features.Get<IHttpRequestFeature>() is { RawTarget.Length: > 0 } feature
        ? feature.RawTarget
        : context.Request.PathBase + context.Request.Path + context.Request.QueryString;

    /// <summary>The target below the base path and <paramref name="prefix"/> segments (2 for <c>/sdmx/v1</c>).</summary>
    public static RequestTarget Target(HttpContext context, int prefix) =>
        RequestTarget.Parse(RawTarget(context)).Below(prefix + context.Request.PathBase.ToString().Count(c => c == '/'));

    // Data can be asked for by POST too: see QueryForm.
    static string[] MethodsOf(HttpContext context) => Target(context, prefix: 2).Segment(0) == "data" ? [.. Methods, HttpMethods.Post] : Methods;

    /// <summary>Answers OPTIONS. True when that was all.</summary>
    public static bool IsOptions(HttpContext context)
    {
        if (!HttpMethods.IsOptions(context.Request.Method))
            return false;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        context.Response.Headers.Allow = string.Join(", ", MethodsOf(context));
        return true;
    }

    /// <summary>Pins the state a request is about, of the store or of a draft's preview.</summary>
    /// <returns>Null, and the fault, when there is none at that moment, or no draft that the caller may see.</returns>
    public static Snapshot? Pin(HttpContext context, Moment? asOf, out SdmxError? error)
    {
        error = null;
        var moment = asOf ?? default;
        if (moment.Draft is { } name)
        {
            var preview = DraftAccess.Preview(context, name, out var problem);
            error = problem is null ? null : new(SdmxError.CodeOf(problem.Status), problem.Detail);
            // What nobody else may see is kept by nobody on the way.
            context.Response.Headers.CacheControl = "private, no-store";
            return preview;
        }

        var store = context.RequestServices.GetRequiredService<Store>();
        var snapshot = moment.Pin(store);
        // What a revision or a release says never changes.
        if (snapshot is not null && moment is { Revision: not null } or { Release: not null })
            context.Response.Headers.CacheControl = $"{(context.RequestServices.GetRequiredService<HubOptions>().AnonymousRead ? "public" : "private")}, max-age=31536000, immutable";
        if (snapshot is null)
            error = moment.Release is { } release
                ? SdmxError.Semantic($"asOf: there is no release '{release}'.{Nearest.Hint(release, store.Releases().Select(r => r.Name))} Expected {Moment.Expected}.")
                : new(SdmxErrorCode.NoResults, "asOf: the store has no revision of that number that was ever the newest, or held nothing at that instant.");
        return snapshot;
    }

    /// <summary>Pins the state that a data request is about, with what it asks of each flow.</summary>
    /// <returns>Null, and the fault, when there is none, it cannot be asked so, or the caller may not see the flows of its draft.</returns>
    public static Snapshot? Pin(HttpContext context, DataRequest request, out ValueArray<DataQuery> queries, out SdmxError? error)
    {
        queries = [];
        var snapshot = Pin(context, request.AsOf, out error);
        if (snapshot is null)
            return null;
        if (request.TryResolve(snapshot.Catalog, out queries, out error)
            && (error = request.AsOf?.Draft is null ? null : DraftAccess.Refuse(context, queries.Select(q => q.Dataflow))) is null)
            return snapshot;
        snapshot.Dispose();
        return null;
    }

    /// <summary>Whether the client holds this very answer: then the response is a complete 304. A tag comes from an earlier answer to the same
    /// question at the same revision, so the question need not be asked again; <c>*</c> and dates say nothing about this one.</summary>
    public static bool HasTag(HttpContext context, Validators validators) =>
        new EncodedTag(validators.Tag).MatchIn(context.Request.Headers.IfNoneMatch, withAny: false) is not null && IsNotModified(context, validators);

    /// <summary>Sets the headers of an answer that there is, and whether the client holds it already: then the response is a complete 304.</summary>
    /// <remarks>RFC 9110, 13.2.1: conditions count only where the answer without them would be a success.</remarks>
    public static bool IsNotModified(HttpContext context, Validators validators)
    {
        var headers = context.Response.Headers;
        var encoded = new EncodedTag(validators.Tag);
        headers.ETag = encoded.Plain;
        headers.LastModified = validators.At.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-cache";
        if (encoded.MatchIn(context.Request.Headers.IfNoneMatch, withAny: true) is { } match)
        {
            headers.ETag = match;
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        if (StringValues.IsNullOrEmpty(context.Request.Headers.IfNoneMatch) && IsNotModifiedSince(context.Request.Headers.IfModifiedSince, validators.At))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return true;
        }

        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status206PartialContent && context.Response.Headers.ContentEncoding.ToString() is { Length: > 0 } encoding)
                context.Response.Headers.ETag = encoded.For(encoding);
            return Task.CompletedTask;
        });
        return false;
    }

    /// <summary>Answers with a fault, in the family of the format that was asked for.</summary>
    public static async Task Fail(HttpContext context, SdmxError error, ApiVersion api, MessageKind kind, CancellationToken ct)
    {
        var response = context.Response;
        response.StatusCode = error.Status(api);
        response.Headers.Remove("ETag");
        response.Headers.Remove("Cache-Control");
        response.Headers.LastModified = default;
        Vary(response);
        if (response.StatusCode == StatusCodes.Status204NoContent)
        {
            // 204 has no body; the reason goes where a person who looks will find it.
            response.Headers["X-SDMX-Reason"] = Ascii(error.Message);
            return;
        }

        var asJson = WantsJson(context, api, kind);
        response.ContentType = asJson ? "application/json" : "application/xml";
        if (error.Code == SdmxErrorCode.MethodNotAllowed)
            response.Headers.Allow = string.Join(", ", MethodsOf(context));
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await response.BodyWriter.WriteAsync(ErrorBody.Of(error, api, asJson), ct);
    }

    /// <summary>Names the request headers that the answer depends on.</summary>
    public static void Vary(HttpResponse response) => response.Headers.Vary = "Accept, Accept-Encoding, Accept-Language";

    static bool WantsJson(HttpContext context, ApiVersion api, MessageKind kind)
    {
        Format[] both = [.. Format.All.Where(f => f.Kind == kind && f.Extension != "csv").OrderBy(f => f.Extension == (api == ApiVersion.V1 ? "json" : "xml"))];
        return Negotiation.TryChoose(both, RequestTarget.Parse(RawTarget(context)), context.Request.Headers.Accept, null, out var chosen, out _)
            ? chosen.Format.Extension == "json"
            : api == ApiVersion.V2;
    }

    // Clients send HTTP dates and, after the OpenAPI text, ISO ones. HTTP dates have whole seconds only.
    static bool IsNotModifiedSince(string? header, DateTimeOffset at) =>
        !string.IsNullOrEmpty(header)
        && DateTimeOffset.TryParse(header, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
        && at.ToUnixTimeSeconds() <= since.ToUnixTimeSeconds();

    // A header is short and one line, whatever of the request the message quotes.
    static string Ascii(string text) => string.Create(Math.Min(text.Length, 500), text, static (chars, source) =>
    {
        for (var i = 0; i < chars.Length; i++)
            chars[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
    });

    // A tag is of one representation, so each content encoding has its own.
    readonly record struct EncodedTag(string Tag)
    {
        public string Plain => $"\"{Tag}\"";

        public string For(string encoding) => $"\"{Tag}-{encoding}\"";

        public string? MatchIn(StringValues header, bool withAny)
        {
            foreach (var line in header)
            {
                foreach (var item in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    var tag = item.StartsWith("W/", StringComparison.Ordinal) ? item[2..] : item;
                    if (tag == "*" && withAny)
                        return Plain;
                    if (tag == Plain || tag == For("gzip") || tag == For("br") || tag == For("zstd"))
                        return tag;
                }
            }

            return null;
        }
    }
}

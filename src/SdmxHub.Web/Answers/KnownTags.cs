using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>The entity tags of data that were asked for again: who asks often, and mostly for nothing new, has its 304 without the query being read.</summary>
/// <remarks>Good for the newest state alone, so the first question after a commit is answered the long way. Thread-safe.</remarks>
sealed class KnownTags
{
    const int LongestQuestion = 2000;

    readonly Memo<string, (long Head, Validators Validators, string? CacheControl)> _known = new(4096);

    /// <summary>Whether the client holds the answer already: then the response is a complete 304.</summary>
    /// <param name="context">The request.</param>
    /// <param name="head">The newest state.</param>
    public bool IsHeld(HttpContext context, Snapshot head)
    {
        if (context.Request.Headers.IfNoneMatch.Count == 0 || QuestionOf(context) is not { } question || !_known.TryGet(question, out var known) || known.Head != head.Revision)
            return false;
        SdmxAnswer.Vary(context.Response);
        context.Response.Headers.CacheControl = known.CacheControl;
        return SdmxAnswer.HasTag(context, known.Validators);
    }

    /// <summary>Remembers what a 304 said.</summary>
    public void Keep(HttpContext context, Snapshot head, Validators validators)
    {
        var headers = context.Response.Headers;
        // What more is said of an old version, and of drafts, is found each time.
        if (!headers.ContainsKey("Link") && !headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal) && QuestionOf(context) is { } question)
            _known.Keep(question, (head.Revision, validators, headers.CacheControl));
    }

    // All that an answer depends on beside the state; null where it is too long to be kept, in a body, or holds a key, which nothing keeps as it was sent.
    static string? QuestionOf(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) || context.Features.Get<Credential>() is not null)
            return null;
        var headers = context.Request.Headers;
        var question = $"{SdmxAnswer.RawTarget(context)}\n{headers.Accept}\n{headers.AcceptLanguage}";
        return question.Length <= LongestQuestion ? question : null;
    }
}

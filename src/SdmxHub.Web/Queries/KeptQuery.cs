using System.Diagnostics.CodeAnalysis;

namespace SdmxHub.Web;

/// <summary>A data query that can be kept: it means the same to everybody, whoever asks it and when.</summary>
/// <param name="Api">The interface that it is written for.</param>
/// <param name="Path">The query, from <c>/sdmx/v1/data</c> or <c>/sdmx/v2/data</c> on; nothing in it that a URL may not hold.</param>
/// <param name="Request">What it says.</param>
sealed record KeptQuery(ApiVersion Api, string Path, DataRequest Request)
{
    /// <summary>Reads a path, or a whole address, as it may be copied from where the query was tried.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeptQuery? query, [NotNullWhen(false)] out SdmxError? error)
    {
        (query, error) = (null, null);
        if (Find(text, "/sdmx/v2/data") is { } v2)
            query = Parse(v2, ApiVersion.V2, out error);
        else if (Find(text, "/sdmx/v1/data") is { } v1)
            query = Parse(v1, ApiVersion.V1, out error);
        else
            error = SdmxError.Syntax($"'{Shortened(text)}' is no data query: expected /sdmx/v2/data/... or /sdmx/v1/data/..., with or without the hub's address before it.");
        return query is not null;
    }

    /// <summary>Reads what was kept.</summary>
    /// <returns>Null where an earlier hub took what this one does not.</returns>
    public static KeptQuery? Of(string path) => TryParse(path, out var query, out _) ? query : null;

    static KeptQuery? Parse(string path, ApiVersion api, out SdmxError? error)
    {
        var target = RequestTarget.Parse(path).Below(3);
        if (!DataRequest.TryParse(target, api, out var request, out error) || !Negotiation.TryChoose(api, Sdmx.Formats.MessageKind.Data, target, null, null, out _, out error))
            return null;
        error = request.AsOf?.Draft is null ? null : SdmxError.Syntax("draft: a draft ends, a saved query stays. Give draft when it is asked: /api/queries/NAME/data?draft=NAME.");
        return error is null ? new(api, path, request) : null;
    }

    /// <summary>What begins with a resource in the path of a text, without the fragment; null where it does not stand there.</summary>
    static string? Find(string text, string resource)
    {
        var path = text.AsSpan(0, text.AsSpan().IndexOfAny('?', '&', '#') is >= 0 and var end ? end : text.Length);
        if (path.IndexOf(resource, StringComparison.Ordinal) is not (>= 0 and var at) || (at + resource.Length < path.Length && path[at + resource.Length] != '/'))
            return null;
        var fragment = text.IndexOf('#', StringComparison.Ordinal);
        return Succession.Escaped(fragment < 0 ? text[at..] : text[at..fragment]);
    }

    static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "...";
}

using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace SdmxHub.Web;

/// <summary>What a request says of who sends it.</summary>
/// <param name="Text">The key or token.</param>
/// <param name="IsBasic">Whether it came as the password of HTTP's basic scheme, which browsers send by themselves.</param>
sealed record Credential(string Text, bool IsBasic)
{
    internal const string Parameter = "api_key";

    /// <summary>Takes the credential from the headers or the query. Nothing that runs later, writes a log, makes a trace or an entity tag, sees one of the query.</summary>
    /// <remarks>Sets the request's <see cref="Credential"/>, if it has one.</remarks>
    public static void Take(HttpContext context)
    {
        var headers = context.Request.Headers;
        var inQuery = TakeFromQuery(context);
        if ((OfAuthorization(headers.Authorization.ToString()) ?? Plain(headers["X-API-Key"].ToString()) ?? Plain(inQuery)) is { } credential)
            context.Features.Set(credential);
    }

    static Credential? Plain(string? text) => string.IsNullOrWhiteSpace(text) ? null : new(text.Trim(), IsBasic: false);

    static Credential? OfAuthorization(string header)
    {
        var blank = header.IndexOf(' ');
        var (scheme, rest) = blank < 0 ? (header, "") : (header[..blank], header[(blank + 1)..].Trim());
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            return new(rest, IsBasic: false);
        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase))
            return scheme.Length == 0 ? null : new("", IsBasic: false);
        var bytes = new byte[rest.Length];
        var pair = Convert.TryFromBase64String(rest, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        return new(pair[(pair.IndexOf(':') + 1)..], IsBasic: true);
    }

    static string? TakeFromQuery(HttpContext context)
    {
        var query = context.Request.QueryString.Value ?? "";
        if (!query.Contains(Parameter, StringComparison.OrdinalIgnoreCase))
            return null;
        string? found = null;
        var rest = string.Join('&', query[1..].Split('&').Where(pair => !IsParameter(pair, ref found)));
        context.Request.QueryString = new(rest.Length == 0 ? "" : "?" + rest);
        // Some endpoints, and the entity tags, read the request line as it was sent.
        if (context.Features.Get<IHttpRequestFeature>() is { RawTarget: { } target } request && target.IndexOf('?') is >= 0 and var mark)
            request.RawTarget = target[..mark] + context.Request.QueryString.Value;
        if (Activity.Current is { } activity && activity.GetTagItem("url.query") is not null)
            activity.SetTag("url.query", context.Request.QueryString.Value);
        return found;
    }

    static bool IsParameter(string pair, ref string? value)
    {
        var equals = pair.IndexOf('=');
        if (!Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]).Equals(Parameter, StringComparison.OrdinalIgnoreCase))
            return false;
        value ??= equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
        return true;
    }
}

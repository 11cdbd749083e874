using System.Text;

namespace SdmxHub.Web;

/// <summary>A query sent by POST, for keys that no URL can hold: the parameters stand in the body as a form, behind those of the URL, and the form's
/// <c>key</c> in the place of the path's key. The hub's own extension.</summary>
/// <remarks>A plus sign means what it means in the URL; forms that are encoded send it as <c>%2B</c>, which means the same in keys and codes.</remarks>
static class QueryForm
{
    /// <summary>The longest form, in bytes.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>What is said of a body that is too long or no form.</summary>
    public static SdmxError Refusal { get; } =
        SdmxError.Syntax($"A query by POST is a form (Content-Type: application/x-www-form-urlencoded) of at most {MostBytes >> 20} MB: key=...&c[COMPONENT]=...&startPeriod=...");

    /// <summary>The target of a request, and of its form where it is a POST.</summary>
    /// <param name="context">The request.</param>
    /// <param name="prefix">How many segments stand before those of the query.</param>
    /// <param name="keyAt">Which segment the key is.</param>
    /// <param name="ct">Stops reading.</param>
    /// <returns>Null for a body that is none: see <see cref="Refusal"/>.</returns>
    public static async Task<RequestTarget?> Target(HttpContext context, int prefix, int keyAt, CancellationToken ct)
    {
        var target = SdmxAnswer.Target(context, prefix);
        if (!HttpMethods.IsPost(context.Request.Method))
            return target;
        if (context.Request.HasFormContentType != true || context.Request.ContentLength > MostBytes || await Read(context, ct) is not { } text)
            return null;
        var form = RequestTarget.Parse("/?" + text);
        var (key, others) = (form.Value("key"), form.Parameters.Where(p => p.Name != "key"));
        var segments = key is null ? target.Segments : [.. Enumerable.Range(0, keyAt).Select(i => target.Segment(i) ?? ""), key, .. target.Segments.Skip(keyAt + 1)];
        return new(segments, [.. target.Parameters, .. others]);
    }

    /// <summary>The request as a text that tells it from others.</summary>
    public static string Text(HttpContext context, RequestTarget target) => !HttpMethods.IsPost(context.Request.Method)
        ? SdmxAnswer.RawTarget(context)
        : $"{string.Join('/', target.Segments)}?{string.Join('&', target.Parameters.Select(p => $"{p.Name}={p.Raw}"))}";

    static async Task<string?> Read(HttpContext context, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, ct)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                return null;
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).Trim();
    }
}

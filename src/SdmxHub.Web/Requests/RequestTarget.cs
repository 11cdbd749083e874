using Sdmx;

namespace SdmxHub.Web;

/// <summary>One parameter of a query string.</summary>
/// <param name="Name">The name, decoded.</param>
/// <param name="Raw">The value as it stands in the URL: a <c>+</c> and a <c>%2B</c> are still different things.</param>
public readonly record struct QueryParameter(string Name, string Raw)
{
    /// <summary>The value, decoded; a <c>+</c> stays a <c>+</c>.</summary>
    public string Value => Uri.UnescapeDataString(Raw);
}

/// <summary>The path and the query string of a request, split but not interpreted.</summary>
/// <remarks>Made from the request line as it was sent, because <c>+</c> means something in SDMX paths and in <c>c[...]</c>, and frameworks decode it away.
/// Path segments are decoded here, before their operators are looked for: no identifier or code may hold an operator, and clients do send
/// <c>%2C</c> and <c>%2A</c> for <c>,</c> and <c>*</c> (checklist 6).</remarks>
/// <param name="Segments">The decoded segments; empty ones only between others (a trailing slash says nothing).</param>
/// <param name="Parameters">The parameters, in order; repeats are kept.</param>
public sealed record RequestTarget(ValueArray<string> Segments, ValueArray<QueryParameter> Parameters)
{
    /// <summary>Reads <c>/data/FLOW/KEY?startPeriod=2010</c>, or the same with scheme and host. A query that begins with <c>&amp;</c>
    /// for want of a <c>?</c> is read as one.</summary>
    public static RequestTarget Parse(string raw)
    {
        if (raw.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && raw.AsSpan(0, scheme).IndexOfAny("/?&") < 0)
            raw = raw.IndexOf('/', scheme + 3) is > 0 and var path ? raw[path..] : "/";
        var cut = raw.AsSpan().IndexOfAny('?', '&');
        var query = cut < 0 ? "" : raw[(cut + 1)..];
        if (query.IndexOf('#') is >= 0 and var fragment)
            query = query[..fragment];
        var segments = (cut < 0 ? raw : raw[..cut]).Trim('/').Split('/');
        for (var i = 0; i < segments.Length; i++)
            segments[i] = Uri.UnescapeDataString(segments[i]);
        return new([.. segments[0].Length > 0 ? segments : segments[1..]], query.Length == 0 ? [] : [.. query.Split('&').Where(p => p.Length > 0).Select(Parameter)]);
    }

    /// <summary>The same without the first <paramref name="count"/> segments.</summary>
    public RequestTarget Below(int count) => this with { Segments = [.. Segments.AsSpan()[Math.Min(count, Segments.Count)..]] };

    /// <summary>The segment at <paramref name="index"/>; null where it is missing or empty.</summary>
    public string? Segment(int index) => index < Segments.Count && Segments[index].Length > 0 ? Segments[index] : null;

    /// <summary>The first value of a parameter, decoded; null where it is missing.</summary>
    public string? Value(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name)
                return parameter.Value;
        }

        return null;
    }

    static QueryParameter Parameter(string text) => text.IndexOf('=') is >= 0 and var equals
        ? new(Uri.UnescapeDataString(text[..equals]), text[(equals + 1)..])
        : new(Uri.UnescapeDataString(text), "");
}

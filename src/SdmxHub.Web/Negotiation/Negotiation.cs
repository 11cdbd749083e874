using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>Chooses the format of an answer, over the one table of formats (checklist 1.3, 1.4).</summary>
public static class Negotiation
{
    /// <summary>The query parameters that say in which form an answer comes; they beat the headers.</summary>
    public static IReadOnlyList<string> Parameters { get; } = ["format", "formatVersion", "lang", "labels", "keys", "key", "timeFormat"];

    // Per interface, the default of each kind first: what */* gives, and what breaks ties. Only what the table of formats writes counts.
    static readonly string[] OrderV1 =
    [
        "vnd.sdmx.genericdata+xml", "vnd.sdmx.structurespecificdata+xml", "vnd.sdmx.generictimeseriesdata+xml",
        "vnd.sdmx.structurespecifictimeseriesdata+xml", "vnd.sdmx.data+json", "vnd.sdmx.data+csv", "vnd.sdmx.data+xml",
        "vnd.sdmx.structure+xml", "vnd.sdmx.structure+json",
        "vnd.sdmx.genericmetadata+xml", "vnd.sdmx.metadata+xml", "vnd.sdmx.metadata+json", "vnd.sdmx.metadata+csv",
    ];

    static readonly string[] OrderV2 =
    [
        "vnd.sdmx.data+json", "vnd.sdmx.data+xml", "vnd.sdmx.data+csv", "vnd.sdmx.structurespecificdata+xml", "vnd.sdmx.genericdata+xml",
        "vnd.sdmx.structurespecifictimeseriesdata+xml", "vnd.sdmx.generictimeseriesdata+xml",
        "vnd.sdmx.structure+json", "vnd.sdmx.structure+xml",
        "vnd.sdmx.metadata+json", "vnd.sdmx.metadata+xml", "vnd.sdmx.metadata+csv", "vnd.sdmx.genericmetadata+xml",
    ];

    const int LongestRemembered = 1000;

    static readonly ConcurrentDictionary<(ApiVersion Api, MessageKind Kind), IReadOnlyList<Format>> AllOffered = [];

    // Clients say the same in each request.
    static readonly Memo<(ApiVersion Api, MessageKind Kind, string Asked), (Negotiated? Form, SdmxError? Refusal)> Chosen = new(512);

    static readonly Dictionary<string, string> Aliases = new()
    {
        ["genericdata"] = "application/vnd.sdmx.genericdata+xml",
        ["structurespecificdata"] = "application/vnd.sdmx.structurespecificdata+xml",
        ["generictimeseriesdata"] = "application/vnd.sdmx.generictimeseriesdata+xml",
        ["structurespecifictimeseriesdata"] = "application/vnd.sdmx.structurespecifictimeseriesdata+xml",
        ["structure"] = "application/vnd.sdmx.structure+xml",
        ["genericmetadata"] = "application/vnd.sdmx.genericmetadata+xml",
        ["jsonmetadata"] = "application/vnd.sdmx.metadata+json",
        ["csvmetadata"] = "application/vnd.sdmx.metadata+csv",
        ["jsondata"] = "application/vnd.sdmx.data+json",
        ["jsonstructure"] = "application/vnd.sdmx.structure+json",
        ["csvdata"] = "application/vnd.sdmx.data+csv",
        ["csv"] = "text/csv",
        ["json"] = "application/json",
        ["xml"] = "application/xml",
    };

    /// <summary>The formats of a kind that the hub writes, in an interface's order of preference.</summary>
    public static IReadOnlyList<Format> Offered(ApiVersion api, MessageKind kind) => AllOffered.GetOrAdd((api, kind), static asked =>
        Ordered(asked.Api, Format.All.Where(f => f.Kind == asked.Kind && (asked.Kind == MessageKind.Data ? f.Write is not null : f.WriteStructures is not null))));

    internal static IReadOnlyList<Format> Ordered(ApiVersion api, IEnumerable<Format> formats)
    {
        var order = api == ApiVersion.V1 ? OrderV1 : OrderV2;
        return [.. formats
            .OrderBy(f => Array.IndexOf(order, Subtype(f)) is >= 0 and var place ? place : order.Length)
            .ThenBy(f => f.IsOfferedLast).ThenByDescending(f => api == ApiVersion.V1 && IsOfV1(f)).ThenByDescending(VersionOf)];
    }

    /// <summary>Chooses among the formats that the hub writes.</summary>
    /// <param name="api">The interface.</param>
    /// <param name="kind">What the answer carries.</param>
    /// <param name="target">The request; of its parameters <see cref="Parameters"/> count.</param>
    /// <param name="accept">The Accept header, lines joined by commas; null or empty takes anything.</param>
    /// <param name="languages">The Accept-Language header, or null.</param>
    /// <param name="chosen">The form of the answer, when true.</param>
    /// <param name="error">What is offered instead, when false.</param>
    public static bool TryChoose(ApiVersion api, MessageKind kind, RequestTarget target, string? accept, string? languages,
        [NotNullWhen(true)] out Negotiated? chosen, [NotNullWhen(false)] out SdmxError? error)
    {
        var asked = string.Join('\n', target.Parameters.Where(p => Parameters.Contains(p.Name)).Select(p => $"{p.Name}={p.Raw}").Append(accept).Append(languages));
        if (asked.Length > LongestRemembered)
            return TryChoose(Offered(api, kind), target, accept, languages, out chosen, out error);
        (chosen, error) = Chosen.Of((api, kind, asked), (target, accept, languages), static (key, from) =>
            TryChoose(Offered(key.Api, key.Kind), from.target, from.accept, from.languages, out var form, out var refusal) ? (form, null) : (null, refusal));
        return chosen is not null;
    }

    internal static bool TryChoose(IReadOnlyList<Format> offered, RequestTarget target, string? accept, string? languages,
        [NotNullWhen(true)] out Negotiated? chosen, [NotNullWhen(false)] out SdmxError? error)
    {
        (chosen, error) = (null, null);
        var wanted = Wanted(target, accept);
        var best = (Quality: 0.0, Specificity: 0);
        foreach (var format in offered)
        {
            var match = wanted.Select(range => (Range: range, Specificity: Specificity(range, format)))
                .Where(m => m.Specificity > 0).OrderByDescending(m => m.Specificity).FirstOrDefault();
            if (match.Range is null || (match.Range.Quality, match.Specificity).CompareTo(best) <= 0 || match.Range.Quality == 0)
                continue;
            if (CsvLayout.TryRead(match.Range, target, format, out var labels, out var keys))
                (chosen, best) = (new Negotiated(format) { Labels = labels, Keys = keys }, (match.Range.Quality, match.Specificity));
        }

        if (chosen is null)
            error = new(SdmxErrorCode.NotAcceptable, $"None of the formats asked for can be given. Offered: {string.Join(", ", offered.Select(f => $"{f.MediaType} (format={f.Id})"))}."
                + " SDMX-CSV takes labels=id, labels=both and, from 2.0, labels=name and keys=none|obs|series|both.");
        else
            chosen = chosen with { Languages = LanguagesOf(target, languages) };
        return chosen is not null;
    }

    // format= beats Accept. A browser, which asks for HTML, is given the default.
    static List<MediaRange> Wanted(RequestTarget target, string? accept)
    {
        if (target.Value("format") is { Length: > 0 } name)
        {
            var text = Format.Find(name)?.MediaType ?? Aliases.GetValueOrDefault(name.ToLowerInvariant()) ?? name;
            return MediaRange.ParseAll(target.Value("formatVersion") is { Length: > 0 } version ? $"{text};version={version}" : text);
        }

        var ranges = MediaRange.ParseAll(string.IsNullOrWhiteSpace(accept) ? "*/*" : accept);
        return ranges.Exists(r => r is { Type: "text", Subtype: "html" }) ? MediaRange.ParseAll("*/*") : ranges;
    }

    // 0: no match; else the more the narrower: */*, type/*, family, media type, media type with version.
    static int Specificity(MediaRange range, Format format)
    {
        var suffix = Subtype(format)[(Subtype(format).IndexOf('+') + 1)..];
        return (range.Type, range.Subtype, range.Parameter("version")) switch
        {
            ("*", "*", _) => 1,
            ("application", "*", _) => 2,
            ("text", "*", _) => suffix is "csv" ? 2 : 0,
            ("application", "json", _) => suffix is "json" ? 3 : 0,
            ("application" or "text", "xml", var version) => suffix is "xml" && (version is null || IsVersion(version, format)) ? 3 : 0,
            ("text" or "application", "csv", var version) => suffix is "csv" && (version is null || IsVersion(version, format)) ? 3 : 0,
            ("application", var subtype, null) => subtype == Subtype(format) ? 4 : 0,
            ("application", var subtype, var version) => subtype == Subtype(format) && IsVersion(version, format) ? 5 : 0,
            _ => 0,
        };
    }

    // 2.1.0, 3.0 and 2.0 are read as 2.1, 3.0.0 and 2.0.0; ranges such as 3.0.0+ by the rules of versions.
    static bool IsVersion(string wanted, Format format)
    {
        if (SdmxVersion.TryParse(wanted, out var exact))
            return Padded(exact) == VersionOf(format);
        return VersionPattern.TryParse(wanted, out var pattern) && !pattern.Select([VersionOf(format)]).IsEmpty;
    }

    static SdmxVersion VersionOf(Format format) =>
        SdmxVersion.TryParse(format.MediaType[(format.MediaType.IndexOf("version=", StringComparison.Ordinal) + 8)..], out var version) ? Padded(version) : default;

    static SdmxVersion Padded(SdmxVersion version) =>
        version.Text.Count(c => c == '.') < 2 && SdmxVersion.TryParse(version.Text + ".0", out var padded) ? Padded(padded) : version;

    static string Subtype(Format format) => format.MediaType["application/".Length..format.MediaType.IndexOf(';')];

    static bool IsOfV1(Format format) => VersionOf(format).Text == (Subtype(format).EndsWith("+xml", StringComparison.Ordinal) ? "2.1.0" : "1.0.0");

    /// <summary>The languages asked for, best first; English where none is.</summary>
    internal static ValueArray<string> LanguagesOf(RequestTarget target, string? header)
    {
        var ranges = (target.Value("lang") ?? header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(l => MediaRange.ParseAll($"l/{l}")).SelectMany(l => l)
            .Where(l => l.Quality > 0 && l.Subtype is not ("*" or "all")).OrderByDescending(l => l.Quality).Select(l => l.Subtype).ToValueArray();
        return ranges.IsEmpty ? ["en"] : ranges;
    }
}

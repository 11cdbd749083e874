using System.Globalization;
using System.Text;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What a client is told that names an old version of a flow: since when there is a newer one (<c>Deprecation</c>, RFC 9745), how long the old one is
/// valid (<c>Sunset</c>, RFC 8594), and where the same is asked of the newer one (<c>Link</c>, successor-version, RFC 5829). The answer stays as it
/// is.</summary>
static class Succession
{
    public static void Tell(HttpContext context, Snapshot snapshot, ValueArray<DataQuery> queries)
    {
        if (queries is not [{ IsVersionPinned: true } query] || Successor(snapshot.Catalog, query.Dataflow) is not { } successor)
            return;
        var headers = context.Response.Headers;
        headers["Deprecation"] = string.Create(CultureInfo.InvariantCulture, $"@{snapshot.SinceOf(successor).ToUnixTimeSeconds()}");
        if (snapshot.Catalog.Find(query.Dataflow)?.ValidTo is { } end && DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var sunset))
            headers["Sunset"] = sunset.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        headers.Append("Link", $"<{Escaped(Address(SdmxAnswer.RawTarget(context), query.Dataflow, successor))}>; rel=\"successor-version\"");
    }

    /// <summary>A target as it was sent, without what neither a header nor a URI may hold.</summary>
    public static string Escaped(string target) => string.Concat(Encoding.UTF8.GetBytes(target).Select(b => b is > (byte)' ' and < 0x7F and not ((byte)'<' or (byte)'>' or (byte)'"')
        ? ((char)b).ToString() : $"%{b:X2}"));

    static Urn? Successor(StructureCatalog catalog, Urn flow) =>
        catalog.Versions(ArtefactType.Dataflow, flow.Agency, flow.Id) is [.., var last] && last.Version != flow.Version ? last.Urn : null;

    /// <summary>The same request with the newer version; where it names the version in another way, the newer flow itself.</summary>
    static string Address(string target, Urn flow, Urn successor)
    {
        foreach (var separator in (ReadOnlySpan<string>)["/", ","])
        {
            var (old, now) = ($"{flow.Agency}{separator}{flow.Id}{separator}{flow.Version}", $"{flow.Agency}{separator}{flow.Id}{separator}{successor.Version}");
            if (target.IndexOf(old, StringComparison.Ordinal) is >= 0 and var at)
                return string.Concat(target.AsSpan(0, at), now, target.AsSpan(at + old.Length));
        }

        return $"{target[..(target.IndexOf("/sdmx/", StringComparison.Ordinal) + "/sdmx/".Length)]}v2/structure/dataflow/{successor.Agency}/{successor.Id}/{successor.Version}";
    }
}

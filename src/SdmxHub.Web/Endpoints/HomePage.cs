using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/</c>: what the hub holds and where to get it, as a plain page.</summary>
static class HomePage
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Answer).Needs(HubAction.ReadPage);

    static async Task Answer(HttpContext context)
    {
        using var snapshot = context.RequestServices.GetRequiredService<Store>().Head();
        var page = Render(snapshot, context.Request.PathBase);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        await context.Response.WriteAsync(page, context.RequestAborted);
    }

    static string Render(Snapshot snapshot, string basePath)
    {
        var page = new StringBuilder(Head);
        page.Append(CultureInfo.InvariantCulture, $"<p>Revision {snapshot.Revision}, {snapshot.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC. {snapshot.Catalog.All.Count(a => ArtefactTypes.Of(a.Type).IsStructure)} structures, {snapshot.Catalog.OfType<MetadataSet>().Count()} metadata sets.</p>\n");
        page.Append("<table><caption>Dataflows</caption><thead><tr><th scope=\"col\">Flow</th><th scope=\"col\">Name</th><th scope=\"col\">Series</th><th scope=\"col\">Observations</th><th scope=\"col\">Periods</th><th scope=\"col\">Get</th></tr></thead><tbody>\n");
        foreach (var flow in snapshot.Catalog.OfType<Dataflow>().GroupBy(f => (f.Agency, f.Id)).Select(g => g.Last()))
            AppendFlow(page, flow, snapshot.Cube(flow.Urn), basePath);
        page.Append("</tbody></table>\n<h2>Structures</h2><ul>\n");
        foreach (var (text, path) in Structures)
            page.Append(CultureInfo.InvariantCulture, $"<li><a href=\"{Escape(basePath)}{path}\">{text}</a></li>\n");
        return page.Append("</ul>\n<h2>Health</h2><ul><li><a href=\"").Append(Escape(basePath)).Append("/health/ready\">/health/ready</a></li></ul>\n</main></body></html>\n").ToString();
    }

    static void AppendFlow(StringBuilder page, Dataflow flow, CubeSummary? cube, string basePath)
    {
        var data = $"{basePath}/sdmx/v2/data/dataflow/{flow.Agency}/{flow.Id}/{flow.Version}";
        var old = $"{basePath}/sdmx/v1/data/{flow.Agency},{flow.Id},{flow.Version}";
        var periods = cube is null or { Observations: 0 } ? "" : $"{cube.First} to {cube.Last}";
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Escape(flow.Urn.ShortName)}</th><td>{Escape(flow.Name.ToString())}</td><td>{cube?.Series ?? 0:N0}</td><td>{cube?.Observations ?? 0:N0}</td><td>{Escape(periods)}</td><td>");
        page.Append(CultureInfo.InvariantCulture, $"<a href=\"{Escape(data)}?format=csv-2.0&amp;lastNObservations=1\">latest, CSV</a>, <a href=\"{Escape(data)}?format=csv-2.0\">all, CSV</a>, <a href=\"{Escape(data)}?format=json-2.0&amp;lastNObservations=1\">latest, JSON</a>, <a href=\"{Escape(old)}?lastNObservations=1\">latest, SDMX-ML</a></td></tr>\n");
    }

    static readonly (string, string)[] Structures =
    [
        ("All dataflows, SDMX-ML 2.1", "/sdmx/v1/dataflow/all/all/all?format=structure-xml-2.1"),
        ("All data structures, names only, SDMX-JSON 2.0", "/sdmx/v2/structure/datastructure/*/*/*?detail=allstubs"),
        ("All codelists, names only, SDMX-JSON 2.0", "/sdmx/v2/structure/codelist/*/*/*?detail=allstubs"),
    ];

    const string Head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SdmxHub</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1b1b1b;background:#fff}table{border-collapse:collapse}
        caption{text-align:left;font-weight:bold;font-size:1.25rem}td,th{border:1px solid #767676;padding:.35rem .6rem;text-align:left;vertical-align:top}a{color:#0b4f8a}
        @media (prefers-color-scheme:dark){body{color:#eee;background:#161616}a{color:#8cc4ff}}</style></head><body><main>
        <h1>SdmxHub</h1>
        <p>SDMX REST 1.x under <code>/sdmx/v1</code>, 2.x under <code>/sdmx/v2</code>; <code>/api-reference</code> describes every path, to try out.</p>

        """;

    static string Escape(string text) => HtmlEncoder.Default.Encode(text);
}

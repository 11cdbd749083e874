using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web.Comparison;

/// <summary><c>GET /api/compare?area=826[&amp;series=A,B][&amp;national=AGENCY:FLOW][&amp;global=AGENCY:FLOW][&amp;asOf=...][&amp;format=json|csv]</c>.</summary>
public static class CompareEndpoint
{
    /// <summary>Adds the route. Faults are problem+json: 400 for the request, 404 for an area or flow that is not held.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/compare", Compare);

    static IResult Compare(HttpRequest request, Store store)
    {
        if (Parse(request.Query, out var asOf, out var isCsv) is not { } query)
            return Results.Problem("needs ?area=CODE, an area of the global list such as 826 or GB", statusCode: StatusCodes.Status400BadRequest);
        using var snapshot = asOf is { } instant ? store.AsOf(instant) : store.Head();
        if (snapshot is null)
            return Results.Problem($"nothing was held at {asOf:O}", statusCode: StatusCodes.Status404NotFound);
        if (Comparison.Run(snapshot, query, out var fault) is not { } comparison)
            return Results.Problem(fault, statusCode: StatusCodes.Status404NotFound);
        return Results.Stream(async stream =>
        {
            var output = System.IO.Pipelines.PipeWriter.Create(stream);
            if (isCsv)
                ComparisonWriter.WriteCsv(comparison, output);
            else
                ComparisonWriter.WriteJson(comparison, output);
            await output.FlushAsync(request.HttpContext.RequestAborted);
        }, isCsv ? "text/csv; charset=utf-8" : "application/json");
    }

    static ComparisonQuery? Parse(IQueryCollection query, out DateTimeOffset? asOf, out bool isCsv)
    {
        asOf = DateTimeOffset.TryParse(query["asOf"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var at) ? at : null;
        isCsv = string.Equals(query["format"], "csv", StringComparison.OrdinalIgnoreCase);
        if (query["area"].ToString() is not { Length: > 0 } area)
            return null;
        var series = query["series"].SelectMany(s => (s ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var compared = new ComparisonQuery { Area = area, Series = series.ToValueArray() };
        if (FlowOf(query["national"]) is { } national)
            compared = compared with { National = national };
        if (FlowOf(query["global"]) is { } global)
            compared = compared with { Global = global };
        return compared;
    }

    static Urn? FlowOf(string? text) => text is not null && Urn.TrySplit(text, out var agency, out var id, out var version, out _)
        ? new Urn(ArtefactType.Dataflow, agency, id, version ?? "~") : null;
}

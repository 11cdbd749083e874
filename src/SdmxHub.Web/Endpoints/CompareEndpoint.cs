using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Web;

/// <summary><c>GET /api/compare?area=826[&amp;series=A,B][&amp;class=equal,...][&amp;national=AGENCY:FLOW][&amp;global=AGENCY:FLOW][&amp;asOf=...][&amp;format=json|csv]</c>.</summary>
static class CompareEndpoint
{
    /// <summary>Adds the route. Faults are problem+json: 400 for the request, 404 for an area, series or flow that is not held, or a moment before the first revision.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/api/compare", [HttpMethods.Get, HttpMethods.Head], Compare).Needs(HubAction.Compare);

    static IResult Compare(HttpContext context)
    {
        var parameters = new ParameterReader(SdmxAnswer.Target(context, prefix: 2), isNegotiated: false);
        var query = Parse(parameters, out var classes);
        var asOf = parameters.AsOf();
        var isCsv = (parameters.OneOf("format", "json", "csv") ?? Preferred(context.Request.Headers.Accept.ToString())) == "csv";
        if (parameters.Finish() is { } error)
            return Problem.Of(StatusCodes.Status400BadRequest, error.Message);
        using var snapshot = SdmxAnswer.Pin(context, asOf, out error);
        if (snapshot is null)
            return Problem.NotFound(error!.Message);
        if (asOf?.Draft is not null && DraftAccess.Refuse(context, [query.National, query.Global]) is { } hidden)
            return Problem.Of(StatusCodes.Status403Forbidden, hidden.Message);
        if (CountryComparison.Run(snapshot, query, out var fault) is not { } comparison)
            return Problem.NotFound(fault!);
        SdmxAnswer.Vary(context.Response);
        var contentType = isCsv ? "text/csv; charset=utf-8" : "application/json";
        if (SdmxAnswer.IsNotModified(context, Validators.Of(snapshot, snapshot.Revision, SdmxAnswer.RawTarget(context), contentType)))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        if (HttpMethods.IsHead(context.Request.Method))
            return Results.Text("", contentType);
        return Results.Stream(async stream =>
        {
            var output = System.IO.Pipelines.PipeWriter.Create(stream);
            if (isCsv)
                ComparisonWriter.WriteCsv(comparison, classes, output);
            else
                ComparisonWriter.WriteJson(comparison, classes, output);
            await output.FlushAsync(context.RequestAborted);
        }, contentType);
    }

    // Clients name what they like best by weight; who names neither gets JSON.
    static string Preferred(string accept)
    {
        var ranges = MediaRange.ParseAll(accept);
        return Weight("text", "csv") > Weight("application", "json") ? "csv" : "json";

        double Weight(string type, string subtype) => ranges.Where(r => (r.Type, r.Subtype) == (type, subtype)).Select(r => r.Quality).DefaultIfEmpty(0).Max();
    }

    static ComparisonQuery Parse(ParameterReader parameters, out List<PairClass> classes)
    {
        if (parameters.Text("area") is not { } area)
            parameters.Fail(SdmxError.Syntax("area is missing: ?area=CODE, an area of the global list such as 826 or GB."));
        var query = new ComparisonQuery { Area = parameters.Text("area") ?? "", Series = parameters.List("series") ?? [] };
        classes = [];
        foreach (var label in parameters.List("class") ?? [])
        {
            if (ComparisonWriter.ClassOf(label) is { } known)
                classes.Add(known);
            else
                parameters.Fail(SdmxError.Syntax($"class={label}: expected one of {string.Join(", ", Enum.GetValues<PairClass>().Select(c => c.Label()))}."));
        }

        return query with { National = Flow(parameters, "national") ?? query.National, Global = Flow(parameters, "global") ?? query.Global };
    }

    static Urn? Flow(ParameterReader parameters, string name)
    {
        if (parameters.Text(name) is not { } text)
            return null;
        if (Urn.TrySplit(text, out var agency, out var id, out var version, out var item) && item is null)
            return new Urn(ArtefactType.Dataflow, agency, id, version ?? "~");
        parameters.Fail(SdmxError.Syntax($"{name}={text}: expected a flow as AGENCY:ID or AGENCY:ID(VERSION)."));
        return null;
    }
}

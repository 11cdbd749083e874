using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/changes?draft=NAME</c> or <c>?from=1&amp;to=2026.Q1.G.01</c>, <c>[&amp;flow=AGENCY:ID][&amp;detail=summary|series|delta|structures|metadata|impact|migration][&amp;format=...]</c>: what differs between two states.</summary>
/// <remarks>summary is JSON; series a list, JSON or CSV; delta a data message that turns the first state into the second; structures and metadata a message of those added and changed; impact what they mean
/// for data: codes that are no more or have another name, and what stands on them.</remarks>
static class ChangesEndpoint
{
    const int DefaultMovers = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/changes", (RequestDelegate)Answer).Needs(HubAction.ReadLog);

    static async Task Answer(HttpContext context)
    {
        if (await Try(context) is { } problem)
            await problem.ExecuteAsync(context);
    }

    static async Task<Problem?> Try(HttpContext context)
    {
        var parameters = new ParameterReader(SdmxAnswer.Target(context, prefix: 2), isNegotiated: false);
        var (from, to, draft) = (parameters.Moment("from"), parameters.Moment("to"), parameters.Text("draft"));
        var (flow, detail, format) = (parameters.Text("flow"), parameters.OneOf("detail", "summary", "series", "delta", "structures", "metadata", "impact", "migration") ?? "summary", parameters.Text("format"));
        var movers = parameters.Count("movers") ?? DefaultMovers;
        if (draft is null && from is null)
            parameters.Fail(SdmxError.Syntax("from is missing: ?from=REVISION|INSTANT|RELEASE, with &to=..., or ?draft=NAME."));
        if (draft is not null && (from ?? to) is not null)
            parameters.Fail(SdmxError.Syntax("draft stands alone: it is compared with the state that it was checked against."));
        if (parameters.Finish() is { } error)
            return Problem.Of(StatusCodes.Status400BadRequest, error.Message);
        using var difference = Open(context, from, to, draft, out var problem);
        if (difference is null)
            return problem;
        if (flow is not null && detail is not ("migration" or "impact") && !difference.Flows.Contains(flow))
            return Problem.NotFound($"Nothing of {flow} differs.{Nearest.Hint(flow, difference.Flows)}");
        string[] flows = [.. difference.Flows.Where(f => (flow is null || f == flow) && (draft is null || DraftAccess.Refuse(context, HubAction.ReadDraft, f) is null))];
        return detail == "migration" ? await WriteMigration(context, difference, flow) : await Write(context, difference, flow, flows, detail, format, movers);
    }

    static Difference? Open(HttpContext context, Moment? from, Moment? to, string? draft, out Problem? problem)
    {
        problem = null;
        if (draft is not null)
        {
            return DraftAccess.Find(context, draft, HubAction.ReadDraft, out problem) is { } open
                ? context.RequestServices.GetRequiredService<Storage.Drafts>().Changes(open, context.RequestAborted)
                : null;
        }

        var before = SdmxAnswer.Pin(context, from, out var error);
        var after = before is null ? null : SdmxAnswer.Pin(context, to, out error);
        problem = after is null ? Problem.NotFound(error!.Message.Replace("asOf:", before is null ? "from:" : "to:", StringComparison.Ordinal)) : null;
        return after is null ? null : Difference.Between(before!, after);
    }

    static async Task<Problem?> Write(HttpContext context, Difference difference, string? flow, string[] flows, string detail, string? format, int movers)
    {
        var output = context.Response.BodyWriter;
        var header = new MessageHeader { Id = $"D{difference.From.Revision}-{difference.To.Revision}", Sender = context.RequestServices.GetRequiredService<HubOptions>().Sender };
        context.Response.Headers.CacheControl = "private, no-store";
        switch (detail)
        {
            case "series":
                if (format is not (null or "json" or "csv"))
                    return Unknown(format, "json, csv");
                context.Response.ContentType = format == "csv" ? "text/csv; charset=utf-8" : "application/json";
                await DifferenceWriter.WriteSeries(difference, flows, output, format == "csv", context.RequestAborted);
                return null;
            case "delta":
                if (DifferenceWriter.FormatOf(format) is not { } chosen)
                    return Unknown(format, DifferenceWriter.DeltaFormats);
                context.Response.ContentType = chosen.MediaType;
                await DifferenceWriter.WriteDelta(difference, flows, chosen, output, header, context.RequestAborted);
                return null;
            case "structures" or "metadata":
                var kind = detail == "structures" ? MessageKind.Structure : MessageKind.Metadata;
                var changed = DifferenceWriter.Changed(difference, kind);
                if (DifferenceWriter.FormatOf(changed, kind) is not { } able)
                {
                    return Problem.Of(StatusCodes.Status406NotAcceptable,
                        $"No one format carries all these {(kind == MessageKind.Structure ? "structures" : "metadata sets")}. Ask for them by /sdmx/v2/{(kind == MessageKind.Structure ? "structure" : "metadata")}.");
                }

                context.Response.ContentType = able.MediaType;
                await DifferenceWriter.WriteArtefacts(changed, able, output, header, context.RequestAborted);
                return null;
            case "impact":
                var impacts = DifferenceWriter.Impacts(difference, flow, SavedQueriesEndpoint.All(context));
                if (flow is not null && impacts.Count == 0)
                    return NoImpact(difference, flow);
                await JsonBody.Answer(context, 200, impacts, DraftJson.Default.ListImpactBody);
                return null;
            default:
                await JsonBody.Answer(context, 200, DifferenceWriter.Summarize(difference, flows, movers), DraftJson.Default.ChangesBody);
                return null;
        }
    }

    /// <summary>The maps that would bring data into the structures that differ, as a message to edit and load.</summary>
    static async Task<Problem?> WriteMigration(HttpContext context, Difference difference, string? flow)
    {
        var maps = DifferenceWriter.Migrations(difference, flow);
        if (maps.IsEmpty)
            return flow is null ? Problem.NotFound("No structure differs so that data would have to be moved.") : NoImpact(difference, flow);
        var format = DifferenceWriter.FormatOf(maps, MessageKind.Structure)!;
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.ContentType = format.MediaType;
        var header = new MessageHeader { Id = $"M{difference.From.Revision}-{difference.To.Revision}", Sender = context.RequestServices.GetRequiredService<HubOptions>().Sender };
        await DifferenceWriter.WriteArtefacts(maps, format, context.Response.BodyWriter, header, context.RequestAborted);
        return null;
    }

    static Problem NoImpact(Difference difference, string flow) =>
        Problem.NotFound($"The structure of {flow} does not differ.{Nearest.Hint(flow, difference.Impacts().Select(i => i.Flow))}");

    static Problem Unknown(string? format, string known) => Problem.Of(StatusCodes.Status406NotAcceptable, $"format={format}: expected one of {known}.");
}

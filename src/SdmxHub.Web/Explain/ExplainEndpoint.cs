using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/explain/data/...</c>, <c>/sdmx/v2/explain/data/...</c>: how a data query is understood, what each of its conditions finds,
/// which one leaves nothing, and
/// the same query in both interfaces. JSON; faults are SDMX errors, as those of the query would be.</summary>
static class ExplainEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdmx/v1/explain/data/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1))).Needs(HubAction.ReadData);
        routes.MapMethods("/sdmx/v2/explain/data/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2))).Needs(HubAction.ReadData);
    }

    static async Task Answer(HttpContext context, ApiVersion api)
    {
        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, Sdmx.Formats.MessageKind.Data, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, ApiVersion api, CancellationToken ct)
    {
        var target = SdmxAnswer.Target(context, prefix: 4);
        if (!DataRequest.TryParse(target, api, out var request, out var error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, request, out var queries, out error);
        if (snapshot is null)
            return error;
        await JsonAnswer.Write(context, Validators.Of(snapshot, DataAnswer.RevisionOf(snapshot, queries), SdmxAnswer.RawTarget(context), "explain"), json =>
        {
            json.WriteStartArray("queries");
            foreach (var query in queries)
                Write(json, snapshot, query);
            json.WriteEndArray();
        }, ct);
        return null;
    }

    static void Write(Utf8JsonWriter json, Snapshot snapshot, DataQuery query)
    {
        var explained = QueryExplanation.Of(snapshot, query);
        json.WriteStartObject();
        json.WriteString("flow", query.Dataflow.ShortName);
        json.WriteString("v1", QuerySpelling.V1(query));
        json.WriteString("v2", QuerySpelling.V2(query, snapshot.Catalog.Schema(query.Dataflow)!));
        json.WriteNumber("series", explained.All?.Series ?? 0);
        json.WriteNumber("observations", explained.All?.Observations ?? 0);
        json.WriteStartArray("conditions");
        foreach (var step in explained.Steps)
        {
            json.WriteStartObject();
            json.WriteString("condition", step.Condition);
            json.WriteNumber("series", step.Series);
            json.WriteNumber("observations", step.Observations);
            json.WriteNumber("seriesLeft", step.SeriesLeft);
            json.WriteNumber("observationsLeft", step.ObservationsLeft);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("empties", explained.Emptying?.Condition);
        json.WriteStartArray("notes");
        foreach (var note in explained.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

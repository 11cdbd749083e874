using System.Text.Json;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/capabilities</c>: what the hub serves, for programs: interfaces with their resources, parameters and media types, types of
/// artefact, limits, and each flow with its last
/// revision, counts and time covered.</summary>
static class CapabilitiesEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/sdmx/capabilities", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Answer).Needs(HubAction.ReadStructures);

    static async Task Answer(HttpContext context)
    {
        using var snapshot = context.RequestServices.GetRequiredService<Store>().Head();
        var options = context.RequestServices.GetRequiredService<HubOptions>();
        await JsonAnswer.Write(context, Validators.Of(snapshot, snapshot.Revision, SdmxAnswer.RawTarget(context), "capabilities"), json =>
        {
            json.WriteString("software", $"SdmxHub {HubTelemetry.Version}");
            json.WriteStartArray("interfaces");
            WriteInterface(json, ApiVersion.V1, "1.5.0");
            WriteInterface(json, ApiVersion.V2, "2.2.2");
            json.WriteEndArray();
            WriteLimits(json, options);
            json.WriteStartArray("dataflows");
            foreach (var flow in snapshot.Catalog.OfType<Dataflow>())
                WriteFlow(json, snapshot, flow);
            json.WriteEndArray();
        }, context.RequestAborted);
    }

    static void WriteInterface(Utf8JsonWriter json, ApiVersion api, string version)
    {
        var path = $"/sdmx/v{(int)api}";
        json.WriteStartObject();
        json.WriteString("version", version);
        json.WriteString("path", path);
        WriteTexts("dataTypes", Negotiation.Offered(api, MessageKind.Data).Select(f => f.MediaType));
        WriteTexts("structureTypes", Negotiation.Offered(api, MessageKind.Structure).Select(f => f.MediaType));
        WriteTexts("metadataTypes", Negotiation.Offered(api, MessageKind.Metadata).Select(f => f.MediaType));
        WriteTexts("artefactTypes", ArtefactTypes.All.Where(t => StructureQuery.Has(api, t.Type))
            .Select(t => api == ApiVersion.V1 && t.Type == ArtefactType.DataConstraint ? "contentconstraint" : t.Resource));
        json.WriteStartArray("resources");
        foreach (var resource in ApiResource.All.Where(r => r.Path.StartsWith(path + "/", StringComparison.Ordinal)))
        {
            json.WriteStartObject();
            json.WriteString("method", resource.Method);
            json.WriteString("path", resource.Path);
            WriteTexts("parameters", resource.ParameterNames);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void WriteTexts(string name, IEnumerable<string> texts)
        {
            json.WriteStartArray(name);
            foreach (var text in texts)
                json.WriteStringValue(text);
            json.WriteEndArray();
        }
    }

    static void WriteLimits(Utf8JsonWriter json, HubOptions options)
    {
        json.WriteStartObject("limits");
        json.WriteNumber("requestLine", options.MaxRequestLine);
        json.WriteNumber("observations", options.MaxObservations);
        json.WriteNumber("sortedObservations", SnapshotReader.MostSorted);
        json.WriteNumber("disseminations", DataAnswer.MostDisseminations);
        json.WriteNumber("queryForm", QueryForm.MostBytes);
        json.WriteNumber("dataRequestsPerMinute", options.RateLimits.Data);
        json.WriteNumber("structureRequestsPerMinute", options.RateLimits.Structures);
        json.WriteEndObject();
    }

    static void WriteFlow(Utf8JsonWriter json, Snapshot snapshot, Dataflow flow)
    {
        var cube = snapshot.Cube(flow.Urn);
        json.WriteStartObject();
        json.WriteString("urn", flow.Urn.ToString());
        json.WriteString("name", flow.Name.ToString());
        json.WriteNumber("revision", cube?.LastRevision ?? 0);
        json.WriteNumber("series", cube?.Series ?? 0);
        json.WriteNumber("observations", cube?.Observations ?? 0);
        if (cube is { Observations: > 0 } && cube.First != TimePeriod.None)
        {
            json.WriteString("first", cube.First.ToString());
            json.WriteString("last", cube.Last.ToString());
        }

        json.WriteEndObject();
    }
}

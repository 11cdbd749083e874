using System.Text.Json;
using System.Text.RegularExpressions;
using Sdmx.Formats;
using Scalar.AspNetCore;

namespace SdmxHub.Web;

/// <summary><c>/openapi.json</c>: the description of every interface by OpenAPI 3.1, made of the table <see cref="ApiResource"/>;
/// <c>/api-reference</c> shows it as a page to try it out.</summary>
static partial class OpenApiEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/openapi.json", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Answer).Needs(HubAction.ReadPage);
        // Nothing on the page asks, or sends to, anyone but the hub: no fonts from elsewhere, no assistants, no tools of the page's makers.
        routes.MapScalarApiReference("/api-reference", options => options.WithTitle("SdmxHub").WithOpenApiRoutePattern("/openapi.json")
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton()).Needs(HubAction.ReadPage);
    }

    static async Task Answer(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        Write(json, context.Request.PathBase);
        await json.FlushAsync(context.RequestAborted);
    }

    static void Write(Utf8JsonWriter json, string basePath)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "SdmxHub");
        json.WriteString("description", "SDMX REST 1.5 and 2.2 over a versioned store of statistics, and the hub's own interface: submissions, drafts, releases, comparison.");
        json.WriteString("version", HubTelemetry.Version);
        json.WriteEndObject();
        json.WriteStartArray("servers");
        json.WriteStartObject();
        json.WriteString("url", basePath.Length > 0 ? basePath : "/");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject("paths");
        foreach (var path in ApiResource.All.GroupBy(r => r.Path))
        {
            json.WriteStartObject(path.Key);
            foreach (var resource in path)
            {
                WriteOperation(json, resource, resource.Method);
                if (resource.HasHead)
                    WriteOperation(json, resource, "HEAD");
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartObject("components");
        json.WriteStartObject("securitySchemes");
        json.WriteStartObject("key");
        json.WriteString("type", "http");
        json.WriteString("scheme", "bearer");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteOperation(Utf8JsonWriter json, ApiResource resource, string method)
    {
        json.WriteStartObject(method.ToLowerInvariant());
        json.WriteString("operationId", method.ToLowerInvariant() + string.Concat(Words().Matches(resource.Path).Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..])));
        json.WriteString("summary", resource.Summary);
        json.WriteStartArray("tags");
        json.WriteStringValue(resource.IsSdmx ? "SDMX REST" : "SdmxHub");
        json.WriteEndArray();
        json.WriteStartArray("parameters");
        foreach (Match part in PathParts().Matches(resource.Path))
            WriteParameter(json, ApiParameter.All[part.Groups[1].Value], "path");
        foreach (var name in resource.ParameterNames)
            WriteParameter(json, ApiParameter.All[name], "query");
        json.WriteEndArray();
        if (resource.Body != ApiBody.None)
            WriteBody(json, resource);
        json.WriteStartObject("responses");
        json.WriteStartObject("200");
        json.WriteString("description", "The answer.");
        json.WriteStartObject("content");
        foreach (var type in TypesOf(resource))
        {
            json.WriteStartObject(type);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("default");
        json.WriteString("description", resource.IsSdmx ? "A fault: message:Error or errors[], after the family asked for." : "A fault: problem+json.");
        json.WriteEndObject();
        json.WriteEndObject();
        // Reading may be open to everybody; everything else needs a key.
        if (AccessRules.Of(resource.Action).Least is { } least)
        {
            json.WriteStartArray("security");
            if (least == SdmxHub.Storage.Role.Reader)
            {
                json.WriteStartObject();
                json.WriteEndObject();
            }

            json.WriteStartObject();
            json.WriteStartArray("key");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static void WriteParameter(Utf8JsonWriter json, ApiParameter parameter, string where)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("in", where);
        if (where == "path")
            json.WriteBoolean("required", true);
        json.WriteString("description", parameter.Description);
        json.WritePropertyName("schema");
        json.WriteRawValue(parameter.Schema);
        json.WriteEndObject();
    }

    static void WriteBody(Utf8JsonWriter json, ApiResource resource)
    {
        json.WriteStartObject("requestBody");
        json.WriteStartObject("content");
        json.WriteStartObject(resource.Body switch { ApiBody.Form => "application/x-www-form-urlencoded", ApiBody.Json => "application/json", _ => "application/octet-stream" });
        json.WriteEndObject();
        if (resource.Body == ApiBody.Message)
        {
            json.WriteStartObject("multipart/form-data");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The media types of an answer.</summary>
    static IEnumerable<string> TypesOf(ApiResource resource)
    {
        if (resource.Path.StartsWith("/api/", StringComparison.Ordinal) && resource.Path.EndsWith("/data", StringComparison.Ordinal))
            return Negotiation.Offered(ApiVersion.V2, MessageKind.Data).Concat(Negotiation.Offered(ApiVersion.V1, MessageKind.Data)).Select(f => f.MediaType).Distinct();
        if (!resource.IsSdmx || resource.Path.Contains("/explain/", StringComparison.Ordinal))
            return [resource.Path == "/" ? "text/html" : "application/json"];
        var api = resource.Path.StartsWith("/sdmx/v1", StringComparison.Ordinal) ? ApiVersion.V1 : ApiVersion.V2;
        var kind = resource.Path.Contains("/data/", StringComparison.Ordinal) ? MessageKind.Data
            : resource.Path.Contains("/metadata/", StringComparison.Ordinal) ? MessageKind.Metadata : MessageKind.Structure;
        return Negotiation.Offered(api, kind).Select(f => f.MediaType);
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathParts();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();
}

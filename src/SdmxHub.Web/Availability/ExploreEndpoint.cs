using System.Globalization;
using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>GET /api/explore/{context}/{agency}/{id}/{version}/{key}</c>: for what is chosen so far, every code of every dimension that could be
/// chosen, with its counts.</summary>
/// <remarks>Path and parameters as of <c>/sdmx/v2/availability</c>, without component. What a data explorer shows beside a table, in one call. Faults
/// are problem+json.</remarks>
static class ExploreEndpoint
{
    static readonly HashSet<string> Meaningless = [.. Negotiation.Parameters.Where(p => p != "lang"), "mode", "references"];

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/api/explore/{**path}", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Answer).Needs(HubAction.ReadData);

    static async Task Answer(HttpContext context)
    {
        if (await Try(context, context.RequestAborted) is { } error)
            await Problem.Of(error.Code == SdmxErrorCode.NoResults ? StatusCodes.Status404NotFound : error.Status(ApiVersion.V2), error.Message).ExecuteAsync(context);
    }

    static async Task<SdmxError?> Try(HttpContext context, CancellationToken ct)
    {
        var target = SdmxAnswer.Target(context, prefix: 2);
        if (!AvailabilityRequest.TryParse(target, ApiVersion.V2, out var request, out var error))
            return error;
        // Of availability's words some have no meaning here.
        if (target.Parameters.Select(p => p.Name).FirstOrDefault(Meaningless.Contains) is { } name)
            return SdmxError.Syntax($"The parameter '{name}' is unknown here.");
        if (!request.Components.IsEmpty)
            return SdmxError.Syntax("Every dimension is told here; leave the component out.");
        using var snapshot = SdmxAnswer.Pin(context, request.Data, out var queries, out error);
        if (snapshot is null)
            return error;
        var languages = Negotiation.LanguagesOf(target, context.Request.Headers.AcceptLanguage);
        var validators = Validators.Of(snapshot, DataAnswer.RevisionOf(snapshot, queries), SdmxAnswer.RawTarget(context), string.Join(',', languages));
        await JsonAnswer.Write(context, validators, json =>
        {
            json.WriteStartArray("flows");
            foreach (var query in queries)
            {
                if (snapshot.Available(query, withChoices: true) is { } available)
                    Write(json, snapshot.Catalog.Schema(query.Dataflow)!, query, available, languages);
            }

            json.WriteEndArray();
        }, ct);
        return null;
    }

    static void Write(Utf8JsonWriter json, DataSchema schema, DataQuery query, Availability available, ValueArray<string> languages)
    {
        json.WriteStartObject();
        json.WriteString("flow", schema.Urn.ShortName);
        if (query.Agreement is { } agreement)
            json.WriteString("agreement", $"{agreement.Agency}:{agreement.Id}");
        json.WriteString("name", schema.Dataflow!.Name.Best(languages).Text);
        json.WriteNumber("series", available.Series);
        json.WriteNumber("observations", available.Observations);
        if (available.First != TimePeriod.None)
        {
            json.WriteString("first", available.First.ToString());
            json.WriteString("last", available.Last.ToString());
        }

        json.WriteStartArray("dimensions");
        foreach (var dimension in schema.Dimensions)
        {
            json.WriteStartObject();
            json.WriteString("id", dimension.Id);
            json.WriteString("name", dimension.Concept?.Name.Best(languages).Text ?? dimension.Id);
            json.WriteStartArray("codes");
            WriteCodes(json, dimension, available.Dimensions.First(d => d.Id == dimension.Id).Codes, languages);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // Codes in the order of their list, each with its parent; parents without data of their own are there with nothing, so that every tree is whole.
    static void WriteCodes(Utf8JsonWriter json, SchemaComponent dimension, ValueArray<CodeAvailability> counted, ValueArray<string> languages)
    {
        var counts = counted.ToDictionary(c => c.Code, StringComparer.Ordinal);
        var held = dimension.Codes?.Codelist.Codes ?? [];
        var shown = PartialSchemes.WithParents(held, [.. counts.Keys]);
        foreach (var code in held.Where(c => shown.Contains(c.Id)))
        {
            Write(code.Id, code.Name.Best(languages).Text, code.Parent);
            counts.Remove(code.Id);
        }

        foreach (var code in counted.Where(c => counts.ContainsKey(c.Code)))
            Write(code.Code, null, null);

        void Write(string id, string? name, string? parent)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            if (name is not null)
                json.WriteString("name", name);
            if (parent is not null)
                json.WriteString("parent", parent);
            var count = counts.GetValueOrDefault(id);
            json.WriteNumber("series", count.Series);
            json.WriteNumber("observations", count.Observations);
            json.WriteEndObject();
        }
    }
}

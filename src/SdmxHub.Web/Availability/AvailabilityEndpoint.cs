using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/availableconstraint</c> and <c>/sdmx/v2/availability</c>: which values there are data with, from the index.</summary>
static class AvailabilityEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdmx/v1/availableconstraint/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1))).Needs(HubAction.ReadData);
        routes.MapMethods("/sdmx/v2/availability/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2))).Needs(HubAction.ReadData);
    }

    static async Task Answer(HttpContext context, ApiVersion api)
    {
        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, MessageKind.Structure, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, ApiVersion api, CancellationToken ct)
    {
        var target = SdmxAnswer.Target(context, prefix: 3);
        if (!AvailabilityRequest.TryParse(target, api, out var request, out var error)
            || !Negotiation.TryChoose(Able(api), target, context.Request.Headers.Accept, context.Request.Headers.AcceptLanguage, out var form, out error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, request.Data, out var queries, out error);
        if (snapshot is null)
            return error;
        var validators = Validators.Of(snapshot, DataAnswer.RevisionOf(snapshot, queries), SdmxAnswer.RawTarget(context), form);
        SdmxAnswer.Vary(context.Response);
        if (SdmxAnswer.HasTag(context, validators))
            return null;
        var found = new List<(Urn Context, DataSchema Schema, IReadOnlyList<string> Components, DataQuery Query, Availability Available)>();
        foreach (var query in queries)
        {
            var schema = snapshot.Catalog.Schema(query.Dataflow)!;
            if (request.ComponentsOf(schema, out error) is not { } components)
                return error;
            if (snapshot.Available(query, request.WithChoices) is { } available && available.Dimensions.Any(d => !d.Codes.IsEmpty))
                found.Add((request.IsOfStructures ? schema.Structure.Urn : schema.Under(query.Agreement).Context, schema, components, query, available));
        }

        if (found.Count == 0)
            return new(SdmxErrorCode.NoResults, QueryExplanation.WhyEmpty(snapshot, queries));
        if (SdmxAnswer.IsNotModified(context, validators))
            return null;
        context.Response.ContentType = form.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
            return null;
        var isLegacy = form.Format.Id is "structure-xml-2.1" or "structure-json-1.0";
        var header = validators.Header(context.RequestServices.GetRequiredService<HubOptions>().Sender);
        var told = found.GroupBy(f => f.Context).Select(g => g.ToList()).ToList();
        var constraints = told.Select(g => AvailabilityConstraint.Of(g[0].Context, g[0].Schema, Availability.Together([.. g.Select(f => f.Available)]), g[0].Components, isLegacy));
        var artefacts = AvailabilityConstraint.WithReferences(snapshot.Catalog, [.. constraints], [.. told.Select(g => g.ConvertAll(f => f.Query))], request.References);
        form.Format.WriteStructures!(context.Response.BodyWriter, new StructureMessage(header, [.. artefacts]), new WriterOptions { Header = header, Languages = form.Languages });
        await context.Response.BodyWriter.FlushAsync(ct);
        return null;
    }

    // 3.1 has no constraint that says what is held.
    static List<Format> Able(ApiVersion api) =>
        [.. Negotiation.Offered(api, MessageKind.Structure).Where(f => f.StructureLosses(Actual).Count == 0)];

    static readonly DataConstraint Actual = new() { Agency = "A", Id = "A", Role = ConstraintRole.Actual };
}

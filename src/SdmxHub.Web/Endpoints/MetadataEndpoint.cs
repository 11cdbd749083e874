using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/metadata</c> and <c>/sdmx/v2/metadata</c>.</summary>
static class MetadataEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdmx/v1/metadata/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1))).Needs(HubAction.ReadStructures);
        routes.MapMethods("/sdmx/v2/metadata/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2))).Needs(HubAction.ReadStructures);
    }

    static async Task Answer(HttpContext context, ApiVersion api)
    {
        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, SdmxAnswer.Target(context, prefix: 3), api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, MessageKind.Metadata, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, RequestTarget target, ApiVersion api, CancellationToken ct)
    {
        var headers = context.Request.Headers;
        if (!MetadataQuery.TryParse(target, api, out var query, out var error)
            || !Negotiation.TryChoose(api, MessageKind.Metadata, target, headers.Accept, headers.AcceptLanguage, out var form, out error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, query.AsOf, out error);
        if (snapshot is null)
            return error;
        SdmxAnswer.Vary(context.Response);
        var sets = query.Run(snapshot.Catalog);
        if (sets.Count == 0)
            return query.NotHeld(snapshot.Catalog);
        if (!MetadataQuery.TryChoose(sets, api, target, headers.Accept, headers.AcceptLanguage, out form, out error))
            return error;
        var validators = Validators.Of(snapshot, snapshot.CatalogRevision, SdmxAnswer.RawTarget(context), form);
        if (SdmxAnswer.IsNotModified(context, validators))
            return null;
        context.Response.ContentType = form.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
            return null;
        using var activity = HubTelemetry.Source.StartActivity("write metadata")?.SetTag("sdmx.format", form.Format.Id).SetTag("sdmx.sets", sets.Count);
        var header = validators.Header(context.RequestServices.GetRequiredService<HubOptions>().Sender);
        var options = new WriterOptions { Header = header, Languages = form.Languages };
        form.Format.WriteStructures!(context.Response.BodyWriter, new StructureMessage(header, [.. sets]), options);
        await context.Response.BodyWriter.FlushAsync(ct);
        return null;
    }
}

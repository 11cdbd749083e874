using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/{type}</c> and <c>/sdmx/v2/structure</c>.</summary>
static class StructureEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdmx/v1/{type}/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1, 2))).Needs(HubAction.ReadStructures);
        routes.MapMethods("/sdmx/v2/structure/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2, 3))).Needs(HubAction.ReadStructures);
    }

    static async Task Answer(HttpContext context, ApiVersion api, int prefix)
    {
        var target = SdmxAnswer.Target(context, prefix);
        if (api == ApiVersion.V1 && !StructureQuery.IsResource(target.Segment(0) ?? "", api))
        {
            await UnknownPath.Answer(context);
            return;
        }

        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, target, api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, MessageKind.Structure, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, RequestTarget target, ApiVersion api, CancellationToken ct)
    {
        if (!StructureQuery.TryParse(target, api, out var query, out var error)
            || !Negotiation.TryChoose(api, MessageKind.Structure, target, context.Request.Headers.Accept, context.Request.Headers.AcceptLanguage, out var form, out error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, query.AsOf, out error);
        if (snapshot is null)
            return error;
        SdmxAnswer.Vary(context.Response);
        var artefacts = query.Run(snapshot.Catalog);
        if (artefacts.Count == 0)
            return query.NotHeld(snapshot.Catalog);
        if (StructureQuery.CannotCarry(form.Format, artefacts) is { } refusal)
        {
            // The client may take other formats too, or name none.
            Format[] able = [.. Format.All.Where(f => f.WriteStructures is not null && StructureQuery.CannotCarry(f, artefacts) is null)];
            if (!Negotiation.TryChoose(able, target, context.Request.Headers.Accept, context.Request.Headers.AcceptLanguage, out form, out _))
                return refusal;
        }

        var validators = Validators.Of(snapshot, snapshot.StructureRevision, SdmxAnswer.RawTarget(context), form);
        if (SdmxAnswer.IsNotModified(context, validators))
            return null;
        context.Response.ContentType = form.ContentType;
        if (ContentLanguage.Of(artefacts) is { } languages)
            context.Response.Headers.ContentLanguage = languages;
        if (HttpMethods.IsHead(context.Request.Method))
            return null;
        using var activity = HubTelemetry.Source.StartActivity("write structures")?.SetTag("sdmx.format", form.Format.Id).SetTag("sdmx.artefacts", artefacts.Count);
        var header = validators.Header(context.RequestServices.GetRequiredService<HubOptions>().Sender);
        form.Format.WriteStructures!(context.Response.BodyWriter, new StructureMessage(header, [.. artefacts]), new WriterOptions { Header = header, Languages = form.Languages });
        await context.Response.BodyWriter.FlushAsync(ct);
        return null;
    }
}

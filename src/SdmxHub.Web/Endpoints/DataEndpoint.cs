using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/data</c> and <c>/sdmx/v2/data</c>.</summary>
static class DataEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/sdmx/v1/data/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1)));
        routes.MapMethods("/sdmx/v2/data/{**path}", SdmxAnswer.Methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2)));
    }

    static async Task Answer(HttpContext context, ApiVersion api)
    {
        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, MessageKind.Data, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, ApiVersion api, CancellationToken ct)
    {
        var target = SdmxAnswer.Target(context, prefix: 3);
        if (!DataRequest.TryParse(target, api, out var request, out var error)
            || !Negotiation.TryChoose(api, MessageKind.Data, target, context.Request.Headers.Accept, context.Request.Headers.AcceptLanguage, out var form, out error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context.RequestServices.GetRequiredService<Store>(), request.AsOf);
        if (snapshot is null)
            return SdmxAnswer.BeforeAll;
        if (!request.TryResolve(snapshot.Catalog, out var queries, out error))
            return error;
        if (form.Format.MediaType.Contains("timeseries", StringComparison.Ordinal) && queries.Any(q => q.DimensionAtObservation != "TIME_PERIOD"))
            return new(SdmxErrorCode.NotAcceptable, "Time series formats have TIME_PERIOD at the observation; ask for the general format.");
        return await Write(context, snapshot, queries, form, ct);
    }

    static async Task<SdmxError?> Write(HttpContext context, Snapshot snapshot, ValueArray<DataQuery> queries, Negotiated form, CancellationToken ct)
    {
        var validators = Validators.Of(snapshot, SdmxAnswer.RawTarget(context), form);
        SdmxAnswer.Vary(context.Response);
        if (SdmxAnswer.IsNotModified(context, validators))
            return null;
        using var answer = DataAnswer.Open(snapshot, queries);
        if (answer.Withheld > 0)
            context.Response.Headers["X-SDMX-Withheld-Series"] = answer.Withheld.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (answer.IsEmpty)
            return new(SdmxErrorCode.NoResults, "Nothing matches the query.");
        context.Response.ContentType = form.ContentType;
        if (HttpMethods.IsHead(context.Request.Method))
            return null;
        var output = context.Response.BodyWriter;
        var writer = form.Format.Write!(output, new WriterOptions
        {
            Header = validators.Header(context.RequestServices.GetRequiredService<HubOptions>().Sender),
            DimensionAtObservation = answer.DimensionAtObservation,
            Labels = form.Labels,
            Keys = form.Keys,
            Languages = form.Languages,
        });
        await answer.WriteAsync(writer, output, ct);
        HubTelemetry.ObservationsServed.Add(answer.Observations, new KeyValuePair<string, object?>("format", form.Format.Id));
        return null;
    }
}

using System.Globalization;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/sdmx/v1/data</c> and <c>/sdmx/v2/data</c>.</summary>
static class DataEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        string[] methods = [.. SdmxAnswer.Methods, HttpMethods.Post];
        routes.MapMethods("/sdmx/v1/data/{**path}", methods, (RequestDelegate)(context => Answer(context, ApiVersion.V1))).Needs(HubAction.ReadData);
        routes.MapMethods("/sdmx/v2/data/{**path}", methods, (RequestDelegate)(context => Answer(context, ApiVersion.V2))).Needs(HubAction.ReadData);
    }

    /// <summary>Answers the query of the request's raw target.</summary>
    public static async Task Answer(HttpContext context, ApiVersion api)
    {
        if (SdmxAnswer.IsOptions(context))
            return;
        if (await Try(context, api, context.RequestAborted) is { } error)
            await SdmxAnswer.Fail(context, error, api, MessageKind.Data, context.RequestAborted);
    }

    static async Task<SdmxError?> Try(HttpContext context, ApiVersion api, CancellationToken ct)
    {
        using var head = context.RequestServices.GetRequiredService<Store>().Head();
        var tags = context.RequestServices.GetRequiredService<KnownTags>();
        if (tags.IsHeld(context, head))
            return null;
        var target = await QueryForm.Target(context, prefix: 3, keyAt: api == ApiVersion.V1 ? 1 : 4, ct);
        if (target is null)
            return QueryForm.Refusal;
        if (!DataRequest.TryParse(target, api, out var request, out var error)
            || !Negotiation.TryChoose(api, MessageKind.Data, target, context.Request.Headers.Accept, context.Request.Headers.AcceptLanguage, out var form, out error))
            return error;
        using var snapshot = SdmxAnswer.Pin(context, request, out var queries, out error);
        if (snapshot is null)
            return error;
        if (DataAnswer.CannotCarry(form.Format, snapshot.Catalog, queries) is { } refusal)
            return refusal;
        var most = context.RequestServices.GetRequiredService<HubOptions>().MaxObservations;
        // Another limit, another answer.
        var text = QueryForm.Text(context, target) + (most > 0 ? string.Create(CultureInfo.InvariantCulture, $" {most}") : "");
        var validators = Validators.Of(snapshot, DataAnswer.RevisionOf(snapshot, queries), text, form);
        SdmxAnswer.Vary(context.Response);
        Succession.Tell(context, snapshot, queries);
        if (SdmxAnswer.HasTag(context, validators))
        {
            tags.Keep(context, head, validators);
            return null;
        }

        using var answer = DataAnswer.Open(snapshot, queries, most);
        if (answer.Withheld > 0)
            context.Response.Headers["X-SDMX-Withheld-Series"] = answer.Withheld.ToString(CultureInfo.InvariantCulture);
        if ((answer.Refusal ?? answer.Loses(form.Format)) is { } refused)
            return refused;
        if (answer.IsEmpty)
            return new(SdmxErrorCode.NoResults, QueryExplanation.WhyEmpty(snapshot, queries));
        if (SdmxAnswer.IsNotModified(context, validators))
            return null;
        context.Response.ContentType = form.ContentType;
        if (answer.CutAfter > 0)
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers["X-SDMX-Cut-After"] = answer.CutAfter.ToString(CultureInfo.InvariantCulture);
        }

        if (ContentLanguage.Of(answer.Schemas, form) is { } languages)
            context.Response.Headers.ContentLanguage = languages;
        await Write(context, answer, validators, form, ct);
        return null;
    }

    static async Task Write(HttpContext context, DataAnswer answer, Validators validators, Negotiated form, CancellationToken ct)
    {
        var options = new WriterOptions
        {
            // SDMX-CSV has none.
            Header = form.Format.Extension == "csv" ? new() : validators.Header(context.RequestServices.GetRequiredService<HubOptions>().Sender),
            DimensionAtObservation = answer.DimensionAtObservation,
            Labels = form.Labels,
            Keys = form.Keys,
            Languages = form.Languages,
            Notice = answer.CutAfter == 0 ? null
                : new(510, $"Cut short after {answer.CutAfter} observations, the most this service gives at once. Go on with offset={answer.CutAfter}, or narrow the query."),
        };
        if (HttpMethods.IsHead(context.Request.Method))
        {
            var (observations, bytes) = answer.Estimate(output => form.Format.Write!(output, options));
            context.Response.Headers["X-SDMX-Observations"] = observations.ToString(CultureInfo.InvariantCulture);
            context.Response.Headers["X-SDMX-Size-Estimate"] = bytes.ToString(CultureInfo.InvariantCulture);
            return;
        }

        using var activity = HubTelemetry.Source.StartActivity("write data")?.SetTag("sdmx.format", form.Format.Id).SetTag("sdmx.revision", validators.Revision);
        var output = context.Response.BodyWriter;
        await answer.WriteAsync(form.Format.Write!(output, options), output, ct);
        // A short answer is whole by now: its length is told.
        if (!context.Response.HasStarted && output.CanGetUnflushedBytes)
            context.Response.ContentLength = output.UnflushedBytes;
        activity?.SetTag("sdmx.observations", answer.Observations);
        HubTelemetry.ObservationsServed.Add(answer.Observations, new KeyValuePair<string, object?>("format", form.Format.Id));
    }
}

using Sdmx;

namespace SdmxHub.Web;

// REST 2.x: /data/{context}/{agencyID}/{resourceID}/{version}/{key} (checklist 1.2).
public sealed partial record DataRequest
{
    static DataRequest ParseV2(RequestTarget target, ParameterReader parameters)
    {
        if (target.Segments.Count > 5)
            parameters.Fail(SdmxError.Syntax("A data path has at most five parts: /data/{context}/{agency}/{id}/{version}/{key}."));
        var request = WithAnswer(SelectV2(target, parameters), parameters) with
        {
            Attributes = parameters.List("attributes"),
            Measures = parameters.List("measures"),
            Sort = parameters.Sort("sort"),
            Offset = parameters.Number("offset", 0) ?? 0,
            Limit = parameters.Number("limit", 1),
        };
        if (request is { WithHistory: true } and ({ Offset: > 0 } or { Limit: not null }))
            parameters.Fail(SdmxError.Syntax("includeHistory and offset or limit exclude each other: every dissemination is told whole."));
        return request;
    }

    /// <summary>Reads which observations are meant: what data and availability have in common.</summary>
    static DataRequest SelectV2(RequestTarget target, ParameterReader parameters)
    {
        var request = Select(ApiVersion.V2, FlowV2(target, parameters), parameters) with
        {
            Keys = KeysV2(target.Segment(4), parameters),
            Conditions = parameters.Conditions(),
            ReportingYearStart = StartDay(parameters),
        };
        if (request is { UpdatedAfter: { } after, AsOf.Instant: { } instant } && after > instant)
            parameters.Fail(SdmxError.Syntax("updatedAfter is later than asOf."));
        return request;
    }

    static FlowSelector FlowV2(RequestTarget target, ParameterReader parameters)
    {
        DataContext? context = target.Segment(0) switch
        {
            null or "*" => DataContext.Any,
            "dataflow" => DataContext.Dataflow,
            "datastructure" => DataContext.DataStructure,
            "provisionagreement" => DataContext.ProvisionAgreement,
            _ => null,
        };
        if (context is null)
            parameters.Fail(SdmxError.Syntax($"The context '{target.Segment(0)}' is none of dataflow, datastructure, provisionagreement, *. (A path is /data/{{context}}/{{agency}}/{{id}}/{{version}}/{{key}}.)"));
        if (Identifiers.Split(target.Segment(1), ApiVersion.V2, "agency", out var agencies) is { } badAgency)
            parameters.Fail(badAgency);
        if (Identifiers.Split(target.Segment(2), ApiVersion.V2, "id", out var ids) is { } badId)
            parameters.Fail(badId);
        var version = target.Segment(3) ?? "*";
        if (!VersionPattern.TryParse(version, out _))
            parameters.Fail(SdmxError.Syntax($"The version '{version}' is none: expected a number such as 1.0, + (latest stable), ~ (latest), * (all), or a pattern such as 1.2+.0."));
        return new(context ?? DataContext.Any, agencies, ids, [.. version.Split(',')]);
    }

    // Empty positions are of v1, but what they mean is plain; alternatives with + are not: here + would be "and".
    static ValueArray<KeyPattern> KeysV2(string? text, ParameterReader parameters)
    {
        if (text is null or "*")
            return [];
        if (text.Contains('+'))
            parameters.Fail(SdmxError.Syntax($"The key '{text}' holds a +. In v2 alternatives are whole keys separated by commas, or c[DIMENSION]=A,B."));
        return [.. text.Split(',').Select(key => new KeyPattern([.. key.Split('.').Select(position => position is "" or "*" ? default : (ValueArray<string>)[position])]))];
    }

    static MonthDay StartDay(ParameterReader parameters)
    {
        if (parameters.Text("reportingYearStartDay") is not { } text)
            return default;
        if (!MonthDay.TryParse(text, out var day) || text.Length != 7)
            parameters.Fail(SdmxError.Syntax($"reportingYearStartDay={text}: expected a day such as --07-01."));
        return day;
    }
}

using Sdmx;

namespace SdmxHub.Web;

// REST 1.x: /data/{flowRef}/{key}/{providerRef} (checklist 1.1).
public sealed partial record DataRequest
{
    static DataRequest ParseV1(RequestTarget target, ParameterReader parameters)
    {
        if (target.Segments.Count > 3)
            parameters.Fail(SdmxError.Syntax("A data path has at most three parts: /data/{flow}/{key}/{provider}."));
        return WithAnswer(SelectV1(target, parameters), parameters) with
        {
            Detail = parameters.OneOf("detail", "full", "dataonly", "serieskeysonly", "nodata"),
        };
    }

    /// <summary>Reads which observations are meant: what data and availability have in common.</summary>
    static DataRequest SelectV1(RequestTarget target, ParameterReader parameters) => Select(ApiVersion.V1, FlowV1(target.Segment(0), parameters), parameters) with
    {
        Keys = KeyV1(target.Segment(1)),
        Providers = target.Segment(2) is { } providers and not "all" ? [.. providers.Split('+')] : [],
    };

    static FlowSelector FlowV1(string? text, ParameterReader parameters)
    {
        if (text is null)
            parameters.Fail(SdmxError.Syntax("The path names no dataflow: /data/{flow}, where {flow} is ID, AGENCY,ID or AGENCY,ID,VERSION."));
        var parts = (text ?? "").Split(',');
        var (agency, id, version) = parts switch
        {
            [var only] => (null, only, "latest"),
            [var first, var second] => (first, second, "latest"),
            [var first, var second, var third] => (first, second, third),
            _ => (null, "", ""),
        };
        if (parts.Length > 3 || id is "" or "all" || text!.Contains('+'))
            parameters.Fail(SdmxError.Syntax($"The dataflow '{text}' is none: expected ID, AGENCY,ID or AGENCY,ID,VERSION, and one flow only."));
        if (version != "latest" && !(SdmxVersion.TryParse(version, out var exact) && exact.Extension.Length == 0))
            parameters.Fail(SdmxError.Syntax($"The version '{version}' is none: expected a number such as 1.0, or latest."));
        if ((Identifiers.Split(agency, ApiVersion.V1, "agency", out var agencies) ?? Identifiers.Split(id, ApiVersion.V1, "dataflow id", out var ids)) is { } error)
        {
            parameters.Fail(error);
            return new(DataContext.Dataflow, [], [], []);
        }

        return new(DataContext.Dataflow, agencies, [id], [version == "latest" ? "~" : version]);
    }

    // An empty position takes any code; so does * here, which clients of both interfaces send.
    static ValueArray<KeyPattern> KeyV1(string? key) => key is null or "all" or "*"
        ? []
        : [new KeyPattern([.. key.Split('.').Select(position => position is "" or "*" ? default : position.Split('+').ToValueArray())])];
}

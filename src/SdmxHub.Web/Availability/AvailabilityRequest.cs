using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>A query for what there is, as a client wrote it: <c>/sdmx/v1/availableconstraint</c>, <c>/sdmx/v2/availability</c> (checklist 1.1, 1.2,
/// 2.11).</summary>
/// <param name="Data">Which observations are meant.</param>
/// <param name="Components">The components whose values are told; none for all dimensions and time.</param>
/// <param name="WithChoices"><c>mode=available</c>: what could be chosen in each dimension beside what is chosen there; else <c>exact</c>.</param>
/// <param name="References">Which structures come along: <c>all</c> or types; none for none.</param>
public sealed record AvailabilityRequest(DataRequest Data, ValueArray<string> Components, bool WithChoices, ValueArray<string> References)
{
    /// <summary>Whether the flows of a structure are told together.</summary>
    public bool IsOfStructures => Data.Flow.Context == DataContext.DataStructure;

    static readonly string[] TypesV1 = ["codelist", "datastructure", "conceptscheme", "dataflow", "dataproviderscheme"];

    /// <summary>Reads what stands behind the resource.</summary>
    /// <param name="target">The path's segments behind the resource, and the parameters.</param>
    /// <param name="api">The interface.</param>
    /// <param name="request">The request, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public static bool TryParse(RequestTarget target, ApiVersion api,
        [NotNullWhen(true)] out AvailabilityRequest? request, [NotNullWhen(false)] out SdmxError? error)
    {
        var parameters = new ParameterReader(target);
        var last = api == ApiVersion.V1 ? 3 : 5;
        if (target.Segments.Count > last + 1)
            parameters.Fail(SdmxError.Syntax($"An availability path has at most {last + 1} parts: {(api == ApiVersion.V1 ? "/availableconstraint/{flow}/{key}/{provider}/{component}" : "/availability/{context}/{agency}/{id}/{version}/{key}/{component}")}."));
        var data = DataRequest.ParseSelection(target, api, parameters);
        var component = target.Segment(last);
        request = new(data, component is null or "all" or "*" ? [] : api == ApiVersion.V1 ? [component] : [.. component.Split(',')],
            parameters.OneOf("mode", "exact", "available") == "available", ReadReferences(parameters, api));
        error = parameters.Finish();
        if (error is not null)
            request = null;
        return request is not null;
    }

    /// <summary>The ids of a flow's dimensions that are told, time among them; null, and the fault, where one asked for is none.</summary>
    public IReadOnlyList<string>? ComponentsOf(DataSchema schema, out SdmxError? error)
    {
        var ids = schema.Dimensions.Append(schema.Time).OfType<SchemaComponent>().Select(d => d.Id).ToList();
        var unknown = Components.FirstOrDefault(c => !ids.Contains(c));
        error = unknown is null ? null : SdmxError.Semantic($"{schema.Urn.ShortName} has no dimension '{unknown}'.{Nearest.Hint(unknown, ids)}");
        return error is not null ? null : Components.IsEmpty ? ids : [.. ids.Where(Components.Contains)];
    }

    static ValueArray<string> ReadReferences(ParameterReader parameters, ApiVersion api)
    {
        string[] types = api == ApiVersion.V1 ? TypesV1 : [.. TypesV1, "valuelist"];
        ValueArray<string> asked = api == ApiVersion.V1 ? parameters.Text("references") is { } one ? [one] : [] : parameters.List("references") ?? [];
        if (asked is ["none"])
            return [];
        if (asked.FirstOrDefault(t => t != "all" && !types.Contains(t)) is { } type)
            parameters.Fail(SdmxError.Syntax($"references={string.Join(',', asked)}: expected none, all{(api == ApiVersion.V1 ? " or one" : " or some")} of {string.Join(", ", types)}.{Nearest.Hint(type, types)}"));
        return asked;
    }
}

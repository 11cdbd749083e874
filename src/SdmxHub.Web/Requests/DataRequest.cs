using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>A data query as a client wrote it, read but not yet held against any structure.</summary>
/// <remarks>Immutable. <see cref="TryParse"/> needs no store; <see cref="TryResolve"/> makes the <see cref="DataQuery"/> of each flow it matches.</remarks>
public sealed partial record DataRequest
{
    /// <summary>The interface it was written for.</summary>
    public required ApiVersion Api { get; init; }

    /// <summary>The flows.</summary>
    public required FlowSelector Flow { get; init; }

    /// <summary>The key patterns; none means every series.</summary>
    public ValueArray<KeyPattern> Keys { get; init; }

    /// <summary>v1: the providers, <c>[AGENCY,]PROVIDER</c>; none means any.</summary>
    public ValueArray<string> Providers { get; init; }

    /// <summary>v2: the conditions <c>c[COMPONENT]</c>, each with its value as it stands in the URL.</summary>
    public ValueArray<QueryParameter> Conditions { get; init; }

    /// <summary>The first period wanted, or null. (Of v1; v2 writes <c>c[TIME_PERIOD]=ge:</c>, the hub takes both.)</summary>
    public TimePeriod? StartPeriod { get; init; }

    /// <summary>The last period wanted, or null.</summary>
    public TimePeriod? EndPeriod { get; init; }

    /// <summary>How many observations from the start of each series, or null.</summary>
    public int? FirstN { get; init; }

    /// <summary>How many observations from the end of each series, or null.</summary>
    public int? LastN { get; init; }

    /// <summary>The dimension at the observation, or null for the default.</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>v1: <c>full dataonly serieskeysonly nodata</c>, or null.</summary>
    public string? Detail { get; init; }

    /// <summary>v2: which attributes, <c>dsd msd dataset series obs all none</c> or ids; null for the default.</summary>
    public ValueArray<string>? Attributes { get; init; }

    /// <summary>v2: which measures, <c>all none</c> or ids; null for the default.</summary>
    public ValueArray<string>? Measures { get; init; }

    /// <summary>v2: what to sort by, as it was written: ids, <c>*</c>, <c>series_key</c>.</summary>
    public ValueArray<SortTerm> Sort { get; init; }

    /// <summary>v2: how many observations, or series without any, to leave out at the start.</summary>
    public long Offset { get; init; }

    /// <summary>v2: the most observations, or series without any, to give; null for all.</summary>
    public long? Limit { get; init; }

    /// <summary>Whether every dissemination is told.</summary>
    public bool WithHistory { get; init; }

    /// <summary>Only what changed since, or null.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>The moment of the store's history, or null for now. (v2; in v1 the hub's extension.)</summary>
    public Moment? AsOf { get; init; }

    /// <summary>v2: the day reporting years start.</summary>
    public MonthDay ReportingYearStart { get; init; }

    /// <summary>Reads what stands behind <c>/data</c>.</summary>
    /// <param name="target">The path's segments behind <c>/data</c>, and the parameters.</param>
    /// <param name="api">The interface.</param>
    /// <param name="request">The request, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public static bool TryParse(RequestTarget target, ApiVersion api,
        [NotNullWhen(true)] out DataRequest? request, [NotNullWhen(false)] out SdmxError? error)
    {
        var parameters = new ParameterReader(target);
        request = api == ApiVersion.V1 ? ParseV1(target, parameters) : ParseV2(target, parameters);
        error = parameters.Finish();
        if (error is not null || request is null)
            request = null;
        return request is not null;
    }

    /// <summary>Reads which observations are meant, as a path behind <c>/availableconstraint</c> or <c>/availability</c> says it without its last part.</summary>
    internal static DataRequest ParseSelection(RequestTarget target, ApiVersion api, ParameterReader parameters) =>
        api == ApiVersion.V1 ? SelectV1(target, parameters) : SelectV2(target, parameters);

    static DataRequest Select(ApiVersion api, FlowSelector flow, ParameterReader parameters) => new()
    {
        Api = api,
        Flow = flow,
        StartPeriod = parameters.Period("startPeriod"),
        EndPeriod = parameters.Period("endPeriod"),
        UpdatedAfter = parameters.Instant("updatedAfter"),
        AsOf = parameters.AsOf(),
    };

    static DataRequest WithAnswer(DataRequest request, ParameterReader parameters) => request with
    {
        FirstN = parameters.Count("firstNObservations"),
        LastN = parameters.Count("lastNObservations"),
        DimensionAtObservation = parameters.Text("dimensionAtObservation"),
        WithHistory = parameters.Flag("includeHistory"),
    };
}

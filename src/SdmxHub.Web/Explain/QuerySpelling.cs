using System.Globalization;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>Spells a query as paths of REST v1 and v2, and its conditions for people.</summary>
static class QuerySpelling
{
    /// <summary>The path and parameters in v2.</summary>
    /// <param name="query">The query.</param>
    /// <param name="schema">The schema of its flow.</param>
    public static string V2(DataQuery query, DataSchema schema)
    {
        var (context, name) = query.Agreement is { } agreement ? ("provisionagreement", $"{agreement.Agency}/{agreement.Id}") : ("dataflow", $"{query.Dataflow.Agency}/{query.Dataflow.Id}");
        var version = query is { IsVersionPinned: true, Agreement: null } ? query.Dataflow.Version : "*";
        // A v2 key has one code a position: more of them are conditions.
        var isKey = query.Keys.All(k => k.Dimensions.All(d => d.Count < 2));
        var key = query.Keys.IsEmpty || !isKey ? "*" : string.Join(',', query.Keys.Select(k => string.Join('.', k.Dimensions.Select(d => d.IsEmpty ? "*" : d[0]))));
        var parts = new List<string>();
        if (!isKey && query.Keys is [var only])
            parts.AddRange(only.Dimensions.Select((codes, d) => (codes, d)).Where(p => !p.codes.IsEmpty).Select(p => $"c[{schema.Dimensions[p.d].Id}]={string.Join(',', p.codes)}"));
        parts.AddRange(query.Filters.Select(f => $"c[{f.Component}]={Terms(f)}"));
        if (query.Period.Count == 1)
            parts.Add($"c[TIME_PERIOD]={Terms(query.Period[0])}");
        else
            AddBounds(query, parts);
        AddCommon(query, parts);
        if (!query.Sort.IsEmpty)
            parts.Add($"sort={string.Join('+', query.Sort.Select(t => t.Component + (t.IsDescending ? ":desc" : "")))}");
        if (query.Offset > 0)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"offset={query.Offset}"));
        if (query.Limit is { } limit)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"limit={limit}"));
        // What v1 calls nodata.
        if (query is { WithObservations: false, Attributes: null, Measures: null })
            parts.Add("attributes=dataset,series&measures=none");
        if (query.Attributes is { } attributes)
            parts.Add($"attributes={(attributes.IsEmpty ? "none" : string.Join(',', attributes))}");
        if (query.Measures is { } measures)
            parts.Add($"measures={(measures.IsEmpty ? "none" : string.Join(',', measures))}");
        if (query.ReportingYearStart != default)
            parts.Add($"reportingYearStartDay={query.ReportingYearStart}");
        return $"/sdmx/v2/data/{context}/{name}/{version}/{key}{Joined(parts)}";
    }

    /// <summary>The path and parameters in v1; null where v1 cannot say it.</summary>
    public static string? V1(DataQuery query)
    {
        if (query.Keys.Count > 1 || !query.Filters.IsEmpty || !query.Sort.IsEmpty || query.Offset > 0 || query.Limit is not null || query.Agreement is not null
            || query.Period.Any(p => p.Alternatives is not [[{ Operator: FilterOperator.Ge or FilterOperator.Le }]])
            || query.Attributes is { IsEmpty: false } || query.Measures is { IsEmpty: false } || query.ReportingYearStart != default)
            return null;
        var version = query.IsVersionPinned ? query.Dataflow.Version : "latest";
        var key = query.Keys is [var only] ? string.Join('.', only.Dimensions.Select(d => string.Join('+', d))) : "all";
        var parts = new List<string>();
        AddBounds(query, parts);
        AddCommon(query, parts);
        if (query.Attributes is not null || query.Measures is not null || !query.WithObservations)
            parts.Add($"detail={(query.WithObservations ? "dataonly" : query.Attributes is null ? "nodata" : "serieskeysonly")}");
        return $"/sdmx/v1/data/{query.Dataflow.Agency},{query.Dataflow.Id},{version}/{key}{Joined(parts)}";
    }

    /// <summary>The value of a condition, as <c>c[...]</c> has it.</summary>
    public static string Terms(ComponentFilter filter) =>
        string.Join(',', filter.Alternatives.Select(a => string.Join('+', a.Select(t => Operator(t.Operator) + Uri.EscapeDataString(t.Value)))));

    /// <summary>The value of a condition on time.</summary>
    public static string Terms(PeriodFilter filter) =>
        string.Join(',', filter.Alternatives.Select(a => string.Join('+', a.Select(t => Operator(t.Operator) + Uri.EscapeDataString(t.Value.ToString())))));

    static string Operator(FilterOperator op) => op == FilterOperator.Eq ? "" : $"{op.ToString().ToLowerInvariant()}:";

    static void AddBounds(DataQuery query, List<string> parts)
    {
        foreach (var term in query.Period.Select(p => p.Alternatives).Where(a => a is [[_]]).Select(a => a[0][0]))
            parts.Add($"{(term.Operator == FilterOperator.Ge ? "startPeriod" : "endPeriod")}={Uri.EscapeDataString(term.Value.ToString())}");
    }

    static void AddCommon(DataQuery query, List<string> parts)
    {
        if (query.FirstN is { } first)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"firstNObservations={first}"));
        if (query.LastN is { } last)
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"lastNObservations={last}"));
        if (query.DimensionAtObservation != "TIME_PERIOD")
            parts.Add($"dimensionAtObservation={query.DimensionAtObservation}");
        if (query.UpdatedAfter is { } after)
            parts.Add($"updatedAfter={after.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture)}");
        if (query.WithHistory)
            parts.Add("includeHistory=true");
    }

    static string Joined(List<string> parts) => parts.Count == 0 ? "" : "?" + string.Join('&', parts);
}

using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

// From names to the components of each flow's structure.
public sealed partial record DataRequest
{
    /// <summary>Makes the query of each flow that the request matches.</summary>
    /// <remarks>Codes are not looked up: one that is not in its list matches nothing (checklist 1.3, leniency). Where several flows match, those
    /// that the request does not fit (another number of dimensions, no such component) are left out.</remarks>
    /// <param name="catalog">The structures.</param>
    /// <param name="queries">One or more queries, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public bool TryResolve(StructureCatalog catalog, out ValueArray<DataQuery> queries, [NotNullWhen(false)] out SdmxError? error)
    {
        queries = [];
        var flows = Flow.Select(catalog);
        error = flows.Count == 0 ? Flow.NotHeld(catalog) : null;
        if (error is null && !Providers.IsEmpty)
            flows = ByProvider(catalog, flows, out error);
        if (error is not null)
            return false;
        SdmxError? first = null;
        var made = new List<DataQuery>();
        foreach (var (flow, isPinned, agreement) in flows)
        {
            if (catalog.Schema(flow.Urn) is not { } schema)
                first ??= new(SdmxErrorCode.Internal, $"The structure of {flow.Urn.ShortName} is not complete: {string.Join(", ", catalog.Missing(flow.Urn).Select(u => u.ShortName))} is not held.");
            else if (TryMake(schema, isPinned, out var query, out var fault))
                made.Add(query with { Agreement = agreement });
            else
                first ??= fault;
        }

        queries = [.. made];
        error = made.Count == 0 ? first : null;
        return error is null;
    }

    /// <summary>The agreements of the providers asked for about the flows; one data set each.</summary>
    List<SelectedFlow> ByProvider(StructureCatalog catalog, IReadOnlyList<SelectedFlow> flows, out SdmxError? error)
    {
        var agreements = catalog.OfType<ProvisionAgreement>()
            .Where(a => a.Dataflow is { } about && flows.Any(f => (f.Flow.Agency, f.Flow.Id) == (about.Agency, about.Id))).ToList();
        var found = agreements.Where(a => a.DataProvider is { } provider && Providers.Any(p => IsProvider(p, provider)))
            .GroupBy(a => (a.Agency, a.Id)).Select(versions => versions.Last().Urn).OrderBy(a => a.ShortName, StringComparer.Ordinal).ToList();
        var names = agreements.Select(a => a.DataProvider?.Item).OfType<string>().Distinct().ToList();
        error = found.Count > 0 ? null : new(SdmxErrorCode.NoResults,
            $"No provider {string.Join('+', Providers)} has an agreement about {flows[0].Flow.Urn.ShortName}.{Nearest.Hint(Providers[0].Split(',')[^1], names)}");
        return [.. flows.SelectMany(f => found.Select(a => f with { Agreement = a }))];
    }

    static bool IsProvider(string asked, Urn provider) =>
        asked.Split(',') is [.., var id] parts && id == provider.Item && (parts.Length < 2 || parts[^2] == provider.Agency);

    bool TryMake(DataSchema schema, bool isPinned, [NotNullWhen(true)] out DataQuery? query, [NotNullWhen(false)] out SdmxError? error)
    {
        query = null;
        ValueArray<string>? attributes = null, measures = null;
        ValueArray<SortTerm> sort = [];
        var atObservation = ObservationDimension(schema);
        error = ReadConditions(schema, out var filters, out var period) ?? CheckKeys(schema);
        error ??= ReadSort(schema, ref atObservation, out sort);
        error ??= CheckObservationDimension(schema, atObservation);
        error ??= SelectAttributes(schema, out attributes);
        error ??= SelectMeasures(schema, out measures);
        if (error is not null)
            return false;
        query = new DataQuery
        {
            Dataflow = schema.Urn,
            IsVersionPinned = isPinned,
            Keys = Keys.Any(k => k.Dimensions.All(d => d.IsEmpty)) ? [] : Keys,
            Filters = filters,
            Period = period,
            FirstN = FirstN,
            LastN = LastN,
            Sort = sort,
            Offset = Offset,
            Limit = Limit,
            DimensionAtObservation = atObservation,
            Attributes = attributes,
            Measures = measures,
            WithObservations = WantsObservations(schema, attributes, measures),
            WithHistory = WithHistory,
            UpdatedAfter = UpdatedAfter,
            ReportingYearStart = ReportingYearStart,
        };
        return true;
    }

    // v1 asks for every position; v2 lets the last ones away.
    SdmxError? CheckKeys(DataSchema schema)
    {
        foreach (var key in Keys)
        {
            var count = key.Dimensions.Count;
            if (count == schema.Dimensions.Count || (Api == ApiVersion.V2 && count < schema.Dimensions.Count))
                continue;
            return SdmxError.Semantic($"The key has {count} positions, but {schema.Urn.ShortName} has {schema.Dimensions.Count} dimensions: " +
                $"{string.Join('.', schema.Dimensions.Select(d => d.Id))}. (Time is not part of the key.)");
        }

        return null;
    }

    SdmxError? ReadConditions(DataSchema schema, out ValueArray<ComponentFilter> filters, out ValueArray<PeriodFilter> period)
    {
        var (onComponents, onTime) = (new List<ComponentFilter>(), new List<PeriodFilter>());
        SdmxError? error = null;
        foreach (var condition in Conditions)
            error ??= AddCondition(schema, condition, onComponents, onTime);
        if (StartPeriod is { } start)
            onTime.Add(new([[new(FilterOperator.Ge, start)]]));
        if (EndPeriod is { } end)
            onTime.Add(new([[new(FilterOperator.Le, end)]]));
        (filters, period) = ([.. onComponents], [.. onTime]);
        return error;
    }

    static SdmxError? AddCondition(DataSchema schema, QueryParameter condition, List<ComponentFilter> filters, List<PeriodFilter> period)
    {
        if (schema.Find(condition.Name) is not { } component)
            return UnknownComponent(schema, condition.Name, "c[...]");
        if (component.Role == ComponentRole.Time)
        {
            if (Condition.TryParsePeriods(condition.Raw, out var bounds))
                period.Add(bounds);
            else
                return SdmxError.Syntax($"c[{condition.Name}]={condition.Value}: expected time periods, each with one of eq: ne: lt: le: gt: ge: or none before it, such as ge:2010+le:2015.");
        }
        else
        {
            var isCode = component.Role == ComponentRole.Dimension || component.Codes is not null;
            filters.Add(new(component.Id, Condition.Parse(condition.Raw, isCode)));
        }

        return null;
    }

    // v1: time, else the measure dimension, else flat; v2: time, else flat.
    string ObservationDimension(DataSchema schema) => DimensionAtObservation ?? schema.Time?.Id
        ?? (Api == ApiVersion.V1 ? schema.Structure.Dimensions.FirstOrDefault(d => d.IsMeasureDimension)?.Id : null) ?? "AllDimensions";

    /// <summary>Makes components of what to sort by. Where the order cannot be had series by series, and no layout is asked for, the answer is flat.</summary>
    SdmxError? ReadSort(DataSchema schema, ref string atObservation, out ValueArray<SortTerm> sort)
    {
        sort = [];
        if (Sort.IsEmpty)
            return null;
        var terms = new List<SortTerm>();
        foreach (var term in Sort)
        {
            if (term.Component == "series_key" && atObservation == "AllDimensions")
                return SdmxError.Semantic("sort=series_key: with AllDimensions at the observation there are no series; name dimensions, or * for all.");
            if (term.Component is "*" or "series_key")
                terms.AddRange(DimensionsOf(schema, term.Component == "*" ? null : atObservation).Select(id => term with { Component = id }));
            else if (schema.Find(term.Component) is null)
                return UnknownComponent(schema, term.Component, "sort");
            else
                terms.Add(term);
        }

        sort = [.. terms.DistinctBy(t => t.Component)];
        var before = sort.TakeWhile(t => schema.Find(t.Component)!.Role == ComponentRole.Dimension).Count();
        if (DimensionAtObservation is null && before < sort.Count && before < schema.Dimensions.Count)
            atObservation = "AllDimensions";
        return null;
    }

    static IEnumerable<string> DimensionsOf(DataSchema schema, string? but) =>
        schema.Dimensions.Append(schema.Time).OfType<SchemaComponent>().Select(d => d.Id).Where(id => id != but);

    static SdmxError? CheckObservationDimension(DataSchema schema, string id)
    {
        if (id == "AllDimensions" || schema.Find(id) is { Role: ComponentRole.Dimension or ComponentRole.Time })
            return null;
        var dimensions = DimensionsOf(schema, null).Append("AllDimensions");
        return SdmxError.Semantic($"dimensionAtObservation={id}: {schema.Urn.ShortName} has no such dimension.{Nearest.Hint(id, dimensions)}");
    }

    SdmxError? SelectAttributes(DataSchema schema, out ValueArray<string>? ids)
    {
        ids = Detail is "dataonly" or "serieskeysonly" ? (ValueArray<string>)[] : null;
        if (Attributes is not { } tokens || tokens.Contains("dsd") || tokens.Contains("all"))
            return null;
        var all = schema.Values.Where(v => v.Role == ComponentRole.Attribute).ToList();
        var wanted = new HashSet<string>();
        foreach (var token in tokens)
        {
            if (token == "dataset")
                wanted.UnionWith(all.Where(a => a.Level == AttachmentLevel.Dataset).Select(a => a.Id));
            else if (token == "series")
                wanted.UnionWith(all.Where(a => a.Level is AttachmentLevel.Series or AttachmentLevel.Group).Select(a => a.Id));
            else if (token == "obs")
                wanted.UnionWith(all.Where(a => a.Level == AttachmentLevel.Observation).Select(a => a.Id));
            else if (all.Any(a => a.Id == token))
                wanted.Add(token);
            else if (token is not ("none" or "msd"))
                return UnknownComponent(schema, token, "attributes");
        }

        ids = [.. all.Select(a => a.Id).Where(wanted.Contains)];
        return null;
    }

    SdmxError? SelectMeasures(DataSchema schema, out ValueArray<string>? ids)
    {
        ids = Detail == "serieskeysonly" ? (ValueArray<string>)[] : null;
        if (Measures is not { } tokens || tokens.Contains("all"))
            return null;
        var all = schema.Values.Where(v => v.Role == ComponentRole.Measure).Select(m => m.Id).ToList();
        if (tokens.FirstOrDefault(t => t != "none" && !all.Contains(t)) is { } unknown)
            return UnknownComponent(schema, unknown, "measures");
        ids = [.. all.Where(tokens.Contains)];
        return null;
    }

    // v2 has no switch of its own: without measures and without attributes of observations, series are asked for.
    bool WantsObservations(DataSchema schema, ValueArray<string>? attributes, ValueArray<string>? measures)
    {
        if (Detail is "serieskeysonly" or "nodata")
            return false;
        return measures is not { IsEmpty: true } ||
            schema.Values.Any(v => v is { Role: ComponentRole.Attribute, Level: AttachmentLevel.Observation } && (attributes is not { } a || a.Contains(v.Id)));
    }

    static SdmxError UnknownComponent(DataSchema schema, string id, string where) =>
        SdmxError.Semantic($"{where}: {schema.Urn.ShortName} has no component '{id}'.{Nearest.Hint(id, schema.Components.Select(c => c.Id))}");
}

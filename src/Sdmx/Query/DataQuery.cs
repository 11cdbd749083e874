namespace Sdmx;

/// <summary>A question for the data of one flow: what every query language of the hub is parsed to.</summary>
/// <remarks>An immutable value. Whether codes and components exist is checked by whoever makes it, against the schema:
/// an unknown code in a filter matches nothing (SDMX REST; checklist 1.3, leniency), an unknown component is the client's error.</remarks>
public sealed record DataQuery
{
    /// <summary>The flow, with the version asked for. A version pins the structure that the answer is written by; see <see cref="IsVersionPinned"/>.</summary>
    public required Urn Dataflow { get; init; }

    /// <summary>Whether the client named the version: then only series whose codes all exist in it are returned, and the rest are counted as withheld.</summary>
    public bool IsVersionPinned { get; init; }

    /// <summary>Alternative key patterns: a series matches when it matches any one; none means every series.</summary>
    public ValueArray<KeyPattern> Keys { get; init; }

    /// <summary>Conditions on dimensions, attributes and measures; all must hold. Not on time: see <see cref="Period"/>.</summary>
    public ValueArray<ComponentFilter> Filters { get; init; }

    /// <summary>Bounds on the period; several must all hold (startPeriod, endPeriod and <c>c[TIME_PERIOD]</c>).</summary>
    public ValueArray<PeriodFilter> Period { get; init; }

    /// <summary>The first observations of each series, or null for all.</summary>
    public int? FirstN { get; init; }

    /// <summary>The last observations of each series, or null for all. With <see cref="FirstN"/>: both ends, none twice.</summary>
    public int? LastN { get; init; }

    /// <summary>The dimension at the observation: <c>TIME_PERIOD</c>, another dimension's id, or <c>AllDimensions</c>. It decides the order of the answer.</summary>
    public string DimensionAtObservation { get; init; } = "TIME_PERIOD";

    /// <summary>Which attributes are returned: ids; null for all of the structure.</summary>
    public ValueArray<string>? Attributes { get; init; }

    /// <summary>Which measures are returned: ids; null for all.</summary>
    public ValueArray<string>? Measures { get; init; }

    /// <summary>Whether observations are returned at all; false for <c>serieskeysonly</c> and <c>nodata</c>.</summary>
    public bool WithObservations { get; init; } = true;

    /// <summary>What the observations are ordered by before the order that answers always have; none for that order alone.</summary>
    /// <remarks>In a layout with series, series are ordered by what stands at the series, and the observations of each by what stands at the observation.</remarks>
    public ValueArray<SortTerm> Sort { get; init; }

    /// <summary>How many observations are left out at the start of the answer; series where no observations are asked for.</summary>
    public long Offset { get; init; }

    /// <summary>How many observations the answer has at most, or null for all; series where no observations are asked for.</summary>
    public long? Limit { get; init; }

    /// <summary>The provision agreement that the series belong to, whatever its version; null for all series.</summary>
    public Urn? Agreement { get; init; }

    /// <summary>Whether every dissemination is told with what it brought and removed, and since when.</summary>
    public bool WithHistory { get; init; }

    /// <summary>Only what changed after this instant, or null. What was removed since is a Delete data set.</summary>
    public DateTimeOffset? UpdatedAfter { get; init; }

    /// <summary>The day a reporting year starts, where the data do not say.</summary>
    public MonthDay ReportingYearStart { get; init; }

    /// <summary>Whether a measure or attribute is to be returned.</summary>
    public bool Asks(SchemaComponent component) => (component.Role == ComponentRole.Measure ? Measures : Attributes) is not { } ids || ids.Contains(component.Id);
}

/// <summary>What an answer is ordered by: a component's codes by id, numbers by value, time by the calendar.</summary>
/// <param name="Component">A dimension, time, an attribute or a measure.</param>
/// <param name="IsDescending">The last first.</param>
public readonly record struct SortTerm(string Component, bool IsDescending);

/// <summary>One pattern of a series key.</summary>
/// <param name="Dimensions">Per dimension of the key, in order, the codes allowed (OR); empty for any. Shorter than the key: the rest is free.</param>
public sealed record KeyPattern(ValueArray<ValueArray<string>> Dimensions);

/// <summary>The comparisons of <c>c[...]</c> (SDMX REST 2.x).</summary>
public enum FilterOperator
{
    /// <summary>Equal.</summary>
    Eq,

    /// <summary>Not equal.</summary>
    Ne,

    /// <summary>Less.</summary>
    Lt,

    /// <summary>Less or equal.</summary>
    Le,

    /// <summary>Greater.</summary>
    Gt,

    /// <summary>Greater or equal.</summary>
    Ge,

    /// <summary>Contains.</summary>
    Co,

    /// <summary>Does not contain.</summary>
    Nc,

    /// <summary>Starts with.</summary>
    Sw,

    /// <summary>Ends with.</summary>
    Ew,
}

/// <summary>One comparison.</summary>
public readonly record struct FilterTerm(FilterOperator Operator, string Value);

/// <summary>A condition on one component: alternatives, each of terms that must all hold (<c>A,B+C</c> is A or (B and C)).</summary>
public sealed record ComponentFilter(string Component, ValueArray<ValueArray<FilterTerm>> Alternatives);

/// <summary>A condition on the period: alternatives, each of bounds that must all hold.</summary>
public sealed record PeriodFilter(ValueArray<ValueArray<PeriodTerm>> Alternatives);

/// <summary>One bound on the period (checklist 4.3).</summary>
public readonly record struct PeriodTerm(FilterOperator Operator, TimePeriod Value);

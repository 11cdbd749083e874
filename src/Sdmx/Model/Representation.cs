namespace Sdmx;

/// <summary>The types of an uncoded value (SDMX 3.0 common:DataType and 2.1's, one list).</summary>
public enum TextType
{
    /// <summary>Any text: the default.</summary>
    String,
#pragma warning disable CS1591 // the names are the standard's own
    Alpha, AlphaNumeric, Numeric, BigInteger, Integer, Long, Short, Decimal, Float, Double, Boolean, URI, Count,
    InclusiveValueRange, ExclusiveValueRange, Incremental,
    ObservationalTimePeriod, StandardTimePeriod, BasicTimePeriod, GregorianTimePeriod, GregorianYear, GregorianYearMonth, GregorianDay,
    ReportingTimePeriod, ReportingYear, ReportingSemester, ReportingTrimester, ReportingQuarter, ReportingMonth, ReportingWeek, ReportingDay,
    DateTime, TimeRange, Month, MonthDay, Day, Time, Duration,
    GeospatialInformation, XHTML, KeyValues, IdentifiableReference, DataSetReference, AttachmentConstraintReference,
#pragma warning restore CS1591
}

/// <summary>The type of an uncoded value and what limits it (SDMX-ML TextFormat). A facet that is null does not apply.</summary>
/// <remarks>Numbers and times are kept as sent, so that writing gives back the same text.</remarks>
public sealed record TextFormat
{
    /// <summary>The type. 2.1 spells <c>textType</c>, JSON <c>dataType</c>; absent means <see cref="TextType.String"/>.</summary>
    public TextType Type { get; init; }

    /// <summary>Every facet the message gave, by its XML name (<c>minLength maxLength minValue maxValue startValue endValue interval
    /// isSequence timeInterval startTime endTime decimals pattern isMultiLingual</c>), as sent, in message order.</summary>
    public ValueArray<(string Name, string Value)> Facets { get; init; }

    /// <summary>Values that stand for something else than themselves (3.x), in message order.</summary>
    public ValueArray<SentinelValue> Sentinels { get; init; }

    /// <summary>The text of the facet called <paramref name="name"/>, or null.</summary>
    public string? Facet(string name)
    {
        foreach (var facet in Facets)
        {
            if (facet.Name == name)
                return facet.Value;
        }

        return null;
    }
}

/// <summary>A value that stands for something else than itself: <c>-1</c> for "unknown" (SDMX 3.0 information model, SentinelValue).</summary>
/// <param name="Value">The value.</param>
/// <param name="Name">What it stands for.</param>
/// <param name="Description">The same at length.</param>
public sealed record SentinelValue(string Value, InternationalString Name, InternationalString Description = default);

/// <summary>How a component or concept is represented: by a codelist or as text.</summary>
public sealed record Representation
{
    /// <summary>The codelist, or null where the value is uncoded.</summary>
    public Urn? Enumeration { get; init; }

    /// <summary>The text format: of the value where it is uncoded, else the enumeration's format, or null.</summary>
    public TextFormat? Format { get; init; }

    /// <summary>The fewest values (3.x), or null.</summary>
    public int? MinOccurs { get; init; }

    /// <summary>The most values (3.x; <see cref="int.MaxValue"/> = unbounded), or null.</summary>
    public int? MaxOccurs { get; init; }
}

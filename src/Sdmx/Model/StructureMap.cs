namespace Sdmx;

/// <summary>How data of one structure become data of another (SDMX 3.0 information model, StructureMap).</summary>
/// <remarks>What it says holds for every version of its source: it is the components and their values that it names.</remarks>
public sealed record StructureMap : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.StructureMap;

    /// <summary>The flow or structure whose data are mapped; a metadata structure is kept, but maps no data. Null where it cannot be read.</summary>
    public Urn? Source { get; init; }

    /// <summary>The flow or structure that the data become data of, likewise.</summary>
    public Urn? Target { get; init; }

    /// <summary>How numbers since a moment become periods.</summary>
    public ValueArray<EpochMap> EpochMaps { get; init; }

    /// <summary>How written dates become periods.</summary>
    public ValueArray<DatePatternMap> DatePatternMaps { get; init; }

    /// <summary>Which pattern a period of a frequency is written by.</summary>
    public ValueArray<FrequencyFormat> FrequencyFormats { get; init; }

    /// <summary>How components become others.</summary>
    public ValueArray<ComponentMap> ComponentMaps { get; init; }

    /// <summary>Values that never change.</summary>
    public ValueArray<FixedValueMap> FixedValues { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        ((Urn?[])[Source, Target]).Concat(ComponentMaps.Select(m => m.RepresentationMap)).OfType<Urn>().Select(u => u.Maintainable).Distinct();
}

/// <summary>One or several components that become one or several others.</summary>
public sealed record ComponentMap
{
    /// <summary>The ids of the components of the source, at least one.</summary>
    public ValueArray<string> Sources { get; init; }

    /// <summary>The ids of the components of the target, at least one.</summary>
    public ValueArray<string> Targets { get; init; }

    /// <summary>What becomes of their values; null where they are taken over as they are.</summary>
    public Urn? RepresentationMap { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>The values that a component of source or target always has.</summary>
public sealed record FixedValueMap
{
    /// <summary>The component's id.</summary>
    public required string Component { get; init; }

    /// <summary>Whether it is one of the source: that says nothing of mapping, only of mapping back.</summary>
    public bool IsOfSource { get; init; }

    /// <summary>The values, in message order.</summary>
    public ValueArray<string> Values { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>What the two ways to make periods of something else have in common (SDMX 3.0 information model, DateMap).</summary>
public abstract record DateMap
{
    /// <summary>The id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>The components of the source and what they become, at least one.</summary>
    public ValueArray<(string Source, string Target)> Components { get; init; }

    /// <summary>The dimension or attribute of the target that says of which frequency the period is, or null.</summary>
    public string? FrequencyDimension { get; init; }

    /// <summary>The ids of the <see cref="FrequencyFormat"/>s that periods are written by; empty: as SDMX writes them.</summary>
    public ValueArray<string> MappedFrequencies { get; init; }

    /// <summary>The one frequency of the periods, or null where <see cref="FrequencyDimension"/> says it.</summary>
    public string? TargetFrequency { get; init; }

    /// <summary><c>startOfPeriod</c>, <c>endOfPeriod</c> or <c>midPeriod</c>, as sent, or null.</summary>
    public string? ResolvePeriod { get; init; }
}

/// <summary>Periods of numbers that count from a moment.</summary>
public sealed record EpochMap : DateMap
{
    /// <summary>What is counted from, as sent.</summary>
    public required string BasePeriod { get; init; }

    /// <summary>What is counted: <c>nanosecond microsecond millisecond second day</c>, as sent.</summary>
    public required string EpochPeriod { get; init; }
}

/// <summary>Periods of dates written by a pattern.</summary>
public sealed record DatePatternMap : DateMap
{
    /// <summary>The pattern, as <c>MM/dd/yyyy</c>.</summary>
    public required string SourcePattern { get; init; }

    /// <summary>The language of the names in it.</summary>
    public required string Locale { get; init; }
}

/// <summary>The pattern that periods of a frequency are written by.</summary>
public sealed record FrequencyFormat
{
    /// <summary>The id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>The frequency's code.</summary>
    public required string Frequency { get; init; }

    /// <summary>The pattern.</summary>
    public required string DatePattern { get; init; }
}

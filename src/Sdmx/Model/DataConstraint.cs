namespace Sdmx;

/// <summary>Whether a constraint says what may be or what is.</summary>
public enum ConstraintRole
{
    /// <summary>What may be reported.</summary>
    Allowed,

    /// <summary>What is held (2.1's default when <c>type</c> is left out).</summary>
    Actual,
}

/// <summary>Limits the content of what it is attached to (SDMX information model, DataConstraint; 2.1 ContentConstraint).</summary>
public sealed record DataConstraint : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.DataConstraint;

    /// <summary>Allowed or actual.</summary>
    public ConstraintRole Role { get; init; }

    /// <summary>What it is attached to: structures, flows, agreements or a data provider. Empty in a stub.</summary>
    public ValueArray<Urn> Attachment { get; init; }

    /// <summary>2.1 attachments that are no artefact: element name and, for a <c>SimpleDataSource</c>, its URL; for <c>DataSet</c>,
    /// <c>MetadataSet</c> and <c>QueryableDataSource</c> the element as XML in SDMX-ML 2.1, in one spelling.</summary>
    public ValueArray<(string Kind, string Value)> OtherAttachment { get; init; }

    /// <summary>The regions: the included united, less the excluded.</summary>
    public ValueArray<CubeRegion> Regions { get; init; }

    /// <summary>The sets of keys.</summary>
    public ValueArray<DataKeySet> KeySets { get; init; }

    /// <summary>The release calendar, or null.</summary>
    public ReleaseCalendar? ReleaseCalendar { get; init; }

    /// <summary>The reference period (2.1), as sent, or null.</summary>
    public (string Start, string End)? ReferencePeriod { get; init; }

    /// <summary>Every selection of regions and keys.</summary>
    internal IEnumerable<MemberSelection> Selections => Regions.SelectMany(r => r.Keys.Concat(r.Components))
        .Concat(KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values.Concat(k.Components)));

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => Attachment.Select(u => u.Maintainable).Distinct();
}

/// <summary>When data are released (xs:duration texts).</summary>
public sealed record ReleaseCalendar(string Periodicity, string Offset, string Tolerance);

/// <summary>A part of the cube: allowed values by component. A component it does not name is not limited.</summary>
public sealed record CubeRegion
{
    /// <summary>Whether the region is in (true) or out.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>The selections on dimensions.</summary>
    public ValueArray<MemberSelection> Keys { get; init; }

    /// <summary>The selections on attributes and measures (2.1 Attribute, 3.x Component).</summary>
    public ValueArray<MemberSelection> Components { get; init; }
}

/// <summary>The values of one component in a region.</summary>
public sealed record MemberSelection
{
    /// <summary>The component's id.</summary>
    public required string Component { get; init; }

    /// <summary>Whether the values are in (true) or all others are.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>3.x: whether the enumeration's prefix is left off the values.</summary>
    public bool RemovePrefix { get; init; }

    /// <summary>The values; empty with no <see cref="TimeRange"/>: the component as a whole.</summary>
    public ValueArray<MemberValue> Values { get; init; }

    /// <summary>The range of time, instead of values; or null.</summary>
    public ConstraintTimeRange? TimeRange { get; init; }
}

/// <summary>How far a value reaches down its hierarchy.</summary>
public enum Cascade
{
    /// <summary>The value alone.</summary>
    None,

    /// <summary>The value and all below it.</summary>
    Children,

    /// <summary>All below it, not the value itself (3.x <c>excluderoot</c>).</summary>
    ExcludeRoot,
}

/// <summary>One value of a selection.</summary>
/// <param name="Value">The value; <c>%</c> stands for any characters in 3.x.</param>
/// <param name="Cascade">Whether values below it count too.</param>
public sealed record MemberValue(string Value, Cascade Cascade = Cascade.None)
{
    /// <summary>The first period that the value is for (3.x), as sent, or null. Kept and served; data are not held against it.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The last period that the value is for (3.x), likewise.</summary>
    public string? ValidTo { get; init; }
}

/// <summary>A range of time; a null bound is open.</summary>
public sealed record ConstraintTimeRange
{
    /// <summary>The first period, as sent, or null. (2.1 AfterPeriod is a start without end, BeforePeriod an end without start; inclusive unless the message says otherwise.)</summary>
    public string? Start { get; init; }

    /// <summary>Whether <see cref="Start"/> itself is in.</summary>
    public bool IsStartInclusive { get; init; } = true;

    /// <summary>The last period, as sent, or null.</summary>
    public string? End { get; init; }

    /// <summary>Whether <see cref="End"/> itself is in.</summary>
    public bool IsEndInclusive { get; init; } = true;
}

/// <summary>A set of (partial) keys.</summary>
public sealed record DataKeySet
{
    /// <summary>Whether the keys are in (true) or out.</summary>
    public bool IsIncluded { get; init; } = true;

    /// <summary>The keys; each a list of selections that must all hold, on dimensions and (as the SDG constraints do) attributes.</summary>
    public ValueArray<DataKey> Keys { get; init; }
}

/// <summary>One (partial) key of a key set.</summary>
/// <param name="Values">Selections that must all hold; a component not named is free.</param>
/// <param name="Components">3.x: selections on attributes and measures written as <c>Component</c>.</param>
public sealed record DataKey(ValueArray<MemberSelection> Values, ValueArray<MemberSelection> Components = default)
{
    /// <summary>The keys of one value for each component of <see cref="Values"/> that together say the same; this one where it has no more.</summary>
    public IEnumerable<DataKey> Singles
    {
        get
        {
            var at = Values.ToList().FindIndex(v => v.Values.Count > 1);
            return at < 0 ? [this] : Values[at].Values.SelectMany(value => (this with
            {
                Values = Values.Select((v, i) => i == at ? v with { Values = [value] } : v).ToValueArray(),
            }).Singles);
        }
    }
}

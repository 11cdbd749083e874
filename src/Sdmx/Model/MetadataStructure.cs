namespace Sdmx;

/// <summary>One attribute of a metadata structure; attributes nest.</summary>
public sealed record MetadataAttribute : Component
{
    /// <summary>The fewest occurrences.</summary>
    public int MinOccurs { get; init; } = 1;

    /// <summary>The most occurrences; <see cref="int.MaxValue"/> = unbounded.</summary>
    public int MaxOccurs { get; init; } = 1;

    /// <summary>Whether it only groups others and takes no value.</summary>
    public bool IsPresentational { get; init; }

    /// <summary>The attributes below.</summary>
    public ValueArray<MetadataAttribute> Attributes { get; init; }
}

/// <summary>2.1: one part of what a report describes.</summary>
public sealed record TargetObject
{
    /// <summary>The id within the target.</summary>
    public required string Id { get; init; }

    /// <summary>The 2.1 element: <c>IdentifiableObjectTarget KeyDescriptorValuesTarget DataSetTarget ReportPeriodTarget ConstraintContentTarget</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The class of object, for an IdentifiableObjectTarget; or null.</summary>
    public string? ObjectType { get; init; }

    /// <summary>The local representation, or null.</summary>
    public Representation? LocalRepresentation { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>2.1: what a report can describe.</summary>
public sealed record MetadataTarget
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The parts.</summary>
    public ValueArray<TargetObject> Objects { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>2.1: the attributes reported for some targets.</summary>
public sealed record ReportStructure
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>The attributes.</summary>
    public ValueArray<MetadataAttribute> Attributes { get; init; }

    /// <summary>The ids of the targets.</summary>
    public ValueArray<string> Targets { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>A metadata structure definition, MSD (SDMX information model, MetadataStructureDefinition).</summary>
/// <remarks>3.x has <see cref="Attributes"/> only; 2.1 has targets and report structures only. Both forms are kept as they came.</remarks>
public sealed record MetadataStructure : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.MetadataStructure;

    /// <summary>3.x: the attributes.</summary>
    public ValueArray<MetadataAttribute> Attributes { get; init; }

    /// <summary>2.1: the targets.</summary>
    public ValueArray<MetadataTarget> Targets { get; init; }

    /// <summary>2.1: the report structures.</summary>
    public ValueArray<ReportStructure> Reports { get; init; }

    /// <summary>Every attribute of either form, parents before children.</summary>
    public IEnumerable<MetadataAttribute> AllAttributes =>
        Attributes.Concat(Reports.SelectMany(r => r.Attributes)).SelectMany(WithDescendants);

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        AllAttributes.SelectMany(a => (Urn?[])[a.ConceptIdentity, a.LocalRepresentation?.Enumeration])
            .Concat(Targets.SelectMany(t => t.Objects).Select(o => o.LocalRepresentation?.Enumeration))
            .OfType<Urn>().Select(u => u.Maintainable).Distinct();

    static IEnumerable<MetadataAttribute> WithDescendants(MetadataAttribute attribute) =>
        attribute.Attributes.SelectMany(WithDescendants).Prepend(attribute);
}

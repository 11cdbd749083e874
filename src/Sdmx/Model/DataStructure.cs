namespace Sdmx;

/// <summary>What dimensions, measures and attributes have in common (SDMX information model, Component).</summary>
public abstract record Component
{
    /// <summary>The id, unique in the structure; the concept's id where the message leaves it out.</summary>
    public required string Id { get; init; }

    /// <summary>The concept it takes its meaning from.</summary>
    public required Urn ConceptIdentity { get; init; }

    /// <summary>Its own representation, or null: then the concept's.</summary>
    public Representation? LocalRepresentation { get; init; }

    /// <summary>The concepts that say which role it plays.</summary>
    public ValueArray<Urn> ConceptRoles { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }
}

/// <summary>A dimension that identifies a series.</summary>
public sealed record Dimension : Component
{
    /// <summary>The informative <c>position</c> attribute, or null; key order is document order.</summary>
    public int? Position { get; init; }

    /// <summary>2.1's MeasureDimension: its codes (concepts) name measures. It is an ordinary dimension of the key here.</summary>
    public bool IsMeasureDimension { get; init; }
}

/// <summary>The dimension of time, always <c>TIME_PERIOD</c>, never part of the series key.</summary>
public sealed record TimeDimension : Component
{
    /// <summary>The informative <c>position</c> attribute, or null.</summary>
    public int? Position { get; init; }
}

/// <summary>A measure: an observed value (2.1 has one, the PrimaryMeasure <c>OBS_VALUE</c>).</summary>
public sealed record Measure : Component
{
    /// <summary>Whether every observation must have it.</summary>
    public bool IsMandatory { get; init; }
}

/// <summary>An attribute: what is said about data.</summary>
public sealed record DataAttribute : Component
{
    /// <summary>Whether it must be given (2.1 <c>assignmentStatus</c>, 3.x <c>usage</c>).</summary>
    public bool IsMandatory { get; init; }

    /// <summary>What it is said about.</summary>
    public required AttributeRelationship Relationship { get; init; }
}

/// <summary>The level at which an attribute is attached, from the widest to the narrowest.</summary>
public enum AttachmentLevel : byte
{
    /// <summary>The whole data set (2.1 None, 3.x Dataflow).</summary>
    Dataset,

    /// <summary>Some of the dimensions: a group.</summary>
    Group,

    /// <summary>All dimensions but time: a series.</summary>
    Series,

    /// <summary>One observation (2.1 PrimaryMeasure).</summary>
    Observation,
}

/// <summary>What an attribute is attached to (SDMX information model, AttributeRelationship).</summary>
public sealed record AttributeRelationship
{
    /// <summary>How the message says it: <see cref="AttachmentLevel.Dataset"/>, <see cref="AttachmentLevel.Observation"/>,
    /// <see cref="AttachmentLevel.Group"/> (by <see cref="Group"/>) or <see cref="AttachmentLevel.Series"/> (by <see cref="Dimensions"/>, some or all).</summary>
    public required AttachmentLevel Kind { get; init; }

    /// <summary>The ids of the dimensions, where it is said by dimensions.</summary>
    public ValueArray<string> Dimensions { get; init; }

    /// <summary>The group's id, where it is said by a group; or null.</summary>
    public string? Group { get; init; }

    /// <summary>2.1's attachment groups, beside the dimensions.</summary>
    public ValueArray<string> AttachmentGroups { get; init; }

    /// <summary>The same with the dimensions of <see cref="AttachmentGroups"/> in their place, as 3.x says it (checklist 3.4, mapping).</summary>
    public AttributeRelationship WithoutAttachmentGroups(DataStructure dsd)
    {
        var named = AttachmentGroups;
        return named.IsEmpty ? this : this with
        {
            Dimensions = Dimensions.Concat(dsd.Groups.Where(g => named.Contains(g.Id)).SelectMany(g => g.Dimensions)).Distinct().ToValueArray(),
            AttachmentGroups = [],
        };
    }

    /// <summary>The ids of the measures it is about (3.x), empty for all.</summary>
    public ValueArray<string> Measures { get; init; }
}

/// <summary>A group: some of the dimensions under a name.</summary>
public sealed record DimensionGroup
{
    /// <summary>The group's id.</summary>
    public required string Id { get; init; }

    /// <summary>The ids of its dimensions.</summary>
    public ValueArray<string> Dimensions { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>A data structure definition, DSD (SDMX information model, DataStructureDefinition).</summary>
public sealed record DataStructure : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.DataStructure;

    /// <summary>The dimensions without time, in key order.</summary>
    public ValueArray<Dimension> Dimensions { get; init; }

    /// <summary>The time dimension, or null.</summary>
    public TimeDimension? Time { get; init; }

    /// <summary>The groups.</summary>
    public ValueArray<DimensionGroup> Groups { get; init; }

    /// <summary>The measures; 2.1 has exactly one.</summary>
    public ValueArray<Measure> Measures { get; init; }

    /// <summary>The attributes, in message order.</summary>
    public ValueArray<DataAttribute> Attributes { get; init; }

    /// <summary>The metadata structure whose attributes data of the structure may have too (3.x), or null.</summary>
    public Urn? MetadataStructure { get; init; }

    /// <summary>What attributes of <see cref="MetadataStructure"/> are attached to (3.x), in message order.</summary>
    public ValueArray<MetadataAttributeUsage> MetadataAttributes { get; init; }

    /// <summary>Whether dimensions may be added without a new major version (3.1, <c>evolvingStructure</c>).</summary>
    public bool IsEvolving { get; init; }

    /// <summary>Every component: dimensions, time, measures, attributes.</summary>
    public IEnumerable<Component> Components =>
        [.. Dimensions, .. Time is null ? (Component[])[] : [Time], .. Measures, .. Attributes];

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        Components.SelectMany(c => (Urn?[])[c.ConceptIdentity, c.LocalRepresentation?.Enumeration, .. c.ConceptRoles.Select(r => (Urn?)r)])
            .Append(MetadataStructure).OfType<Urn>().Select(u => u.Maintainable).Distinct();
}

/// <summary>What an attribute of a metadata structure is attached to in data (SDMX 3.0 information model, MetadataAttributeUsage).</summary>
public sealed record MetadataAttributeUsage
{
    /// <summary>The id of the metadata attribute.</summary>
    public required string Attribute { get; init; }

    /// <summary>What it is said about.</summary>
    public required AttributeRelationship Relationship { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

namespace Sdmx;

/// <summary>A level of a hierarchy: what the codes at one depth are.</summary>
public sealed record Level : Item
{
    /// <summary>How the codes of the level are written, or null.</summary>
    public TextFormat? CodingFormat { get; init; }

    /// <summary>The level below, or null.</summary>
    public Level? Below { get; init; }
}

/// <summary>A code at its place in a hierarchy.</summary>
public sealed record HierarchicalCode
{
    /// <summary>The id of the place, unique among those beside it.</summary>
    public required string Id { get; init; }

    /// <summary>The code, of any codelist; null where the message names none that can be read.</summary>
    public Urn? Code { get; init; }

    /// <summary>The codes below.</summary>
    public ValueArray<HierarchicalCode> Codes { get; init; }

    /// <summary>The id of the level, or null.</summary>
    public string? Level { get; init; }

    /// <summary>Where validity begins, as sent (xs:dateTime), or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Where validity ends, likewise.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>The code and all below it.</summary>
    internal IEnumerable<HierarchicalCode> WithAllBelow => Codes.SelectMany(c => c.WithAllBelow).Prepend(this);
}

/// <summary>Codes of any lists in a tree (SDMX 3.0 information model, Hierarchy).</summary>
public sealed record Hierarchy : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Hierarchy;

    /// <summary>Whether the levels say more than how deep a code lies.</summary>
    public bool HasFormalLevels { get; init; }

    /// <summary>The top level, or null.</summary>
    public Level? Level { get; init; }

    /// <summary>The top codes.</summary>
    public ValueArray<HierarchicalCode> Codes { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => Codes.SelectMany(c => c.WithAllBelow).Select(c => c.Code).OfType<Urn>().Select(u => u.Maintainable).Distinct();
}

/// <summary>What a hierarchy is used for (SDMX 3.0 information model, HierarchyAssociation).</summary>
public sealed record HierarchyAssociation : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.HierarchyAssociation;

    /// <summary>The hierarchy; null where it cannot be read.</summary>
    public Urn? Hierarchy { get; init; }

    /// <summary>What it is linked to: mostly a dimension or a codelist; likewise.</summary>
    public Urn? LinkedObject { get; init; }

    /// <summary>Where the link holds: mostly a flow; or null.</summary>
    public Urn? ContextObject { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => ((Urn?[])[Hierarchy, LinkedObject, ContextObject]).OfType<Urn>().Select(u => u.Maintainable).Distinct();
}

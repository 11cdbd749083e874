namespace Sdmx;

/// <summary>What every maintainable artefact has (SDMX information model, MaintainableArtefact).</summary>
/// <remarks>Immutable, with value equality over everything it holds: two artefacts are equal when a message would say the same of both.</remarks>
public abstract record Artefact
{
    /// <summary>The kind of artefact.</summary>
    public abstract ArtefactType Type { get; }

    /// <summary>The maintenance agency.</summary>
    public required string Agency { get; init; }

    /// <summary>The id, unique among the agency's artefacts of this kind.</summary>
    public required string Id { get; init; }

    /// <summary>The version's text; <c>1.0</c> where a 2.1 message leaves it out.</summary>
    public string Version { get; init; } = "1.0";

    /// <summary>The names; at least one in a valid message.</summary>
    public InternationalString Name { get; init; }

    /// <summary>The descriptions.</summary>
    public InternationalString Description { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>2.1's <c>isFinal</c>: a final artefact no longer changes. Null where the message does not say.</summary>
    public bool? IsFinal { get; init; }

    /// <summary>Whether this is only a pointer to an artefact held elsewhere. Null where the message does not say.</summary>
    public bool? IsExternalReference { get; init; }

    /// <summary>Whether an item scheme holds only some of its items.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Where validity begins, as sent (xs:dateTime), or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Where validity ends, as sent (xs:dateTime), or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }

    /// <summary>Where a registry serves the artefact, or null.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>Where a structure message with the artefact lies, or null.</summary>
    public string? StructureUrl { get; init; }

    /// <summary>The identity, without item.</summary>
    public Urn Urn => new(Type, Agency, Id, Version);

    /// <summary>Every artefact this one refers to directly, without repeats, in document order: its children (checklist 3.3).</summary>
    public abstract IEnumerable<Urn> References { get; }
}

/// <summary>What an item of an item scheme has: code, concept, agency, category (SDMX information model, Item).</summary>
public abstract record Item
{
    /// <summary>The id, unique in its scheme (in its parent, for categories).</summary>
    public required string Id { get; init; }

    /// <summary>The names.</summary>
    public InternationalString Name { get; init; }

    /// <summary>The descriptions.</summary>
    public InternationalString Description { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>The URI attribute, or null.</summary>
    public string? Uri { get; init; }
}

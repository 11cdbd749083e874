namespace Sdmx;

/// <summary>One concept: what a component means, and how it is represented where the component does not say.</summary>
public sealed record Concept : Item
{
    /// <summary>The id of the parent concept in the same scheme, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The representation that components inherit, or null.</summary>
    public Representation? CoreRepresentation { get; init; }

    /// <summary>The reference to an ISO 11179 concept, or null.</summary>
    public IsoConceptReference? IsoConcept { get; init; }
}

/// <summary>A reference to a concept of ISO 11179.</summary>
/// <param name="Agency">The agency.</param>
/// <param name="SchemeId">The scheme.</param>
/// <param name="ConceptId">The concept.</param>
public sealed record IsoConceptReference(string Agency, string SchemeId, string ConceptId);

/// <summary>A list of concepts, in message order (SDMX information model, ConceptScheme).</summary>
public sealed record ConceptScheme : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.ConceptScheme;

    /// <summary>The concepts.</summary>
    public ValueArray<Concept> Concepts { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        Concepts.Where(c => c.CoreRepresentation?.Enumeration is not null)
            .Select(c => c.CoreRepresentation!.Enumeration!.Value.Maintainable).Distinct();
}

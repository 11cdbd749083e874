namespace Sdmx;

/// <summary>A flow of data of one structure (SDMX information model, DataflowDefinition).</summary>
public sealed record Dataflow : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Dataflow;

    /// <summary>The data structure, or null in a stub.</summary>
    public Urn? Structure { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => Structure is { } s ? [s] : [];
}

/// <summary>A flow of reference metadata of one structure (SDMX information model, MetadataflowDefinition).</summary>
public sealed record Metadataflow : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Metadataflow;

    /// <summary>The metadata structure, or null in a stub.</summary>
    public Urn? Structure { get; init; }

    /// <summary>What may be described, as URNs with wildcards (3.x), as sent.</summary>
    public ValueArray<string> Targets { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => Structure is { } s ? [s] : [];
}

/// <summary>Who provides data for which flow (SDMX information model, ProvisionAgreement).</summary>
public sealed record ProvisionAgreement : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.ProvisionAgreement;

    /// <summary>The data flow (2.1 also a metadata flow), or null in a stub.</summary>
    public Urn? Dataflow { get; init; }

    /// <summary>The data provider, an item of a data provider scheme, or null in a stub.</summary>
    public Urn? DataProvider { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        ((Urn?[])[Dataflow, DataProvider]).OfType<Urn>().Select(u => u.Maintainable);
}

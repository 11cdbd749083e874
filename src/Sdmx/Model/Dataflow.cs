namespace Sdmx;

/// <summary>A flow of data of one structure (SDMX information model, DataflowDefinition).</summary>
public sealed record Dataflow : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Dataflow;

    /// <summary>The data structure, or null in a stub.</summary>
    public Urn? Structure { get; init; }

    /// <summary>The ids of the dimensions that the flow has of its structure's, without time (3.1); empty: all of them.</summary>
    public ValueArray<string> Dimensions { get; init; }

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

    /// <summary>The target that takes any artefact: what messages say that must name one where <see cref="Targets"/> is empty.</summary>
    public const string AnyTarget = "urn:sdmx:org.sdmx.infomodel.base.Any=*:*(*)";

    /// <summary>What may be described, as URNs with wildcards (3.x), as sent; empty: anything.</summary>
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

/// <summary>Who provides metadata for which flow (SDMX 3.0 information model, MetadataProvisionAgreement).</summary>
public sealed record MetadataProvisionAgreement : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.MetadataProvisionAgreement;

    /// <summary>The metadata flow; null where it cannot be read.</summary>
    public Urn? Metadataflow { get; init; }

    /// <summary>The metadata provider, an item of a metadata provider scheme; likewise.</summary>
    public Urn? MetadataProvider { get; init; }

    /// <summary>What may be described, as URNs with wildcards, as sent; empty: what the flow says.</summary>
    public ValueArray<string> Targets { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => ((Urn?[])[Metadataflow, MetadataProvider]).OfType<Urn>().Select(u => u.Maintainable);
}

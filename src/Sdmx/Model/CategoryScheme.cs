namespace Sdmx;

/// <summary>One category; categories nest.</summary>
public sealed record Category : Item
{
    /// <summary>The categories below.</summary>
    public ValueArray<Category> Categories { get; init; }
}

/// <summary>A tree of categories (SDMX information model, CategoryScheme).</summary>
public sealed record CategoryScheme : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.CategoryScheme;

    /// <summary>The top categories.</summary>
    public ValueArray<Category> Categories { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => [];
}

/// <summary>The link of an artefact to a category (SDMX information model, Categorisation).</summary>
public sealed record Categorisation : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Categorisation;

    /// <summary>The artefact that is categorised, or null in a stub.</summary>
    public Urn? Source { get; init; }

    /// <summary>The category, or null in a stub.</summary>
    public Urn? Target { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        ((Urn?[])[Source, Target]).OfType<Urn>().Select(u => u.Maintainable);
}

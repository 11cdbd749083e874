namespace Sdmx;

/// <summary>One code of a codelist.</summary>
public sealed record Code : Item
{
    /// <summary>The id of the parent code in the same list, or null.</summary>
    public string? Parent { get; init; }
}

/// <summary>A list of codes, in message order (SDMX information model, Codelist).</summary>
public sealed record Codelist : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.Codelist;

    /// <summary>The codes. A code's position is its number wherever a <see cref="CodeIndex"/> of this list is used.</summary>
    public ValueArray<Code> Codes { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => [];
}

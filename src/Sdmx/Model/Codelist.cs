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

    /// <summary>The lists whose codes it has too (3.x), in message order.</summary>
    public ValueArray<CodelistExtension> Extensions { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => Extensions.Select(e => e.Codelist.Maintainable).Distinct();
}

/// <summary>A list whose codes another one has too (SDMX 3.0 information model, CodelistExtension).</summary>
/// <param name="Codelist">The list.</param>
public sealed record CodelistExtension(Urn Codelist)
{
    /// <summary>What stands before the id of each of its codes, or null.</summary>
    public string? Prefix { get; init; }

    /// <summary>Whether <see cref="Members"/> are the codes that are taken (true) or those that are left out.</summary>
    public bool IsInclusive { get; init; } = true;

    /// <summary>The codes, <c>%</c> standing for any characters; empty: all codes are taken.</summary>
    public ValueArray<MemberValue> Members { get; init; }
}

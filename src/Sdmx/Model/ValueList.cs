namespace Sdmx;

/// <summary>One value of a value list; its id is the value, any text.</summary>
public sealed record ValueItem : Item;

/// <summary>A list of values that are no ids, in message order (SDMX 3.0 information model, ValueList).</summary>
public sealed record ValueList : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.ValueList;

    /// <summary>The values.</summary>
    public ValueArray<ValueItem> Items { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => [];
}

namespace Sdmx;

/// <summary>A note on an artefact, item or component (SDMX information model, Annotation).</summary>
/// <remarks>Every part is optional; order of texts is kept.</remarks>
public sealed record Annotation
{
    /// <summary>The note's own id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The title, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The type, by which tools find a note, or null.</summary>
    public string? Type { get; init; }

    /// <summary>The URL, or null.</summary>
    public string? Url { get; init; }

    /// <summary>The texts.</summary>
    public InternationalString Text { get; init; }

    /// <summary>The value (SDMX 3.0), or null.</summary>
    public string? Value { get; init; }
}

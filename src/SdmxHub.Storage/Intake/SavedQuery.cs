namespace SdmxHub.Storage;

/// <summary>A data query that is kept under a name, for everybody who may read to ask it, and for reports to say what becomes of it.</summary>
/// <param name="Name">The name, unique.</param>
/// <param name="Path">The query in SDMX REST, from <c>/sdmx/v1/data</c> or <c>/sdmx/v2/data</c> on.</param>
/// <param name="Owner">The name of the caller who saved it first.</param>
/// <param name="Saved">When it was saved as it is.</param>
public sealed record SavedQuery(string Name, string Path, string Owner, DateTimeOffset Saved)
{
    /// <summary>What it is called, for people; or null.</summary>
    public string? Title { get; init; }

    /// <summary>What it is for; or null.</summary>
    public string? Description { get; init; }
}

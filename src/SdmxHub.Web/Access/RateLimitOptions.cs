namespace SdmxHub.Web;

/// <summary>How many requests a minute each caller may send; 0 for no limit.</summary>
public sealed record RateLimitOptions
{
    /// <summary>Questions for data, and comparisons.</summary>
    public int Data { get; init; } = 600;

    /// <summary>Structures, pages, states: small answers.</summary>
    public int Structures { get; init; } = 1200;

    /// <summary>Whatever changes something.</summary>
    public int Submissions { get; init; } = 120;

    /// <summary>Whether callers on the hub's own machine are limited too.</summary>
    public bool Loopback { get; init; }
}

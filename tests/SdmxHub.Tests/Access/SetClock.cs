namespace SdmxHub.Tests.Access;

/// <summary>A clock that stands until it is set.</summary>
sealed class SetClock(DateTimeOffset now) : TimeProvider
{
    /// <summary>A clock at the start of a minute.</summary>
    public SetClock() : this(new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

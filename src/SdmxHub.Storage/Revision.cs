namespace SdmxHub.Storage;

/// <summary>One commit: the state of all data and structures from its instant to the next one's.</summary>
/// <param name="Number">The number, from 1, without gaps; 0 only for the store that holds nothing yet.</param>
/// <param name="At">The instant of the commit, to the microsecond; strictly increasing.</param>
/// <param name="Kind">What made it, see <see cref="RevisionOrigin"/>.</param>
/// <param name="Actor">Who made it, see <see cref="RevisionOrigin"/>.</param>
/// <param name="Inserted">How many observations it added.</param>
/// <param name="Updated">How many observations it changed; unchanged ones that were sent again do not count.</param>
/// <param name="Deleted">How many observations it removed.</param>
public sealed record Revision(long Number, DateTimeOffset At, string Kind, string Actor, long Inserted, long Updated, long Deleted)
{
    /// <summary>The submission it took in, or null.</summary>
    public long? Submission { get; init; }

    /// <summary>The release it came with, or null. Of a release's revisions only the last was ever the newest.</summary>
    public string? Release { get; init; }

    /// <summary>The store before its first revision.</summary>
    internal static Revision None { get; } = new(0, DateTimeOffset.UnixEpoch, "", "", 0, 0, 0);
}

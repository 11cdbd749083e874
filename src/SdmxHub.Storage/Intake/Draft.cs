namespace SdmxHub.Storage;

/// <summary>What has become of a draft.</summary>
public enum DraftState
{
    /// <summary>It takes submissions.</summary>
    Open,

    /// <summary>It is in the store.</summary>
    Published,

    /// <summary>It was given up.</summary>
    Dropped,
}

/// <summary>A named list of submissions that are looked at together and published at one instant.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name, of which only one draft is open: <c>2026.Q1.G.01</c>.</param>
/// <param name="Owner">Who made it.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Created">When it was made.</param>
public sealed record Draft(long Id, string Name, string Owner, DraftState State, DateTimeOffset Created)
{
    /// <summary>When it is to be published, or null: when somebody says so.</summary>
    public DateTimeOffset? PublishAt { get; init; }

    /// <summary>When it was published or dropped, or null.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The release it is or will be published as; its own name when nothing else was said.</summary>
    public required string Release { get; init; }

    /// <summary>The revision of the store that its preview stands on, or null before the first submission.</summary>
    public long? Base { get; init; }

    /// <summary>The name of the preview's file, or null before the first submission.</summary>
    internal string? Preview { get; init; }
}

/// <summary>A submission in a draft.</summary>
/// <param name="Number">Its place in the draft, from 1, with gaps where one was withdrawn.</param>
/// <param name="Submission">The submission's number, or null where it came by the command line.</param>
/// <param name="Actor">Who sent it.</param>
/// <param name="FileName">What the sender calls the file.</param>
/// <param name="Base">The revision of the store that it was checked against.</param>
/// <param name="At">When it was taken in.</param>
public sealed record StagedSubmission(int Number, long? Submission, string Actor, string FileName, long Base, DateTimeOffset At)
{
    /// <summary>Before when it may not be published, as its header says; or null.</summary>
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>The messages.</summary>
    internal IReadOnlyList<StagedFile> Files { get; init; } = [];

    /// <summary>The provision agreement that the sender named, or null.</summary>
    internal Sdmx.Urn? Agreement { get; init; }

    /// <summary>What the sender's key allowed.</summary>
    internal Scopes Scopes { get; init; } = Scopes.All;

    /// <summary>The preview's revision with it.</summary>
    internal long Revision { get; init; }
}

/// <summary>A message in a draft.</summary>
/// <param name="Path">The file, in the folder of the intake.</param>
/// <param name="Entry">Its name in the archive that the file is, where it is one of several.</param>
/// <param name="Name">What the sender calls it.</param>
/// <param name="Dataflow">The flow for data that name only a structure, or null.</param>
/// <param name="Map">The structure map that data are read through, or null.</param>
/// <param name="Owner">The agreement that its series belong to, or null: see <see cref="LoadFile.Owner"/>.</param>
sealed record StagedFile(string Path, string? Entry, string Name, string? Dataflow, string? Map, string? Owner = null);

/// <summary>What came of publishing, or of undoing.</summary>
/// <param name="Revision">The revision that shows it, or null where it was refused.</param>
/// <param name="ConflictCount">How many conflicts there are: any forbids it.</param>
/// <param name="Conflicts">The first 10,000 of them.</param>
/// <param name="Refusal">Why it cannot be, when it is no conflict; or null.</param>
public sealed record PublishOutcome(Revision? Revision, long ConflictCount, IReadOnlyList<Conflict> Conflicts, string? Refusal);

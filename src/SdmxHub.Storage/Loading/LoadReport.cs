using Sdmx;

namespace SdmxHub.Storage;

/// <summary>How a file is checked and loaded.</summary>
public sealed record LoadOptions
{
    /// <summary>The flow for data that name only a structure, or null: then the single flow whose constraint admits them.</summary>
    public Urn? Dataflow { get; init; }

    /// <summary>The structure map that data are read through, by a name that <see cref="Sdmx.Mapping.MapName"/> reads; null where they are taken as they are sent.</summary>
    public string? Map { get; init; }

    /// <summary>What findings call the file; its own name, without folder, when null.</summary>
    public string? FileName { get; init; }

    /// <summary>The limits on the file.</summary>
    public ReadLimits Limits { get; init; } = new();

    /// <summary>The clock that says which periods lie in the future.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Rules of the SDG domain that are left out.</summary>
    public OptionalRules Without { get; init; }

    /// <summary>Who loads it, for the log.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The submission that the revision is kept with, or null.</summary>
    public long? Submission { get; init; }

    /// <summary>What the sender's key allows, or null where it has none: then only structures limit what is sent.</summary>
    public Scopes? Scopes { get; init; }

    /// <summary>The provision agreement under which data are sent; null for the one that the sender's data providers have for the flow, if it is limited to some.</summary>
    public Urn? Agreement { get; init; }

    /// <summary>What the EmbargoDate of a header means.</summary>
    public EmbargoRule Embargo { get; init; }

    /// <summary>Whether nothing is kept, and only told what loading would change.</summary>
    public bool IsTrial { get; init; }
}

/// <summary>What the EmbargoDate of a message's header means to a load.</summary>
public enum EmbargoRule
{
    /// <summary>Nothing: who loads by hand decides.</summary>
    Ignore,

    /// <summary>The report tells it; one that cannot be read is an error.</summary>
    Tell,

    /// <summary>One that has not come yet is an error too.</summary>
    Refuse,
}

/// <summary>How far a load has come.</summary>
/// <param name="Bytes">How many bytes of the file are read.</param>
/// <param name="TotalBytes">How many it has.</param>
/// <param name="Rows">How many observations are read.</param>
public readonly record struct LoadProgress(long Bytes, long TotalBytes, long Rows)
{
    /// <summary>How many of them are written to the store, though not committed yet.</summary>
    public long Written { get; init; }
}

/// <summary>What came of one file.</summary>
/// <remarks>Owns the issue log: dispose it when the findings are told.</remarks>
public sealed record LoadReport : IDisposable
{
    /// <summary>The file's name, without folder.</summary>
    public required string File { get; init; }

    /// <summary>The format's id (<c>structurespecific-2.1</c>), or null when it is none the hub knows.</summary>
    public string? Format { get; init; }

    /// <summary>How many observations the file holds, valid or not.</summary>
    public long Observations { get; init; }

    /// <summary>How many distinct series keys they have.</summary>
    public long Series { get; init; }

    /// <summary>How many artefacts a structure message holds.</summary>
    public int Artefacts { get; init; }

    /// <summary>How many metadata sets a metadata message holds; null when the file is no metadata message.</summary>
    public int? MetadataSets { get; init; }

    /// <summary>Every finding.</summary>
    public required IssueLog Issues { get; init; }

    /// <summary>Rules of the SDG domain that were left out, because the sender asked for it or the agreement says so.</summary>
    public OptionalRules Without { get; init; }

    /// <summary>The revision that holds the content: a new one, or the head when the file changed nothing. Null when nothing was loaded: findings of
    /// severity Error, or a check only.</summary>
    public Revision? Revision { get; init; }

    /// <summary>Before when the content may not be published, where the load was to tell it; or null.</summary>
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>Whether it was loaded together with others, as one revision: the changes are then those of all.</summary>
    public bool IsPart { get; init; }

    /// <summary>How many observations were added.</summary>
    public long Inserted { get; init; }

    /// <summary>How many observations were changed.</summary>
    public long Updated { get; init; }

    /// <summary>How many observations were removed.</summary>
    public long Deleted { get; init; }

    /// <summary>How many observations were sent but are in the store with the same content.</summary>
    public long Unchanged { get; init; }

    /// <inheritdoc/>
    public void Dispose() => Issues.Dispose();
}

namespace SdmxHub.Storage;

/// <summary>Where a revision comes from.</summary>
/// <param name="Kind">What makes it, for the log: <c>load</c>, <c>structures</c>, <c>metadata</c>, <c>publish</c>, <c>undo</c>.</param>
/// <param name="Actor">Who makes it, for the log.</param>
public sealed record RevisionOrigin(string Kind, string Actor)
{
    /// <summary>The submission it takes in, or null.</summary>
    public long? Submission { get; init; }

    /// <summary>The revision that its content was checked against, or null where nobody can have come between. What it changes must not have changed
    /// since: else it is a <see cref="Conflict"/>.</summary>
    public long? Base { get; init; }
}

/// <summary>A series that was sent under one agreement and belongs to another.</summary>
/// <param name="Flow">The flow, <c>AGENCY:ID</c>.</param>
/// <param name="Key">Its key.</param>
/// <param name="Owner">The agreement it belongs to, <c>AGENCY:ID</c>.</param>
public sealed record ForeignSeries(string Flow, string Key, string Owner);

/// <summary>Something that a revision changes, but that another has changed since its content was checked.</summary>
/// <param name="Subject">The flow (<c>AGENCY:ID</c>) or, of a structure, its short name.</param>
/// <param name="Key">The series' key, open where it is a holder of attributes; empty for a structure.</param>
/// <param name="Period">The observation's period as spelt; empty for attributes and structures.</param>
/// <param name="Revision">The other revision.</param>
public sealed record Conflict(string Subject, string Key, string Period, long Revision);

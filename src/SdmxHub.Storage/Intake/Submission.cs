using System.Text.Json.Serialization;
using Sdmx.Formats;

namespace SdmxHub.Storage;

/// <summary>What a sender wants done.</summary>
public enum SubmissionMode
{
    /// <summary>Only to be told what is wrong with it, and nothing kept in the store.</summary>
    [JsonStringEnumMemberName("check")]
    Check,

    /// <summary>To be published with others, later.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    /// <summary>To be published at once.</summary>
    [JsonStringEnumMemberName("publish")]
    Publish,
}

/// <summary>How far a submission is.</summary>
public enum SubmissionState
{
    /// <summary>Its bytes are here; it waits.</summary>
    [JsonStringEnumMemberName("received")]
    Received,

    /// <summary>It is being read, checked and, where that was asked for, written.</summary>
    [JsonStringEnumMemberName("checking")]
    Checking,

    /// <summary>Checked, without an error: the end of a dry run.</summary>
    [JsonStringEnumMemberName("checked")]
    Checked,

    /// <summary>Something in it is wrong; nothing of it is kept in the store.</summary>
    [JsonStringEnumMemberName("refused")]
    Refused,

    /// <summary>In its draft.</summary>
    [JsonStringEnumMemberName("staged")]
    Staged,

    /// <summary>In the store.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>Taken back from its draft.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    /// <summary>Stopped by somebody before it was done.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    /// <summary>The machine failed; the summary says how. Nothing of it is kept in the store.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}

/// <summary>What was sent at one time by one sender: a message or a package of them, and what became of it. It is its own job.</summary>
public sealed record Submission
{
    /// <summary>The number; 0 before it is kept.</summary>
    public long Id { get; init; }

    /// <summary>How far it is.</summary>
    public SubmissionState State { get; init; }

    /// <summary>What the sender wants done.</summary>
    public required SubmissionMode Mode { get; init; }

    /// <summary>The draft it is for, by name.</summary>
    public string? Draft { get; init; }

    /// <summary>Who sent it.</summary>
    public required string Actor { get; init; }

    /// <summary>The flow for data that name only a structure: <c>AGENCY:ID(VERSION)</c>, the version <c>~</c> for the newest.</summary>
    public string? Dataflow { get; init; }

    /// <summary>The provision agreement it is sent under, <c>AGENCY:ID</c>; null where the sender named none.</summary>
    public string? Agreement { get; init; }

    /// <summary>The structure map that its data are read through, as <see cref="Sdmx.Mapping.MapName"/> reads it; null where the sender named none.</summary>
    public string? Map { get; init; }

    /// <summary>The rules of the SDG domain that the sender leaves out, as <see cref="Sdmx.OptionalRules"/> reads them; null where it leaves out none.</summary>
    public string? Without { get; init; }

    /// <summary>What the sender's key allowed when it was sent.</summary>
    [JsonIgnore]
    public Scopes Scopes { get; init; } = Scopes.All;

    /// <summary>What the sender says about it.</summary>
    public string? Note { get; init; }

    /// <summary>When its bytes were here.</summary>
    public DateTimeOffset Received { get; init; }

    /// <summary>When it was done.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The store's revision that it was checked against, when it is not published.</summary>
    public long? CheckedAgainst { get; init; }

    /// <summary>The revision that holds it: published.</summary>
    public long? Revision { get; init; }

    /// <summary>What became of it, as a sentence for people.</summary>
    public string? Summary { get; init; }

    /// <summary>What it changed in the store: published.</summary>
    public SubmissionChanges? Changes { get; init; }

    /// <summary>How far the work on it is, while it goes on.</summary>
    public SubmissionProgress? Progress { get; init; }

    /// <summary>The messages.</summary>
    public required IReadOnlyList<SubmittedFile> Files { get; init; }

    /// <summary>Whether nothing more will happen to it by itself.</summary>
    [JsonIgnore]
    public bool IsEnded => State is not (SubmissionState.Received or SubmissionState.Checking);
}

/// <summary>One message of a submission.</summary>
public sealed record SubmittedFile
{
    /// <summary>What its sender calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The bytes of the message, as sent; in an archive, unpacked.</summary>
    public required long Bytes { get; init; }

    /// <summary>The SHA-256 of the file as sent, which is the archive where it is in one.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Its name in the archive, where it is one of several in one.</summary>
    public string? Entry { get; init; }

    /// <summary>What the sender says that it carries.</summary>
    public MessageKind? Kind { get; init; }

    /// <summary>The flow for it, where the sender names one for this message.</summary>
    public string? Dataflow { get; init; }

    /// <summary>The structure map for it, where the sender names one for this message.</summary>
    public string? Map { get; init; }

    /// <summary>The provision agreement, <c>AGENCY:ID</c>, that its series belong to, where the hub itself made it to move series: see <see cref="Migration"/>.</summary>
    public string? Owner { get; init; }

    /// <summary>What was found.</summary>
    public FileOutcome? Outcome { get; init; }
}

/// <summary>What came of one message.</summary>
/// <param name="Format">The format's id, or null when it is none the hub knows.</param>
/// <param name="Observations">How many observations it has.</param>
/// <param name="Series">How many series they are in.</param>
/// <param name="Artefacts">How many artefacts it has.</param>
/// <param name="Errors">How many findings are errors.</param>
/// <param name="Fatal">How many of them kept it from being read to its end.</param>
/// <param name="Warnings">How many findings are warnings.</param>
/// <param name="Verdict">The last line of its report.</param>
public sealed record FileOutcome(string? Format, long Observations, long Series, int Artefacts, int Errors, int Fatal, int Warnings, string Verdict)
{
    /// <summary>How many metadata sets it holds; null when it is no metadata message.</summary>
    public int? MetadataSets { get; init; }
}

/// <summary>What a submission changed, in observations.</summary>
/// <param name="Inserted">How many were added.</param>
/// <param name="Updated">How many were changed.</param>
/// <param name="Deleted">How many were removed.</param>
/// <param name="Unchanged">How many were sent as they were already.</param>
public sealed record SubmissionChanges(long Inserted, long Updated, long Deleted, long Unchanged);

/// <summary>How far the work on a submission is.</summary>
/// <param name="Percent">From 0 to 100.</param>
/// <param name="Rows">How many observations are read.</param>
/// <param name="RowsPerSecond">How many a second, since the work began.</param>
public sealed record SubmissionProgress(double Percent, long Rows, double RowsPerSecond);

/// <summary>How submissions are written as JSON in the API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(SubmissionPage))]
public sealed partial class SubmissionJson : JsonSerializerContext;

/// <summary>A part of a list of submissions, the newest first.</summary>
/// <param name="Submissions">The submissions.</param>
/// <param name="Next">The number to ask for what was <c>before</c>; null behind the last.</param>
public sealed record SubmissionPage(IReadOnlyList<Submission> Submissions, long? Next);

/// <summary>How parts of submissions are written as JSON in the intake's database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(SubmissionOptions))]
[JsonSerializable(typeof(SubmissionSummary))]
[JsonSerializable(typeof(IReadOnlyList<SubmittedFile>))]
[JsonSerializable(typeof(IReadOnlyList<StagedFile>))]
sealed partial class IntakeJson : JsonSerializerContext;

/// <summary>What of a submission the column <c>options</c> holds.</summary>
sealed record SubmissionOptions(string? Draft, string? Dataflow, string? Note, string? Agreement, string? Scopes, string? Without, string? Map);

/// <summary>What of a submission the column <c>summary</c> holds.</summary>
sealed record SubmissionSummary(string? Text, SubmissionChanges? Changes);

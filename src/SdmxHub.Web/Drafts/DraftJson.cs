using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>A draft as the interface tells it.</summary>
sealed record DraftBody(string Name, string Owner, DraftState State, DateTimeOffset Created, DateTimeOffset? PublishAt, DateTimeOffset? Ended, string Release, long? Base,
    IReadOnlyList<StagedSubmission> Submissions)
{
    public static DraftBody Of(Draft draft, Storage.Drafts drafts) =>
        new(draft.Name, draft.Owner, draft.State, draft.Created, draft.PublishAt, draft.Ended, draft.Release, draft.Base, drafts.Submissions(draft));
}

/// <summary>What forbids publishing.</summary>
sealed record ConflictsBody(long Count, IReadOnlyList<Conflict> Conflicts, string? Refusal)
{
    public static ConflictsBody Of(PublishOutcome outcome) => new(outcome.ConflictCount, outcome.Conflicts, outcome.Refusal);
}

/// <summary>What publishing or undoing made.</summary>
sealed record PublishedBody(long Revision, DateTimeOffset At, string? Release);

/// <summary>What differs between two states.</summary>
sealed record ChangesBody(long From, long To, IReadOnlyList<FlowBody> Flows, IReadOnlyList<StructureBody> Structures, IReadOnlyList<MetadataBody> Metadata);

/// <summary>What differs in one flow.</summary>
sealed record FlowBody(string Flow, long SeriesAdded, long SeriesRevised, long SeriesWithdrawn, long SeriesUnchanged,
    long Inserted, long Updated, long Deleted, long Unchanged, IReadOnlyList<MoverBody> Movers, ValueArray<LostCode> Lost)
{
    public static FlowBody Of(FlowChanges c) => new(c.Flow, c.SeriesAdded, c.SeriesRevised, c.SeriesWithdrawn, c.SeriesUnchanged, c.Inserted, c.Updated, c.Deleted, c.Unchanged,
        [.. c.Movers.Select(m => new MoverBody(m.Key, m.Period.ToString(), m.Before, m.After, double.IsFinite(m.Relative) ? m.Relative : null))], c.Lost);
}

/// <summary>An observation that moved much.</summary>
/// <param name="Key">The series.</param>
/// <param name="Period">The period.</param>
/// <param name="Before">What it was, as spelt.</param>
/// <param name="After">What it is, as spelt.</param>
/// <param name="Relative">By how much, as a part of what it was; null where it was 0.</param>
sealed record MoverBody(string Key, string Period, string Before, string After, double? Relative);

/// <summary>A structure that differs.</summary>
sealed record StructureBody(string Urn, string Change)
{
    public static StructureBody Of(ArtefactChange change) => new(change.Urn.ToString(), change.Before is null ? "added" : change.After is null ? "removed" : "changed");
}

/// <summary>A metadata set that differs.</summary>
/// <param name="Urn">Its name.</param>
/// <param name="Change">added, changed or removed.</param>
/// <param name="Attributes">The ids of the attributes that differ, of a set that is changed.</param>
/// <param name="Languages">The languages whose texts differ.</param>
sealed record MetadataBody(string Urn, string Change, IReadOnlyList<string>? Attributes, IReadOnlyList<string> Languages)
{
    public static MetadataBody Of(ArtefactChange change)
    {
        var difference = MetadataDifference.Of(change.Before as MetadataSet, change.After as MetadataSet);
        return new(change.Urn.ToString(), StructureBody.Of(change).Change, change.Before is null || change.After is null ? null : difference.Attributes, difference.Languages);
    }
}

/// <summary>What other structures mean for the data of a flow.</summary>
sealed record ImpactBody(string Flow, string Before, string After, IReadOnlyList<CodesImpactBody> Lists, ValueArray<string> Missing, ValueArray<string> Added, IReadOnlyList<QueryImpact> Queries)
{
    public static ImpactBody Of(FlowImpact i, Difference difference, IReadOnlyList<SavedQuery> saved) => new(i.Flow, i.Before.ShortName, i.After.ShortName,
        [.. i.Lists.Select(l => new CodesImpactBody(l.Component, l.Before.ShortName, l.After.ShortName, l.Removed, l.Renamed, l.Added))], i.Missing, i.Added, QueryImpact.Of(i, difference, saved));
}

/// <summary>What another codelist means for one component.</summary>
sealed record CodesImpactBody(string Component, string Before, string After, ValueArray<RemovedCode> Removed, ValueArray<RenamedCode> Renamed, int Added);

/// <summary>How drafts, releases, revisions and differences are told as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<DraftBody>))]
[JsonSerializable(typeof(NameRequest))]
[JsonSerializable(typeof(ScheduleRequest))]
[JsonSerializable(typeof(List<ImpactBody>))]
[JsonSerializable(typeof(ConflictsBody))]
[JsonSerializable(typeof(PublishedBody))]
[JsonSerializable(typeof(ChangesBody))]
[JsonSerializable(typeof(IReadOnlyList<Release>))]
[JsonSerializable(typeof(Release))]
[JsonSerializable(typeof(IReadOnlyList<Revision>))]
[JsonSerializable(typeof(ValueArray<LostCode>))]
sealed partial class DraftJson : JsonSerializerContext
{
    /// <summary>Answers what came of publishing or undoing: the revision, or 409 with the conflicts.</summary>
    public static Task Answer(HttpContext context, PublishOutcome outcome, string? release)
    {
        if (outcome.Revision is { } revision)
            return JsonBody.Answer(context, 200, new PublishedBody(revision.Number, revision.At, release), Default.PublishedBody);
        var why = outcome.Refusal ?? $"{outcome.ConflictCount} of the changes are in conflict with what others changed since they were checked.";
        return (Problem.Of(StatusCodes.Status409Conflict, why) with { ConflictCount = outcome.ConflictCount, Conflicts = outcome.Conflicts }).ExecuteAsync(context);
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The work on one submission: check it and, where that is wanted, load it or take it into its draft, and write its report.</summary>
public static class SubmissionWork
{
    /// <summary>Does what the submission asks for.</summary>
    /// <remarks>Done again after it was interrupted, it does no more than what is still to be done.</remarks>
    /// <param name="submissions">Where it is kept.</param>
    /// <param name="drafts">The drafts of the same intake.</param>
    /// <param name="submission">One that was taken.</param>
    /// <param name="limits">The limits on its messages.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="ct">Stops; nothing of it is then in the store.</param>
    /// <returns>The submission as it ended; the caller keeps it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static Submission Run(Submissions submissions, Drafts drafts, Submission submission, ReadLimits limits, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var files = submission.Files.Select(f => FileOf(submissions.Spool, f)).ToList();
        if (files.Find(f => !File.Exists(f.Path)) is { } missing)
            return submission with { State = SubmissionState.Failed, Summary = $"The file '{missing.Name}' is no longer in the hub's folder. Send it again." };
        var head = HeadOf(submissions.Store);
        var options = OptionsOf(submissions, submission, limits);
        // A process that was killed between the commit and the last word about it leaves a revision that says whose it is.
        var made = submission.Mode == SubmissionMode.Check ? null : submissions.Store.RevisionOf(submission.Id, submission.Received);
        var reports = made is not null ? Again(submissions.Store, made, files, options, ct) : submission.Mode switch
        {
            SubmissionMode.Check => Load.Run(files, submissions.Store, options with { IsTrial = true }, progress, ct),
            SubmissionMode.Publish => Load.Run(files, submissions.Store, options with { Embargo = EmbargoRule.Refuse }, progress, ct),
            SubmissionMode.Draft => Stage(drafts, submission, files, options, progress, ct),
            _ => throw new ArgumentOutOfRangeException(nameof(submission)),
        };
        if (reports is null)
            return submission with { State = SubmissionState.Refused, Summary = $"The draft '{submission.Draft}' is no longer open. Nothing of it is stored." };
        try
        {
            return Conclude(submissions, submission, reports, head, isStaged: submission.Mode == SubmissionMode.Draft && made is null);
        }
        finally
        {
            foreach (var report in reports)
                report.Dispose();
        }
    }

    /// <summary>The reports of what an earlier process committed.</summary>
    static IReadOnlyList<LoadReport> Again(Store store, Revision made, List<LoadFile> files, LoadOptions options, CancellationToken ct)
    {
        using var then = store.Pinned(made.Number);
        return [.. Load.Check(files, then, options, null, ct).Select(r => r with { Revision = made, Inserted = made.Inserted, Updated = made.Updated, Deleted = made.Deleted })];
    }

    /// <summary>Takes it into its draft, unless it is there; null when the draft is not open.</summary>
    static IReadOnlyList<LoadReport>? Stage(Drafts drafts, Submission submission, List<LoadFile> files, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        if (drafts.Find(submission.Draft!) is not { } draft)
            return null;
        try
        {
            if (drafts.Submissions(draft).All(s => s.Submission != submission.Id))
                return drafts.Stage(draft, files, submission.Id, options, progress, ct);
            using var preview = drafts.Preview(draft, ct);
            return Load.Check(files, preview, options, progress, ct);
        }
        catch (StoreException) when (drafts.Find(submission.Draft!)?.Id != draft.Id)
        {
            // It was published or dropped a moment ago.
            return null;
        }
    }

    static Submission Conclude(Submissions submissions, Submission submission, IReadOnlyList<LoadReport> reports, long head, bool isStaged)
    {
        var isRefused = reports.Any(r => r.Issues.HasErrors);
        var isPublished = !isRefused && !isStaged && submission.Mode != SubmissionMode.Check;
        List<string> verdicts = [.. reports.Select(r => submission.Mode == SubmissionMode.Check ? LoadVerdict.Counts(r.File, r) : isStaged && !isRefused ? LoadVerdict.Staged(r.File, r) : LoadVerdict.Of(r.File, r))];
        var revision = isPublished ? reports[0].Revision : null;
        // The revision of a draft's preview says nothing to anybody.
        submissions.Reports.Write(submission.Id, [.. reports.Select(r => r with { Revision = revision })], verdicts);
        return submission with
        {
            State = isRefused ? SubmissionState.Refused : isPublished ? SubmissionState.Published : isStaged ? SubmissionState.Staged : SubmissionState.Checked,
            Files = [.. submission.Files.Select((f, i) => f with { Outcome = Outcome(reports[i], verdicts[i]) })],
            CheckedAgainst = revision is null ? head : null,
            Revision = revision?.Number,
            Changes = isRefused ? null : new(reports[0].Inserted, reports[0].Updated, reports[0].Deleted, reports[0].Unchanged),
            Summary = isRefused ? $"Refused: {Findings(reports)}. Nothing of it is stored."
                : revision is not null ? $"Published as revision {revision.Number}: {LoadVerdict.Changes(reports[0])}."
                : $"{(isStaged ? $"Staged in '{submission.Draft}'" : "Checked")}: {Findings(reports)}. Publishing it would change: {LoadVerdict.Changes(reports[0])}.",
        };
    }

    static long HeadOf(Store store)
    {
        using var head = store.Head();
        return head.Revision;
    }

    static string Findings(IReadOnlyList<LoadReport> reports) =>
        $"{LoadVerdict.Counted(reports.Sum(LoadVerdict.Errors), "error")}, {LoadVerdict.Counted(reports.Sum(r => r.Issues.Count(Severity.Warning)), "warning")}";

    static FileOutcome Outcome(LoadReport report, string verdict) => new(report.Format, report.Observations, report.Series, report.Artefacts,
        LoadVerdict.Errors(report), report.Issues.Count(Severity.Fatal), report.Issues.Count(Severity.Warning), verdict) { MetadataSets = report.MetadataSets };

    internal static LoadOptions OptionsOf(Submissions submissions, Submission submission, ReadLimits limits) => new()
    {
        Without = OptionalRules.TryParse(submission.Without ?? "", out var rules, out _) ? rules : default,
        Actor = submission.Actor, Submission = submission.Id, Limits = limits, Clock = submissions.Clock, Embargo = EmbargoRule.Tell,
        Scopes = submission.Scopes, Agreement = UrnOf(ArtefactType.ProvisionAgreement, submission.Agreement), Dataflow = UrnOf(ArtefactType.Dataflow, submission.Dataflow), Map = submission.Map,
    };

    internal static LoadFile FileOf(Spool spool, SubmittedFile file) =>
        new(spool.PathOf(file.Sha256)) { Name = file.Name, Entry = file.Entry, Kind = file.Kind, Dataflow = UrnOf(ArtefactType.Dataflow, file.Dataflow), Map = file.Map, Owner = file.Owner };

    internal static Urn? UrnOf(ArtefactType type, string? text) => text is not null && Urn.TrySplit(text, out var agency, out var id, out var version, out _)
        ? new Urn(type, agency, id, version ?? "~") : null;
}

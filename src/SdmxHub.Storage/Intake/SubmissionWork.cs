using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The work on one submission: check it and, where that is wanted, load it, and write its report.</summary>
public static class SubmissionWork
{
    /// <summary>Does what the submission asks for.</summary>
    /// <remarks>Done again after it was interrupted, it does no more than what is still to be done.</remarks>
    /// <param name="submissions">Where it is kept.</param>
    /// <param name="submission">One that was taken.</param>
    /// <param name="limits">The limits on its messages.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="ct">Stops; nothing of it is then in the store.</param>
    /// <returns>The submission as it ended; the caller keeps it.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The store cannot be read or written.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static Submission Run(Submissions submissions, Submission submission, ReadLimits limits, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var files = submission.Files.Select(f => FileOf(submissions.Spool, f)).ToList();
        if (files.Find(f => !File.Exists(f.Path)) is { } missing)
            return submission with { State = SubmissionState.Failed, Summary = $"The file '{missing.Name}' is no longer in the hub's folder. Send it again." };
        var store = submissions.Store;
        var options = new LoadOptions
        {
            Actor = submission.Actor, Submission = submission.Id, Limits = limits, Clock = submissions.Clock,
            Scopes = submission.Scopes, Agreement = UrnOf(ArtefactType.ProvisionAgreement, submission.Agreement),
            Dataflow = UrnOf(ArtefactType.Dataflow, submission.Dataflow), HoldsEmbargo = submission.Mode == SubmissionMode.Publish,
        };
        // A process that was killed between the commit and the last word about it leaves a revision that says whose it is.
        var made = submission.Mode == SubmissionMode.Publish ? store.RevisionOf(submission.Id, submission.Received) : null;
        using var head = (made is null ? null : store.At(made.Number)) ?? store.Head();
        var reports = submission.Mode == SubmissionMode.Publish && made is null
            ? Load.Run(files, store, options, progress, ct)
            : Load.Check(files, head, options, progress, ct);
        try
        {
            if (made is not null)
                reports = [.. reports.Select(r => r with { Revision = made, Inserted = made.Inserted, Updated = made.Updated, Deleted = made.Deleted })];
            return Conclude(submissions, submission, reports, head.Revision);
        }
        finally
        {
            foreach (var report in reports)
                report.Dispose();
        }
    }

    static Submission Conclude(Submissions submissions, Submission submission, IReadOnlyList<LoadReport> reports, long head)
    {
        var isCheck = submission.Mode == SubmissionMode.Check;
        List<string> verdicts = [.. reports.Select(r => isCheck ? LoadVerdict.Counts(r.File, r) : LoadVerdict.Of(r.File, r))];
        submissions.Reports.Write(submission.Id, reports, verdicts);
        var isRefused = reports.Any(r => r.Issues.HasErrors);
        var revision = reports[0].Revision;
        return submission with
        {
            State = isRefused ? SubmissionState.Refused : isCheck ? SubmissionState.Checked : SubmissionState.Published,
            Files = [.. submission.Files.Select((f, i) => f with { Outcome = Outcome(reports[i], verdicts[i]) })],
            CheckedAgainst = revision is null ? head : null,
            Revision = revision?.Number,
            Changes = revision is null ? null : new(reports[0].Inserted, reports[0].Updated, reports[0].Deleted, reports[0].Unchanged),
            Summary = isRefused ? $"Refused: {Findings(reports)}. Nothing of it is stored."
                : revision is null ? $"Checked: {Findings(reports)}."
                : $"Published as revision {revision.Number}: {LoadVerdict.Changes(reports[0])}.",
        };
    }

    static string Findings(IReadOnlyList<LoadReport> reports) =>
        $"{LoadVerdict.Counted(reports.Sum(LoadVerdict.Errors), "error")}, {LoadVerdict.Counted(reports.Sum(r => r.Issues.Count(Severity.Warning)), "warning")}";

    static FileOutcome Outcome(LoadReport report, string verdict) => new(report.Format, report.Observations, report.Series, report.Artefacts,
        LoadVerdict.Errors(report), report.Issues.Count(Severity.Fatal), report.Issues.Count(Severity.Warning), verdict);

    static LoadFile FileOf(Spool spool, SubmittedFile file) =>
        new(spool.PathOf(file.Sha256)) { Name = file.Name, Entry = file.Entry, Kind = file.Kind, Dataflow = UrnOf(ArtefactType.Dataflow, file.Dataflow) };

    static Urn? UrnOf(ArtefactType type, string? text) => text is not null && Urn.TrySplit(text, out var agency, out var id, out var version, out _)
        ? new Urn(type, agency, id, version ?? "~") : null;
}

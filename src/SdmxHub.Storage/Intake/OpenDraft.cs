namespace SdmxHub.Storage;

/// <summary>An open draft and its preview, opened or made when first needed. Used by one at a time.</summary>
sealed class OpenDraft(Intake intake, long draft) : IDisposable
{
    DraftPreview? _preview;

    /// <summary>The folder of previews.</summary>
    public static string Folder(Intake intake) => Path.Combine(intake.Folder, "previews");

    /// <summary>The revision of the store that the preview is a copy of; set with it.</summary>
    public long Base { get; private set; }

    /// <summary>The preview.</summary>
    /// <exception cref="StoreException">It must be made again, and a submission is no longer valid.</exception>
    public DraftPreview Preview(CancellationToken ct)
    {
        var known = intake.Read(DraftTable.Read).Find(d => d.Id == draft)!;
        if (_preview is not null && _preview.File == known.Preview)
            return _preview;
        // Another process may have made it again.
        _preview?.Dispose();
        var staged = intake.Read(session => DraftTable.ReadStaged(session, draft));
        if (known is { Base: { } revision, Preview: { } file }
            && DraftPreview.Reopen(Path.Combine(Folder(intake), file), staged.LastOrDefault()?.Revision ?? revision, intake.Clock) is { } preview)
            (_preview, Base) = (preview, revision);
        else
            Remake(staged, isAccepted: false, ct);
        return _preview!;
    }

    /// <summary>Makes the preview anew from files that were sent, and forgets the submissions that are not among them.</summary>
    /// <param name="staged">The submissions.</param>
    /// <param name="isAccepted">Whether they may change what others changed since they were checked.</param>
    /// <param name="ct">Stops it; all is as it was.</param>
    /// <exception cref="StoreException">One of them is not valid.</exception>
    public void Remake(IReadOnlyList<StagedSubmission> staged, bool isAccepted, CancellationToken ct)
    {
        var made = DraftPreview.Make(intake.Store, Path.Combine(Folder(intake), $"{draft}-{Guid.NewGuid():N}.db"), intake.Clock, ct);
        try
        {
            using var head = made.Store.Head();
            var loaded = new List<StagedSubmission>();
            foreach (var submission in staged)
            {
                var revision = Load(made.Store, submission, ct);
                loaded.Add(submission with { Revision = revision, Base = isAccepted ? head.Revision : submission.Base });
            }

            Replace(made, head.Revision, loaded);
        }
        catch
        {
            made.Retire();
            throw;
        }
    }

    /// <summary>Lets the preview go, and its file with it.</summary>
    /// <returns>Whether it was open; else its file is still there.</returns>
    public bool Retire()
    {
        if (_preview is null)
            return false;
        _preview.Retire();
        _preview = null;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _preview?.Dispose();
        _preview = null;
    }

    long Load(Store store, StagedSubmission staged, CancellationToken ct)
    {
        List<LoadFile> files = [.. staged.Files.Select(f => new LoadFile(Path.Combine(intake.Folder, f.Path))
        {
            Entry = f.Entry, Name = f.Name, Dataflow = Sdmx.Urn.TryParse(f.Dataflow, out var flow) ? flow : null, Map = f.Map, Owner = f.Owner,
        })];
        var options = new LoadOptions { Agreement = staged.Agreement, Scopes = staged.Scopes, Actor = staged.Actor, Clock = intake.Clock };
        var reports = SdmxHub.Storage.Load.Run(files, store, options, null, ct);
        try
        {
            return reports[0].Revision?.Number ?? throw new StoreException(
                $"Submission {staged.Number} of the draft ({staged.FileName}) is no longer valid: {reports.SelectMany(r => r.Issues.All).First(i => i.Severity >= Sdmx.Severity.Error).Message}");
        }
        finally
        {
            foreach (var report in reports)
                report.Dispose();
        }
    }

    void Replace(DraftPreview made, long revision, List<StagedSubmission> staged)
    {
        intake.Change(session =>
        {
            DraftTable.SetPreview(session, draft, revision, made.File);
            foreach (var gone in DraftTable.ReadStaged(session, draft).Where(s => !staged.Exists(t => t.Number == s.Number)))
            {
                DraftTable.Remove(session, draft, gone.Number);
                DraftTable.Tell(session, gone.Submission, SubmissionState.Withdrawn, null);
            }

            foreach (var submission in staged)
                DraftTable.Update(session, draft, submission);
            return true;
        });
        _preview?.Retire();
        (_preview, Base) = (made, revision);
    }
}

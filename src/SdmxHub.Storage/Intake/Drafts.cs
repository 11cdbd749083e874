using System.Collections.Concurrent;

namespace SdmxHub.Storage;

/// <summary>The drafts of an intake: made, filled, looked at, published, dropped; and what was published undone.</summary>
/// <remarks>A draft's submissions are loaded into its preview, a store of its own; what differs there is what publishing appends to the store, a revision for
/// each submission and all of them visible at one instant. Nothing of a draft is in the store before. Thread-safe: one at a time works on a draft,
/// many read it.</remarks>
public sealed class Drafts : IDisposable
{
    readonly Intake _intake;
    readonly ConcurrentDictionary<long, OpenDraft> _open = new();

    /// <summary>The drafts of an intake, which stays the caller's.</summary>
    public Drafts(Intake intake)
    {
        _intake = intake;
        Directory.CreateDirectory(OpenDraft.Folder(intake));
        // What was published when the last process ended, but not written down here.
        foreach (var draft in All().Where(d => d.State == DraftState.Open && IsReleased(d)))
            End(draft, DraftState.Published, draft.Release);
    }

    /// <summary>Every draft, oldest first.</summary>
    public IReadOnlyList<Draft> All() => _intake.Read(DraftTable.Read);

    /// <summary>The open draft of that name; null when there is none.</summary>
    public Draft? Find(string name) => All().FirstOrDefault(d => d.Name == name && d.State == DraftState.Open);

    /// <summary>A draft's submissions, in order.</summary>
    public IReadOnlyList<StagedSubmission> Submissions(Draft draft) => _intake.Read(session => DraftTable.ReadStaged(session, draft.Id));

    /// <summary>Makes a draft.</summary>
    /// <returns>Null when one of that name is open, or a release has the name.</returns>
    public Draft? Create(string name, string owner)
    {
        if (_intake.Store.Release(name) is not null)
            return null;
        return _intake.Change(session =>
        {
            if (DraftTable.Read(session).Exists(d => d.State == DraftState.Open && d.Name == name))
                return null;
            var id = DraftTable.Add(session, name, owner, _intake.Now());
            return DraftTable.Read(session).Find(d => d.Id == id);
        });
    }

    /// <summary>Says when a draft is to be published, and as what.</summary>
    /// <param name="draft">An open draft.</param>
    /// <param name="at">The instant; null for when somebody says so.</param>
    /// <param name="release">The release's name; null for the draft's.</param>
    public void Schedule(Draft draft, DateTimeOffset? at, string? release) => _intake.Change(session =>
    {
        DraftTable.Schedule(session, draft.Id, at, release);
        return true;
    });

    /// <summary>The open drafts whose instant has come, in the order of it.</summary>
    public IReadOnlyList<Draft> Due() =>
        [.. All().Where(d => d.State == DraftState.Open && d.PublishAt <= _intake.Clock.GetUtcNow()).OrderBy(d => d.PublishAt)];

    /// <summary>Checks a file as it would be loaded on top of the draft and, when no finding is an error, takes it in.</summary>
    /// <inheritdoc cref="Stage(Draft, IReadOnlyList{LoadFile}, long?, LoadOptions, IProgress{LoadProgress}?, CancellationToken)"/>
    public LoadReport Stage(Draft draft, string file, long? submission, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        Stage(draft, [new LoadFile(file) { Name = options.FileName }], submission, options, progress, ct)[0];

    /// <summary>Checks messages as they would be loaded together on top of the draft and, when no finding is an error, takes them in.</summary>
    /// <param name="draft">An open draft.</param>
    /// <param name="files">The messages. A file below the intake's folder must stay where it is as long as the draft is open; of any other a copy is kept.</param>
    /// <param name="submission">The submission's number, or null.</param>
    /// <param name="options">As for a load.</param>
    /// <param name="progress">Told how far reading is, or null.</param>
    /// <param name="ct">Stops it; the draft is as it was.</param>
    /// <returns>The reports; their revision is the preview's.</returns>
    /// <exception cref="StoreException">The draft is not open.</exception>
    public IReadOnlyList<LoadReport> Stage(
        Draft draft, IReadOnlyList<LoadFile> files, long? submission, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        return Within(draft, open =>
        {
            var preview = open.Preview(ct);
            var reports = Load.Run(files, preview.Store, options with { Embargo = EmbargoRule.Tell }, progress, ct);
            if (reports[0].Revision is not { } revision)
                return reports;
            List<StagedFile> kept =
            [
                .. files.Select((f, i) => new StagedFile(
                    Path.GetRelativePath(_intake.Folder, Keep(f.Path)), f.Entry, reports[i].File, (f.Dataflow ?? options.Dataflow)?.ToString(), f.Map ?? options.Map, f.Owner)),
            ];
            var number = Submissions(draft).LastOrDefault()?.Number + 1 ?? 1;
            _intake.Change(session =>
            {
                DraftTable.Add(session, draft.Id, new(number, submission, options.Actor, reports[0].File, open.Base, _intake.Clock.GetUtcNow())
                {
                    Files = kept,
                    Agreement = options.Agreement,
                    Scopes = options.Scopes ?? Scopes.All,
                    Embargo = reports.Max(r => r.Embargo),
                    Revision = revision.Number,
                });
                DraftTable.Tell(session, submission, SubmissionState.Staged, null);
                // Whoever planned to publish it has not seen this.
                DraftTable.Unschedule(session, draft.Id);
                return true;
            });
            return reports;
        });
    }

    /// <summary>Takes a submission out of a draft; the preview is made again from those that are left.</summary>
    /// <returns>False when there is none of that number.</returns>
    /// <exception cref="StoreException">One that is left is not valid without it; then it stays.</exception>
    public bool Withdraw(Draft draft, int number, CancellationToken ct)
    {
        return Within(draft, open =>
        {
            if (!Submissions(draft).Any(s => s.Number == number))
                return false;
            open.Remake([.. Submissions(draft).Where(s => s.Number != number)], isAccepted: false, ct);
            return true;
        });
    }

    /// <summary>Makes a draft's preview again on top of what the store holds now.</summary>
    /// <param name="draft">An open draft.</param>
    /// <param name="accept">Whether what others changed since the submissions were checked may be changed back by them: it is no conflict then.</param>
    /// <param name="ct">Stops it; the preview is as it was.</param>
    /// <exception cref="StoreException">A submission is no longer valid.</exception>
    public void Refresh(Draft draft, bool accept, CancellationToken ct) => Within(draft, open =>
    {
        open.Remake(Submissions(draft), accept, ct);
        return true;
    });

    /// <summary>What the store would hold with the draft, pinned; dispose it soon.</summary>
    public Snapshot Preview(Draft draft, CancellationToken ct) => Within(draft, open => open.Preview(ct).Pin(null));

    /// <summary>What publishing would change, against the state that the preview stands on; dispose it.</summary>
    public Difference Changes(Draft draft, CancellationToken ct) => Within(draft, open =>
    {
        var preview = open.Preview(ct);
        return Difference.Between(preview.Pin(open.Base), preview.Pin(null));
    });

    /// <summary>Publishes a draft, or tries whether it could be.</summary>
    /// <param name="draft">An open draft.</param>
    /// <param name="actor">Who publishes; each revision names who sent its content.</param>
    /// <param name="isTrial">Whether nothing is kept, and only what forbids it is told.</param>
    /// <param name="ct">Stops it; nothing is published.</param>
    /// <exception cref="StoreException">The store cannot be written, or a submission is no longer valid with the structures there are.</exception>
    public PublishOutcome Publish(Draft draft, string actor, bool isTrial, CancellationToken ct)
    {
        return Within(draft, open =>
        {
            draft = Find(draft.Name)!;
            if (Submissions(draft).Count == 0)
                return Publication.Refused($"The draft '{draft.Name}' has no submission.");
            if (Submissions(draft).FirstOrDefault(s => s.Embargo > _intake.Clock.GetUtcNow()) is { } held)
                return Publication.Refused($"Submission {held.Number} of the draft ({held.FileName}) is under embargo until {held.Embargo:u}.");
            if (!isTrial && _intake.Store.Release(draft.Release) is not null)
                return Publication.Refused($"There is a release '{draft.Release}' already. Publish the draft by another name.");
            var outcome = Publication.Run(_intake.Store, open.Preview(ct), open.Base, Submissions(draft), isTrial ? null : draft.Release, ct)
                ?? PublishAgain(open, draft, isTrial, ct);
            if (outcome.Revision is not null)
                End(draft, DraftState.Published, draft.Release);
            return outcome;
        });
    }

    /// <summary>Takes back what a release changed, by a new revision that holds the inverse; what was changed since by another is a conflict.</summary>
    public PublishOutcome Undo(Release release, string actor, bool isTrial, CancellationToken ct) =>
        Publication.Undo(_intake.Store, release, actor, isTrial, ct);

    /// <summary>Gives a draft up. What was sent is still known by its submissions.</summary>
    public void Drop(Draft draft) => Within(draft, _ =>
    {
        End(Find(draft.Name)!, DraftState.Dropped, null);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var open in _open.Values)
            open.Dispose();
    }

    /// <summary>Whether the release of a draft's name holds the draft: the name may since be that of what was there already, or of another draft.</summary>
    bool IsReleased(Draft draft)
    {
        if (_intake.Store.Release(draft.Release) is not { } release || release.At < draft.Created)
            return false;
        var staged = Submissions(draft);
        var made = _intake.Store.Log().Where(r => r.Release == release.Name).ToList();
        // One that changes nothing is published without a revision.
        return made.Count == 0
            ? staged.Count > 0 && staged.All(s => s.Revision == draft.Base)
            : made.TrueForAll(r => r.Kind == "publish" && staged.Any(s => s.Submission == r.Submission));
    }

    string Keep(string file)
    {
        if (!Path.GetRelativePath(_intake.Folder, Path.GetFullPath(file)).StartsWith("..", StringComparison.Ordinal))
            return file;
        var folder = Path.Combine(_intake.Folder, "staged");
        Directory.CreateDirectory(folder);
        var kept = Path.Combine(folder, Guid.NewGuid().ToString("N") + Path.GetExtension(file));
        File.Copy(file, kept);
        return kept;
    }

    /// <summary>The structures moved since the preview was made: what was sent is checked against them first.</summary>
    PublishOutcome PublishAgain(OpenDraft open, Draft draft, bool isTrial, CancellationToken ct)
    {
        open.Remake(Submissions(draft), isAccepted: false, ct);
        return Publication.Run(_intake.Store, open.Preview(ct), open.Base, Submissions(draft), isTrial ? null : draft.Release, ct)
            ?? Publication.Refused("The structures changed while the draft was checked against them. Publish it again.");
    }

    void End(Draft draft, DraftState state, string? release)
    {
        var made = state == DraftState.Published ? _intake.Store.Log().Where(r => r.Submission is not null).GroupBy(r => r.Submission!.Value).ToDictionary(g => g.Key, g => g.Last().Number) : [];
        _intake.Change(session =>
        {
            DraftTable.End(session, draft.Id, state, _intake.Now(), release);
            foreach (var staged in DraftTable.ReadStaged(session, draft.Id).Where(s => s.Submission is not null))
                DraftTable.Tell(session, staged.Submission, state == DraftState.Published ? SubmissionState.Published : SubmissionState.Withdrawn, made.GetValueOrDefault(staged.Submission!.Value));
            return true;
        });
        // A preview that is open goes with its last reader.
        if (!(_open.TryRemove(draft.Id, out var open) && open.Retire()) && draft.Preview is { } file)
            DraftPreview.Remove(Path.Combine(OpenDraft.Folder(_intake), file));
    }

    /// <summary>Works on a draft while nobody else does.</summary>
    /// <exception cref="StoreException">It is not open, or is no longer when its turn comes.</exception>
    T Within<T>(Draft draft, Func<OpenDraft, T> work)
    {
        var open = _open.GetOrAdd(draft.Id, _ => new OpenDraft(_intake, draft.Id));
        lock (open)
        {
            if (Find(draft.Name)?.Id == draft.Id)
                return work(open);
        }

        _open.TryRemove(new(draft.Id, open));
        throw new StoreException($"The draft '{draft.Name}' is not open.");
    }
}

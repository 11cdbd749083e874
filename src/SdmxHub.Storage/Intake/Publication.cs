using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Appends differences to the store: those of a draft's preview, and of a release backwards.</summary>
static class Publication
{
    /// <summary>Publishes what a preview holds above its base: a revision for each submission, visible at one instant.</summary>
    /// <param name="store">The store.</param>
    /// <param name="preview">The preview.</param>
    /// <param name="revision">The revision of the store that the preview is a copy of.</param>
    /// <param name="staged">The submissions in it.</param>
    /// <param name="release">The release's name; null for a trial, of which nothing stays.</param>
    /// <param name="ct">Stops it; nothing is published.</param>
    /// <returns>Null when the structures moved since the preview was made: then what was sent must be checked against them.</returns>
    public static PublishOutcome? Run(Store store, DraftPreview preview, long revision, IReadOnlyList<StagedSubmission> staged, string? release, CancellationToken ct)
    {
        using var transaction = store.Begin(new RevisionOrigin("publish", ""));
        using (var start = preview.Pin(revision))
        {
            if (transaction.IsAfter(start))
                return null;
        }

        foreach (var submission in staged.Where(s => s.Revision > revision))
        {
            transaction.Next(new("publish", submission.Actor) { Submission = submission.Submission, Base = submission.Base });
            using var difference = Difference.Between(preview.Pin(revision), preview.Pin(submission.Revision));
            using var after = preview.Pin(submission.Revision);
            transaction.OwnerOf = submission.Files.Any(f => f.Owner is not null) ? new StoredValues(after).OwnerOf : null;
            if (Append(transaction, difference, flow => preview.Store.AgreementOf(submission.Revision, flow), ct) is { } refusal)
                return Refused(refusal);
            revision = submission.Revision;
        }

        return Close(transaction, release, isTrial: release is null);
    }

    /// <summary>Takes back what a release changed.</summary>
    public static PublishOutcome Undo(Store store, Release release, string actor, bool isTrial, CancellationToken ct)
    {
        using var difference = Difference.Between(store.Pinned(release.Revision), store.Pinned(release.Base));
        using var transaction = store.Begin(new RevisionOrigin("undo", actor) { Base = release.Revision });
        return Append(transaction, difference, null, ct) is { } refusal ? Refused(refusal) : Close(transaction, null, isTrial);
    }

    /// <summary>The outcome of what cannot be.</summary>
    public static PublishOutcome Refused(string refusal) => new(null, 0, [], refusal);

    static PublishOutcome Close(StoreTransaction transaction, string? release, bool isTrial)
    {
        // The conflicts of the last series are known when its revision ends.
        transaction.Next(new("publish", ""));
        if (transaction.Foreign is [var foreign, ..])
            return Refused($"The series {foreign.Key} of {foreign.Flow} belongs to the agreement {foreign.Owner}, which sent it first.");
        if (transaction.ConflictCount > 0 || isTrial)
            return new(null, transaction.ConflictCount, [.. transaction.Conflicts], null);
        return new(transaction.Commit(release), 0, [], null);
    }

    /// <summary>Appends a difference: structures, then what is deleted, then what is written.</summary>
    /// <returns>Why it cannot be; null when it is done.</returns>
    static string? Append(StoreTransaction transaction, Difference difference, Func<string, string?>? agreements, CancellationToken ct)
    {
        transaction.Put(difference.Artefacts.Select(a => a.After).OfType<Artefact>());
        foreach (var gone in difference.Artefacts.Where(a => a.After is null))
            transaction.Remove(gone.Urn);
        foreach (var flow in difference.Flows)
        {
            transaction.Agreement = agreements?.Invoke(flow);
            if (difference.Flow(flow).AppendTo(transaction, ct) is { } refusal)
                return refusal;
        }

        return null;
    }
}

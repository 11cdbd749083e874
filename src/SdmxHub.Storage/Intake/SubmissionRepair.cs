using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Mends what was submitted, as its sender says: see <see cref="MessageRepair"/>.</summary>
public sealed class SubmissionRepair(Submissions submissions, Submission submission, ReadLimits limits)
{
    /// <summary>The repairs that the hub can think of, the most frequent first.</summary>
    public IReadOnlyList<RepairSuggestion> Suggest(CancellationToken ct)
    {
        using var head = submissions.Store.Head();
        return Of(head).Suggest(ct);
    }

    /// <summary>Writes the data messages anew.</summary>
    /// <inheritdoc cref="MessageRepair.WriteAsync"/>
    public async Task<(IReadOnlyList<RepairedMessage> Messages, string? Why)> WriteAsync(IReadOnlyList<Repair> repairs, bool? wrong, CancellationToken ct)
    {
        using var head = submissions.Store.Head();
        return await Of(head).WriteAsync(repairs, wrong, ct);
    }

    MessageRepair Of(Snapshot head) => new(
        [.. submission.Files.Select(f => SubmissionWork.FileOf(submissions.Spool, f))], head.Catalog, head, SubmissionWork.OptionsOf(submissions, submission, limits), submissions.Folder);
}

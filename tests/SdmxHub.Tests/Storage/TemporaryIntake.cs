using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>A store with the small flow, its intake and its drafts.</summary>
sealed class TemporaryIntake : IDisposable
{
    readonly TemporaryStore _temporary = new();
    int _files;

    public TemporaryIntake()
    {
        _temporary.PutSmallFlow();
        (Intake, Drafts) = Open();
    }

    public TemporaryStore Temporary => _temporary;

    public Store Store => _temporary.Store;

    public Intake Intake { get; private set; }

    public Drafts Drafts { get; private set; }

    /// <summary>Sends rows to a draft; they must be valid.</summary>
    public int Stage(Draft draft, DatasetAction action, params string[] rows)
    {
        using var report = TryStage(draft, action, rows);
        Assert.That(report.Issues.All.Where(i => i.Severity >= Severity.Error).Select(i => i.Message), Is.Empty);
        return Drafts.Submissions(draft)[^1].Number;
    }

    public LoadReport TryStage(Draft draft, DatasetAction action, params string[] rows)
    {
        var file = SmallFile.Write(Path.Combine(Intake.Folder, $"sent{++_files}.csv"), action, rows);
        return Drafts.Stage(draft, file, null, new LoadOptions { Actor = "sender" }, null, CancellationToken.None);
    }

    public List<string> ReadPreview(Draft draft)
    {
        using var preview = Drafts.Preview(draft, CancellationToken.None);
        return TemporaryStore.Read(preview);
    }

    public PublishOutcome Publish(Draft draft, bool isTrial = false) => Drafts.Publish(draft, "publisher", isTrial, CancellationToken.None);

    /// <summary>As after the end of the process.</summary>
    public void Reopen()
    {
        Drafts.Dispose();
        Intake.Dispose();
        _temporary.Reopen();
        (Intake, Drafts) = Open();
    }

    public void Dispose()
    {
        Drafts.Dispose();
        Intake.Dispose();
        _temporary.Dispose();
    }

    (Intake, Drafts) Open()
    {
        var intake = Intake.Open(Store, null, TimeProvider.System);
        return (intake, new Drafts(intake));
    }
}

using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The drafts of a store on this machine.</summary>
sealed class OpenDrafts : IDisposable
{
    readonly Intake _intake;

    /// <summary>Opens them; the store stays the caller's.</summary>
    public OpenDrafts(Store store)
    {
        _intake = Intake.Open(store, null, TimeProvider.System);
        Drafts = new(_intake);
    }

    /// <summary>The drafts.</summary>
    public Drafts Drafts { get; }

    /// <summary>The saved queries, which lie beside them.</summary>
    public SavedQueries Queries => new(_intake);

    /// <summary>The open draft of that name; null, and why, when there is none.</summary>
    public Draft? Find(string name, out string? fault)
    {
        var draft = Drafts.Find(name);
        fault = draft is null ? $"there is no open draft '{name}'.{Nearest.Hint(name, Drafts.All().Where(d => d.State == DraftState.Open).Select(d => d.Name))}".TrimEnd('.') : null;
        return draft;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drafts.Dispose();
        _intake.Dispose();
    }
}

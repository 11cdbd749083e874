using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The store as of one revision: structures and data. It never changes, whatever is committed meanwhile.</summary>
/// <remarks>Thread-safe. Holds no lock and no database transaction, so it may be kept as long as needed.</remarks>
public sealed class Snapshot : IDisposable
{
    internal Snapshot()
    {
    }

    /// <summary>The revision's number; 0 for the store that holds nothing yet.</summary>
    public long Revision => throw new NotImplementedException();

    /// <summary>The revision's instant; the Unix epoch for revision 0.</summary>
    public DateTimeOffset At => throw new NotImplementedException();

    /// <summary>The structures.</summary>
    public StructureCatalog Catalog => throw new NotImplementedException();

    /// <summary>What the flow holds, whatever version <paramref name="dataflow"/> names: data of all its versions meet in one cube.</summary>
    /// <returns>Null when no data were ever loaded to it.</returns>
    public CubeSummary? Cube(Urn dataflow) => throw new NotImplementedException();

    /// <summary>Starts to answer <paramref name="query"/>.</summary>
    /// <exception cref="InvalidOperationException">The flow's schema is not in the <see cref="Catalog"/>: look first.</exception>
    public SnapshotReader Read(DataQuery query) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The answer to one query, block by block.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for: attribute rows of data set and groups first, the widest first, only those
/// that apply to a series in the answer; then series ordered by their codes' ids, each with its attribute row, if any, and its observations by
/// period. The same query of the same revision gives the same rows. No database transaction stays open between blocks. Not thread-safe.</remarks>
public sealed class SnapshotReader : IDisposable
{
    internal SnapshotReader()
    {
    }

    /// <summary>The data set that every block belongs to; action <see cref="DatasetAction.Information"/>.</summary>
    public Dataset Dataset => throw new NotImplementedException();

    /// <summary>How many series matched but were withheld, because the pinned version of the structure lacks one of their codes.</summary>
    /// <remarks>Known before the first <see cref="Read"/>.</remarks>
    public long Withheld => throw new NotImplementedException();

    /// <summary>Fills <paramref name="block"/> with the next rows.</summary>
    /// <returns><c>false</c> at the end; the block is then empty.</returns>
    public bool Read(ObservationBlock block) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One data set of the answer to a query, block by block.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for. The same query of the same revision gives the same rows. No database
/// transaction stays open between blocks. Not thread-safe.</remarks>
public abstract class AnswerReader : IDisposable
{
    readonly Snapshot? _pinned;

    /// <summary>A reader of a data set.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="pinned">A state that was pinned for this reader alone, or null.</param>
    private protected AnswerReader(Dataset dataset, Snapshot? pinned) => (Dataset, _pinned) = (dataset, pinned);

    /// <summary>The data set that every block belongs to, with its action.</summary>
    public Dataset Dataset { get; }

    /// <summary>How many observations there are at most, as the index knows it; 0 where it does not.</summary>
    public virtual long MostObservations => 0;

    /// <summary>Fills <paramref name="block"/> with the next rows.</summary>
    /// <returns><c>false</c> at the end; the block is then empty.</returns>
    public abstract bool Read(ObservationBlock block);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _pinned?.Dispose();
        GC.SuppressFinalize(this);
    }
}

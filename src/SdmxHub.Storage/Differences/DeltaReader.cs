using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One half of an SDMX delta, block by block: see <see cref="FlowDifference.Read"/>.</summary>
/// <remarks>Rows come in the order that <see cref="DataWriter"/> asks for. The same two states give the same rows. Not thread-safe.</remarks>
public sealed class DeltaReader
{
    readonly Store _store;
    readonly SeriesPairs _pairs;
    readonly DeltaRows _rows;

    internal DeltaReader(Store store, SeriesPairs pairs, DeltaRows rows) => (_store, _pairs, _rows) = (store, pairs, rows);

    /// <summary>The data set that every block belongs to, with its action.</summary>
    public Dataset Dataset => _rows.Dataset;

    /// <summary>Fills <paramref name="block"/> with the next rows.</summary>
    /// <returns><c>false</c> at the end; the block is then empty.</returns>
    public bool Read(ObservationBlock block)
    {
        _rows.Begin(block);
        return _store.Reading(session =>
        {
            while (_rows.Write(session, block) && _pairs.Next(session))
                _rows.Take(_pairs);
            return block.Count > 0;
        });
    }
}

using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>Tells the validator what the store holds: whether there is a mandatory value that a message leaves out, whose a series is, and what a series was so far.</summary>
/// <remarks>As of the snapshot it was made for. Not thread-safe.</remarks>
sealed class StoredValues(Snapshot snapshot)
{
    readonly Dictionary<(CodeTables, DataSchema), StoredFlow?> _flows = [];

    /// <summary>Whether the row's holder, or for an attribute or measure of observations the observation, has a value of <paramref name="column"/>.</summary>
    public bool IsStored(ObservationBlock block, int row, int column) => FlowOf(block.Dataset)?.IsStored(block, row, column) == true;

    /// <summary>What the store holds of the row's series; null where it holds nothing.</summary>
    public StoredSeries? SeriesOf(ObservationBlock block, int row) => FlowOf(block.Dataset)?.SeriesOf(block, row);

    /// <summary>Whether the store has observations of a series.</summary>
    public bool HasSeries(Dataset dataset, ReadOnlySpan<int> key) => FlowOf(dataset)?.HasSeries(key) == true;

    /// <summary>The agreement that the row's series belongs to in the store, or null.</summary>
    public string? OwnerOf(ObservationBlock block, int row) => FlowOf(block.Dataset)?.OwnerOf(block, row);

    /// <summary>The flow, by the codes of a data set; null where the store holds nothing of it, or it has other dimensions.</summary>
    StoredFlow? FlowOf(Dataset dataset)
    {
        if (!_flows.TryGetValue((dataset.Codes, dataset.Schema), out var flow))
            _flows.Add((dataset.Codes, dataset.Schema), flow = StoredFlow.Of(snapshot, dataset));
        return flow;
    }
}

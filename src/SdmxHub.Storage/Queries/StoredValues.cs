using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Tells the validator what the store holds: whether there is a mandatory value that a message leaves out, and the value before of one that is doubted.</summary>
/// <remarks>As of the snapshot it was made for. Not thread-safe.</remarks>
sealed class StoredValues(Snapshot snapshot)
{
    readonly List<Chunk> _chunks = [];
    (long Cube, int Row) _last = (0, -1);
    readonly Stack<Chunk> _pool = [];
    BlockBatch? _blocks;
    Chunk? _attributes;

    /// <summary>Whether the row's holder, or for an attribute or measure of observations the observation, has a value of <paramref name="column"/>.</summary>
    public bool IsStored(ObservationBlock block, int row, int column)
    {
        var component = block.Dataset.Schema.Values[column];
        if (snapshot.Generation.Find(block.Dataset.Schema.Urn) is not { } generation || generation.Cube.Find(component.Id) is not { } stored)
            return false;
        var at = RowOf(generation, block, row, component);
        if (at < 0)
            return false;
        Load(generation, at);
        if (component.Level != AttachmentLevel.Observation)
            return Has(_attributes, 0, stored.Number);
        foreach (var chunk in _chunks)
        {
            if (chunk.Find(block.Periods[row]) is >= 0 and var found)
                return Has(chunk, found, stored.Number);
        }

        return false;
    }

    /// <summary>The number that the store holds as the first measure of an observation, as it is spelt; null where it holds none.</summary>
    public string? ValueOf(ObservationBlock block, int row)
    {
        var measure = block.Dataset.Schema.Values[0];
        if (snapshot.Generation.Find(block.Dataset.Schema.Urn) is not { } generation || generation.Cube.Find(measure.Id) is not { } stored
            || RowOf(generation, block, row, measure) is not (>= 0 and var at))
            return null;
        Load(generation, at);
        foreach (var chunk in _chunks)
        {
            if (chunk.Find(block.Periods[row]) is >= 0 and var found && chunk.Find(stored.Number) is { } column && column.Forms[found] >= ValueForm.Decimal)
                return DecimalText.Format(column.Bits[found], column.Forms[found] - ValueForm.Decimal);
        }

        return null;
    }

    /// <summary>The agreement that the row's series belongs to in the store, or null.</summary>
    public string? OwnerOf(ObservationBlock block, int row)
    {
        if (snapshot.Generation.Find(block.Dataset.Schema.Urn) is not { } generation || RowOf(generation, block, row, null) is not (>= 0 and var at))
            return null;
        return snapshot.Store.Reading(session => AgreementTable.OwnerOf(session, generation.Cube.Id, at));
    }

    /// <summary>The row of a row's series, or of the holder of an attribute above the observation; -1 where there is none.</summary>
    static int RowOf(CubeGeneration generation, ObservationBlock block, int row, SchemaComponent? component)
    {
        var key = new int[generation.Cube.Dimensions.Length];
        for (var d = 0; d < key.Length; d++)
        {
            var dimension = block.Dataset.Schema.Find(generation.Cube.Dimensions[d].Id);
            if (dimension is null)
                return -1;
            var code = block.Key[dimension.Index][row];
            var isNamed = component is null || component.Level == AttachmentLevel.Observation || component.Holder[dimension.Index];
            if (isNamed && (code < 0 || (key[d] = generation.Cube.Dimensions[d].Codes.Find(block.Dataset.Codes.Dimensions[dimension.Index][code])) == 0))
                return -1;
        }

        var at = generation.Cube.Keys.Find(key);
        return at < generation.Rows ? at : -1;
    }

    static bool Has(Chunk? chunk, int row, int component) => chunk?.Find(component) is { } column && column.Forms[row] != ValueForm.Absent;

    void Load(CubeGeneration generation, int row)
    {
        var cube = generation.Cube.Id;
        if (_last == (cube, row))
            return;
        if (_last.Cube != cube)
            _blocks = new BlockBatch(cube, snapshot.Revision, generation.SupersededBy);
        foreach (var chunk in _chunks)
            _pool.Push(chunk);
        _chunks.Clear();
        _attributes = snapshot.Store.Reading(session =>
        {
            _blocks!.Load(session, [row], withObservations: true);
            return _blocks.Unpack(0, _pool, _chunks);
        });
        _last = (cube, row);
    }
}

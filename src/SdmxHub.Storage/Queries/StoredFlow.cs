using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>What the store holds of one flow, asked for by the rows of a message: its codes are turned into the cube's, its series read in batches.</summary>
/// <remarks>Whoever asks for a series asks for those behind it in the block next. So they are read together, in the order of the table. Not thread-safe.</remarks>
sealed class StoredFlow
{
    // in one batch; beyond it memory, not time, is what counts
    const long MostObservations = 200_000;

    readonly Snapshot _snapshot;
    readonly CubeGeneration _generation;
    readonly CodeTables _tables;
    readonly int[] _dimensions; // per dimension of the cube, that of the schema
    readonly int[][] _codes;    // per dimension of the cube, by the message's code the cube's and one; 0 where it was not looked up yet
    readonly int[] _key;
    readonly int[] _rows = new int[ObservationBlock.Capacity];
    readonly StoredSeries _series;
    readonly CubeComponent? _measure;
    readonly CubeComponent? _multiplier;
    readonly CubeComponent? _unit;
    readonly int[] _exponents;
    readonly BlockBatch _batch;
    readonly BlockBatch _single;
    readonly List<Chunk> _chunks = [];
    readonly Stack<Chunk> _pool = [];
    Chunk? _attributes;
    int _last = -1;
    bool _isFilled;

    StoredFlow(Snapshot snapshot, CubeGeneration generation, Dataset dataset, int[] dimensions)
    {
        (_snapshot, _generation, _tables, _dimensions) = (snapshot, generation, dataset.Codes, dimensions);
        _codes = [.. dimensions.Select(_ => Array.Empty<int>())];
        _key = new int[dimensions.Length];
        _series = new StoredSeries(dataset.Schema);
        _batch = new BlockBatch(generation.Cube.Id, snapshot.Revision, generation.SupersededBy);
        _single = new BlockBatch(generation.Cube.Id, snapshot.Revision, generation.SupersededBy);
        (_measure, _multiplier, _unit) = (Find(dataset.Schema.Values[0]), Find(_series.Multiplier), Find(_series.UnitMeasure));
        var codes = _multiplier?.Codes;
        _exponents = [StoredSeries.NoMultiplier, .. Enumerable.Range(1, codes?.Count ?? 0).Select(number => StoredSeries.ExponentOf(codes![number]))];
    }

    /// <summary>The flow of a data set; null where the store holds nothing of it, or it has other dimensions.</summary>
    public static StoredFlow? Of(Snapshot snapshot, Dataset dataset)
    {
        if (snapshot.Generation.Find(dataset.Schema.Urn) is not { } generation)
            return null;
        var dimensions = generation.Cube.Dimensions.Select(d => dataset.Schema.Find(d.Id) is { Role: ComponentRole.Dimension } found ? found.Index : -1).ToArray();
        return dimensions.Contains(-1) ? null : new(snapshot, generation, dataset, dimensions);
    }

    /// <inheritdoc cref="StoredValues.IsStored"/>
    public bool IsStored(ObservationBlock block, int row, int column)
    {
        var component = block.Dataset.Schema.Values[column];
        if (Find(component) is not { } stored || RowOf(block, row, component) is not (>= 0 and var at))
            return false;
        Load(block, row, at);
        if (component.Level != AttachmentLevel.Observation)
            return Has(_attributes, 0, stored.Number);
        foreach (var chunk in _chunks)
        {
            if (chunk.Find(block.Periods[row]) is >= 0 and var found)
                return Has(chunk, found, stored.Number);
        }

        return false;
    }

    /// <inheritdoc cref="StoredValues.SeriesOf"/>
    public StoredSeries? SeriesOf(ObservationBlock block, int row)
    {
        if (RowOf(block, row, null) is not (>= 0 and var at) || !_generation.States.IsVisible(at, 0))
            return null;
        Load(block, row, at);
        if (!_isFilled)
            Fill();
        return _series;
    }

    /// <inheritdoc cref="StoredValues.HasSeries"/>
    public bool HasSeries(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < _key.Length; d++)
        {
            if ((_key[d] = CodeOf(d, key[_dimensions[d]])) == 0)
                return false;
        }

        return _generation.Cube.Keys.Find(_key) is >= 0 and var at && at < _generation.Rows && _generation.States.Observations(at) > 0;
    }

    /// <inheritdoc cref="StoredValues.OwnerOf"/>
    public string? OwnerOf(ObservationBlock block, int row) => RowOf(block, row, null) is >= 0 and var at
        ? _snapshot.Store.Reading(session => AgreementTable.OwnerOf(session, _generation.Cube.Id, at)) : null;

    CubeComponent? Find(SchemaComponent? component) => component is null ? null : _generation.Cube.Find(component.Id);

    /// <summary>The cube's row of a row's series, or of the holder of an attribute above the observation; -1 where there is none.</summary>
    int RowOf(ObservationBlock block, int row, SchemaComponent? component)
    {
        for (var d = 0; d < _key.Length; d++)
        {
            var isNamed = component is null || component.Level == AttachmentLevel.Observation || component.Holder[_dimensions[d]];
            _key[d] = isNamed ? CodeOf(d, block.Key[_dimensions[d]][row]) : 0;
            if (isNamed && _key[d] == 0)
                return -1;
        }

        var at = _generation.Cube.Keys.Find(_key);
        return at < _generation.Rows ? at : -1;
    }

    int CodeOf(int dimension, int code)
    {
        if (code < 0)
            return 0;
        ref var codes = ref _codes[dimension];
        if (code >= codes.Length)
            Array.Resize(ref codes, Math.Max(code + 1, _tables.Dimensions[_dimensions[dimension]].Count));
        if (codes[code] == 0)
            codes[code] = _generation.Cube.Dimensions[dimension].Codes.Find(_tables.Dimensions[_dimensions[dimension]][code]) + 1;
        return codes[code] - 1;
    }

    static bool Has(Chunk? chunk, int row, int component) => chunk?.Find(component) is { } column && column.Forms[row] != ValueForm.Absent;

    void Load(ObservationBlock block, int row, int at)
    {
        if (_last == at)
            return;
        foreach (var chunk in _chunks)
            _pool.Push(chunk);
        _chunks.Clear();
        if (_attributes is not null)
            _pool.Push(_attributes);
        // A holder of a group is asked for between two series: it is read beside them.
        var batch = _generation.IsHolder(at) ? _single : _batch;
        if (batch.IndexOf(at) < 0)
        {
            var count = batch == _single ? 0 : Behind(block, row, at);
            _rows[0] = at;
            _snapshot.Store.Reading(session =>
            {
                batch.Load(session, _rows.AsSpan(0, count + 1), withObservations: true);
                return true;
            });
        }

        _attributes = batch.Unpack(batch.IndexOf(at), _pool, _chunks);
        (_last, _isFilled) = (at, false);
    }

    /// <summary>Puts the series behind a row's, as far as the block goes, behind the first of <see cref="_rows"/>.</summary>
    int Behind(ObservationBlock block, int row, int first)
    {
        var (count, observations) = (0, 0L);
        Span<int> key = stackalloc int[block.Key.Length];
        for (var next = block.TakeKey(row, key); next < block.Count && observations < MostObservations; next = block.TakeKey(next, key))
        {
            var at = RowOf(block, next, null);
            if (at < 0 || at == first)
                continue;
            _rows[++count] = at;
            observations += _generation.States.Observations(at);
        }

        return count;
    }

    void Fill()
    {
        _series.Clear();
        _series.Unit = _unit is not null && CodeAt(_attributes, _unit, 0) is > 0 and var code ? _unit.Codes[code] : null;
        _chunks.Sort(static (a, b) => a.Periods[0].CompareTo(b.Periods[0]));
        var ofAll = _series.Multiplier is { Level: AttachmentLevel.Series } ? CodeAt(_attributes, _multiplier, 0) : 0;
        foreach (var chunk in _chunks)
        {
            if (_measure is null || chunk.Find(_measure.Number) is not { } numbers)
                continue;
            for (var row = 0; row < chunk.Count; row++)
            {
                if (numbers.Forms[row] >= ValueForm.Decimal)
                    _series.Add(chunk.Periods[row], numbers.Forms[row], numbers.Bits[row], _exponents[ofAll > 0 ? ofAll : CodeAt(chunk, _multiplier, row)]);
            }
        }

        _isFilled = true;
    }

    /// <summary>The code of a component in a row; 0 where there is none.</summary>
    static int CodeAt(Chunk? chunk, CubeComponent? component, int row) =>
        component is not null && chunk?.Find(component.Number) is { } column && column.Forms[row] == ValueForm.Code ? (int)column.Bits[row] : 0;
}

using System.Buffers;

namespace Sdmx.Json;

/// <summary>Writes SDMX-JSON 2.0 data: series, flat, or with another dimension than time at the observation (checklist 2.5).</summary>
/// <remarks>
/// <para>Data sets come first and <c>structures</c> behind them, with the codes that were used and no others: the order of properties is free, and so nothing
/// needs to be known beforehand. Attributes of the data set and of dimension groups come behind the series for the same reason.</para>
/// <para>Numbers are JSON numbers where the structure says number and JSON spells them the same way, to the letter; everything else is a string.
/// Trailing nulls are left out. 2.0 knows no Merge: it is written as Append, which means the same. Its data sets have no id.</para>
/// <para>A series, or an observation, must come once: JSON objects hold a key once.</para>
/// </remarks>
sealed class JsonDataWriter : DataWriter
{
    readonly Utf8Output _output;
    readonly JsonEnvelope _envelope;
    readonly List<JsonStructure> _structures = [];
    readonly HeldAttributes _groups = new();
    readonly RowPattern _pattern = new();
    AttributeHolder? _ofDataset;
    AttributeHolder? _series;
    AttributeHolder? _free; // that of the series before, for the next
    JsonStructure _structure = null!;
    Dataset? _dataset;
    int[] _seriesKey = [];
    TimePeriod _seriesPeriod;
    bool _hasSeries;
    bool _hasObservations;
    bool _isSeriesOpen;
    int _count;

    /// <summary>A writer of 2.0.</summary>
    public JsonDataWriter(IBufferWriter<byte> output, WriterOptions options) : base(output, options)
    {
        _output = new Utf8Output(output);
        _envelope = new JsonEnvelope(new JsonText(_output, options.Languages));
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<DataSchema> schemas)
    {
        _output.Byte((byte)'{');
        _envelope.WriteMeta(Options);
        _output.Raw(",\n\"data\":{\"dataSets\":["u8);
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void BeginDataset(Dataset dataset)
    {
        EndDataset();
        _dataset = dataset;
        var index = _structures.FindIndex(s => ReferenceEquals(s.Codes, dataset.Codes) && ReferenceEquals(s.Schema, dataset.Schema));
        if (index < 0)
        {
            index = _structures.Count;
            _structures.Add(new(dataset.Schema, dataset.Codes, ObservationLayout.Of(dataset.Schema, Options.DimensionAtObservation)));
        }

        _structure = _structures[index];
        _structure.Datasets.Add(_count);
        _seriesKey = new int[dataset.Schema.Dimensions.Count];
        (_series, _ofDataset, _hasSeries, _isSeriesOpen) = (null, null, false, false);
        _output.Raw(_count++ == 0 ? "\n"u8 : ",\n"u8);
        _envelope.WriteDatasetHead(dataset, index);
    }

    /// <inheritdoc/>
    public override void Write(ObservationBlock block)
    {
        Span<int> key = stackalloc int[block.Key.Length];
        for (int row = 0, end = 0; row < block.Count;)
        {
            if (row == end)
                end = block.TakeKey(row, key);
            if (block.Kinds[row] == RowKind.Attributes)
                WriteHolder(block, row++, key);
            else
                row = WriteObservations(block, row, end, key);
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    public override void End()
    {
        // The notice is an annotation of the data set that it stands behind.
        var notice = _dataset is null ? null : Options.Notice;
        EndDataset(isAnnotated: notice is not null);
        _output.Raw("],\n\"structures\":["u8);
        for (var i = 0; i < _structures.Count; i++)
        {
            _output.Raw(i == 0 ? "\n"u8 : ",\n"u8);
            _envelope.WriteStructure(_structures[i], _structures[i] == _structure ? notice : null);
        }

        _output.Raw("]}}\n"u8);
        _output.End();
    }

    void WriteHolder(ObservationBlock block, int row, ReadOnlySpan<int> key)
    {
        var columns = _structure.Schema.Values.Count;
        if (!key.ContainsAnyExcept(-1))
        {
            _ofDataset ??= new AttributeHolder(key.ToArray(), new byte[columns][]);
            _ofDataset.Say(block, row, _structure.Cells);
        }
        else if (key.Contains(-1) || !_structure.Layout.IsTimeSeries)
        {
            _groups.At(key, columns).Say(block, row, _structure.Cells);
        }
        else
        {
            if (_series is null || !_series.Key.AsSpan().SequenceEqual(key))
                FlushSeries();
            _series ??= HolderOf(key, columns);
            _series.Say(block, row, _structure.Cells);
        }
    }

    // Writes rows from the first on that are laid out alike, and gives the first that is not.
    int WriteObservations(ObservationBlock block, int row, int end, ReadOnlySpan<int> key)
    {
        var layout = _structure.Layout;
        if (!layout.IsFlat)
            EnterSeries(key, layout.IsCrossSection ? block.Periods[row] : TimePeriod.None);
        // In a cross-section the next period is another series.
        end = _pattern.Begin(block, row, layout.IsCrossSection ? row + 1 : end, _structure.Cells);
        var start = layout.IsFlat ? ",\n\""u8 : ",\""u8;
        _pattern.Fixed.Raw(start);
        LayOutKey(key);
        _pattern.Fixed.Raw("\":["u8);
        LayOutValues();
        _pattern.Fixed.Byte((byte)']');
        var isFirst = layout.IsFlat ? !_hasSeries : !_hasObservations;
        if (isFirst)
            _output.Raw(layout.IsFlat ? ",\n\"observations\":{\n\""u8 : "\"observations\":{\""u8);
        (_hasSeries, _hasObservations) = (true, true);
        _pattern.Write(_output, isFirst ? start.Length : 0);
        return end;
    }

    // The indexes of what stands at the observation.
    void LayOutKey(ReadOnlySpan<int> key)
    {
        var layout = _structure.Layout;
        if (layout.IsCrossSection)
            WriteCode(_pattern.Fixed, layout.Dimension, key);
        else if (layout.IsFlat)
            WriteKey(_pattern.Fixed, key);
        if (!layout.IsCrossSection && _structure.Schema.Time is not null)
            _pattern.Period();
    }

    void LayOutValues()
    {
        var row = _pattern.Fixed;
        for (var i = 0; i < _structure.Measures.Length; i++)
        {
            if (i > 0)
                row.Byte((byte)',');
            if (_pattern.Has(i))
                _pattern.Value(i);
            else
                row.Raw("null"u8);
        }

        var nulls = 0;
        var isFirst = _structure.Measures.Length == 0;
        foreach (var column in _structure.ObservationAttributes)
        {
            if (!_pattern.Has(column))
            {
                nulls++;
                continue;
            }

            for (; nulls > 0; nulls--, isFirst = false)
                row.Raw(isFirst ? "null"u8 : ",null"u8);
            if (!isFirst)
                row.Byte((byte)',');
            isFirst = false;
            _pattern.Value(column);
        }
    }

    void EnterSeries(ReadOnlySpan<int> key, TimePeriod period)
    {
        if (_isSeriesOpen && IsSeriesKey(key) && period == _seriesPeriod)
            return;
        if (_series is null || !_series.Key.AsSpan().SequenceEqual(key))
            FlushSeries();
        OpenSeries(key, period);
    }

    bool IsSeriesKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] != _seriesKey[d] && d != _structure.Layout.Dimension)
                return false;
        }

        return true;
    }

    // Writes the series that only its attributes are known of, and ends the one that is open.
    void FlushSeries()
    {
        if (_series is not null)
            OpenSeries(_series.Key, TimePeriod.None);
        CloseSeries();
    }

    void OpenSeries(ReadOnlySpan<int> key, TimePeriod period)
    {
        CloseSeries();
        _output.Raw(_hasSeries ? ",\n\""u8 : ",\n\"series\":{\n\""u8);
        (_hasSeries, _isSeriesOpen, _hasObservations, _seriesPeriod) = (true, true, false, period);
        key.CopyTo(_seriesKey);
        WriteKey(_output, key);
        if (_structure.Layout.IsCrossSection)
            _structure.Cells.WritePeriod(period, _output);
        _output.Raw("\":{"u8);
        if (_series is { HasValues: true })
        {
            _output.Raw("\"attributes\":"u8);
            WriteAttributes(_structure.SeriesAttributes, _series.Values);
            _output.Byte((byte)',');
        }

        (_series, _free) = (null, _series ?? _free);
    }

    AttributeHolder HolderOf(ReadOnlySpan<int> key, int columns)
    {
        if (_free is null || _free.Values.Length != columns || _free.Key.Length != key.Length)
            return new AttributeHolder(key.ToArray(), new byte[columns][]);
        _free.Turn(key);
        return _free;
    }

    void CloseSeries()
    {
        if (_isSeriesOpen)
            _output.Raw(_hasObservations ? "}}"u8 : "\"observations\":{}}"u8);
        _isSeriesOpen = false;
    }

    // The indexes of the dimensions that stand in the key of a series, or of a flat observation: in key order, time last.
    // Time itself is the caller's.
    void WriteKey(Utf8Output output, ReadOnlySpan<int> key)
    {
        var isFirst = true;
        for (var d = 0; d < key.Length; d++)
        {
            if (d == _structure.Layout.Dimension)
                continue;
            if (!isFirst)
                output.Byte((byte)':');
            isFirst = false;
            WriteCode(output, d, key);
        }

        if (!isFirst && !_structure.Layout.IsTimeSeries && _structure.Schema.Time is not null)
            output.Byte((byte)':');
    }

    void WriteCode(Utf8Output output, int dimension, ReadOnlySpan<int> key)
    {
        if (key[dimension] >= 0)
            output.Raw(_structure.Cells.Dimensions[dimension][key[dimension]]);
    }

    void WriteAttributes(int[] columns, byte[]?[] values)
    {
        _output.Byte((byte)'[');
        var last = columns.Length - 1;
        while (last >= 0 && values[columns[last]] is null)
            last--;
        for (var i = 0; i <= last; i++)
        {
            if (i > 0)
                _output.Byte((byte)',');
            _output.Raw(values[columns[i]] is { } value ? value : "null"u8);
        }

        _output.Byte((byte)']');
    }

    // "::4:0:": every dimension in key order, time last; empty where the holder leaves it open.
    void WriteGroups()
    {
        for (var i = 0; i < _groups.All.Count; i++)
        {
            var holder = _groups.All[i];
            _output.Raw(i == 0 ? ",\n\"dimensionGroupAttributes\":{\n\""u8 : ",\n\""u8);
            for (var d = 0; d < holder.Key.Length; d++)
            {
                if (d > 0)
                    _output.Byte((byte)':');
                WriteCode(_output, d, holder.Key);
            }

            _output.Raw(_structure.Schema.Time is null ? "\":"u8 : ":\":"u8);
            WriteAttributes(_structure.GroupAttributes, holder.Values);
        }

        if (_groups.All.Count > 0)
            _output.Byte((byte)'}');
    }

    void EndDataset(bool isAnnotated = false)
    {
        if (_dataset is null)
            return;
        FlushSeries();
        if (_hasSeries)
            _output.Byte((byte)'}');
        WriteGroups();
        if (_ofDataset is { HasValues: true })
        {
            _output.Raw(",\n\"attributes\":"u8);
            WriteAttributes(_structure.DatasetAttributes, _ofDataset.Values);
        }

        _output.Raw(isAnnotated ? ",\n\"annotations\":[0]}"u8 : "}"u8);
        _groups.Clear();
        _dataset = null;
    }
}

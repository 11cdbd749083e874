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
        for (int row = 0, end = 0; row < block.Count; row++)
        {
            if (row == end)
                end = block.TakeKey(row, key);
            if (block.Kinds[row] == RowKind.Attributes)
                WriteHolder(block, row, key);
            else
                WriteObservation(block, row, key);
        }

        _output.Flush();
    }

    /// <inheritdoc/>
    public override void End()
    {
        EndDataset();
        _output.Raw("],\n\"structures\":["u8);
        for (var i = 0; i < _structures.Count; i++)
        {
            _output.Raw(i == 0 ? "\n"u8 : ",\n"u8);
            _envelope.WriteStructure(_structures[i]);
        }

        _output.Raw("]}}\n"u8);
        _output.Flush();
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

    void WriteObservation(ObservationBlock block, int row, ReadOnlySpan<int> key)
    {
        var layout = _structure.Layout;
        if (layout.IsFlat)
        {
            _output.Raw(_hasSeries ? ",\n\""u8 : ",\n\"observations\":{\n\""u8);
            _hasSeries = true;
            WriteKey(key, block.Periods[row]);
        }
        else
        {
            EnterSeries(key, layout.IsCrossSection ? block.Periods[row] : TimePeriod.None);
            _output.Raw(_hasObservations ? ",\""u8 : "\"observations\":{\""u8);
            _hasObservations = true;
            if (layout.IsCrossSection)
                WriteCode(layout.Dimension, key);
            else
                WritePeriod(block.Periods[row]);
        }

        _output.Raw("\":["u8);
        WriteValues(block, row);
        _output.Byte((byte)']');
    }

    void WriteValues(ObservationBlock block, int row)
    {
        var nulls = 0;
        var measures = _structure.Measures.Length;
        for (var i = 0; i < measures; i++)
        {
            if (i > 0)
                _output.Byte((byte)',');
            if (block.Values[i].Forms[row] == ValueForm.Absent)
                _output.Raw("null"u8);
            else
                _structure.Cells.Write(block, i, row, _output);
        }

        var isFirst = measures == 0;
        foreach (var column in _structure.ObservationAttributes)
        {
            var values = block.Values[column];
            if (!values.IsUsed || values.Forms[row] == ValueForm.Absent)
            {
                nulls++;
                continue;
            }

            for (; nulls > 0; nulls--, isFirst = false)
                _output.Raw(isFirst ? "null"u8 : ",null"u8);
            if (!isFirst)
                _output.Byte((byte)',');
            isFirst = false;
            _structure.Cells.Write(block, column, row, _output);
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
        WriteKey(key, period);
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
    void WriteKey(ReadOnlySpan<int> key, TimePeriod period)
    {
        var isFirst = true;
        for (var d = 0; d < key.Length; d++)
        {
            if (d == _structure.Layout.Dimension)
                continue;
            if (!isFirst)
                _output.Byte((byte)':');
            isFirst = false;
            WriteCode(d, key);
        }

        if (_structure.Layout.IsTimeSeries || _structure.Schema.Time is null)
            return;
        if (!isFirst)
            _output.Byte((byte)':');
        WritePeriod(period);
    }

    void WriteCode(int dimension, ReadOnlySpan<int> key)
    {
        if (key[dimension] >= 0)
            _output.Raw(_structure.Cells.Dimensions[dimension][key[dimension]]);
    }

    void WritePeriod(TimePeriod period)
    {
        if (period != TimePeriod.None)
            _output.Number(_structure.IndexOf(period));
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
                WriteCode(d, holder.Key);
            }

            _output.Raw(_structure.Schema.Time is null ? "\":"u8 : ":\":"u8);
            WriteAttributes(_structure.GroupAttributes, holder.Values);
        }

        if (_groups.All.Count > 0)
            _output.Byte((byte)'}');
    }

    void EndDataset()
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

        _output.Byte((byte)'}');
        _groups.Clear();
        _dataset = null;
    }
}

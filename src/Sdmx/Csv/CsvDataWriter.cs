using System.Buffers;

namespace Sdmx.Csv;

/// <summary>Writes SDMX-CSV 1.0 and 2.0: a row per observation, with everything that applies to it.</summary>
/// <remarks>
/// <para>UTF-8 without byte order mark, comma, point, CRLF (RFC 4180). Cells are quoted only where a comma, a quote, a line break or a blank at
/// either end asks for it. Columns: what identifies the structure, keys where asked for, dimensions in key order, time, measures, attributes.</para>
/// <para>Attributes above the observation are repeated on every row they apply to. A series without observations is a row without time. Other
/// holders without anything they apply to are rows with a partial key in 2.0; 1.0 asks for every dimension, so there they are left out.</para>
/// <para>2.0 knows no Merge: it is written as Append, which means the same. 1.0 knows no action at all: data sets that delete are left out.
/// In Delete sets attribute rows are written as they are, never repeated.</para>
/// </remarks>
sealed class CsvDataWriter : DataWriter
{
    const int NoColumn = -2;
    const int TimeColumn = -1;

    readonly CsvVersion _version;
    readonly Utf8Output _output;
    readonly CsvLabelCells _labels;
    readonly HeldAttributes _held = new();
    readonly RowPattern _pattern = new();
    CsvLayout _columns = CsvLayout.None;
    CsvRowKey _key = null!;
    ValueCells? _cells;
    SchemaComponent?[] _layout = [];
    int[] _tail = []; // behind the key, per column of the table the column of the block
    byte[]?[] _applied = [];
    AttributeHolder? _series;
    AttributeHolder? _free; // that of the series before, for the next
    Dataset _dataset = null!;
    bool _isOpen;
    bool _isCrossSection; // series then come back for every period, and are kept like groups

    /// <summary>A writer of <paramref name="version"/>.</summary>
    public CsvDataWriter(IBufferWriter<byte> output, WriterOptions options, CsvVersion version) : base(output, options)
    {
        _version = version;
        _output = new Utf8Output(output);
        _labels = new CsvLabelCells(options.Labels, options.Languages);
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<DataSchema> schemas)
    {
        _columns = CsvLayout.Of(schemas);
        _output.Raw(_version == CsvVersion.V1 ? "DATAFLOW"u8 : "STRUCTURE,STRUCTURE_ID"u8);
        if (_version == CsvVersion.V2)
        {
            _output.Raw(Options.Labels == CsvLabels.Name ? ",STRUCTURE_NAME,ACTION"u8 : ",ACTION"u8);
            if (Options.Keys is CsvKeys.Series or CsvKeys.Both)
                _output.Raw(",SERIES_KEY"u8);
            if (Options.Keys is CsvKeys.Obs or CsvKeys.Both)
                _output.Raw(",OBS_KEY"u8);
        }

        if (Options.Labels == CsvLabels.Id)
            _output.Raw(_columns.Ids);
        foreach (var component in Options.Labels == CsvLabels.Id ? [] : _columns.Heads)
        {
            _output.Byte((byte)',');
            _output.Raw(_labels.Head(component));
        }

        EndRow();
        _output.Flush();
    }

    /// <inheritdoc/>
    public override void BeginDataset(Dataset dataset)
    {
        EndDataset();
        (_dataset, _isOpen) = (dataset, _version == CsvVersion.V2 || dataset.Action != DatasetAction.Delete);
        if (!ReferenceEquals(_cells?.Codes, dataset.Codes))
            _cells = Options.Labels == CsvLabels.Id ? dataset.Codes.Cells(Escaping.Csv) : new ValueCells(dataset.Codes, Escaping.Csv, _labels.Code);
        _isCrossSection = ObservationLayout.Of(dataset.Schema, Options.DimensionAtObservation).IsCrossSection;
        _layout = _columns.For(dataset.Schema);
        _tail = [.. _layout.Skip(_columns.KeyCount).Select(c => c is null or { Role: ComponentRole.Dimension } ? NoColumn : c.Role == ComponentRole.Time ? TimeColumn : c.Index)];
        _applied = new byte[dataset.Schema.Values.Count][];
        _key = new CsvRowKey(StructureCells(dataset), _version == CsvVersion.V1 ? CsvKeys.None : Options.Keys, _cells, _layout.AsSpan(0, _columns.KeyCount),
            _labels.NoName.ToArray());
    }

    /// <inheritdoc/>
    public override void Write(ObservationBlock block)
    {
        Span<int> key = stackalloc int[block.Key.Length];
        for (int row = 0, end = 0; _isOpen && row < block.Count;)
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
        EndDataset();
        _output.End();
    }

    void WriteHolder(ObservationBlock block, int row, ReadOnlySpan<int> key)
    {
        _key.Forget();
        if (_dataset.Action == DatasetAction.Delete)
        {
            var named = new AttributeHolder(key.ToArray(), new byte[_applied.Length][]);
            named.Say(block, row, _cells!);
            WriteHolderRow(named);
        }
        else if (_isCrossSection || key.Contains(-1))
        {
            _held.At(key, _applied.Length).Say(block, row, _cells!);
        }
        else
        {
            LeaveSeries(key);
            _series ??= HolderOf(key);
            _series.Say(block, row, _cells!);
        }
    }

    // Writes rows from the first on that are laid out alike, and gives the first that is not.
    int WriteObservations(ObservationBlock block, int row, int end, ReadOnlySpan<int> key)
    {
        if (!_key.Is(key))
        {
            LeaveSeries(key);
            _key.Set(key);
            Apply(key);
        }

        end = _pattern.Begin(block, row, end, _cells!);
        _key.LayOut(_pattern);
        foreach (var column in _tail)
        {
            _pattern.Fixed.Byte((byte)',');
            if (column == TimeColumn)
                _pattern.Period();
            else if (column != NoColumn)
                LayOutValue(column);
            if (column < 0 || !IsNamed(column))
                _pattern.Fixed.Raw(_labels.NoName);
        }

        _pattern.Fixed.Raw("\r\n"u8);
        _pattern.Write(_output);
        return end;
    }

    void LayOutValue(int column)
    {
        if (_pattern.Has(column))
            _pattern.Value(column);
        else
            _pattern.Fixed.Raw(_applied[column]);
    }

    // A code brings the cell of its name.
    bool IsNamed(int column) => _cells!.Values[column] is not null && (_pattern.Has(column) || _applied[column] is not null);

    void Apply(ReadOnlySpan<int> key)
    {
        Array.Clear(_applied);
        if (_dataset.Action == DatasetAction.Delete)
            return;
        _held.Apply(key, _applied);
        if (_series is null || !_series.Key.AsSpan().SequenceEqual(key))
            return;
        _series.IsUsed = true;
        for (var column = 0; column < _applied.Length; column++)
            _applied[column] = _series.Values[column] ?? _applied[column];
    }

    // A series that is left without an observation still gets a row.
    void LeaveSeries(ReadOnlySpan<int> next)
    {
        if (_series is null || _series.Key.AsSpan().SequenceEqual(next))
            return;
        if (!_series.IsUsed)
            WriteHolderRow(_series);
        (_series, _free) = (null, _series);
    }

    AttributeHolder HolderOf(ReadOnlySpan<int> key)
    {
        if (_free is null || _free.Values.Length != _applied.Length || _free.Key.Length != key.Length)
            return new AttributeHolder(key.ToArray(), new byte[_applied.Length][]);
        _free.Turn(key);
        return _free;
    }

    void EndDataset()
    {
        if (!_isOpen)
            return;
        LeaveSeries([]);
        foreach (var holder in _held.IsEmpty ? [] : _held.Unused.Where(h => _version == CsvVersion.V2 || !h.Key.Contains(-1)).ToList())
            WriteHolderRow(holder);
        _held.Clear();
        _isOpen = false;
    }

    void WriteHolderRow(AttributeHolder holder)
    {
        Array.Clear(_applied);
        if (!holder.Key.Contains(-1))
            Apply(holder.Key);
        for (var column = 0; column < _applied.Length; column++)
            _applied[column] = holder.Values[column] ?? _applied[column];
        _key.Set(holder.Key);
        _key.WriteHolder(_output);
        foreach (var component in _layout.AsSpan(_columns.KeyCount))
        {
            _output.Byte((byte)',');
            var value = component is { Role: ComponentRole.Measure or ComponentRole.Attribute } ? _applied[component.Index] : null;
            _output.Raw(value);
            if (value is null || _cells!.Values[component!.Index] is null)
                _output.Raw(_labels.NoName);
        }

        EndRow();
        _key.Forget();
    }

    void EndRow() => _output.Raw("\r\n"u8);

    byte[] StructureCells(Dataset dataset)
    {
        var schema = dataset.Schema;
        var name = _labels.NameOf(schema.Dataflow?.Name ?? schema.Structure.Name);
        var cells = new Utf8Output(null);
        if (_version == CsvVersion.V2)
            cells.Raw(schema.Context.Type switch { ArtefactType.ProvisionAgreement => "dataprovision,"u8, ArtefactType.Dataflow => "dataflow,"u8, _ => "datastructure,"u8 });
        // 1.0 knows flows alone.
        cells.Raw(_labels.Cell((_version == CsvVersion.V1 ? schema.Urn : schema.Context).ShortName, name));
        if (_version == CsvVersion.V2)
        {
            cells.Raw(dataset.Action switch
            {
                DatasetAction.Information => ",I"u8,
                DatasetAction.Append or DatasetAction.Merge => ",A"u8,
                DatasetAction.Replace => ",R"u8,
                DatasetAction.Delete => ",D"u8,
                _ => throw new ArgumentOutOfRangeException(nameof(dataset)),
            });
        }

        return cells.Take();
    }
}

using System.Buffers;
using Sdmx;
using Sdmx.Formats;

namespace SdgShipment;

/// <summary>Writes figures as a data message, through the blocks and the writer that the hub itself uses.</summary>
sealed class FigureWriter
{
    readonly DataSchema _schema;
    readonly DataWriter _writer;
    readonly Dataset _dataset;
    readonly ObservationBlock _block = new();

    FigureWriter(DataSchema schema, DataWriter writer)
    {
        (_schema, _writer) = (schema, writer);
        _dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = DatasetAction.Append };
    }

    /// <summary>The message's bytes. Figures of one series follow each other.</summary>
    public static ReadOnlyMemory<byte> Write(DataSchema schema, string format, string id, IEnumerable<Figure> figures)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = Format.Find(format)!.Write!(bytes, new WriterOptions { Header = Message.Header(id) });
        writer.Begin([schema]);
        new FigureWriter(schema, writer).WriteDataset(figures);
        writer.End();
        return bytes.WrittenMemory;
    }

    void WriteDataset(IEnumerable<Figure> figures)
    {
        _writer.BeginDataset(_dataset);
        _block.Begin(_dataset);
        string? key = null;
        foreach (var figure in figures)
        {
            if (figure.Key(_schema) != key)
                AddRow(figure, RowKind.Attributes);
            key = figure.Key(_schema);
            AddRow(figure, RowKind.Observation);
        }

        _writer.Write(_block);
    }

    void AddRow(Figure figure, RowKind kind)
    {
        if (_block.Count == ObservationBlock.Capacity)
        {
            _writer.Write(_block);
            _block.Begin(_dataset);
        }

        var row = _block.Count++;
        _block.Kinds[row] = kind;
        for (var d = 0; d < _schema.Dimensions.Count; d++)
            _block.Key[d][row] = _dataset.Codes.Dimensions[d].Resolve(figure[_schema.Dimensions[d].Id]);
        _block.Periods[row] = default;
        if (kind == RowKind.Observation && TimePeriod.TryParse(figure["TIME_PERIOD"], out var period))
            _block.Periods[row] = period;
        var level = kind == RowKind.Observation ? AttachmentLevel.Observation : AttachmentLevel.Series;
        foreach (var component in _schema.Values)
        {
            if (component.Level == level && figure[component.Id] is { Length: > 0 } text)
                SetValue(component.Index, row, text, component);
        }
    }

    void SetValue(int column, int row, string text, SchemaComponent component)
    {
        if (_dataset.Codes.Values[column] is { } codes)
            _block.Values[column].Set(row, ValueForm.Code, codes.Resolve(text));
        else if (component.Format.Type == TextType.Double && DecimalText.TryParse(text, out var mantissa, out var scale))
            _block.Values[column].Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
        else
            _block.SetText(column, row, text);
    }
}

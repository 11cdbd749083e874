using System.Buffers;
using System.Text;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML 2.1 generic data: series, flat, or with another dimension than time at the observation (checklist 2.3).</summary>
sealed class GenericDataWriter(IBufferWriter<byte> output, WriterOptions options) : XmlDataWriter(output, options)
{
    byte[][] _dimensions = [];
    byte[][] _values = [];
    byte[] _time = [];

    private protected override void StartMessage(IReadOnlyList<DataSchema> schemas, IReadOnlyList<ObservationLayout> layouts)
    {
        Namespace("<message:GenericData xmlns:message=\""u8, SdmxNamespaces.Message);
        Namespace("\" xmlns:common=\""u8, SdmxNamespaces.Common);
        Namespace("\" xmlns:generic=\""u8, SdmxNamespaces.Generic);
        Out.Raw("\">\n"u8);
        new XmlMessageHeader(Out).Write(Options.Header, schemas, layouts, null);
    }

    private protected override void EndMessage() => Out.Raw("</message:GenericData>\n"u8);

    private protected override void EnterDataset()
    {
        _dimensions = [.. Dataset.Schema.Dimensions.Select(Value)];
        _values = [.. Dataset.Schema.Values.Select(Value)];
        _time = Dataset.Schema.Time is { } time ? Value(time) : [];

        static byte[] Value(SchemaComponent component) => Encoding.UTF8.GetBytes($"<generic:Value id=\"{component.Id}\" value=\"");
    }

    private protected override void StartDataset(int structure, byte[]?[]? values)
    {
        Out.Raw("<message:DataSet structureRef=\"S"u8);
        Out.Number(structure);
        Out.Byte((byte)'"');
        WriteSetAttributes([]);
        Out.Raw(">\n"u8);
        if (values is null)
            return;
        WriteAttributes(values);
        Out.Byte((byte)'\n');
    }

    private protected override void WriteGroup(string id, AttributeHolder holder)
    {
        Out.Raw("<generic:Group type=\""u8);
        Out.Text(id, Escaping.Xml);
        Out.Raw("\"><generic:GroupKey>"u8);
        WriteKey(holder.Key);
        Out.Raw("</generic:GroupKey>"u8);
        WriteAttributes(holder.Values);
        Out.Raw("</generic:Group>\n"u8);
    }

    private protected override void StartSeries(ReadOnlySpan<int> key, TimePeriod period, byte[]?[] values)
    {
        Out.Raw("<generic:Series><generic:SeriesKey>"u8);
        WriteKey(key);
        WritePeriod(period);
        Out.Raw("</generic:SeriesKey>"u8);
        WriteAttributes(values);
        Out.Byte((byte)'\n');
    }

    private protected override void EndSeries() => Out.Raw("</generic:Series>\n"u8);

    private protected override void WriteObservation(ReadOnlySpan<int> key, TimePeriod period, ObservationBlock? block, int row, byte[]?[]? above)
    {
        Out.Raw("<generic:Obs>"u8);
        if (Layout.IsFlat)
        {
            Out.Raw("<generic:ObsKey>"u8);
            WriteKey(key);
            WritePeriod(period);
            Out.Raw("</generic:ObsKey>"u8);
        }
        else
        {
            Out.Raw("<generic:ObsDimension value=\""u8);
            if (!Layout.IsCrossSection)
                Out.Period(period);
            else if (key[Layout.Dimension] >= 0)
                Out.Raw(Cells.Dimensions[Layout.Dimension][key[Layout.Dimension]]);
            Out.Raw("\"/>"u8);
        }

        // 2.1 has one measure, the first.
        var attributes = Dataset.Schema.MeasureCount;
        if (attributes > 0 && block is not null && block.Values[0].Forms[row] != ValueForm.Absent)
        {
            Out.Raw("<generic:ObsValue value=\""u8);
            Cells.Write(block, 0, row, Out);
            Out.Raw("\"/>"u8);
        }

        WriteObservationAttributes(block, row, above, attributes);
        Out.Raw("</generic:Obs>\n"u8);
    }

    void WriteObservationAttributes(ObservationBlock? block, int row, byte[]?[]? above, int first)
    {
        var isOpen = false;
        for (var column = first; column < _values.Length; column++)
        {
            var isOwn = block is not null && block.Values[column].Forms[row] != ValueForm.Absent;
            if (!isOwn && above?[column] is null)
                continue;
            if (!isOpen)
                Out.Raw("<generic:Attributes>"u8);
            isOpen = true;
            Out.Raw(_values[column]);
            if (isOwn)
                Cells.Write(block!, column, row, Out);
            else
                Out.Raw(above![column]);
            Out.Raw("\"/>"u8);
        }

        if (isOpen)
            Out.Raw("</generic:Attributes>"u8);
    }

    void WriteAttributes(byte[]?[] values)
    {
        if (!Array.Exists(values, v => v is not null))
            return;
        Out.Raw("<generic:Attributes>"u8);
        for (var column = 0; column < values.Length; column++)
        {
            if (values[column] is not { } value)
                continue;
            Out.Raw(_values[column]);
            Out.Raw(value);
            Out.Raw("\"/>"u8);
        }

        Out.Raw("</generic:Attributes>"u8);
    }

    void WriteKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] < 0)
                continue;
            Out.Raw(_dimensions[d]);
            Out.Raw(Cells.Dimensions[d][key[d]]);
            Out.Raw("\"/>"u8);
        }
    }

    void WritePeriod(TimePeriod period)
    {
        if (period == TimePeriod.None)
            return;
        Out.Raw(_time);
        Out.Period(period);
        Out.Raw("\"/>"u8);
    }

    void Namespace(ReadOnlySpan<byte> before, string uri)
    {
        Out.Raw(before);
        Out.Text(uri, Escaping.Xml);
    }
}

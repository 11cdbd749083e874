using System.Buffers;
using System.Text;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML 2.1 structure-specific data: series, flat, or with another dimension than time at the observation (checklist 2.4).</summary>
/// <remarks>The data's own namespace is the URN of the flow (else the structure) followed by <c>:ObsLevelDim:</c> and the dimension. Explicit measures
/// are not written.</remarks>
sealed class StructureSpecificDataWriter(IBufferWriter<byte> output, WriterOptions options) : XmlDataWriter(output, options)
{
    byte[][] _dimensions = [];
    byte[][] _values = [];
    byte[] _time = [];
    int _structure;
    bool _isSeriesEmpty;

    private protected override void StartMessage(IReadOnlyList<DataSchema> schemas, IReadOnlyList<ObservationLayout> layouts)
    {
        string[] namespaces = [.. schemas.Select((s, i) => $"{s.Urn}:ObsLevelDim:{layouts[i].Id}")];
        Namespace("<message:StructureSpecificData xmlns:message=\""u8, SdmxNamespaces.Message);
        Namespace("\" xmlns:common=\""u8, SdmxNamespaces.Common);
        Namespace("\" xmlns:ss=\""u8, SdmxNamespaces.StructureSpecific);
        Namespace("\" xmlns:xsi=\""u8, SdmxNamespaces.SchemaInstance);
        for (var i = 0; i < namespaces.Length; i++)
        {
            Out.Raw("\" xmlns:ns"u8);
            Out.Number(i + 1);
            Namespace("=\""u8, namespaces[i]);
        }

        Out.Raw("\">\n"u8);
        new XmlMessageHeader(Out).Write(Options.Header, schemas, layouts, namespaces);
    }

    private protected override void EndMessage() => Out.Raw("</message:StructureSpecificData>\n"u8);

    private protected override void EnterDataset()
    {
        _dimensions = [.. Dataset.Schema.Dimensions.Select(Attribute)];
        _values = [.. Dataset.Schema.Values.Select(Attribute)];
        _time = Dataset.Schema.Time is { } time ? Attribute(time) : [];

        static byte[] Attribute(SchemaComponent component) => Encoding.UTF8.GetBytes($" {component.Id}=\"");
    }

    private protected override void StartDataset(int structure, byte[]?[]? values)
    {
        _structure = structure;
        Out.Raw("<message:DataSet ss:structureRef=\"S"u8);
        Out.Number(structure);
        Type("\" xsi:type=\""u8, "DataSetType");
        Out.Raw(Dataset.Schema.Dataflow is null ? " ss:dataScope=\"DataStructure\""u8 : " ss:dataScope=\"Dataflow\""u8);
        WriteSetAttributes("ss:"u8);
        if (values is not null)
            WriteValues(values);
        Out.Raw(">\n"u8);
    }

    private protected override void WriteGroup(string id, AttributeHolder holder)
    {
        Type("<Group xsi:type=\""u8, id);
        WriteKey(holder.Key);
        WriteValues(holder.Values);
        Out.Raw("/>\n"u8);
    }

    private protected override void StartSeries(ReadOnlySpan<int> key, TimePeriod period, byte[]?[] values)
    {
        Out.Raw("<Series"u8);
        WriteKey(key);
        WritePeriod(period);
        WriteValues(values);
        _isSeriesEmpty = true;
    }

    private protected override void EndSeries() => Out.Raw(_isSeriesEmpty ? "/>\n"u8 : "</Series>\n"u8);

    private protected override void WriteObservation(ReadOnlySpan<int> key, TimePeriod period, ObservationBlock? block, int row, byte[]?[]? above)
    {
        if (_isSeriesEmpty && !Layout.IsFlat)
            Out.Raw(">\n"u8);
        _isSeriesEmpty = false;
        Out.Raw("<Obs"u8);
        if (Layout.IsFlat)
            WriteKey(key);
        else if (Layout.IsCrossSection)
            WriteCode(Layout.Dimension, key);
        if (!Layout.IsCrossSection)
            WritePeriod(period);
        if (above is null)
            WriteOwn(block!, row);
        for (var column = 0; above is not null && column < _values.Length; column++)
        {
            if (block is not null && block.Values[column].Forms[row] != ValueForm.Absent)
            {
                Out.Raw(_values[column]);
                Cells.Write(block, column, row, Out);
                Out.Byte((byte)'"');
            }
            else if (above[column] is { } value)
            {
                WriteValue(column, value);
            }
        }

        Out.Raw("/>\n"u8);
    }

    void WriteOwn(ObservationBlock block, int row)
    {
        foreach (var column in Used)
        {
            if (block.Values[column].Forms[row] == ValueForm.Absent)
                continue;
            Out.Raw(_values[column]);
            Cells.Write(block, column, row, Out);
            Out.Byte((byte)'"');
        }
    }

    void WriteKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
            WriteCode(d, key);
    }

    void WriteCode(int dimension, ReadOnlySpan<int> key)
    {
        if (key[dimension] < 0)
            return;
        Out.Raw(_dimensions[dimension]);
        Out.Raw(Cells.Dimensions[dimension][key[dimension]]);
        Out.Byte((byte)'"');
    }

    void WritePeriod(TimePeriod period)
    {
        if (period == TimePeriod.None)
            return;
        Out.Raw(_time);
        Out.Period(period);
        Out.Byte((byte)'"');
    }

    void WriteValues(byte[]?[] values)
    {
        for (var column = 0; column < values.Length; column++)
        {
            if (values[column] is { } value)
                WriteValue(column, value);
        }
    }

    void WriteValue(int column, byte[] value)
    {
        Out.Raw(_values[column]);
        Out.Raw(value);
        Out.Byte((byte)'"');
    }

    void Type(ReadOnlySpan<byte> before, string name)
    {
        Out.Raw(before);
        Out.Raw("ns"u8);
        Out.Number(_structure);
        Out.Byte((byte)':');
        Out.Text(name, Escaping.Xml);
        Out.Byte((byte)'"');
    }

    void Namespace(ReadOnlySpan<byte> before, string uri)
    {
        Out.Raw(before);
        Out.Text(uri, Escaping.Xml);
    }
}

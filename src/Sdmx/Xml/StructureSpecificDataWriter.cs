using System.Buffers;
using System.Text;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML structure-specific data of 2.1 or 3.x: series, flat, or with another dimension than time at the observation (checklist 2.4).</summary>
/// <remarks>The data's own namespace is the URN of the agreement, else the flow, else the structure, followed by <c>:ObsLevelDim:</c> and the dimension. Explicit measures
/// are not written.</remarks>
sealed class StructureSpecificDataWriter(IBufferWriter<byte> output, WriterOptions options, SdmxMlVersion version) : XmlDataWriter(output, options, version)
{
    byte[][] _dimensions = [];
    byte[][] _values = [];
    byte[] _time = [];
    int _structure;
    bool _isSeriesEmpty;

    private protected override void StartMessage(IReadOnlyList<DataSchema> schemas, IReadOnlyList<ObservationLayout> layouts)
    {
        string[] namespaces = [.. schemas.Select((s, i) => $"{s.Context}:ObsLevelDim:{layouts[i].Id}")];
        Namespace("<message:StructureSpecificData xmlns:message=\""u8, Version.Message);
        Namespace("\" xmlns:common=\""u8, Version.Common);
        Namespace("\" xmlns:ss=\""u8, Version.StructureSpecific);
        Namespace("\" xmlns:xsi=\""u8, SdmxNamespaces.SchemaInstance);
        for (var i = 0; i < namespaces.Length; i++)
        {
            Out.Raw("\" xmlns:ns"u8);
            Out.Number(i + 1);
            Namespace("=\""u8, namespaces[i]);
        }

        Out.Raw("\">\n"u8);
        new XmlMessageHeader(Out, Version).Write(Options.Header, schemas, StructureIds, layouts, namespaces);
    }

    private protected override void EndMessage() => Out.Raw("</message:StructureSpecificData>\n"u8);

    private protected override void EnterDataset()
    {
        _dimensions = [.. Dataset.Schema.Dimensions.Select(Attribute)];
        _values = [.. Dataset.Schema.Values.Select(Attribute)];
        _time = Dataset.Schema.Time is { } time ? Attribute(time) : [];

        static byte[] Attribute(SchemaComponent component) => Encoding.UTF8.GetBytes($" {component.Id}=\"");
    }

    private protected override void LayOutDataset(int structure, byte[]?[]? values)
    {
        _structure = structure;
        Row.Raw("<message:DataSet ss:structureRef=\""u8);
        Row.Text(StructureIds[structure - 1], Escaping.Xml);
        LayOutType("\" xsi:type=\""u8, "DataSetType");
        if (!Version.HasAtts)
            LayOutScope(Dataset.Schema.Context.Type);
        LayOutSetAttributes("ss:"u8);
        LayOutValues(values);
        Row.Raw(">\n"u8);
    }

    private protected override void LayOutGroup(string id, AttributeHolder holder)
    {
        LayOutType("<Group xsi:type=\""u8, id);
        LayOutKey(holder.Key);
        LayOutValues(holder.Values);
        Row.Raw("/>\n"u8);
    }

    private protected override void LayOutHolder(AttributeHolder holder)
    {
        Row.Raw("<Atts"u8);
        LayOutKey(holder.Key);
        LayOutValues(holder.Values);
        Row.Raw("/>\n"u8);
    }

    private protected override void LayOutSeries(ReadOnlySpan<int> key, TimePeriod period, byte[]?[] above)
    {
        Row.Raw("<Series"u8);
        LayOutKey(key);
        if (period != TimePeriod.None)
        {
            Row.Raw(_time);
            Row.Period(period);
            Row.Byte((byte)'"');
        }

        LayOutValues(above);
        _isSeriesEmpty = true;
    }

    private protected override void EndSeries() => Out.Raw(_isSeriesEmpty ? "/>\n"u8 : "</Series>\n"u8);

    private protected override void LayOutObservation(ReadOnlySpan<int> key, byte[]?[]? above)
    {
        if (_isSeriesEmpty && !Layout.IsFlat)
            Out.Raw(">\n"u8);
        _isSeriesEmpty = false;
        Row.Raw("<Obs"u8);
        if (Layout.IsFlat)
            LayOutKey(key);
        else if (Layout.IsCrossSection)
            LayOutCode(Layout.Dimension, key);
        if (!Layout.IsCrossSection && Pattern.HasPeriod)
        {
            Row.Raw(_time);
            Pattern.Period();
            Row.Byte((byte)'"');
        }

        LayOutValues(above);
        Row.Raw("/>\n"u8);
    }

    void LayOutKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
            LayOutCode(d, key);
    }

    void LayOutCode(int dimension, ReadOnlySpan<int> key)
    {
        if (key[dimension] < 0)
            return;
        Row.Raw(_dimensions[dimension]);
        Row.Raw(Cells.Dimensions[dimension][key[dimension]]);
        Row.Byte((byte)'"');
    }

    // The rows' own values, and those of wider holders where they have none.
    void LayOutValues(byte[]?[]? above)
    {
        for (var column = 0; column < _values.Length; column++)
        {
            var isOwn = Pattern.Has(column);
            if (!isOwn && above?[column] is null)
                continue;
            Row.Raw(_values[column]);
            if (isOwn)
                Pattern.Value(column);
            else
                Row.Raw(above![column]);
            Row.Byte((byte)'"');
        }
    }

    // At which level the data are valid: under the constraints of the structure, of the flow, or of the agreement too.
    void LayOutScope(ArtefactType context) => Row.Raw(context switch
    {
        ArtefactType.ProvisionAgreement => " ss:dataScope=\"ProvisionAgreement\""u8,
        ArtefactType.Dataflow => " ss:dataScope=\"Dataflow\""u8,
        _ => " ss:dataScope=\"DataStructure\""u8,
    });

    void LayOutType(ReadOnlySpan<byte> before, string name)
    {
        Row.Raw(before);
        Row.Raw("ns"u8);
        Row.Number(_structure);
        Row.Byte((byte)':');
        Row.Text(name, Escaping.Xml);
        Row.Byte((byte)'"');
    }

    void Namespace(ReadOnlySpan<byte> before, string uri)
    {
        Out.Raw(before);
        Out.Text(uri, Escaping.Xml);
    }
}

using System.Buffers;
using System.Text;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML 2.1 generic data: series, flat, or with another dimension than time at the observation (checklist 2.3).</summary>
sealed class GenericDataWriter(IBufferWriter<byte> output, WriterOptions options) : XmlDataWriter(output, options, SdmxMlVersion.V21)
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
        new XmlMessageHeader(Out, SdmxMlVersion.V21).Write(Options.Header, schemas, StructureIds, layouts, null);
    }

    private protected override void EndMessage() => Out.Raw("</message:GenericData>\n"u8);

    private protected override void EnterDataset()
    {
        _dimensions = [.. Dataset.Schema.Dimensions.Select(Value)];
        _values = [.. Dataset.Schema.Values.Select(Value)];
        _time = Dataset.Schema.Time is { } time ? Value(time) : [];

        static byte[] Value(SchemaComponent component) => Encoding.UTF8.GetBytes($"<generic:Value id=\"{component.Id}\" value=\"");
    }

    private protected override void LayOutDataset(int structure, byte[]?[]? values)
    {
        Row.Raw("<message:DataSet structureRef=\""u8);
        Row.Text(StructureIds[structure - 1], Escaping.Xml);
        Row.Byte((byte)'"');
        LayOutSetAttributes([]);
        Row.Raw(">\n"u8);
        if (values is null)
            return;
        LayOutAttributes(values);
        Row.Byte((byte)'\n');
    }

    private protected override void LayOutGroup(string id, AttributeHolder holder)
    {
        Row.Raw("<generic:Group type=\""u8);
        Row.Text(id, Escaping.Xml);
        Row.Raw("\"><generic:GroupKey>"u8);
        LayOutKey(holder.Key);
        Row.Raw("</generic:GroupKey>"u8);
        LayOutAttributes(holder.Values);
        Row.Raw("</generic:Group>\n"u8);
    }

    private protected override void LayOutSeries(ReadOnlySpan<int> key, TimePeriod period, byte[]?[] above)
    {
        Row.Raw("<generic:Series><generic:SeriesKey>"u8);
        LayOutKey(key);
        if (period != TimePeriod.None)
        {
            Row.Raw(_time);
            Row.Period(period);
            Row.Raw("\"/>"u8);
        }

        Row.Raw("</generic:SeriesKey>"u8);
        LayOutAttributes(above);
        Row.Byte((byte)'\n');
    }

    private protected override void EndSeries() => Out.Raw("</generic:Series>\n"u8);

    private protected override void LayOutObservation(ReadOnlySpan<int> key, byte[]?[]? above)
    {
        Row.Raw("<generic:Obs>"u8);
        if (Layout.IsFlat)
            LayOutObservationKey(key);
        else
            LayOutObservationDimension(key);
        // 2.1 has one measure, the first.
        var attributes = Dataset.Schema.MeasureCount;
        if (attributes > 0 && Pattern.Has(0))
        {
            Row.Raw("<generic:ObsValue value=\""u8);
            Pattern.Value(0);
            Row.Raw("\"/>"u8);
        }

        LayOutAttributes(above, attributes);
        Row.Raw("</generic:Obs>\n"u8);
    }

    void LayOutObservationKey(ReadOnlySpan<int> key)
    {
        Row.Raw("<generic:ObsKey>"u8);
        LayOutKey(key);
        if (Pattern.HasPeriod)
        {
            Row.Raw(_time);
            Pattern.Period();
            Row.Raw("\"/>"u8);
        }

        Row.Raw("</generic:ObsKey>"u8);
    }

    void LayOutObservationDimension(ReadOnlySpan<int> key)
    {
        Row.Raw("<generic:ObsDimension value=\""u8);
        if (!Layout.IsCrossSection)
            Pattern.Period();
        else if (key[Layout.Dimension] >= 0)
            Row.Raw(Cells.Dimensions[Layout.Dimension][key[Layout.Dimension]]);
        Row.Raw("\"/>"u8);
    }

    // The rows' own values from a column on, and those of wider holders where they have none.
    void LayOutAttributes(byte[]?[]? above, int first = 0)
    {
        var isOpen = false;
        for (var column = first; column < _values.Length; column++)
        {
            var isOwn = Pattern.Has(column);
            if (!isOwn && above?[column] is null)
                continue;
            if (!isOpen)
                Row.Raw("<generic:Attributes>"u8);
            isOpen = true;
            Row.Raw(_values[column]);
            if (isOwn)
                Pattern.Value(column);
            else
                Row.Raw(above![column]);
            Row.Raw("\"/>"u8);
        }

        if (isOpen)
            Row.Raw("</generic:Attributes>"u8);
    }

    void LayOutKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] < 0)
                continue;
            Row.Raw(_dimensions[d]);
            Row.Raw(Cells.Dimensions[d][key[d]]);
            Row.Raw("\"/>"u8);
        }
    }

    void Namespace(ReadOnlySpan<byte> before, string uri)
    {
        Out.Raw(before);
        Out.Text(uri, Escaping.Xml);
    }
}

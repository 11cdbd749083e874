using System.Globalization;
using System.Text;
using System.Xml;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-ML written, against XmlWriter writing the same elements.</summary>
static class XmlWriteBenchmark
{
    const string Message = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";
    const string Generic = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic";

    public static void Run(Scale scale)
    {
        Writing.Compare(scale, "structurespecific-2.1", "XmlWriter", (_, blocks, output) => Write(blocks, output, isGeneric: false));
        Writing.Compare(scale, "generic-2.1", "XmlWriter", (_, blocks, output) => Write(blocks, output, isGeneric: true));
    }

    static void Write(IReadOnlyList<ObservationBlock> blocks, WindowSink output, bool isGeneric)
    {
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize });
        var isOpen = false;
        writer.WriteStartElement("message", isGeneric ? "GenericData" : "StructureSpecificData", Message);
        if (isGeneric)
            writer.WriteAttributeString("xmlns", "generic", null, Generic);
        writer.WriteStartElement("message", "DataSet", Message);
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                var isSeries = block.Kinds[row] == RowKind.Attributes;
                if (isSeries && isOpen)
                    writer.WriteEndElement();
                isOpen |= isSeries;
                if (isGeneric)
                    WriteGeneric(writer, block, row, isSeries);
                else
                    WriteSpecific(writer, block, row, isSeries);
            }
        }

        writer.WriteEndDocument();
    }

    static void WriteSpecific(XmlWriter writer, ObservationBlock block, int row, bool isSeries)
    {
        writer.WriteStartElement(isSeries ? "Series" : "Obs");
        for (var d = 0; isSeries && d < block.Key.Length; d++)
            writer.WriteAttributeString(block.Dataset.Schema.Dimensions[d].Id, block.Dataset.Codes.Dimensions[d][block.Key[d][row]]);
        if (!isSeries)
            writer.WriteAttributeString("TIME_PERIOD", block.Periods[row].ToString());
        foreach (var component in block.Dataset.Schema.Values)
        {
            if (Text(block, component.Index, row) is { } text)
                writer.WriteAttributeString(component.Id, text);
        }

        if (!isSeries)
            writer.WriteEndElement();
    }

    static void WriteGeneric(XmlWriter writer, ObservationBlock block, int row, bool isSeries)
    {
        writer.WriteStartElement("generic", isSeries ? "Series" : "Obs", Generic);
        if (isSeries)
        {
            writer.WriteStartElement("generic", "SeriesKey", Generic);
            for (var d = 0; d < block.Key.Length; d++)
                WriteValue(writer, "Value", block.Dataset.Schema.Dimensions[d].Id, block.Dataset.Codes.Dimensions[d][block.Key[d][row]]);
            writer.WriteEndElement();
        }
        else
        {
            WriteValue(writer, "ObsDimension", null, block.Periods[row].ToString());
            if (Text(block, 0, row) is { } value)
                WriteValue(writer, "ObsValue", null, value);
        }

        var isOpen = false;
        foreach (var component in block.Dataset.Schema.Values)
        {
            if (component.Role != ComponentRole.Attribute || Text(block, component.Index, row) is not { } text)
                continue;
            if (!isOpen)
                writer.WriteStartElement("generic", "Attributes", Generic);
            isOpen = true;
            WriteValue(writer, "Value", component.Id, text);
        }

        if (isOpen)
            writer.WriteEndElement();
        if (!isSeries)
            writer.WriteEndElement();
    }

    static void WriteValue(XmlWriter writer, string name, string? id, string value)
    {
        writer.WriteStartElement("generic", name, Generic);
        if (id is not null)
            writer.WriteAttributeString("id", id);
        writer.WriteAttributeString("value", value);
        writer.WriteEndElement();
    }

    static string? Text(ObservationBlock block, int column, int row)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        return form >= ValueForm.Decimal
            ? DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal).ToString(CultureInfo.InvariantCulture) : block.Text(column, row);
    }
}

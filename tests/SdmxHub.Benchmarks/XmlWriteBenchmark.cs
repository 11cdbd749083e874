using System.Globalization;
using System.Text;
using System.Xml;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>Structure-specific SDMX-ML written, against XmlWriter writing the same elements; generic beside it.</summary>
static class XmlWriteBenchmark
{
    public static void Run(Scale scale) => Writing.Compare(scale, "SDMX-ML written", "XmlWriter, structure-specific", Write, "structurespecific-2.1", "generic-2.1");

    static long Write(SdgCube cube, IReadOnlyList<ObservationBlock> blocks)
    {
        var output = new CountingStream();
        using var writer = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = false });
        var isOpen = false;
        writer.WriteStartElement("DataSet");
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Attributes)
                {
                    if (isOpen)
                        writer.WriteEndElement();
                    isOpen = true;
                    writer.WriteStartElement("Series");
                    for (var d = 0; d < block.Key.Length; d++)
                        writer.WriteAttributeString(cube.Schema.Dimensions[d].Id, cube.Dataset.Codes.Dimensions[d][block.Key[d][row]]);
                    WriteValues(writer, block, row);
                    continue;
                }

                writer.WriteStartElement("Obs");
                writer.WriteAttributeString("TIME_PERIOD", block.Periods[row].ToString());
                WriteValues(writer, block, row);
                writer.WriteEndElement();
            }
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.Flush();
        return output.Written;
    }

    static void WriteValues(XmlWriter writer, ObservationBlock block, int row)
    {
        foreach (var component in block.Dataset.Schema.Values)
        {
            var values = block.Values[component.Index];
            var form = values.Forms[row];
            if (form != ValueForm.Absent)
                writer.WriteAttributeString(component.Id, form >= ValueForm.Decimal
                    ? DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal).ToString(CultureInfo.InvariantCulture) : block.Text(component.Index, row));
        }
    }
}

using System.Globalization;
using System.Text;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-CSV written, against a StreamWriter that is given strings.</summary>
static class CsvWriteBenchmark
{
    public static void Run(Scale scale) => Writing.Compare(scale, "SDMX-CSV written", "StreamWriter", Write, "csv-1.0", "csv-2.0");

    static long Write(SdgCube cube, IReadOnlyList<ObservationBlock> blocks)
    {
        var output = new CountingStream();
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16);
        var schema = cube.Schema;
        var flow = schema.Urn.ShortName;
        var above = new string?[schema.Values.Count];
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Attributes)
                {
                    for (var c = 0; c < above.Length; c++)
                        above[c] = block.Text(c, row);
                    continue;
                }

                writer.Write(flow);
                for (var d = 0; d < block.Key.Length; d++)
                {
                    writer.Write(',');
                    writer.Write(cube.Dataset.Codes.Dimensions[d][block.Key[d][row]]);
                }

                writer.Write(',');
                writer.Write(block.Periods[row].ToString());
                for (var c = 0; c < above.Length; c++)
                {
                    writer.Write(',');
                    WriteValue(writer, block, c, row, above[c]);
                }

                writer.Write("\r\n");
            }
        }

        writer.Flush();
        return output.Written;
    }

    static void WriteValue(StreamWriter writer, ObservationBlock block, int column, int row, string? above)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        if (form >= ValueForm.Decimal)
            writer.Write(DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal).ToString(CultureInfo.InvariantCulture));
        else if ((block.Text(column, row) ?? above) is { } text)
            writer.Write(text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"")}\"" : text);
    }
}

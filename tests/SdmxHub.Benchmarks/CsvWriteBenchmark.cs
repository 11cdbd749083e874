using System.Buffers;
using System.Globalization;
using System.Text;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-CSV written, against a StreamWriter that is given the same cells.</summary>
static class CsvWriteBenchmark
{
    static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static void Run(Scale scale)
    {
        Writing.Compare(scale, "csv-1.0", "StreamWriter", (cube, blocks, output) => Write(cube, blocks, output, "DATAFLOW", cube.Schema.Urn.ShortName));
        Writing.Compare(scale, "csv-2.0", "StreamWriter",
            (cube, blocks, output) => Write(cube, blocks, output, "STRUCTURE,STRUCTURE_ID,ACTION", $"dataflow,{cube.Schema.Urn.ShortName},A"));
    }

    static void Write(SdgCube cube, IReadOnlyList<ObservationBlock> blocks, WindowSink output, string head, string structure)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), 1 << 16);
        Span<char> period = stackalloc char[40];
        var above = new string?[cube.Schema.Values.Count];
        writer.Write($"{head},{string.Join(',', cube.Schema.Components.Select(c => c.Id))}\r\n");
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

                writer.Write(structure);
                for (var d = 0; d < block.Key.Length; d++)
                {
                    writer.Write(',');
                    writer.Write(cube.Dataset.Codes.Dimensions[d][block.Key[d][row]]);
                }

                writer.Write(',');
                block.Periods[row].TryFormat(period, out var length);
                writer.Write(period[..length]);
                for (var c = 0; c < above.Length; c++)
                {
                    writer.Write(',');
                    WriteValue(writer, block, c, row, above[c]);
                }

                writer.Write("\r\n");
            }
        }
    }

    static void WriteValue(StreamWriter writer, ObservationBlock block, int column, int row, string? above)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        if (form < ValueForm.Decimal)
        {
            WriteText(writer, form == ValueForm.Absent ? above : block.Text(column, row));
            return;
        }

        Span<char> number = stackalloc char[40];
        DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal).TryFormat(number, out var length, default, CultureInfo.InvariantCulture);
        writer.Write(number[..length]);
    }

    static void WriteText(StreamWriter writer, string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        if (text[0] != ' ' && text[^1] != ' ' && !text.AsSpan().ContainsAny(Quoted))
        {
            writer.Write(text);
            return;
        }

        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\""));
        writer.Write('"');
    }
}

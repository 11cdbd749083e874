using System.Text.Json;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-JSON data written, against Utf8JsonWriter writing the same arrays.</summary>
static class JsonWriteBenchmark
{
    public static void Run(Scale scale) => Writing.Compare(scale, "SDMX-JSON written", "Utf8JsonWriter", Write, "json-2.0");

    static long Write(SdgCube cube, IReadOnlyList<ObservationBlock> blocks)
    {
        var output = new NullBuffer();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        var isOpen = false;
        Span<char> name = stackalloc char[400];
        writer.WriteStartObject();
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Attributes)
                {
                    if (isOpen)
                        EndSeries(writer);
                    isOpen = true;
                    writer.WriteStartObject(name[..Key(block, row, name)]);
                    writer.WriteStartArray("attributes");
                    WriteValues(writer, block, row);
                    writer.WriteEndArray();
                    writer.WriteStartObject("observations");
                    continue;
                }

                block.Periods[row].Ordinal.TryFormat(name, out var length);
                writer.WriteStartArray(name[..length]);
                WriteValues(writer, block, row);
                writer.WriteEndArray();
            }

            writer.Flush();
        }

        EndSeries(writer);
        writer.WriteEndObject();
        writer.Flush();
        return output.Written;
    }

    static void EndSeries(Utf8JsonWriter writer)
    {
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    static int Key(ObservationBlock block, int row, Span<char> name)
    {
        var length = 0;
        foreach (var column in block.Key)
        {
            column[row].TryFormat(name[length..], out var digits);
            length += digits;
            name[length++] = ':';
        }

        return length - 1;
    }

    static void WriteValues(Utf8JsonWriter writer, ObservationBlock block, int row)
    {
        var last = 0;
        for (var column = 0; column < block.Values.Length; column++)
            last = block.Values[column].Forms[row] == ValueForm.Absent ? last : column;
        for (var column = 0; column <= last; column++)
        {
            var values = block.Values[column];
            var form = values.Forms[row];
            if (form == ValueForm.Absent)
                writer.WriteNullValue();
            else if (form == ValueForm.Code)
                writer.WriteNumberValue(values.Bits[row]);
            else if (form == ValueForm.Text)
                writer.WriteStringValue(block.Texts[(int)values.Bits[row]]);
            else
                writer.WriteNumberValue(DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal));
        }
    }
}

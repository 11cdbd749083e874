using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SdmxHub.Web.Comparison;

/// <summary>Writes a comparison as JSON or CSV: one text for the web and the command line.</summary>
public static class ComparisonWriter
{
    /// <summary>The CSV columns after the key's.</summary>
    static readonly string[] Columns =
    [
        "TIME_PERIOD", "CLASS", "NATIONAL_VALUE", "GLOBAL_VALUE", "DIFFERENCE", "RELATIVE_DIFFERENCE", "NATIONAL_AREA", "GLOBAL_AREA",
        "NATIONAL_UNIT", "GLOBAL_UNIT", "NATIONAL_UNIT_MULT", "GLOBAL_UNIT_MULT", "NATIONAL_NATURE", "GLOBAL_NATURE", "NATIONAL_STATUS", "GLOBAL_STATUS",
    ];

    /// <summary>A class as people and files spell it: <c>equal-after-rounding</c>.</summary>
    public static string Label(this PairClass pairClass) => pairClass switch
    {
        PairClass.Equal => "equal",
        PairClass.EqualAfterRounding => "equal-after-rounding",
        PairClass.DiffersExpected => "differs-expected",
        PairClass.DiffersUnexplained => "differs-unexplained",
        PairClass.UnitMismatch => "unit-mismatch",
        PairClass.NationalOnly => "national-only",
        PairClass.GlobalOnly => "global-only",
        _ => throw new ArgumentOutOfRangeException(nameof(pairClass), pairClass, null),
    };

    /// <summary>The class that <see cref="Label"/> spells so, or null.</summary>
    public static PairClass? ClassOf(string label) =>
        Enum.GetValues<PairClass>().Where(c => c.Label() == label).Select(c => (PairClass?)c).FirstOrDefault();

    /// <summary>Writes one JSON object: area, flows, revision, totals by class of all pairs, and the pairs of the classes asked for.</summary>
    /// <param name="comparison">What to write.</param>
    /// <param name="classes">The classes whose pairs are listed; empty for all.</param>
    /// <param name="output">Where to.</param>
    public static void WriteJson(CountryComparison comparison, IReadOnlyCollection<PairClass> classes, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("area", comparison.AreaCode);
        json.WriteString("areaName", comparison.AreaName);
        json.WriteString("national", comparison.NationalFlow.ToString());
        json.WriteString("global", comparison.GlobalFlow.ToString());
        json.WriteNumber("revision", comparison.Revision);
        json.WriteStartObject("totals");
        foreach (var (pairClass, count) in comparison.Totals)
            json.WriteNumber(pairClass.Label(), count);
        json.WriteEndObject();
        json.WriteStartArray("pairs");
        foreach (var pair in Chosen(comparison, classes))
            WritePair(comparison, pair, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static IEnumerable<Pair> Chosen(CountryComparison comparison, IReadOnlyCollection<PairClass> classes) =>
        comparison.Pairs.Where(p => classes.Count == 0 || classes.Contains(p.Class));

    static void WritePair(CountryComparison comparison, Pair pair, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("key");
        for (var i = 0; i < comparison.Dimensions.Count; i++)
            json.WriteString(comparison.Dimensions[i], pair.Key[i]);
        json.WriteEndObject();
        json.WriteString("period", pair.Period.ToString());
        json.WriteString("class", pair.Class.Label());
        WriteFigure("national", pair.National, json);
        WriteFigure("global", pair.Global, json);
        if (pair.Difference is { } difference)
            json.WriteString("difference", difference.ToString());
        if (pair.RelativeDifference is { } relative && double.IsFinite(relative))
            json.WriteNumber("relativeDifference", relative);
        json.WriteEndObject();
    }

    static void WriteFigure(string side, Figure? figure, Utf8JsonWriter json)
    {
        if (figure is null)
            return;
        json.WriteStartObject(side);
        json.WriteString("area", figure.Area);
        json.WriteString("value", figure.Value);
        foreach (var (name, value) in (ReadOnlySpan<(string, string?)>)[("unit", figure.Unit), ("unitMult", figure.UnitMult), ("nature", figure.Nature), ("status", figure.Status)])
        {
            if (value is not null)
                json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes a header line and one line a pair (RFC 4180, LF).</summary>
    /// <param name="comparison">What to write.</param>
    /// <param name="classes">The classes whose pairs are listed; empty for all.</param>
    /// <param name="output">Where to.</param>
    public static void WriteCsv(CountryComparison comparison, IReadOnlyCollection<PairClass> classes, IBufferWriter<byte> output)
    {
        WriteLine(output, [.. comparison.Dimensions, .. Columns]);
        foreach (var pair in Chosen(comparison, classes))
        {
            WriteLine(output,
            [
                .. pair.Key, pair.Period.ToString(), pair.Class.Label(), pair.National?.Value, pair.Global?.Value, pair.Difference?.ToString(),
                pair.RelativeDifference?.ToString("R", CultureInfo.InvariantCulture), pair.National?.Area, pair.Global?.Area,
                pair.National?.Unit, pair.Global?.Unit, pair.National?.UnitMult, pair.Global?.UnitMult,
                pair.National?.Nature, pair.Global?.Nature, pair.National?.Status, pair.Global?.Status,
            ]);
        }
    }

    static void WriteLine(IBufferWriter<byte> output, ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells)
        {
            if (line.Length > 0)
                line.Append(',');
            line.Append(cell is not null && cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        }

        Encoding.UTF8.GetBytes(line.Append('\n').ToString(), output);
    }
}

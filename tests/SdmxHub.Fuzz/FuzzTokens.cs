using System.Text;
using Sdmx.Tests.Xml;

namespace SdmxHub.Fuzz;

/// <summary>What mutation puts into an input: the syntax of its format. The words of the seeds come with them.</summary>
static class FuzzTokens
{
    static readonly string[] Json =
    [
        "{", "}", "[", "]", ":", ",", "\"", "null", "true", "false", "\\u0000", "\\uD800", "\\\"", "\\n", "{}", "[]", "[null]", "\"\"", "\"0:0\":", "\"0:0:0\"", "\"0:1:0:1\":[1,null]", "-0", "1e999", "1.50",
        "\"series\":{", "\"observations\":{", "\"dimensionGroupAttributes\":{", "\"attributes\":[", "\"dataSets\":[", "\"structures\":[", "\"action\":\"Delete\"", "\"structure\":1", "\"isIncluded\":true", "\uFEFF",
    ];

    static readonly string[] Csv =
    [
        ",", "\n", "\r\n", "\r", "\"", "\"\"", ";", "\t", "[;]", ": ", "~", "A,", "\n\n", "\",\"", "DATAFLOW", "STRUCTURE,STRUCTURE_ID,ACTION", "STRUCTURE[;]", "dataflow", "datastructure", "dataprovision", "[]", "[en;fr]",
        "SERIES_KEY", "OBS_KEY", "T:NATIONAL(1.5)", "TEST:DF_SAMPLE(1.0)", "\0", "\uFEFF", "é", "😀", "1,5",
    ];

    static readonly string[] Values =
    [
        "2020", "2020-Q1", "2020-01", "2020-W53", "2020-D366", "2020-A1", "2020-S2", "2020-T3", "2020-M12", "2020-02-30", "2020-01-01T24:00:00", "2020-01-01/P1Y", "+14:00", "Z", "NaN", "INF", "-INF", "1E5", "+1", "007",
        "0.1234567890123456789", "123456789012345678901234567890", "Append", "Replace", "Delete", "Merge", "Information", "(1.0+)", "(*)", "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:NATIONAL(1.5)",
    ];

    static readonly byte[][] Binary =
    [
        [0x1F, 0x8B, 8, 0], [0x50, 0x4B, 3, 4], [0x50, 0x4B, 1, 2], [0x50, 0x4B, 5, 6], [0x50, 0x4B, 6, 6], [0x50, 0x4B, 6, 7], [0x50, 0x4B, 7, 8], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0], [0xFF, 0xFE], [0xFE, 0xFF], [0x80],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07], [0x80, 0x80, 0x80, 0x80, 0x08], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x80, 0x40], [1], [2], [3], [0x10], [0x13], [0x20], [0x31], [0x0F],
    ];

    /// <summary>The tokens of a target.</summary>
    public static IReadOnlyList<byte[]> Of(string target) => target switch
    {
        "json-2.0" or "structure-json-2.0" or "metadata-json-2.0" => [.. Bytes(Json), .. Bytes(Values)],
        "csv-1.0" or "csv-2.0" or "metadata-csv-2.0" => [.. Bytes(Csv), .. Bytes(Values)],
        "block" => Binary,
        "envelope" => [.. Binary, .. Bytes(Csv), .. Bytes(Json)],
        _ => [.. XmlSnippets.All, .. Bytes(Values)],
    };

    /// <summary>The words of a text that is longer than a letter.</summary>
    public static IEnumerable<byte[]> Words(IReadOnlyList<byte[]> texts) => texts
        .SelectMany(t => Encoding.Latin1.GetString(t).Split([.. "<>&\"'=/ ,;:()[]{}\r\n\t"]))
        .Where(w => w.Length is > 1 and < 30 && w.All(char.IsAscii) && w.Any(char.IsAsciiLetter)).Distinct().Select(Encoding.Latin1.GetBytes);

    static IEnumerable<byte[]> Bytes(string[] tokens) => tokens.Select(Encoding.UTF8.GetBytes);
}

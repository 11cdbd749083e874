using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace SdmxHub.Tests.Shipped;

/// <summary>One message under <c>samples/</c>, as its table names it, counted without any of the hub's readers.</summary>
public sealed partial record SampleFile(string Path, string Format, long StatedObservations, long StatedSeries)
{
    /// <summary>The messages that the table of <paramref name="kind"/> (<c>valid</c>, <c>refused</c>) names.</summary>
    public static IEnumerable<SampleFile> All(string kind) => File.ReadLines(Facts.InProject("samples", kind, "README.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 4 && cells[1].StartsWith('`'))
        .Select(cells => (Case: FileName().Match(cells[1]), Counts: cells[3..^1].Where(c => c.All(char.IsAsciiDigit) && c.Length > 0).Select(long.Parse).ToList()))
        .Select(row => new SampleFile(Facts.InProject("samples", kind, row.Case.Groups[1].Value), row.Case.Groups[2].Value, row.Counts[^2], row.Counts[^1]));

    public Stream Open() => Path.EndsWith(".gz", StringComparison.Ordinal)
        ? new GZipStream(File.OpenRead(Path), CompressionMode.Decompress) : File.OpenRead(Path);

    /// <summary>The observations and the distinct keys in the file.</summary>
    public (long Observations, long Series) Count() =>
        Path.Contains(".csv", StringComparison.Ordinal) ? CountCsv() : Path.Contains(".json", StringComparison.Ordinal) ? CountJson() : CountXml();

    public override string ToString() => System.IO.Path.GetFileName(Path);

    (long, long) CountXml()
    {
        var observations = 0L;
        var keys = new HashSet<string>();
        using var stream = Open();
        using var xml = XmlReader.Create(stream);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Obs")
                observations++;
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "SeriesKey")
                keys.Add(xml.ReadInnerXml());
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Series" && xml.HasAttributes)
                keys.Add(Key(xml));
        }

        return (observations, keys.Count);
    }

    (long, long) CountJson()
    {
        using var stream = Open();
        using var message = JsonDocument.Parse(stream);
        var sets = message.RootElement.GetProperty("data").GetProperty("dataSets").EnumerateArray();
        var series = sets.SelectMany(s => s.GetProperty("series").EnumerateObject()).ToList();
        return (series.Sum(s => s.Value.GetProperty("observations").EnumerateObject().Count()), series.Select(s => s.Name).Distinct().Count());
    }

    // The first fifteen attributes are the dimensions: the writer keeps the order of the structure.
    static string Key(XmlReader series) => string.Join('.', Enumerable.Range(0, 15).Select(series.GetAttribute));

    (long, long) CountCsv()
    {
        using var reader = new StreamReader(Open());
        var before = reader.ReadLine()!.Split(',').TakeWhile(c => c != "FREQ").Count();
        var records = 0L;
        var keys = new HashSet<string>();
        while (reader.ReadLine() is { } line)
        {
            // A quoted cell may go on in the next line; the key's cells come first and are never quoted.
            records++;
            keys.Add(string.Join(',', line.Split(',').Skip(before).Take(15)));
            for (var quotes = line.Count(c => c == '"'); quotes % 2 == 1;)
                quotes += reader.ReadLine()!.Count(c => c == '"');
        }

        return (records, keys.Count);
    }

    [GeneratedRegex("^`([^`]+)` ?(.*)$")]
    private static partial Regex FileName();
}

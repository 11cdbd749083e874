using System.Globalization;
using Sdmx;
using Sdmx.Formats;
using Sylvan.Data.Csv;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-CSV read, typed and resolved, against Sylvan.Data.Csv with codes looked up in dictionaries.</summary>
static class CsvReadBenchmark
{
    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-csv-");
        try
        {
            var path = Path.Combine(folder.FullName, "data.csv");
            var observations = cube.WriteFile(path, "csv-2.0", scale.Observations);
            var bytes = new FileInfo(path).Length;
            var table = new ReportTable("SDMX-CSV read, typed and resolved", observations);
            var measured = Measurement.InTurns(scale.Rounds, () => Check(observations, Sylvan(path, cube.Schema)), () => Check(observations, Hub(path, cube.Catalog)));
            table.Add("Sylvan.Data.Csv, codes by dictionary", measured[0], bytes);
            table.Add("the hub's reader", measured[1], bytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Check(long expected, long found)
    {
        if (expected != found)
            throw new InvalidOperationException($"{found} observations were read, {expected} written");
    }

    static long Hub(string path, StructureCatalog catalog)
    {
        using var issues = new IssueLog();
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var reader = Format.Find("csv-2.0")!.Open!(stream, new ReadContext { Catalog = catalog, Issues = issues });
        var block = new ObservationBlock();
        var observations = 0L;
        while (reader.Read(block))
            observations += SdgCube.Count(block);
        return observations;
    }

    static long Sylvan(string path, DataSchema schema)
    {
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1), bufferSize: 1 << 16);
        using var csv = CsvDataReader.Create(reader, new CsvDataReaderOptions { BufferSize = 1 << 16 });
        var components = Enumerable.Range(0, csv.FieldCount).Select(i => schema.Find(csv.GetName(i))).ToArray();
        var codes = components.Select(c => c?.Codes is { } list ? Dictionary(list).GetAlternateLookup<ReadOnlySpan<char>>() : default).ToArray();
        var texts = new string[components.Length];
        var (observations, sum) = (0L, 0L);
        while (csv.Read())
        {
            observations++;
            for (var i = 0; i < components.Length; i++)
            {
                if (components[i] is not { } component)
                    continue;
                var cell = csv.GetFieldSpan(i);
                if (cell.IsEmpty)
                    continue;
                if (component.Codes is not null)
                    sum += codes[i].TryGetValue(cell, out var number) ? number : throw new InvalidOperationException("unknown code");
                else if (component.Role == ComponentRole.Time)
                    sum += int.Parse(cell, NumberStyles.None, CultureInfo.InvariantCulture);
                else if (component.Role == ComponentRole.Measure)
                    sum += (long)decimal.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);
                else if (!cell.SequenceEqual(texts[i]))
                    texts[i] = cell.ToString();
            }
        }

        return sum == 0 ? 0 : observations;
    }

    static Dictionary<string, int> Dictionary(CodeIndex list)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < list.Count; i++)
            numbers.TryAdd(list[i], i);
        return numbers;
    }
}

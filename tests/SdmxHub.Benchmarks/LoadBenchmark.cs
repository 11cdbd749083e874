using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>From a file to a durable commit, every rule on: what reading costs, what checking adds, what the store adds.</summary>
static class LoadBenchmark
{
    const string MessageFormat = "structurespecific-2.1";

    public static void Run(Scale scale)
    {
        var cube = new SdgCube(isConstrained: true);
        var folder = Directory.CreateTempSubdirectory("sdmxhub-load-");
        try
        {
            var file = Path.Combine(folder.FullName, "data.xml");
            var observations = cube.WriteFile(file, MessageFormat, scale.Observations);
            var table = new ReportTable("From a file to a durable commit", observations);
            var bytes = new FileInfo(file).Length;
            table.Add("reading alone", Measurement.Median(scale.Rounds, () => Read(cube, file)), bytes);
            table.Add("reading, every rule checked, sorted by series", Measurement.Median(scale.Rounds, () => Check(cube, file)), bytes);
            var number = 0;
            Store? store = null;
            table.Add("the same, into a new store, durable", Measurement.Median(scale.Rounds, () =>
            {
                store?.Dispose();
                store = StoreBenchmark.NewStore(Path.Combine(folder.FullName, $"{number++}.db"), cube);
                return () => StoreBenchmark.Load(store, file);
            }), bytes);
            store?.Dispose();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Read(SdgCube cube, string file)
    {
        using var issues = new IssueLog();
        using var reader = Format.Find(MessageFormat)!.Open!(File.OpenRead(file), new ReadContext { Catalog = cube.Catalog, Issues = issues });
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
        }
    }

    static void Check(SdgCube cube, string file)
    {
        using var report = SdmxHub.Storage.Load.Check(file, cube.Catalog, new LoadOptions(), null, CancellationToken.None);
        if (report.Issues.HasErrors)
            throw new InvalidOperationException(report.Issues.All.First(i => i.Severity >= Severity.Error).Message);
    }
}

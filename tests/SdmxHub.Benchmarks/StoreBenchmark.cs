using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>The store against a table of SQLite with a row per observation: load, merge, scan, size.</summary>
static class StoreBenchmark
{
    const long Merged = 50_000;

    public static void Run(Scale scale)
    {
        foreach (var observations in scale.StoreObservations)
            Run(observations);
    }

    static void Run(long amount)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-store-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            var observations = cube.WriteFile(At("data.xml"), "structurespecific-2.1", amount);
            var merged = cube.WriteFile(At("merge.xml"), "structurespecific-2.1", Merged, seed: 7);
            using var rows = new RowTable(At("rows.db"), cube);
            using var store = NewStore(At("hub.db"), cube);
            Print("load", observations, Measurement.Once(() => rows.Load(At("data.xml"))), Measurement.Once(() => Load(store, At("data.xml"))));
            Print("merge", merged, Measurement.Once(() => rows.Load(At("merge.xml"))), Measurement.Once(() => Load(store, At("merge.xml"))));
            Print("full scan", observations, Measurement.Median(3, () => rows.Scan()), Measurement.Median(3, () => Scan(store, cube)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"\nSize: {rows.Bytes / 1e6:F0} MB in rows, {Size(At("hub.db")) / 1e6:F0} MB in the store, {(double)Size(At("hub.db")) / rows.Bytes:F2} of it."));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Print(string step, long observations, Measurement rows, Measurement store)
    {
        var table = new ReportTable($"Store, {step}", observations);
        table.Add("a row per observation in SQLite", rows);
        table.Add("the hub's store", store);
    }

    /// <summary>A new store that holds the structures.</summary>
    public static Store NewStore(string path, SdgCube cube)
    {
        var store = Store.Open($"sqlite:{path}", TimeProvider.System);
        using var transaction = store.Begin("structures", "benchmark");
        transaction.Put(cube.Catalog.All);
        transaction.Commit();
        return store;
    }

    /// <summary>Loads a message; every rule is on.</summary>
    public static void Load(Store store, string path)
    {
        using var report = SdmxHub.Storage.Load.Run(path, store, new LoadOptions(), null, CancellationToken.None);
        if (report.Revision is null)
            throw new InvalidOperationException(report.Issues.All.First(i => i.Severity >= Severity.Error).Message);
    }

    static void Scan(Store store, SdgCube cube)
    {
        using var head = store.Head();
        using var reader = head.Read(new DataQuery { Dataflow = cube.Schema.Urn });
        var block = new ObservationBlock();
        var found = 0L;
        while (reader.Read(block))
            found += SdgCube.Count(block);
        if (found == 0)
            throw new InvalidOperationException("the store gives nothing");
    }

    static long Size(string path) => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Sum(f => new FileInfo(f).Length);
}

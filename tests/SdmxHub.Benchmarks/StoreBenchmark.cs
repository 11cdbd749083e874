using System.Diagnostics;
using System.Runtime;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>The store against a table of SQLite with a row per observation, and what it does alone: reads, history, start, memory.</summary>
static class StoreBenchmark
{
    const string MessageFormat = "structurespecific-2.1";
    const int FewObservations = 50_000;
    const int MergedSeries = 2000;
    const long LargestRowTable = 5_000_000;
    const int Queries = 20_000;

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-store-");
        try
        {
            // Both sides with little, so that neither pays for what is compiled at its first uses.
            Compare(cube, Folder(folder, "warm"), FewObservations, scale.Merges, isTold: false);
            var merges = scale.StoreObservations.Select(o => (Observations: o, Seconds: Compare(cube, Folder(folder, $"{o}"), o, scale.Merges, isTold: true))).ToList();
            foreach (var (observations, seconds) in merges.Skip(1))
                new FigureTable("A merge into more").Add($"into {observations:N0} against {merges[0].Observations:N0}", $"{seconds / merges[0].Seconds:F2} times the CPU", "at most 1.5");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
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

    /// <summary>Loads a message; every rule is on that is not left out.</summary>
    public static void Load(Store store, string path, OptionalRules without = default)
    {
        using var report = SdmxHub.Storage.Load.Run(path, store, new LoadOptions { Without = without }, null, CancellationToken.None);
        if (report.Revision is null)
            throw new InvalidOperationException(report.Issues.All.First(i => i.Severity >= Severity.Error).Message);
    }

    /// <summary>Reads everything there is of the flow.</summary>
    public static long Scan(Snapshot snapshot, SdgCube cube)
    {
        using var reader = snapshot.Read(new DataQuery { Dataflow = cube.Schema.Urn });
        var block = new ObservationBlock();
        var found = 0L;
        while (reader.Read(block))
            found += SdgCube.Count(block);
        return found > 0 ? found : throw new InvalidOperationException("the store gives nothing");
    }

    /// <summary>The bytes of managed memory in use.</summary>
    public static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    static string Folder(DirectoryInfo above, string name) => above.CreateSubdirectory(name).FullName;

    /// <returns>The CPU seconds of the merge.</returns>
    static double Compare(SdgCube cube, string folder, long amount, int merges, bool isTold)
    {
        string At(string name) => Path.Combine(folder, name);
        var observations = cube.WriteFile(At("data.xml"), MessageFormat, amount);
        var merged = WriteMerges(cube, At, amount, merges);
        using var rows = amount <= LargestRowTable ? new RowTable(At("rows.db"), cube, keepsHistory: false) : null;
        var rowLoad = rows is null ? default : Measurement.Once(() => rows.Load(At("data.xml")));
        Merged[] rowMerges = rows is null ? [] : [Merge(cube, At, rows, merges), MergeWithHistory(cube, At, merges)];
        var number = 0;
        Store? store = null;
        var load = Measurement.Median(amount > LargestRowTable ? 1 : 3, () =>
        {
            store?.Dispose();
            File.Delete(At($"hub{number}.db"));
            store = NewStore(At($"hub{++number}.db"), cube);
            return () => Load(store, At("data.xml"));
        });
        store!.Dispose();
        File.Copy(At($"hub{number}.db"), At("copy.db"));
        using (var copy = Store.Open($"sqlite:{At("copy.db")}", TimeProvider.System))
        {
            Measurement.WarmUp(i => Load(copy, At($"merge{(i % merges) + 1}.xml")));
        }

        store = Store.Open($"sqlite:{At($"hub{number}.db")}", TimeProvider.System);
        var merge = Merge(At, merges, path => Load(store, path));
        // The rules of the SDG domain read what is stored of each series that is sent.
        var withoutRules = Merge(At, merges, path => Load(store, path, OptionalRules.All));
        var alone = Merge(cube, At, merges, blocks => Append(store, blocks));
        store.Dispose();
        File.Delete(At("data.xml"));
        if (!isTold)
            return merge.Seconds;
        Print("load", observations, rowLoad, load);
        PrintMerge(merged, rowMerges, new(merge, alone), withoutRules);
        ReadAgain(cube, At($"hub{number}.db"), observations, rows);
        return merge.Seconds;
    }

    /// <summary>Some series, spread over all, sent again and again, a tenth of their values revised each time.</summary>
    static long WriteMerges(SdgCube cube, Func<string, string> at, long amount, int merges)
    {
        var sent = cube.Blocks(amount, every: (int)Math.Max(1, amount / 25 / MergedSeries)).ToList();
        long merged = 0;
        for (var release = 1; release <= merges; release++)
        {
            SdgCube.Revise(sent, release);
            merged = cube.WriteFile(at($"merge{release}.xml"), MessageFormat, sent);
        }

        return merged;
    }

    static Merged MergeWithHistory(SdgCube cube, Func<string, string> at, int merges)
    {
        using var rows = new RowTable(at("history.db"), cube, keepsHistory: true);
        rows.Load(at("data.xml"));
        return Merge(cube, at, rows, merges);
    }

    static Merged Merge(SdgCube cube, Func<string, string> at, RowTable rows, int merges) =>
        new(Merge(at, merges, path => rows.Load(path)), Merge(cube, at, merges, blocks => rows.Load(blocks)));

    /// <summary>Of files.</summary>
    static Measurement Merge(Func<string, string> at, int merges, Action<string> load)
    {
        var number = 0;
        return Measurement.Median(merges - 1, () =>
        {
            var path = at($"merge{++number}.xml");
            return () => load(path);
        });
    }

    /// <summary>Of what was read before.</summary>
    static Measurement Merge(SdgCube cube, Func<string, string> at, int merges, Action<List<ObservationBlock>> append)
    {
        var number = 0;
        return Measurement.Median(merges - 1, () =>
        {
            var blocks = cube.ReadAll(at($"merge{++number}.xml"));
            return () => append(blocks);
        });
    }

    static void Append(Store store, List<ObservationBlock> blocks)
    {
        using var transaction = store.Begin("load", "benchmark");
        foreach (var block in blocks)
            transaction.Append(block);
        transaction.Commit();
    }

    static void ReadAgain(SdgCube cube, string path, long observations, RowTable? rows)
    {
        var empty = Memory();
        var start = Stopwatch.StartNew();
        using var store = Store.Open($"sqlite:{path}", TimeProvider.System);
        var cold = start.Elapsed.TotalSeconds;
        using var head = store.Head();
        using var first = store.At(2)!;
        var scans = Measurement.InTurns(5, () => Scan(head, cube), () => Scan(first, cube));
        var (scan, asOf) = (scans[0], scans[1]);
        Print("full scan", observations, rows is null ? default : Measurement.Median(3, rows.Scan), scan with { Times = null });
        var figures = new FigureTable($"The store alone, {observations:N0} observations");
        figures.Add("full scan, M observations per CPU-s", $"{observations / 1e6 / scan.Seconds:F1}", "15");
        figures.Add("full scan as of the revision before", $"{1 / asOf.Times:F2} times the current", "at most 2");
        figures.Add("cold start, s", $"{cold:F2}", "5 at 3 million");
        var series = head.Cube(cube.Schema.Urn)!.Series;
        figures.Add("memory of the index, MB per million series", $"{IndexMemory(store, head, cube, empty) / (double)series:F0}", "at most 100");
        figures.Add("one series, ms of CPU", $"{OneSeries(head, cube).Seconds * 1000 / Queries:F4}", "at most 0.1");
        if (rows is not null)
            figures.Add("size, of the table with a row per observation", $"{(double)Size(path) / rows.Bytes:F2}", "a third");
        figures.Add("size, bytes per observation", $"{(double)Size(path) / observations:F1}", "");
    }

    /// <summary>The managed memory of the store without what its structures take: their part is measured by a catalog read alone.</summary>
    static long IndexMemory(Store store, Snapshot head, SdgCube cube, long empty)
    {
        head.Available(new DataQuery { Dataflow = cube.Schema.Urn });
        var all = Memory() - empty;
        var withoutData = Path.Combine(Path.GetTempPath(), $"sdmxhub-{Guid.NewGuid():N}.db");
        using (var structures = NewStore(withoutData, cube))
            all -= structures.Head().Catalog.All.Any() ? Reopened(withoutData) : 0;
        File.Delete(withoutData);
        GC.KeepAlive(store);
        return all;
    }

    static long Reopened(string path)
    {
        var before = Memory();
        using var store = Store.Open($"sqlite:{path}", TimeProvider.System);
        return Memory() - before;
    }

    static Measurement OneSeries(Snapshot head, SdgCube cube)
    {
        var random = new Random(1);
        var block = new ObservationBlock();
        var keys = new List<KeyPattern>();
        using (var reader = head.Read(new DataQuery { Dataflow = cube.Schema.Urn }))
        {
            while (keys.Count < 1000 && reader.Read(block))
            {
                var row = random.Next(block.Count);
                keys.Add(new(cube.Schema.Dimensions.Select(d => new[] { reader.Dataset.Codes.Dimensions[d.Index][block.Key[d.Index][row]] }.ToValueArray()).ToValueArray()));
            }
        }

        return Measurement.Median(3, () =>
        {
            for (var i = 0; i < Queries; i++)
            {
                using var reader = head.Read(new DataQuery { Dataflow = cube.Schema.Urn, Keys = [keys[i % keys.Count]] });
                if (!reader.Read(block))
                    throw new InvalidOperationException("a series is not found");
            }
        });
    }

    /// <summary>Each kind of table is the baseline of tables of its own.</summary>
    static void PrintMerge(long observations, Merged[] rows, Merged store, Measurement withoutRules)
    {
        string[] tables = ["the table forgets what was", "the table keeps history as the hub does"];
        for (var i = 0; i < Math.Max(1, rows.Length); i++)
        {
            var before = rows.ElementAtOrDefault(i);
            Print($"merge of series sent again, of what was read before; {tables[i]}", observations, before.Alone, store.Alone);
            var table = Print($"merge of series sent again, from the file; {tables[i]}, and nothing is checked", observations, before.FromFile, store.FromFile);
            table.Add("the hub's store, without the rules of the SDG domain", withoutRules);
        }
    }

    static ReportTable Print(string step, long observations, Measurement rows, Measurement store)
    {
        var table = new ReportTable($"Store, {step}", observations);
        if (rows.Seconds > 0)
            table.Add("a row per observation in SQLite", rows);
        table.Add("the hub's store", store);
        return table;
    }

    static long Size(string path) => Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*").Sum(f => new FileInfo(f).Length);

    /// <summary>A merge from the file, read and, by the hub, checked; and of what was read before: the store or table alone.</summary>
    readonly record struct Merged(Measurement FromFile, Measurement Alone);
}

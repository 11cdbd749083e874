namespace SdmxHub.Benchmarks;

/// <summary>Release after release of the same series, a tenth of the values revised each time: whether the fiftieth costs more than the second.</summary>
static class ReleasesBenchmark
{
    const int Releases = 50;
    const int Averaged = 5;
    const int Scans = 9;

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-releases-");
        try
        {
            var (file, path) = (Path.Combine(folder.FullName, "release.xml"), Path.Combine(folder.FullName, "hub.db"));
            var amount = scale.Observations / 5;
            using var store = StoreBenchmark.NewStore(path, cube);
            var seconds = new List<double>();
            for (var release = 0; release <= Releases; release++)
            {
                cube.WriteFile(file, "structurespecific-2.1", cube.Blocks(amount, release: release));
                var load = Measurement.Once(() => StoreBenchmark.Load(store, file));
                // The first inserts; the others revise.
                if (release > 0)
                    seconds.Add(load.Seconds);
            }

            var figures = new FigureTable($"{Releases} releases of {amount:N0} observations");
            // The very first revisions still pay for what is compiled.
            var first = Median(seconds.Skip(Averaged).Take(Averaged));
            figures.Add($"releases {Averaged + 1} to {2 * Averaged}, M observations per CPU-s", $"{amount / 1e6 / first:F2}", "");
            figures.Add("the last five against them", $"{first / Median(seconds.TakeLast(Averaged)):F2} times the rate", "flat");
            using var old = store.At(2)!;
            using var head = store.Head();
            var (now, then) = (default(Measurement), default(Measurement));
            // The last round counts: before, one of the two pays for what both compile.
            for (var round = 0; round < 3; round++)
                (now, then) = (Measurement.Median(Scans, () => StoreBenchmark.Scan(head, cube)), Measurement.Median(Scans, () => StoreBenchmark.Scan(old, cube)));
            figures.Add("full scan as of the first, all of it revised since", $"{then.Seconds / now.Seconds:F2} times the current", "at most 2");
            figures.Add("size, bytes per observation and release", $"{new FileInfo(path).Length / (double)amount / Releases:F1}", "");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(Averaged / 2);
}

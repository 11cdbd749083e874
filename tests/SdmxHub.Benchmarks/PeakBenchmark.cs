using System.Diagnostics;
using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>The most memory that a process takes to load a large file, in order of series and shuffled.</summary>
static class PeakBenchmark
{
    // Measured: how long an observation of a message is, shuffled (its series said again with each) and in order.
    const int OrderedBytes = 168;
    const int ShuffledBytes = 560;

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-peak-");
        try
        {
            var bytes = scale.Megabytes * 2_000_000L;
            var figures = new FigureTable($"The most memory a load takes, resident, MB");
            Measure(cube, folder, figures, "in order of series", path => cube.WriteFile(path, "structurespecific-2.1", bytes / OrderedBytes));
            Measure(cube, folder, figures, "shuffled", path => cube.WriteFile(path, "structurespecific-2.1", cube.Shuffled(bytes / ShuffledBytes)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The process that loads.</summary>
    public static int Child(string file, string database)
    {
        using var store = Store.Open($"sqlite:{database}", TimeProvider.System);
        StoreBenchmark.Load(store, file);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{process.PeakWorkingSet64} {process.TotalProcessorTime.TotalSeconds}"));
        return 0;
    }

    static void Measure(SdgCube cube, DirectoryInfo folder, FigureTable figures, string name, Func<string, long> write)
    {
        var (file, database) = (Path.Combine(folder.FullName, "data.xml"), Path.Combine(folder.FullName, "hub.db"));
        var observations = write(file);
        StoreBenchmark.NewStore(database, cube).Dispose();
        var wall = Stopwatch.StartNew();
        using var child = Process.Start(new ProcessStartInfo("dotnet", [typeof(PeakBenchmark).Assembly.Location, "peak-child", file, database]) { RedirectStandardOutput = true })!;
        var told = child.StandardOutput.ReadToEnd().Split(' ');
        child.WaitForExit();
        var (peak, cpu) = (long.Parse(told[0], CultureInfo.InvariantCulture), double.Parse(told[1], CultureInfo.InvariantCulture));
        figures.Add($"{name}: {new FileInfo(file).Length / 1e6:F0} MB, {observations:N0} observations, {cpu:F1} s of CPU, {wall.Elapsed.TotalSeconds:F1} s", $"{peak / 1e6:F0}", "600 for 1 GB");
        foreach (var used in folder.EnumerateFiles())
            used.Delete();
    }
}

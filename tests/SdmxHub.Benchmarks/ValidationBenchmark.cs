using System.Globalization;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Benchmarks;

/// <summary>What every rule and the sorter cost beside reading: a message against the shipped structure with its constraints, step by step.</summary>
static class ValidationBenchmark
{
    static readonly string[] Steps = ["reading", "row rules", "sorter: adding", "sorter: reading", "series rules", "sorter: reading again"];

    /// <summary>Series after series, as messages usually are.</summary>
    public static void Run(Scale scale) => Measure(scale, "Validation, series in one piece", (cube, amount) => cube.Blocks(amount), SeriesSorter.DefaultMemory);

    /// <summary>Rows in any order, in memory and on disk.</summary>
    public static void RunShuffled(Scale scale)
    {
        Measure(scale, "Validation, rows in any order", (cube, amount) => cube.Shuffled(amount), SeriesSorter.DefaultMemory);
        Measure(scale, "Validation, rows in any order, sorted on disk", (cube, amount) => cube.Shuffled(amount), scale.Observations * 16);
    }

    static void Measure(Scale scale, string title, Func<SdgCube, long, IEnumerable<ObservationBlock>> blocks, long memory)
    {
        var cube = new SdgCube(isConstrained: true);
        var folder = Directory.CreateTempSubdirectory("sdmxhub-validate-");
        try
        {
            var path = Path.Combine(folder.FullName, "data.xml");
            var observations = cube.WriteFile(path, "structurespecific-2.1", blocks(cube, scale.Observations));
            Measurement.WarmUp(_ => Once(path, cube.Catalog, memory));
            var rounds = Enumerable.Range(0, scale.Rounds).Select(_ => Once(path, cube.Catalog, memory)).ToList();
            Print(title, observations, [.. Steps.Select((_, step) => new Measurement(
                rounds.Select(r => r[step].Seconds).Order().ElementAt(scale.Rounds / 2), rounds.Select(r => r[step].Allocated).Order().ElementAt(scale.Rounds / 2)))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static Measurement[] Once(string path, StructureCatalog catalog, long memory)
    {
        GC.Collect();
        using var issues = new IssueLog();
        using var sorter = new SeriesSorter(memory);
        var validator = new Validator(issues);
        var laps = new Laps(Steps.Length);
        var block = new ObservationBlock();
        using (var reader = Format.Find("structurespecific-2.1")!.Open!(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1), new ReadContext { Catalog = catalog, Issues = issues }))
        {
            for (laps.Begin(); laps.End(0, reader.Read(block));)
            {
                validator.Check(block);
                laps.End(1);
                sorter.Add(block);
                laps.End(2);
            }
        }

        for (laps.Begin(); laps.End(3, sorter.Read(block));)
        {
            validator.CheckSeries(block);
            laps.End(4);
        }

        validator.Complete();
        laps.End(4);
        sorter.Rewind();
        for (laps.Begin(); laps.End(5, sorter.Read(block));)
        {
        }

        if (issues.Total > 0)
            throw new InvalidOperationException(issues.All.First().Message);
        return laps.All;
    }

    static void Print(string title, long observations, Measurement[] steps)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n### {title}, {observations:N0} observations\n"));
        Console.WriteLine("| | ns of CPU per obs | bytes allocated per obs | of reading |\n|---|---:|---:|---:|");
        for (var step = 0; step < steps.Length; step++)
            Line(Steps[step], steps[step].Seconds, steps[step].Allocated);
        Line("all rules", steps[1].Seconds + steps[4].Seconds, steps[1].Allocated + steps[4].Allocated);

        void Line(string name, double seconds, long allocated) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {seconds * 1e9 / observations:F1} | {(double)allocated / observations:F2} | {seconds / steps[0].Seconds:F3} |"));
    }

    /// <summary>Gives the time since the last lap to one step or another.</summary>
    sealed class Laps(int steps)
    {
        TimeSpan _at;
        long _allocated;

        public Measurement[] All { get; } = new Measurement[steps];

        public void Begin() => (_at, _allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());

        public bool End(int step, bool result = true)
        {
            var (now, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            All[step] = new(All[step].Seconds + (now - _at).TotalSeconds, All[step].Allocated + allocated - _allocated);
            (_at, _allocated) = (now, allocated);
            return result;
        }
    }
}

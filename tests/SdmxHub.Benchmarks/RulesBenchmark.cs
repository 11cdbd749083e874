using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>What the rules of the SDG domain add to the check of a message: by structures alone, and beside a store that holds every series of it.</summary>
static class RulesBenchmark
{
    static readonly LoadOptions All = new();
    static readonly LoadOptions None = new() { Without = OptionalRules.All };

    public static void Run(Scale scale)
    {
        var cube = new SdgCube(isConstrained: true);
        var folder = Directory.CreateTempSubdirectory("sdmxhub-rules-");
        try
        {
            var file = Path.Combine(folder.FullName, "data.xml");
            var observations = cube.WriteFile(file, "structurespecific-2.1", scale.Observations);
            var bytes = new FileInfo(file).Length;
            using var store = StoreBenchmark.NewStore(Path.Combine(folder.FullName, "hub.db"), cube);
            StoreBenchmark.Load(store, file);
            (string Name, Action Run)[] ways =
            [
                ("without the SDG rules", () => Check(file, cube, null, None)), ("with them", () => Check(file, cube, null, All)),
                ("beside a store that holds its series, without the SDG rules", () => Check(file, cube, store, None)), ("beside the store, with them", () => Check(file, cube, store, All)),
            ];
            var table = new ReportTable("Checking a message", observations);
            foreach (var (way, measured) in ways.Zip(Measurement.InTurns(scale.Rounds, [.. ways.Select(w => w.Run)])))
                table.Add(way.Name, measured, bytes);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Check(string file, SdgCube cube, Store? store, LoadOptions options)
    {
        using var head = store?.Head();
        using var report = head is null ? SdmxHub.Storage.Load.Check(file, cube.Catalog, options, null, CancellationToken.None)
            : SdmxHub.Storage.Load.Check([new LoadFile(file)], head, options, null, CancellationToken.None)[0];
        if (report.Issues.HasErrors)
            throw new InvalidOperationException(report.Issues.All.First(i => i.Severity >= Severity.Error).Message);
    }
}

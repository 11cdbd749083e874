using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Benchmarks;

/// <summary>What the benchmarks of writers share: blocks in memory, and a writer of the hub run over them.</summary>
static class Writing
{
    /// <summary>Measures formats against a baseline.</summary>
    public static void Compare(Scale scale, string title, string baseline, Func<SdgCube, IReadOnlyList<ObservationBlock>, long> write, params string[] formats)
    {
        var cube = new SdgCube();
        var blocks = cube.Blocks(scale.Observations).ToList();
        var table = new ReportTable(title, blocks.Sum(b => (long)SdgCube.Count(b)));
        long bytes = 0;
        var measured = Measurement.Median(scale.Rounds, () => bytes = write(cube, blocks));
        table.Add(baseline, measured, bytes);
        foreach (var format in formats)
        {
            measured = Measurement.Median(scale.Rounds, () => bytes = Hub(cube, blocks, format));
            table.Add($"the hub's writer, {format}", measured, bytes);
        }
    }

    static long Hub(SdgCube cube, IReadOnlyList<ObservationBlock> blocks, string format)
    {
        var output = new NullBuffer();
        var writer = Format.Find(format)!.Write!(output, new WriterOptions());
        writer.Begin([cube.Schema]);
        writer.BeginDataset(cube.Dataset);
        foreach (var block in blocks)
            writer.Write(block);
        writer.End();
        return output.Written;
    }
}

using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Benchmarks;

/// <summary>Writes blocks as one message.</summary>
delegate void WriteMessage(SdgCube cube, IReadOnlyList<ObservationBlock> blocks, WindowSink output);

/// <summary>What the benchmarks of writers share: blocks in memory, and a writer of the hub run over them.</summary>
static class Writing
{
    /// <summary>Measures the hub's writer of a format against a baseline that writes the same message.</summary>
    public static void Compare(Scale scale, string format, string name, WriteMessage baseline)
    {
        var cube = new SdgCube();
        var blocks = cube.Blocks(scale.Observations).ToList();
        var table = new ReportTable($"{format} written", blocks.Sum(b => (long)SdgCube.Count(b)));
        long size = 0, own = 0;
        var measured = Measurement.InTurns(scale.Rounds, () => size = Write(baseline), () => own = Write((_, _, output) => Hub(cube, blocks, output, format)));
        table.Add(name, measured[0], size);
        table.Add("the hub's writer", measured[1], own);
        // a head more or less, a line break, a blank before "/>": no more
        if (Math.Abs(size - own) > own / 50)
            throw new InvalidOperationException($"{name} wrote {size} bytes, the hub {own}: these are not the same message");

        long Write(WriteMessage write)
        {
            using var output = new WindowSink();
            write(cube, blocks, output);
            return output.Length;
        }
    }

    static void Hub(SdgCube cube, IReadOnlyList<ObservationBlock> blocks, WindowSink output, string format)
    {
        var writer = Format.Find(format)!.Write!(output, new WriterOptions());
        writer.Begin([cube.Schema]);
        writer.BeginDataset(cube.Dataset);
        foreach (var block in blocks)
            writer.Write(block);
        writer.End();
    }
}

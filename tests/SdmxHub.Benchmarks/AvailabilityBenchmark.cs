using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>What a data explorer asks at every click: the codes of every dimension, with counts, under one filter.</summary>
static class AvailabilityBenchmark
{
    const int Series = 300_000;

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-available-");
        try
        {
            using var store = StoreBenchmark.NewStore(Path.Combine(folder.FullName, "hub.db"), cube);
            Fill(store, cube);
            using var head = store.Head();
            var figures = new FigureTable($"Availability of all dimensions, {head.Cube(cube.Schema.Urn)!.Series:N0} series");
            Measure(figures, "of everything", head, new DataQuery { Dataflow = cube.Schema.Urn }, scale);
            Measure(figures, "under a filter that a third passes", head, Filtered(cube, "REF_AREA", cube.Schema.Find("REF_AREA")!.Codes!.Count / 3), scale);
            Measure(figures, "under a filter on one code", head, Filtered(cube, "SEX", 1), scale);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void Fill(Store store, SdgCube cube)
    {
        using var transaction = store.Begin("load", "benchmark");
        var series = 0;
        foreach (var block in cube.Blocks(long.MaxValue))
        {
            // The last period of each series is enough: counts come from the index.
            var kept = 0;
            for (var row = 0; row < block.Count; row++)
            {
                if (row + 1 < block.Count && block.Kinds[row + 1] == RowKind.Observation)
                    continue;
                block.Periods[kept] = block.Periods[row];
                block.Kinds[kept] = block.Kinds[row];
                foreach (var column in block.Key)
                    column[kept] = column[row];
                foreach (var column in block.Values)
                    (column.Forms[kept], column.Bits[kept]) = (column.Forms[row], column.Bits[row]);
                kept++;
            }

            block.Count = kept;
            transaction.Append(block);
            if ((series += kept) >= Series)
                break;
        }

        transaction.Commit();
    }

    static DataQuery Filtered(SdgCube cube, string dimension, int codes)
    {
        var index = cube.Schema.Find(dimension)!;
        var ids = Enumerable.Range(0, codes).Select(c => index.Codes![c]).ToValueArray();
        return new() { Dataflow = cube.Schema.Urn, Keys = [new(cube.Schema.Dimensions.Select(d => d.Id == dimension ? ids : default).ToValueArray())] };
    }

    static void Measure(FigureTable figures, string name, Snapshot head, DataQuery query, Scale scale)
    {
        const int times = 20;
        long series = 0;
        var measured = Measurement.Median(scale.Rounds, () =>
        {
            for (var i = 0; i < times; i++)
                series = head.Available(query)!.Series;
        });
        figures.Add($"{name}: {series:N0} series, ms of CPU", $"{measured.Seconds * 1000 / times:F1}", "at most 15");
    }
}

using System.Diagnostics;

namespace SdmxHub.Benchmarks;

/// <summary>What something cost.</summary>
/// <param name="Seconds">CPU time of the process, all threads.</param>
/// <param name="Allocated">Bytes allocated, all threads.</param>
readonly record struct Measurement(double Seconds, long Allocated)
{
    /// <summary>The median of several runs, after one that warms up.</summary>
    public static Measurement Median(int rounds, Action run) => Median(rounds, () => run);

    /// <summary>The median of several runs, each of what was made ready for it, after one that warms up.</summary>
    public static Measurement Median(int rounds, Func<Action> makeReady)
    {
        makeReady()();
        var all = new Measurement[rounds];
        for (var i = 0; i < rounds; i++)
            all[i] = Once(makeReady());
        return new(all.Select(m => m.Seconds).Order().ElementAt(rounds / 2), all.Select(m => m.Allocated).Order().ElementAt(rounds / 2));
    }

    /// <summary>One run.</summary>
    public static Measurement Once(Action run)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var before = process.TotalProcessorTime;
        run();
        process.Refresh();
        return new((process.TotalProcessorTime - before).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }
}

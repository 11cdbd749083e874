using System.Diagnostics;
using System.Runtime;

namespace SdmxHub.Benchmarks;

/// <summary>What something cost.</summary>
/// <param name="Seconds">CPU time of the process, all threads.</param>
/// <param name="Allocated">Bytes allocated, all threads.</param>
/// <param name="Times">Of things measured in turns: how many times the rate of the first, the median over the turns.</param>
readonly record struct Measurement(double Seconds, long Allocated, double? Times = null)
{
    /// <summary>The longest that something is run before it is measured.</summary>
    public static TimeSpan MostWarmUp { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs something until nothing more is compiled for it, or for so long: compiling is a quarter of what a merge of 50,000 observations takes at
    /// first, and goes on for long.</summary>
    public static void WarmUp(Action<int> run)
    {
        var time = Stopwatch.StartNew();
        for (int i = 0, quiet = 0; i == 0 || (quiet < 10 && time.Elapsed < MostWarmUp); i++)
        {
            var compiled = JitInfo.GetCompiledMethodCount();
            run(i);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
    }

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

    /// <summary>Each of several things, measured in turns, so that what else the machine does meets all of them; medians, after a warm-up.</summary>
    public static Measurement[] InTurns(int rounds, params Action[] runs)
    {
        WarmUp(_ => Array.ForEach(runs, run => run()));
        var turns = Enumerable.Range(0, rounds).Select(_ => Array.ConvertAll(runs, Once)).ToList();
        return [.. runs.Select((_, i) => new Measurement(
            Median(turns.Select(t => t[i].Seconds)), (long)Median(turns.Select(t => (double)t[i].Allocated)), Median(turns.Select(t => t[0].Seconds / t[i].Seconds))))];
    }

    /// <summary>The one in the middle; of an even number, the higher of two.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
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

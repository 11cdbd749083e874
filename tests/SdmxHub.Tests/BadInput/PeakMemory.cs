namespace SdmxHub.Tests.BadInput;

/// <summary>How much the process's memory grows at most while something runs, by samples some milliseconds apart.</summary>
static class PeakMemory
{
    public static long Of(Action action)
    {
        GC.Collect();
        var before = Environment.WorkingSet;
        var peak = before;
        using var stop = new CancellationTokenSource();
        var watch = new Thread(() =>
        {
            while (!stop.Token.WaitHandle.WaitOne(5))
                peak = Math.Max(peak, Environment.WorkingSet);
        });
        watch.Start();
        try
        {
            action();
        }
        finally
        {
            stop.Cancel();
            watch.Join();
        }

        return Math.Max(peak, Environment.WorkingSet) - before;
    }
}

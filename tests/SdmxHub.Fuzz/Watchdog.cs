namespace SdmxHub.Fuzz;

/// <summary>Ends the process when one execution takes more than two seconds of processor time, or a minute of any.</summary>
/// <remarks>Processor time, so that a busy machine makes no findings.</remarks>
static class Watchdog
{
    /// <summary>The exit code of a process that was ended.</summary>
    public const int Hang = 3;

    static readonly TimeSpan MostProcessorTime = TimeSpan.FromSeconds(2);
    static readonly TimeSpan MostTime = TimeSpan.FromMinutes(1);

    /// <summary>Starts to watch.</summary>
    /// <param name="executions">Tells how many executions have begun.</param>
    public static void Start(Func<long> executions) => new Thread(() => Watch(executions)) { IsBackground = true }.Start();

    static void Watch(Func<long> executions)
    {
        var (last, since, used) = (-1L, TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (true)
        {
            Thread.Sleep(250);
            if (executions() is var now && now != last)
                (last, since, used) = (now, TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
            else if (Environment.CpuUsage.TotalTime - used > MostProcessorTime || TimeProvider.System.GetElapsedTime(since) > MostTime)
                Environment.Exit(Hang);
        }
    }
}

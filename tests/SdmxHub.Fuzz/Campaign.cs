using System.Diagnostics;
using System.Globalization;

namespace SdmxHub.Fuzz;

/// <summary>Runs targets, each in a process of its own, which is started again when an input ends it.</summary>
sealed class Campaign(string findings, int seed, int jobs)
{
    const int MostRestarts = 20;

    readonly Lock _lock = new();
    long _executions;
    int _faults;

    /// <summary>Runs the targets one after the other, or several at a time.</summary>
    /// <returns>0 when nothing was found.</returns>
    public int Run(IReadOnlyList<Target> targets, long executions)
    {
        // within the checkout, so that the copy finds the samples
        var folder = Path.Combine(AppContext.BaseDirectory, $"instrumented-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var program = Instrumentation.CopyTo(folder);
            var share = executions / targets.Count;
            Parallel.ForEach(targets, new ParallelOptions { MaxDegreeOfParallelism = jobs }, target => Run(program, folder, target.Name, share));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_executions:N0} executions, seed {seed}: {_faults} findings{(_faults > 0 ? $" in {findings}" : "")}"));
        return _faults == 0 ? 0 : 1;
    }

    void Run(string program, string folder, string target, long executions)
    {
        var path = Path.Combine(folder, target + ".input");
        long done = 0;
        for (var restart = 0; restart <= MostRestarts && done < executions; restart++)
        {
            var code = RunOnce(program, target, executions - done, seed + restart, path);
            using var current = new CurrentInput(path);
            done += current.Executions;
            if (code is 0 or 1)
                break;
            lock (_lock)
            {
                new Findings(findings, target).Add(code == Watchdog.Hang ? "hang" : $"the process ended with code {code}", "", current.Bytes, seed + restart, current.Executions);
                _faults++;
            }
        }

        lock (_lock)
            _executions += done;
    }

    int RunOnce(string program, string target, long executions, int own, string path)
    {
        var start = new ProcessStartInfo("dotnet", [program, Child, target, $"{executions}", $"{own}", findings, path]) { RedirectStandardOutput = true };
        // the readers' buffers are large and short-lived
        start.Environment["DOTNET_GCgen0size"] = "4000000";
        start.Environment["DOTNET_GCLOHThreshold"] = "80000";
        start.Environment["DOTNET_GCHeapHardLimit"] = "40000000";
        using var process = Process.Start(start)!;
        while (process.StandardOutput.ReadLine() is { } line)
        {
            lock (_lock)
                Console.WriteLine(line);
        }

        process.WaitForExit();
        if (process.ExitCode == 1)
        {
            lock (_lock)
                _faults++;
        }

        return process.ExitCode;
    }

    /// <summary>The first argument of the process that is started.</summary>
    public const string Child = "child";
}

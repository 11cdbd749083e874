using System.Diagnostics;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>Kills a process that loads, compacts and backs up a store, at seeded random instants; after each kill the store must open with the last
/// revision that was acknowledged, or the one under way, whole and verified; so must every backup that appeared.</summary>
static class CrashTest
{
    const int MaxDelayMilliseconds = 900;
    const int KillsPerStore = 25;

    /// <summary>Kills <paramref name="kills"/> times.</summary>
    /// <returns>0 when everything held.</returns>
    public static int Run(int kills, int seed)
    {
        var all = Directory.CreateTempSubdirectory("sdmxhub-kill-").FullName;
        var folder = all;
        var random = new Random(seed);
        var (faults, backups) = (0, 0);
        long revision = 0, revisions = 0;
        try
        {
            for (var kill = 1; kill <= kills; kill++)
            {
                if (kill % KillsPerStore == 1)
                    (folder, revisions, revision) = (Directory.CreateDirectory(Path.Combine(all, $"{kill}")).FullName, revisions + revision, 0);
                var acknowledged = Math.Max(revision, KillOne(folder, random.Next(MaxDelayMilliseconds)));
                if (Fault(folder, acknowledged, out revision) is { } fault)
                {
                    faults++;
                    Console.WriteLine($"kill {kill}: {fault}");
                }

                backups += TakeBackups(folder, ref faults);
                if (kill % 50 == 0)
                    Console.WriteLine($"{kill} kills, {revisions + revision} revisions, {backups} backups, {faults} faults");
            }

            Console.WriteLine($"{kills} kills, seed {seed}: {revisions + revision} revisions, {backups} backups, {faults} faults");
            return faults == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(all, recursive: true);
        }
    }

    /// <summary>The process that is killed: never ends by itself before its time is out.</summary>
    public static int Child(string folder)
    {
        using var store = Store.Open("sqlite:" + StoreFile(folder), TimeProvider.System);
        Say("ready");
        var life = Stopwatch.StartNew();
        if (store.Log().Count == 0)
        {
            using var structures = store.Begin("structures", "test");
            structures.Put(CrashFlow.Structures());
            Say(structures.Commit().Number);
        }

        for (var round = 0; life.Elapsed < TimeSpan.FromSeconds(30); round++)
        {
            using (var head = store.Head())
            using (var transaction = store.Begin("load", "test"))
            {
                foreach (var block in CrashFlow.Blocks(head.Catalog.Schema(CrashFlow.Urn)!, head.Revision))
                    transaction.Append(block);
                Say(transaction.Commit().Number);
            }

            if (round % 3 == 1)
                store.Compact(CancellationToken.None);
            if (round % 3 == 2)
                StoreBackup.Write(store, Path.Combine(folder, $"backup-{Environment.ProcessId}-{round}.db"), null, CancellationToken.None);
        }

        return 0;
    }

    static string StoreFile(string folder) => Path.Combine(folder, "store.db");

    static void Say(object what)
    {
        Console.Out.WriteLine(what);
        Console.Out.Flush();
    }

    /// <summary>Starts the process, kills it some time after it is ready, and gives the last revision that it acknowledged.</summary>
    static long KillOne(string folder, int delay)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(CrashTest).Assembly.Location);
        start.ArgumentList.Add("kill-child");
        start.ArgumentList.Add(folder);
        using var child = Process.Start(start)!;
        child.StandardOutput.ReadLine();
        Thread.Sleep(delay);
        child.Kill();
        long last = 0;
        while (child.StandardOutput.ReadLine() is { } line)
            last = long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : last;
        child.WaitForExit();
        return last;
    }

    static string? Fault(string folder, long acknowledged, out long revision)
    {
        using var store = Store.Open("sqlite:" + StoreFile(folder), TimeProvider.System);
        using var head = store.Head();
        revision = head.Revision;
        if (revision < acknowledged || revision > acknowledged + 1)
            return $"revision {acknowledged} was acknowledged, the store has {revision}";
        using var before = revision > 2 ? store.At(revision - 1) : null;
        return CrashFlow.Fault(head) ?? (before is null ? null : CrashFlow.Fault(before)) ?? Verify(store);
    }

    static string? Verify(Store store) => StoreCheck.Run(store, null, CancellationToken.None) is { IsClean: false } report ? report.Faults[0] : null;

    static int TakeBackups(string folder, ref int faults)
    {
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(folder, "backup-*.db"))
        {
            count++;
            using (var store = Store.Open("sqlite:" + file, TimeProvider.System))
            using (var head = store.Head())
            {
                if ((CrashFlow.Fault(head) ?? Verify(store)) is { } fault)
                {
                    faults++;
                    Console.WriteLine($"{Path.GetFileName(file)}: {fault}");
                }
            }

            File.Delete(file);
        }

        foreach (var part in Directory.EnumerateFiles(folder, "*.part*"))
            File.Delete(part);
        return count;
    }
}

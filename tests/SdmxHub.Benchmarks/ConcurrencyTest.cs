using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>Many readers and some writers of one store, first in one process, then with the writers in another: every answer must be one revision whole,
/// the same revision always the same bytes, every commit there at the end, and a reader must not wait for a writer. All the while the store is backed up
/// and compacted.</summary>
sealed class ConcurrencyTest(string folder, int seed)
{
    const int Readers = 16;
    const int LocalWriters = 4;
    const int OldReadsOf10 = 3;
    const int MaxRechecked = 200;
    const int MillisecondsBetweenCopies = 500;

    readonly ConcurrentDictionary<long, byte[]> _bytes = new();
    readonly ConcurrentQueue<string> _faults = new();
    readonly ConcurrentBag<Latencies> _latencies = [];
    int _copies;

    static string Url(string folder) => "sqlite:" + Path.Combine(folder, "store.db");

    /// <summary>Runs both forms, each for <paramref name="seconds"/>.</summary>
    /// <returns>0 when everything held.</returns>
    public static int Run(double seconds, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("sdmxhub-concurrency-").FullName;
        try
        {
            var faults = 0;
            foreach (var isShared in (bool[])[false, true])
                faults += new ConcurrencyTest(Directory.CreateDirectory(Path.Combine(folder, $"{isShared}")).FullName, seed).Run(seconds, isShared);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"twice {seconds} s, seed {seed}: {faults} faults"));
            return faults == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The process beside: only writes, and says at the end how often each writer committed.</summary>
    public static int Child(string folder, double seconds, int seed)
    {
        using var store = Store.Open(Url(folder), TimeProvider.System);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        foreach (var commits in Write(store, Enumerable.Range(0, LocalWriters), seed, stop.Token).Result)
            Console.WriteLine(commits);
        return 0;
    }

    int Run(double seconds, bool isShared)
    {
        long[] commits;
        using (var store = Store.Open(Url(folder), TimeProvider.System))
        {
            StressFlow.Begin(store);
            ConcurrencyWriter.Commit(store, ConcurrencyFlow.Start());
            using var child = isShared ? StartChild(seconds) : null;
            using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
            var readers = Enumerable.Range(0, Readers).Select(r => Task.Factory.StartNew(() => ReadAll(store, new Random(seed + r), stop.Token), TaskCreationOptions.LongRunning)).ToArray();
            var keeper = Task.Factory.StartNew(() => Keep(store, stop.Token), TaskCreationOptions.LongRunning);
            // Beside another process one writer, so that both commit in turn.
            var written = Write(store, isShared ? [LocalWriters] : Enumerable.Range(0, LocalWriters), seed + Readers, stop.Token).Result;
            Task.WaitAll([.. readers, keeper]);
            commits = child is null ? [.. written, 0] : [.. Enumerable.Range(0, LocalWriters).Select(_ => long.Parse(child.StandardOutput.ReadLine() ?? "-1", CultureInfo.InvariantCulture)), .. written];
            child?.WaitForExit();
        }

        CheckEnd(commits);
        Report(isShared ? "two processes" : "one process", commits);
        return _faults.Count;
    }

    static async Task<long[]> Write(Store store, IEnumerable<int> writers, int seed, CancellationToken ct) => await Task.WhenAll(
        writers.Select(w => Task.Factory.StartNew(() => new ConcurrencyWriter(store, w, new Random(seed + w)).Run(ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    void ReadAll(Store store, Random random, CancellationToken ct)
    {
        var latencies = new Latencies();
        while (!ct.IsCancellationRequested)
        {
            if (random.Next(10) < OldReadsOf10)
            {
                using var head = store.Head();
                var revision = random.NextInt64(ConcurrencyFlow.FirstRevision, head.Revision + 1);
                using var old = random.Next(2) == 0 ? store.At(revision) : store.AsOf(store.InstantOf(revision));
                Check(old ?? throw new InvalidOperationException($"there is no revision {revision}"), revision);
                continue;
            }

            var (held, start) = (ConcurrencyWriter.Held, Stopwatch.GetTimestamp());
            using (var head = store.Head())
                Check(head, head.Revision);
            latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds, held, ConcurrencyWriter.Held);
        }

        _latencies.Add(latencies);
    }

    /// <summary>Backs up and compacts all the while; each copy must be one of the revisions, whole.</summary>
    void Keep(Store store, CancellationToken ct)
    {
        for (var copy = Path.Combine(folder, "copy.db"); !ct.IsCancellationRequested; ct.WaitHandle.WaitOne(MillisecondsBetweenCopies))
        {
            var revision = StoreBackup.Write(store, copy, null, CancellationToken.None);
            using (var backup = Store.Open("sqlite:" + copy, TimeProvider.System))
            {
                using var head = backup.Head();
                Check(head, revision);
                Verify(backup);
            }

            File.Delete(copy);
            store.Compact(CancellationToken.None);
            _copies++;
        }
    }

    void Check(Snapshot snapshot, long revision)
    {
        var state = ConcurrencyFlow.Read(snapshot);
        if ((snapshot.Revision == revision ? ConcurrencyFlow.Fault(state) : $"revision {revision} was asked for") is { } fault)
            _faults.Enqueue($"revision {snapshot.Revision}: {fault}");
        if (!_bytes.GetOrAdd(state.Revision, state.Bytes).AsSpan().SequenceEqual(state.Bytes))
            _faults.Enqueue($"revision {state.Revision} gives other bytes than before");
    }

    /// <summary>The store, opened anew: every commit is there, every revision what it was.</summary>
    void CheckEnd(long[] commits)
    {
        using var store = Store.Open(Url(folder), TimeProvider.System);
        using var head = store.Head();
        var state = ConcurrencyFlow.Read(head);
        Check(head, head.Revision);
        if (!state.Counts.SequenceEqual(commits))
            _faults.Enqueue($"{string.Join(',', commits)} commits were acknowledged, {string.Join(',', state.Counts)} are there");
        foreach (var revision in _bytes.Keys.Order().Take(MaxRechecked))
        {
            using var old = store.At(revision)!;
            Check(old, revision);
        }

        Verify(store);
    }

    void Verify(Store store)
    {
        foreach (var fault in StoreCheck.Run(store, null, CancellationToken.None).Faults)
            _faults.Enqueue(fault);
    }

    void Report(string form, long[] commits)
    {
        var all = new Latencies();
        foreach (var latencies in _latencies)
            all.Add(latencies);
        Console.WriteLine($"{form}: {commits.Sum()} commits ({string.Join('+', commits)}), {_bytes.Count} revisions read, {_copies} times backed up and compacted");
        Console.WriteLine($"  reads of the head, whole: {Latencies.Describe(all.All)}");
        if (all.Holds > 0)
            Console.WriteLine($"  of these while a writer held its changes for {ConcurrencyWriter.LongHold} ms: {Latencies.Describe(all.Held)}");
        if (all.Holds > 3 && all.Held.Count == 0)
            _faults.Enqueue("no reader answered while a writer held its changes");
        foreach (var fault in _faults.Take(10))
            Console.WriteLine($"  {fault}");
    }

    Process StartChild(double seconds)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ConcurrencyTest).Assembly.Location);
        foreach (var word in (string[])["concurrency-child", folder, seconds.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    /// <summary>How long reads took, in milliseconds.</summary>
    sealed class Latencies
    {
        /// <summary>All reads.</summary>
        public List<double> All { get; } = [];

        /// <summary>Those that began and ended while one change was held.</summary>
        public List<double> Held { get; } = [];

        /// <summary>How many reads met a held change.</summary>
        public int Holds { get; private set; }

        public void Add(double milliseconds, long before, long after)
        {
            All.Add(milliseconds);
            Holds += before != 0 ? 1 : 0;
            if (before != 0 && before == after)
                Held.Add(milliseconds);
        }

        public void Add(Latencies other)
        {
            All.AddRange(other.All);
            Held.AddRange(other.Held);
            Holds += other.Holds;
        }

        public static string Describe(List<double> times)
        {
            times.Sort();
            return times.Count == 0 ? "none"
                : string.Create(CultureInfo.InvariantCulture, $"{times.Count}, median {times[times.Count / 2]:F1} ms, 99 of 100 {times[times.Count * 99 / 100]:F1} ms, longest {times[^1]:F1} ms");
        }
    }
}

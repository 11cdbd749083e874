using System.Diagnostics;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>Kills a process that loads, publishes drafts, compacts, backs up and restores, at seeded random instants; after each kill the store must open
/// with the last revision that was acknowledged, or the one under way, verified and equal to <see cref="CrashModel"/>; so must every copy that is there, and what an
/// open draft shows.</summary>
sealed class CrashTest(Random random)
{
    const int MaxSteps = 10;
    const int MaxDelayExponent = 8;
    const int KillsPerStore = 25;
    const int OldRevisionsPerKill = 3;
    static readonly int Killed = OperatingSystem.IsWindows() ? -1 : 128 + 9;


    readonly CrashModel _model = new();
    readonly SortedDictionary<string, int> _killedDuring = new(StringComparer.Ordinal);
    int _faults;
    int _copies;
    int _drafts;
    long _revisions;
    long _revision;

    /// <summary>Kills <paramref name="kills"/> times.</summary>
    /// <returns>0 when everything held.</returns>
    public static int Run(int kills, int seed)
    {
        var all = Directory.CreateTempSubdirectory("sdmxhub-kill-").FullName;
        try
        {
            return new CrashTest(new Random(seed)).Run(all, kills, seed);
        }
        finally
        {
            Directory.Delete(all, recursive: true);
        }
    }

    int Run(string all, int kills, int seed)
    {
        var folder = all;
        for (var kill = 1; kill <= kills; kill++)
        {
            if (kill % KillsPerStore == 1)
                (folder, _revisions, _revision) = (Directory.CreateDirectory(Path.Combine(all, $"{kill}")).FullName, _revisions + _revision, 0);
            var (acknowledged, work) = KillOne(folder);
            _killedDuring[work] = _killedDuring.GetValueOrDefault(work) + 1;
            Note(kill, work, Fault(folder, Math.Max(_revision, acknowledged), work is "load" or "file" or "publish", isLast: kill % KillsPerStore == 0 || kill == kills));
            foreach (var copy in (string[])[CrashChild.NewBackup(folder), CrashChild.KeptBackup(folder), CrashChild.Restored(folder)])
                Note(kill, work, CopyFault(copy));
            if (kill % 50 == 0)
                Say($"{kill} kills");
        }

        Say($"{kills} kills, seed {seed}");
        return _faults == 0 ? 0 : 1;
    }

    void Say(string what) => Console.WriteLine(
        $"{what} (during {string.Join(", ", _killedDuring.Select(w => $"{w.Key} {w.Value}"))}): {_revisions + _revision} revisions, {_copies} copies and {_drafts} drafts checked, {_faults} faults");

    void Note(int kill, string work, string? fault)
    {
        if (fault is null)
            return;
        _faults++;
        Console.WriteLine($"kill {kill}, during {work}: {fault}");
    }

    /// <summary>Starts the process, kills it at some instant, and gives the last revision that it acknowledged and what it was at.</summary>
    (long Acknowledged, string Work) KillOne(string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(CrashTest).Assembly.Location);
        foreach (var word in (string[])["kill-child", folder, random.Next().ToString(CultureInfo.InvariantCulture)])
            start.ArgumentList.Add(word);
        using var child = Process.Start(start)!;
        var (last, work) = (0L, "");
        // Some steps, then up to a quarter of a second, mostly much less: a short step is hit as often as a long one.
        for (var steps = random.Next(1, MaxSteps); steps > 0 && child.StandardOutput.ReadLine() is { } line;)
            steps -= Hear(line) ? 1 : 0;
        Thread.Sleep(random.Next(1 << random.Next(MaxDelayExponent + 1)));
        child.Kill();
        while (child.StandardOutput.ReadLine() is { } line)
            Hear(line);
        child.WaitForExit();
        if (child.ExitCode != Killed)
            throw new InvalidOperationException($"the process ended by itself with {child.ExitCode}, during {work}");
        return (last, work);

        bool Hear(string line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var number))
            {
                last = number;
                return false;
            }

            var begins = line.StartsWith("begin ", StringComparison.Ordinal);
            work = begins ? line["begin ".Length..] : "between";
            return begins;
        }
    }

    string? Fault(string folder, long acknowledged, bool isLoading, bool isLast)
    {
        using var store = Store.Open("sqlite:" + CrashChild.StoreFile(folder), TimeProvider.System);
        using var head = store.Head();
        _revision = head.Revision;
        if (_revision < acknowledged || _revision > acknowledged + (isLoading ? 1 : 0))
            return $"revision {acknowledged} was acknowledged, the store has {_revision}";
        IEnumerable<long> old = isLast ? Enumerable.Range(1, (int)_revision).Select(r => (long)r) : [_revision - 1, .. Enumerable.Range(0, OldRevisionsPerKill).Select(_ => random.NextInt64(1, Math.Max(2, _revision)))];
        foreach (var revision in old.Where(r => r >= 1 && r <= _revision))
        {
            using var before = store.At(revision);
            if ((before is null ? $"there is no revision {revision}" : ContentFault(before)) is { } fault)
                return fault;
        }

        return ContentFault(head) ?? Verify(store) ?? DraftFault(store);
    }

    /// <summary>A draft that is open is not in the store, and shows the next revision where it stands on the newest.</summary>
    string? DraftFault(Store store)
    {
        using var intake = Intake.Open(store, null, TimeProvider.System);
        using var drafts = new Drafts(intake);
        foreach (var draft in drafts.All())
        {
            var isReleased = store.Release(draft.Name) is not null;
            if (isReleased != (draft.State == DraftState.Published))
                return $"the draft {draft.Name} is {draft.State}, but {(isReleased ? "there is a" : "there is no")} release of it";
            if (draft.State != DraftState.Open || draft.Base != _revision || drafts.Submissions(draft).Count == 0)
                continue;
            using var preview = drafts.Preview(draft, CancellationToken.None);
            _drafts++;
            if (CrashModel.Of(preview) is var found && found != _model.At(_revision + 1))
                return $"the draft {draft.Name} shows {found}, not {_model.At(_revision + 1)}";
        }

        return null;
    }

    string? CopyFault(string file)
    {
        if (!File.Exists(file))
            return null;
        _copies++;
        using var store = Store.Open("sqlite:" + file, TimeProvider.System);
        using var head = store.Head();
        var fault = head.Revision > _revision ? $"revision {head.Revision} of {_revision}" : ContentFault(head) ?? Verify(store);
        return fault is null ? null : $"{Path.GetFileName(file)}: {fault}";
    }

    string? ContentFault(Snapshot snapshot)
    {
        var (found, expected) = (CrashModel.Of(snapshot), _model.At(snapshot.Revision));
        return found == expected ? null : $"revision {snapshot.Revision} has {found}, not {expected}";
    }

    static string? Verify(Store store) => StoreCheck.Run(store, null, CancellationToken.None) is { IsClean: false } report ? report.Faults[0] : null;
}

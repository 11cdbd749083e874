using System.Diagnostics;
using System.Globalization;
using System.Text;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>The process that <see cref="CrashTest"/> kills: works on a store and its drafts, by seed, and says what it begins and what is durable.</summary>
sealed class CrashChild(string folder, Random random)
{
    static readonly string[] Work = ["load", "load", "file", "publish", "publish", "compact", "backup", "restore"];

    /// <summary>Works until its time is out, which it never is.</summary>
    public static int Run(string folder, int seed)
    {
        Say("begin open");
        new CrashChild(folder, new Random(seed)).Go();
        return 0;
    }

    public static string StoreFile(string folder) => Path.Combine(folder, "store.db");

    /// <summary>A copy that has just been made; it becomes the kept one.</summary>
    public static string NewBackup(string folder) => Path.Combine(folder, "backup.db");

    public static string KeptBackup(string folder) => Path.Combine(folder, "kept.db");

    public static string Restored(string folder) => Path.Combine(folder, "restored.db");

    void Go()
    {
        using var store = Store.Open("sqlite:" + StoreFile(folder), TimeProvider.System);
        if (store.Log().Count == 0)
        {
            Say("begin load");
            StressFlow.Begin(store);
            Say(1L);
        }

        for (var life = Stopwatch.StartNew(); life.Elapsed < TimeSpan.FromMinutes(3);)
        {
            var work = Work[random.Next(Work.Length)];
            if (work == "restore" && !File.Exists(KeptBackup(folder)))
                continue;
            Say("begin " + work);
            Do(work, store);
            Say("end " + work);
        }
    }

    void Do(string work, Store store)
    {
        switch (work)
        {
            case "compact":
                store.Compact(CancellationToken.None);
                break;
            case "backup":
                File.Delete(NewBackup(folder));
                StoreBackup.Write(store, NewBackup(folder), null, CancellationToken.None);
                File.Move(NewBackup(folder), KeptBackup(folder), overwrite: true);
                break;
            case "restore":
                File.Delete(Restored(folder));
                StoreBackup.Restore(KeptBackup(folder), "sqlite:" + Restored(folder), null, CancellationToken.None);
                break;
            case "publish":
                using (var head = store.Head())
                    Say(CrashModel.IsMerge(head.Revision + 1) ? Publish(store, head.Revision) : LoadBlocks(store, head));
                break;
            default:
                using (var head = store.Head())
                    Say(work == "file" && CrashModel.IsMerge(head.Revision + 1) ? LoadFile(store, head.Revision + 1) : LoadBlocks(store, head));
                break;
        }
    }

    static long LoadBlocks(Store store, Snapshot head)
    {
        using var transaction = store.Begin("load", "test");
        foreach (var block in StressFlow.Blocks(head.Catalog.Schema(StressFlow.Urn)!, CrashModel.Changes(head.Revision + 1)))
            transaction.Append(block);
        return transaction.Commit().Number;
    }

    /// <summary>Publishes the next revision by a draft: a new one, or what an earlier process left, when it stands on the newest revision.</summary>
    long Publish(Store store, long revision)
    {
        using var intake = Intake.Open(store, null, TimeProvider.System);
        using var drafts = new Drafts(intake);
        foreach (var left in drafts.All().Where(d => d.State == DraftState.Open))
        {
            if (left.Base == revision && drafts.Submissions(left).Count > 0)
                return drafts.Publish(left, "test", isTrial: false, CancellationToken.None).Revision!.Number;
            drafts.Drop(left);
        }

        var draft = drafts.Create($"R{Guid.NewGuid():N}", "test")!;
        using (var report = drafts.Stage(draft, WriteFile(revision + 1), null, new LoadOptions { Actor = "test" }, null, CancellationToken.None))
        {
            if (report.Revision is null)
                throw new InvalidOperationException(report.Issues.All.First().Message);
        }

        // Some stay open, for the next time or the next process.
        return random.Next(2) == 0 ? revision : drafts.Publish(draft, "test", isTrial: false, CancellationToken.None).Revision!.Number;
    }

    long LoadFile(Store store, long revision)
    {
        using var report = Load.Run(WriteFile(revision), store, new LoadOptions { Actor = "test" }, null, CancellationToken.None);
        return report.Revision?.Number ?? throw new InvalidOperationException(report.Issues.All.First().Message);
    }

    string WriteFile(long revision)
    {
        var message = new StringBuilder("STRUCTURE,STRUCTURE_ID,ACTION,AREA,NAME,TIME_PERIOD,OBS_VALUE,NOTE\n");
        foreach (var change in CrashModel.Changes(revision))
            message.Append(CultureInfo.InvariantCulture, $"dataflow,T:STRESS(1.0),M,A{change.Area},{change.Name},{change.Period},{change.Value},{change.Note}\n");
        var file = Path.Combine(folder, "message.csv");
        File.WriteAllText(file, message.ToString());
        return file;
    }

    static void Say(object what)
    {
        Console.Out.WriteLine(what);
        Console.Out.Flush();
    }
}

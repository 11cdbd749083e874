using Microsoft.Data.Sqlite;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class UpkeepTests
{
    [Test]
    public void A_store_with_history_is_clean()
    {
        using var temporary = Filled();

        var report = StoreCheck.Run(temporary.Store, null, CancellationToken.None);

        Assert.That(report.Faults, Is.Empty);
        Assert.That((report.Revision, report.Series, report.Observations, report.Blocks), Is.EqualTo((4L, 4L, 3L, 7L)));
    }

    [Test]
    public void An_empty_store_is_clean()
    {
        using var temporary = new TemporaryStore();

        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).IsClean);
    }

    [Test]
    public void A_backup_is_the_store_and_restores_to_it()
    {
        using var temporary = Filled();
        using var folder = new Cli.TemporaryFolder();

        var revision = StoreBackup.Write(temporary.Store, folder.At("backup.db"), null, CancellationToken.None);
        var report = StoreBackup.Restore(folder.At("backup.db"), folder.Store, null, CancellationToken.None);

        using var restored = Store.Open(folder.Store, TimeProvider.System);
        Assert.That((revision, report.IsClean, report.Revision), Is.EqualTo((4L, true, 4L)));
        Assert.That(restored.Log(), Is.EqualTo(temporary.Store.Log()));
        for (long number = 1; number <= 4; number++)
        {
            using var here = temporary.Store.At(number)!;
            using var there = restored.At(number)!;
            Assert.That(TemporaryStore.Read(there), Is.EqualTo(TemporaryStore.Read(here)));
        }

        Assert.That(Directory.EnumerateFiles(Path.GetDirectoryName(folder.At("x"))!, "*.part*"), Is.Empty);
    }

    [Test]
    public void A_backup_taken_while_others_commit_is_one_revision_whole()
    {
        using var temporary = Filled();
        using var folder = new Cli.TemporaryFolder();
        var commits = new LoadsWhileReported(temporary);

        var revision = StoreBackup.Write(temporary.Store, folder.At("backup.db"), commits, CancellationToken.None);

        using var copy = Store.Open("sqlite:" + folder.At("backup.db"), TimeProvider.System);
        using var head = copy.Head();
        Assert.That((head.Revision, revision), Is.EqualTo((4L, 4L)));
        Assert.That(StoreCheck.Run(copy, null, CancellationToken.None).Faults, Is.Empty);
        using var now = temporary.Store.Head();
        Assert.That(now.Revision, Is.GreaterThan(4));
    }

    [Test]
    public void A_copy_never_overwrites()
    {
        using var temporary = Filled();
        using var folder = new Cli.TemporaryFolder();
        folder.Write("backup.db", "precious");
        folder.Write("store.db-wal", "of another store");

        Assert.That(() => StoreBackup.Write(temporary.Store, folder.At("backup.db"), null, CancellationToken.None), Throws.TypeOf<StoreException>().With.Message.Contains("already"));
        Assert.That(() => StoreBackup.Restore(temporary.File, folder.Store, null, CancellationToken.None), Throws.TypeOf<StoreException>().With.Message.Contains("already"));
        Assert.That(File.ReadAllText(folder.At("backup.db")), Is.EqualTo("precious"));
    }

    [Test]
    public void A_cancelled_copy_leaves_nothing()
    {
        using var temporary = Filled();
        using var folder = new Cli.TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.That(() => StoreBackup.Write(temporary.Store, folder.At("backup.db"), null, cancelled.Token), Throws.InstanceOf<OperationCanceledException>());

        Assert.That(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(folder.At("x"))!), Is.Empty);
    }

    [Test]
    public void A_damaged_backup_is_not_restored()
    {
        using var temporary = Filled();
        using var folder = new Cli.TemporaryFolder();
        StoreBackup.Write(temporary.Store, folder.At("backup.db"), null, CancellationToken.None);
        using (var connection = new SqliteConnection($"Data Source={folder.At("backup.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE tx_cube SET n_upd = 7";
            command.ExecuteNonQuery();
        }

        var report = StoreBackup.Restore(folder.At("backup.db"), folder.Store, null, CancellationToken.None);

        Assert.That(report.IsClean, Is.False);
        Assert.That(File.Exists(folder.At("store.db")), Is.False);
    }

    [Test]
    public void Compacting_keeps_every_revision()
    {
        using var temporary = Filled();
        var before = Enumerable.Range(1, 4).Select(n => Answer(temporary, n)).ToList();

        var (size, compacted) = temporary.Store.Compact(CancellationToken.None);

        Assert.That(compacted, Is.LessThanOrEqualTo(size));
        Assert.That(Enumerable.Range(1, 4).Select(n => Answer(temporary, n)), Is.EqualTo(before));
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public void A_full_disk_is_told_and_loses_nothing()
    {
        using var temporary = Filled();
        var before = temporary.ReadHead();
        temporary.Store.Database.Writer.Scalar("PRAGMA max_page_count = 1");

        Assert.That(() => temporary.Load(DatasetAction.Merge, Many()), Throws.TypeOf<StoreException>().With.Message.Contains("disk is full"));

        Assert.That(temporary.ReadHead(), Is.EqualTo(before));
        temporary.Store.Database.Writer.Scalar("PRAGMA max_page_count = 100000000");
        Assert.That(temporary.Load(DatasetAction.Merge, Many()).Number, Is.EqualTo(5), "there is room again");
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
        temporary.Reopen();
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty, "reopened");
    }

    [Test]
    public void A_file_that_may_only_be_read_is_told_and_still_answers()
    {
        using var temporary = Filled();
        var before = temporary.ReadHead();
        temporary.Store.Database.Writer.Execute("PRAGMA query_only = 1");

        Assert.That(() => temporary.Load(DatasetAction.Merge, Many()), Throws.TypeOf<StoreException>().With.Message.Contains("may only be read"));

        Assert.That(temporary.ReadHead(), Is.EqualTo(before));
        temporary.Store.Database.Writer.Execute("PRAGMA query_only = 0");
        Assert.That(temporary.Load(DatasetAction.Merge, Many()).Number, Is.EqualTo(5));
    }

    static TemporaryStore Filled()
    {
        var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "..||SOURCE=census", ".A.||AREA_NOTE=none", "A.A.x||UNIT=KG", "A.A.x|2000|OBS_VALUE=1", "A.A.x|2001|OBS_VALUE=2.50|NOTE=see", "M.B.x|2001-01|OBS_VALUE=3");
        temporary.Load(DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=7", "A.A.x|2002|OBS_VALUE=NaN");
        temporary.Load(DatasetAction.Delete, "A.A.x|2000|");
        temporary.Store.Head().Dispose();
        return temporary;
    }

    static string[] Many() => [.. Enumerable.Range(1, 3000).Select(i => $"A.{SmallFlow.Areas[i % 6]}.k{i}|2001|OBS_VALUE={i}|NOTE=a text of its own {i}")];

    static List<string> Answer(TemporaryStore temporary, long revision)
    {
        using var snapshot = temporary.Store.At(revision)!;
        return TemporaryStore.Read(snapshot);
    }

    /// <summary>Commits whenever progress is told: in the midst of what tells it.</summary>
    sealed class LoadsWhileReported(TemporaryStore temporary) : IProgress<StoreProgress>
    {
        int _year = 2010;

        public void Report(StoreProgress value) => temporary.Load(DatasetAction.Merge, $"A.A.x|{_year++}|OBS_VALUE=1");
    }
}

using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Storage;

/// <summary>A store on a disk that may only be read: everything that reads works, everything that writes says why it cannot.</summary>
public class ReadOnlyDiskTests
{
    [Test]
    public void A_store_on_a_read_only_disk_can_be_read_backed_up_and_restored_from()
    {
        using var disk = new SmallDisk();
        using var folder = new TemporaryFolder();
        Fill(disk.At("odd name?#%20.db")).Dispose();
        var store = "sqlite:" + disk.At("odd name?#%20.db");
        string[] query = ["get", "data/dataflow/T/FLOW", "--format", "csv-2.0", "--store", store];
        var before = Run.Of(query);
        disk.AllowWriting(false);

        Assert.That(Run.Of(query).Output, Is.EqualTo(before.Output).And.Contain("first"));
        Assert.That(Run.Of("log", "--store", store, "--report", "csv").Lines, Has.Length.EqualTo(4));
        Assert.That(Run.Of("store", "verify", "--store", store).Output, Does.StartWith("clean: revision 3"));
        Assert.That(Run.Of("store", "backup", folder.At("copy.db"), "--store", store).ExitCode, Is.Zero);
        Assert.That(Run.Of("store", "restore", disk.At("odd name?#%20.db"), "--store", folder.Store).ExitCode, Is.Zero);
        foreach (var copy in (string[])["sqlite:" + folder.At("copy.db"), folder.Store])
            Assert.That(Run.Of([.. query[..^1], copy]).Output, Is.EqualTo(before.Output));
    }

    [Test]
    public void What_writes_to_a_read_only_disk_is_refused_and_works_later()
    {
        using var disk = new SmallDisk();
        using var folder = new TemporaryFolder();
        var file = disk.At("store.db");
        Fill(file).Dispose();
        var message = folder.Write("more.csv", "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,KIND,TIME_PERIOD,OBS_VALUE\ndataflow,T:FLOW(1.0),M,A,A,x,2005,1\n");
        string[][] commands =
        [
            ["load", message, "--store", "sqlite:" + file], ["store", "compact", "--store", "sqlite:" + file],
            ["store", "backup", disk.At("new.db"), "--store", "sqlite:" + file], ["store", "restore", file, "--store", "sqlite:" + disk.At("new.db")],
            ["load", message, "--store", "sqlite:" + disk.At("new.db")],
        ];
        disk.AllowWriting(false);

        foreach (var command in commands)
        {
            var run = Run.Of(command);
            Assert.That(run.ExitCode, Is.EqualTo(2), string.Join(' ', command));
            Assert.That(run.Error, Does.Contain(disk.At("")).And.Not.Contain("a fault of sdmxhub"));
            Assert.That(run.Error, Does.Contain("allow writing").Or.Contain("may be read and written"), string.Join(' ', command));
        }

        disk.AllowWriting(true);
        Assert.That(Run.Of(commands[0]).Output, Does.Contain("1 inserted"));
        Assert.That(Run.Of("store", "verify", "--store", "sqlite:" + file).Output, Does.StartWith("clean: revision 4"));
    }

    [Test]
    public void What_is_in_the_log_only_is_read_too_or_the_store_is_refused()
    {
        using var disk = new SmallDisk();
        using (Fill(disk.At("store.db")))
        {
            // As a process leaves it that was killed.
            foreach (var name in (string[])["store.db", "store.db-wal", "store.db-shm"])
                File.Copy(disk.At(name), disk.At("left-" + name));
            File.Copy(disk.At("store.db"), disk.At("half.db"));
            File.Copy(disk.At("store.db-wal"), disk.At("half.db-wal"));
        }

        disk.AllowWriting(false);

        var left = Run.Of("get", "data/dataflow/T/FLOW", "--format", "csv-2.0", "--store", "sqlite:" + disk.At("left-store.db"));
        var half = Run.Of("log", "--store", "sqlite:" + disk.At("half.db"));

        Assert.That(left.Output, Does.Contain("first"), left.Error);
        Assert.That(half.ExitCode, Is.EqualTo(2), "without the log's index SQLite cannot read the log");
        Assert.That(half.Error, Does.Contain(disk.At("half.db")).And.Contain("may be read and written"));
    }

    [Test]
    public void A_store_that_changes_after_all_is_noticed()
    {
        using var disk = new SmallDisk();
        Fill(disk.At("store.db")).Dispose();
        disk.AllowWriting(false);
        using var frozen = Store.Open("sqlite:" + disk.At("store.db"), TimeProvider.System);
        using var head = frozen.Head();
        Assert.That(TemporaryStore.Read(head), Has.Count.EqualTo(2));

        disk.AllowWriting(true);
        using var writer = Store.Open("sqlite:" + disk.At("store.db"), TimeProvider.System);

        Assert.That(() => TemporaryStore.Read(head), Throws.TypeOf<StoreException>().With.Message.Contains("Open it again"));
    }

    [Test]
    public void A_file_and_folder_that_may_only_be_read_are_read()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("only where rights are Unix's, and for a user whom they bind");
            return;
        }

        using var folder = new TemporaryFolder();
        Fill(folder.At("store.db")).Dispose();
        File.SetUnixFileMode(folder.At("store.db"), UnixFileMode.UserRead);
        File.SetUnixFileMode(folder.At("."), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            Assert.That(Run.Of("store", "verify", "--store", folder.Store).Output, Does.StartWith("clean: revision 3"));
            Assert.That(Run.Of("store", "compact", "--store", folder.Store).ExitCode, Is.EqualTo(2));
        }
        finally
        {
            File.SetUnixFileMode(folder.At("."), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A store with three revisions, open.</summary>
    static Store Fill(string file)
    {
        var store = Store.Open("sqlite:" + file, TimeProvider.System);
        using (var transaction = store.Begin("structures", "test"))
        {
            transaction.Put(SmallFlow.Artefacts());
            transaction.Commit();
        }

        foreach (var note in (string[])["none", "first"])
        {
            using var transaction = store.Begin("load", "test");
            TemporaryStore.Append(transaction, DatasetAction.Merge, $"A.A.x|2001|OBS_VALUE=1|NOTE={note}", "A.B.x|2001|OBS_VALUE=2");
            transaction.Commit();
        }

        return store;
    }
}

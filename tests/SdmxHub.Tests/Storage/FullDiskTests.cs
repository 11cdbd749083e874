using System.Diagnostics;
using System.Text;
using Sdmx;
using Sdmx.Validation;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.RoundTrip;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Storage;

/// <summary>Every command that writes, on a disk without room: it says which file and what to do, ends with 2, and loses nothing.</summary>
public class FullDiskTests
{
    string _message = null!;
    int _series;

    /// <summary>A message of some megabytes for the small flow.</summary>
    [OneTimeSetUp]
    public void MakeMessage()
    {
        using var source = new TemporaryStore();
        source.PutSmallFlow();
        string[] rows = [.. Enumerable.Range(1, 6000).Select(i => $"A.{SmallFlow.Areas[i % 6]}.k{i}|2001|OBS_VALUE={i}.5|NOTE=a text of its own, long enough to fill a page soon: {i}")];
        foreach (var part in rows.Chunk(ObservationBlock.Capacity))
            source.Load(DatasetAction.Merge, part);
        using var head = source.Store.Head();
        _message = Path.GetTempFileName();
        _series = rows.Length;
        File.WriteAllBytes(_message, StoreCopy.Message(head, SmallFlow.Flow(), "csv-2.0"));
    }

    [OneTimeTearDown]
    public void DeleteMessage() => File.Delete(_message);

    [Test]
    public void A_load_that_finds_no_room_changes_nothing_wherever_it_stops()
    {
        using var disk = new SmallDisk();
        var file = disk.At("store.db");
        var before = Fill(file);

        foreach (var free in (ReadOnlySpan<int>)[0, 32, 64, 100, 200, 400, 700, 1000])
        {
            disk.Fill(free * 1024);
            var run = Run.Of("load", _message, "--store", "sqlite:" + file);
            disk.MakeRoom();

            AssertRefused(run, file, $"{free} KB free");
            Assert.That(Content(file), Is.EqualTo(before), $"{free} KB free");
            AssertClean(file);
        }

        Assert.That(Run.Of("load", _message, "--store", "sqlite:" + file).Output, Does.Contain($"{_series:N0} inserted"), "there is room again");
        AssertClean(file);
    }

    [Test]
    public void An_open_store_answers_on_a_full_disk_and_goes_on_when_there_is_room()
    {
        using var disk = new SmallDisk();
        Fill(disk.At("store.db"));
        using var store = Store.Open("sqlite:" + disk.At("store.db"), TimeProvider.System);
        using var before = store.Head();
        disk.Fill(0);

        Assert.That(() => Load.Run(_message, store, new LoadOptions(), null, CancellationToken.None), Throws.TypeOf<StoreException>().With.Message.Contains("make room"));
        using (var head = store.Head())
            Assert.That(TemporaryStore.Read(head), Is.EqualTo(TemporaryStore.Read(before)));
        Assert.That(StoreCheck.Run(store, null, CancellationToken.None).Faults, Is.Empty);

        disk.MakeRoom();
        using var report = Load.Run(_message, store, new LoadOptions(), null, CancellationToken.None);
        Assert.That(report.Inserted, Is.EqualTo(_series));
        Assert.That(StoreCheck.Run(store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public void Compacting_without_room_changes_nothing()
    {
        using var disk = new SmallDisk();
        var file = disk.At("store.db");
        Fill(file);
        Run.Of("load", _message, "--store", "sqlite:" + file);
        var before = Content(file);

        foreach (var free in (ReadOnlySpan<int>)[100, 600])
        {
            disk.Fill(free * 1024);
            var run = Run.Of("store", "compact", "--store", "sqlite:" + file);
            disk.MakeRoom();

            AssertRefused(run, file, $"{free} KB free");
            Assert.That(Content(file), Is.EqualTo(before));
        }

        using (var store = Store.Open("sqlite:" + file, TimeProvider.System))
        {
            disk.Fill(600 * 1024);
            var free = disk.Free;
            Assert.That(() => store.Compact(CancellationToken.None), Throws.TypeOf<StoreException>());
            Assert.That(disk.Free, Is.EqualTo(free), "what the log took is given back, though the store stays open");
            disk.MakeRoom();
        }

        Assert.That(Run.Of("store", "compact", "--store", "sqlite:" + file).ExitCode, Is.Zero);
        Assert.That(Content(file), Is.EqualTo(before));
        AssertClean(file);
    }

    [Test]
    public void A_backup_without_room_leaves_no_file([Values(0, 100, 600)] int free)
    {
        using var disk = new SmallDisk();
        using var folder = new TemporaryFolder();
        Fill(folder.At("store.db"));
        Run.Of("load", _message, "--store", folder.Store);
        var before = Content(folder.At("store.db"));
        var copy = disk.At("copy.db");

        disk.Fill(free * 1024);
        var run = Run.Of("store", "backup", copy, "--store", folder.Store);
        disk.MakeRoom();

        AssertRefused(run, copy, "backup");
        Assert.That(Directory.GetFileSystemEntries(disk.At("")), Is.Empty);
        Assert.That(Run.Of("store", "backup", copy, "--store", folder.Store).ExitCode, Is.Zero, "there is room again");
        Assert.That(Content(copy), Is.EqualTo(before));
    }

    [Test]
    public void A_restore_without_room_leaves_no_file([Values(0, 100, 600, 2200)] int free)
    {
        using var disk = new SmallDisk();
        using var folder = new TemporaryFolder();
        Fill(folder.At("store.db"));
        Run.Of("load", _message, "--store", folder.Store);
        var target = disk.At("restored.db");

        // The last of them has room for the copy, but not for checking it.
        disk.Fill(free < 2000 ? free * 1024 : new FileInfo(folder.At("store.db")).Length + 8192);
        var run = Run.Of("store", "restore", folder.At("store.db"), "--store", "sqlite:" + target);
        disk.MakeRoom();

        AssertRefused(run, target, "restore");
        Assert.That(Directory.GetFileSystemEntries(disk.At("")), Is.Empty);
        Assert.That(Run.Of("store", "restore", folder.At("store.db"), "--store", "sqlite:" + target).ExitCode, Is.Zero, "there is room again");
        Assert.That(Content(target), Is.EqualTo(Content(folder.At("store.db"))));
    }

    [Test]
    public void A_full_disk_for_temporary_files_is_told_and_changes_nothing()
    {
        using var disk = new SmallDisk(1);
        using var folder = new TemporaryFolder();
        var before = Fill(folder.At("store.db"));
        // Each row has a finding, so that the findings overflow memory; and the sorter's runs, made small, do too.
        var findings = folder.Write("findings.csv", "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,KIND,TIME_PERIOD,OBS_VALUE\n"
            + string.Concat(Enumerable.Range(0, 40_000).Select(i => $"dataflow,T:FLOW(1.0),M,A,no-such-area-{i},x,2001,1\n")));
        using var temporary = new TemporaryPath(disk.At(""));
        disk.Fill(100 * 1024);

        var run = Run.Of("load", findings, "--store", folder.Store);
        var spill = Assert.Catch(Spill);

        AssertRefused(run, disk.At(""), "findings");
        Assert.That(spill, Is.TypeOf<IOException>().With.Message.Contains(disk.At("")));
        Assert.That(Content(folder.At("store.db")), Is.EqualTo(before));
        Assert.That(Directory.GetFileSystemEntries(disk.At("")), Is.EqualTo([disk.At("filler")]), "temporary files are gone");
        disk.MakeRoom();
    }

    [Test]
    public void A_file_that_may_not_grow_is_told_and_changes_nothing([Values("load", "compact", "backup", "restore")] string command)
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("needs the shell's limit on the size of files");
        using var folder = new TemporaryFolder();
        var (file, copy) = (folder.At("store.db"), folder.At("copy.db"));
        Fill(file);
        if (command != "load")
            Run.Of("load", _message, "--store", folder.Store);
        var before = Content(file);
        string[] words = command switch
        {
            "load" => ["load", _message, "--store", folder.Store],
            "compact" => ["store", "compact", "--store", folder.Store],
            "backup" => ["store", "backup", copy, "--store", folder.Store],
            _ => ["store", "restore", file, "--store", "sqlite:" + copy],
        };

        var run = Limited(500, words);

        AssertRefused(run, command is "load" or "compact" ? file : copy, command);
        Assert.That(Directory.GetFileSystemEntries(folder.At("")), Is.EqualTo([file]));
        Assert.That(Content(file), Is.EqualTo(before));
        AssertClean(file);
        Assert.That(Run.Of(words).ExitCode, Is.Zero, "without the limit");
        AssertClean(file);
    }

    /// <summary>Runs the command in a process whose files may have so many kilobytes.</summary>
    static Run Limited(int kilobytes, string[] words)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"trap '' XFSZ; ulimit -f {kilobytes}; exec dotnet \"$@\"", "bash", Path.Combine(AppContext.BaseDirectory, "sdmxhub.dll"), .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The runtime maps its own code from a file, which the limit would hit too.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, Encoding.UTF8.GetBytes(output), error);
    }

    static void Spill()
    {
        using var sorter = new SeriesSorter(memory: 1000);
        var block = new ObservationBlock();
        var dataset = SmallFlow.Dataset(SmallFlow.Catalog().Schema(SmallFlow.Flow())!, DatasetAction.Merge);
        for (var year = 1900; year < 2000; year++)
        {
            block.Begin(dataset);
            for (var i = 0; i < 1000; i++)
                SmallFlow.Add(block, $"A.A.k{i}", $"{year}", ("OBS_VALUE", "1"), ("NOTE", "a text"));
            sorter.Add(block);
        }
    }

    static void AssertRefused(Run run, string file, string when)
    {
        Assert.That(run.ExitCode, Is.EqualTo(2), $"{when}: {run.Output}{run.Error}");
        Assert.That(run.Error, Does.Contain(file).And.Contain("make room").And.Not.Contain("a fault of sdmxhub"), when);
    }

    static List<string> Fill(string file)
    {
        using var store = Store.Open("sqlite:" + file, TimeProvider.System);
        using (var transaction = store.Begin("structures", "test"))
        {
            transaction.Put(SmallFlow.Artefacts());
            transaction.Commit();
        }

        using (var transaction = store.Begin("load", "test"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=1|NOTE=first", "A.B.x|2001|OBS_VALUE=2");
            transaction.Commit();
        }

        using var head = store.Head();
        return TemporaryStore.Read(head);
    }

    static List<string> Content(string file)
    {
        using var store = Store.Open("sqlite:" + file, TimeProvider.System);
        using var head = store.Head();
        return TemporaryStore.Read(head);
    }

    static void AssertClean(string file)
    {
        var run = Run.Of("store", "verify", "--store", "sqlite:" + file);
        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
    }

    /// <summary>Another folder for temporary files, as long as it is not disposed of.</summary>
    sealed class TemporaryPath : IDisposable
    {
        readonly string? _before = Environment.GetEnvironmentVariable("TMPDIR");

        public TemporaryPath(string folder) => Environment.SetEnvironmentVariable("TMPDIR", folder);

        public void Dispose() => Environment.SetEnvironmentVariable("TMPDIR", _before);
    }
}

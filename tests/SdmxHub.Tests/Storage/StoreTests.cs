using Microsoft.Data.Sqlite;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class StoreTests
{
    [TestCase("postgres://x", "sqlite:PATH")]
    [TestCase("sqlite:", "sqlite:PATH")]
    [TestCase("sqlite:/no/such/folder/x.db", "no folder")]
    public void A_bad_url_is_refused_with_what_to_write(string url, string hint) =>
        Assert.That(() => Store.Open(url, TimeProvider.System), Throws.TypeOf<StoreException>().With.Message.Contains(hint));

    [Test]
    public void A_file_that_is_no_store_is_refused_and_left_as_it_was()
    {
        var text = Path.GetTempFileName();
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("no database at all\n", 100)));
        var other = Path.GetTempFileName();
        using (var connection = new SqliteConnection($"Data Source={other};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE x (y)";
            command.ExecuteNonQuery();
        }

        Assert.That(() => Store.Open("sqlite:" + text, TimeProvider.System), Throws.TypeOf<StoreException>());
        Assert.That(() => Store.Open("sqlite:" + other, TimeProvider.System), Throws.TypeOf<StoreException>().With.Message.Contains("no store"));
        Assert.That(File.ReadAllText(text), Does.StartWith("no database"));
        File.Delete(text);
        File.Delete(other);
    }

    [Test]
    public void A_store_of_a_newer_hub_is_refused()
    {
        using var temporary = new TemporaryStore();
        temporary.Store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={temporary.File};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE store_head SET schema_version = 99";
            command.ExecuteNonQuery();
        }

        Assert.That(() => Store.Open("sqlite:" + temporary.File, TimeProvider.System), Throws.TypeOf<StoreException>().With.Message.Contains("schema 99"));
    }

    [Test]
    public void An_empty_store_has_revision_0_and_no_past()
    {
        using var temporary = new TemporaryStore();

        using var head = temporary.Store.Head();

        Assert.That(head.Revision, Is.Zero);
        Assert.That(head.Cube(SmallFlow.Flow()), Is.Null);
        Assert.That(temporary.Store.AsOf(DateTimeOffset.UtcNow), Is.Null);
        Assert.That(temporary.Store.At(0), Is.Null);
        Assert.That(temporary.Store.Log(), Is.Empty);
    }

    [TestCase("100.0")]
    [TestCase("100")]
    [TestCase("0.000")]
    [TestCase("-1.50")]
    [TestCase("1E5")]
    [TestCase("1E-05")]
    [TestCase("NaN")]
    [TestCase("INF")]
    [TestCase("+1")]
    [TestCase("007")]
    [TestCase("-0")]
    [TestCase("1.7976931348623157E+308")]
    [TestCase("123456789012345678901234567890.5")]
    [TestCase("<0.1")]
    [TestCase("текст, \u201Eявно\u201C")]
    public void A_value_comes_back_as_it_was_spelt(string value)
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, $"A.B.x|2001|OBS_VALUE={value}", $"A.B.x|2002|NOTE={value}");

        temporary.Reopen();

        Assert.That(temporary.ReadHead(), Is.EqualTo([$"A.B.x|2001|OBS_VALUE={value}", $"A.B.x|2002|NOTE={value}"]));
    }

    [Test]
    public void What_is_not_committed_never_was()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
        using (var transaction = temporary.Store.Begin("load", "test"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=2", "Q.new.z|2001-Q1|OBS_VALUE=3|NOTE=a text", ".new.||AREA_NOTE=n", "A.B.x|2002|OBS_VALUE=4");
            transaction.Remove(SmallFlow.Flow());
        }

        Assert.That(temporary.ReadHead(), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]));
        Assert.That(temporary.Load(DatasetAction.Merge, "M.other.y|2001-01|OBS_VALUE=5|NOTE=other").Number, Is.EqualTo(3));
        List<string> expected = ["A.B.x|2001|OBS_VALUE=1", "M.other.y|2001-01|OBS_VALUE=5|NOTE=other"];
        Assert.That(temporary.ReadHead(), Is.EqualTo(expected));
        temporary.Reopen();
        Assert.That(temporary.ReadHead(), Is.EqualTo(expected));
    }

    [Test]
    public void A_process_that_dies_before_the_commit_leaves_the_old_revision()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
        var transaction = temporary.Store.Begin("load", "test");
        TemporaryStore.Append(transaction, DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=2", "A.A.x|2001|OBS_VALUE=2");
        var copy = temporary.File + ".copy";
        foreach (var suffix in (string[])["", "-wal"])
            File.Copy(temporary.File + suffix, copy + suffix);

        using var other = Store.Open("sqlite:" + copy, TimeProvider.System);

        using var head = other.Head();
        Assert.That(TemporaryStore.Read(head), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]));
        transaction.Dispose();
    }

    [Test]
    public void A_second_process_sees_and_continues_what_the_first_committed()
    {
        using var temporary = new TemporaryStore();
        using var second = Store.Open("sqlite:" + temporary.File, TimeProvider.System);
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");

        using (var transaction = second.Begin("load", "other"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=2");
            Assert.That(transaction.Commit().Number, Is.EqualTo(3));
        }

        Assert.That(() => temporary.ReadHead(), Is.EqualTo(["A.A.x|2001|OBS_VALUE=2", "A.B.x|2001|OBS_VALUE=1"]).After(3).Seconds.PollEvery(50).MilliSeconds);
    }

    [Test]
    public void Readers_answer_while_a_writer_holds_its_changes_in_this_process_and_in_another()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
        using var transaction = temporary.Store.Begin("load", "test");
        TemporaryStore.Append(transaction, DatasetAction.Merge, [.. Enumerable.Range(1, 3000).Select(i => $"A.B.k{i}|2001|OBS_VALUE=2|NOTE=text {i}")]);

        using var second = Store.Open("sqlite:" + temporary.File, TimeProvider.System);
        using var there = second.Head();

        Assert.That(temporary.ReadHead(), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]));
        Assert.That(TemporaryStore.Read(there), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]));
        Assert.That(StoreCheck.Run(second, null, CancellationToken.None).Faults, Is.Empty);
        Assert.That(transaction.Commit().Inserted, Is.EqualTo(3000));
    }

    [Test]
    public void What_another_process_commits_is_seen_while_a_writer_waits_for_it()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        using var second = Store.Open("sqlite:" + temporary.File, TimeProvider.System);
        using (var first = second.Begin("load", "other"))
        {
            TemporaryStore.Append(first, DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
            first.Commit();
        }

        using var held = second.Begin("load", "other");
        var waiting = Task.Run(() => temporary.Load(DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=2"));

        Assert.That(() => temporary.ReadHead(), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]).After(3).Seconds.PollEvery(50).MilliSeconds);
        Assert.That(waiting.IsCompleted, Is.False);
        held.Dispose();
        Assert.That(waiting.Result.Number, Is.EqualTo(3));
    }

    [Test]
    public void Several_may_make_the_same_store_at_once()
    {
        using var folder = new Cli.TemporaryFolder();
        for (var round = 0; round < 20; round++)
        {
            var url = "sqlite:" + folder.At($"{round}.db");

            Assert.That(() => Parallel.For(0, 8, _ => Store.Open(url, TimeProvider.System).Dispose()), Throws.Nothing);

            using var store = Store.Open(url, TimeProvider.System);
            Assert.That(StoreCheck.Run(store, null, CancellationToken.None).Faults, Is.Empty);
        }
    }

    [Test]
    public void Data_of_other_dimensions_are_refused()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
        var other = StructureCatalog.Empty.With(SmallFlow.Artefacts("2.0", withKind: false)).Schema(SmallFlow.Flow("2.0"))!;
        using var transaction = temporary.Store.Begin("load", "test");

        var issue = transaction.Check(other, default);

        Assert.That(issue?.Code, Is.EqualTo(IssueCode.StructureChanged));
        Assert.That(issue?.Message, Does.Contain("lacks KIND"));
        Assert.That(transaction.Check(transaction.Catalog.Schema(SmallFlow.Flow())!, default), Is.Null);
    }

    [Test]
    public void Readers_beside_a_writer_see_whole_revisions()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        string[] keys = [.. Enumerable.Range(0, 300).Select(i => $"A.B.k{i:000}")];
        using var done = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested || reads < 3; reads++)
            {
                using var head = temporary.Store.Head();
                var rows = TemporaryStore.Read(head);
                Assert.That(rows, Is.All.EndsWith($"={head.Revision}"), "every row is of the pinned revision");
                Assert.That(rows, Has.Count.EqualTo(head.Revision == 1 ? 0 : keys.Length));
            }

            return reads;
        })).ToArray();
        for (var revision = 2; revision < 30; revision++)
            temporary.Load(DatasetAction.Merge, [.. keys.Select(k => $"{k}|2001|OBS_VALUE={revision}")]);
        done.Cancel();

        Assert.That(() => Task.WaitAll(readers), Throws.Nothing);
    }
}

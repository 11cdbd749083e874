using Microsoft.Data.Sqlite;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;

namespace SdmxHub.Tests.Submissions;

/// <summary>A hub that ends in the middle of its work, and the next one on the same folder.</summary>
public class RestartTests
{
    Sending _sender = null!;

    [SetUp]
    public async Task Start() => _sender = await Sending.Start();

    [TearDown]
    public async Task Stop() => await _sender.DisposeAsync();

    [Test]
    public async Task What_was_under_way_and_what_waited_is_taken_up_again()
    {
        var held = _sender.Hub.Store.Begin("load", "test");
        var sent = new List<long>();
        for (var i = 0; i < 4; i++)
            sent.Add((await _sender.Submit("?mode=publish", Sending.Body(Sending.Csv($"1,I1,{2005 + i},{i}")))).Id);
        await _sender.Until(sent[0], s => s.Progress is { Rows: 1 });

        await _sender.Hub.StopHost();
        held.Dispose();
        await _sender.Hub.StartHost();

        foreach (var id in sent)
            Assert.That((await _sender.Ended(id)).State, Is.EqualTo(SubmissionState.Published));
        Assert.That(await _sender.Served("1", "I1", 2008), Is.EqualTo("3"));
        Assert.That(_sender.Hub.Store.Log().Count(r => r.Submission is not null), Is.EqualTo(4));
    }

    [Test]
    public async Task What_was_committed_but_not_written_down_is_published_once()
    {
        var ended = await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1", "1,I1,2004,9")));
        var log = _sender.Hub.Store.Log();
        await _sender.Hub.StopHost();
        // As a process leaves it that is killed between the commit and the last word about it.
        Change(_sender, $"UPDATE submission SET state = 'checking', revision = NULL, summary = NULL, ended_us = NULL WHERE submission_id = {ended.Id}");
        foreach (var report in Directory.GetFiles(Path.Combine(_sender.Hub.Intake, "reports")))
            File.Delete(report);

        await _sender.Hub.StartHost();
        var again = await _sender.Ended(ended.Id);

        Assert.That((again.State, again.Revision, again.Changes), Is.EqualTo((SubmissionState.Published, ended.Revision, ended.Changes)));
        Assert.That(await _sender.Text($"/api/submissions/{ended.Id}/report?format=text"), Does.Contain($"accepted, revision {ended.Revision}"));
        Assert.That(_sender.Hub.Store.Log(), Is.EqualTo(log));
    }

    [Test]
    public async Task Files_that_were_left_half_way_are_removed_and_the_others_stay()
    {
        var ended = await _sender.Finish("", Sending.Body(Sending.Csv("1,I1,2005,1")));
        await _sender.Hub.StopHost();
        var files = Path.Combine(_sender.Hub.Intake, "files");
        File.WriteAllText(Path.Combine(files, "0123.part"), "half");
        File.WriteAllText(Path.Combine(files, new string('a', 64)), "kept, but never acknowledged");
        foreach (var file in Directory.GetFiles(files))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));

        await _sender.Hub.StartHost();
        await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")));

        Assert.That(Directory.GetFiles(files).Select(Path.GetFileName), Is.EqualTo((string[])[ended.Files[0].Sha256]));
    }

    [Test]
    public async Task What_comes_in_while_a_hub_starts_stays()
    {
        using var temporary = new TemporaryIntake();
        var submissions = new SdmxHub.Storage.Submissions(temporary.Intake);
        using var file = await submissions.Spool.TakeAsync(new MemoryStream([1]), 10, CancellationToken.None);

        submissions.Resume();
        file!.Keep();

        Assert.That(File.Exists(submissions.Spool.PathOf(file.Sha256)), Is.True);
    }

    [Test]
    public async Task A_file_that_is_gone_is_a_failure_that_says_so()
    {
        var held = _sender.Hub.Store.Begin("load", "test");
        var busy = new List<Submission>();
        for (var i = 0; i < 3; i++)
            busy.Add(await _sender.Submit("?mode=publish", Sending.Body(Sending.Csv($"1,I1,2005,{i}"))));
        File.Delete(Path.Combine(_sender.Hub.Intake, "files", busy[2].Files[0].Sha256));
        held.Dispose();

        var ended = await _sender.Ended(busy[2].Id);

        Assert.That((ended.State, ended.Summary), Is.EqualTo((SubmissionState.Failed, "The file 'file-1' is no longer in the hub's folder. Send it again.")));
    }

    /// <summary>Changes one row of the intake, while no hub runs.</summary>
    internal static void Change(Sending sender, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(sender.Hub.Intake, "intake.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.That(command.ExecuteNonQuery(), Is.EqualTo(1));
    }
}

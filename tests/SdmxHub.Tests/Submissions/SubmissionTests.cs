using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.RoundTrip;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>What is sent to a running hub, and what becomes of it.</summary>
public class SubmissionTests
{
    Sending _sender = null!;

    [SetUp]
    public async Task Start() => _sender = await Sending.Start();

    [TearDown]
    public async Task Stop() => await _sender.DisposeAsync();

    [Test]
    public async Task What_is_published_is_served_and_the_log_says_whose_it_is()
    {
        using var response = await _sender.Post("?mode=publish&note=first%20figures&filename=figures.csv", Sending.Body(Sending.Csv("1,I1,2005,5.5", "1,I1,2004,9")));
        var sent = Sending.Read(await response.Content.ReadAsStringAsync());
        var ended = await _sender.Ended(sent.Id);

        Assert.That((int)response.StatusCode, Is.EqualTo(202));
        Assert.That(response.Headers.Location?.OriginalString, Is.EqualTo($"/api/submissions/{sent.Id}"));
        Assert.That(response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That((ended.State, ended.Changes, ended.Note, ended.Actor), Is.EqualTo((SubmissionState.Published, new SubmissionChanges(1, 1, 0, 0), "first figures", "a test reviewer")), ended.Summary);
        Assert.That((await _sender.Served("1", "I1", 2005), await _sender.Served("1", "I1", 2004)), Is.EqualTo(("5.5", "9")));
        var revision = _sender.Hub.Store.Log()[^1];
        Assert.That((revision.Number, revision.Submission, revision.Actor), Is.EqualTo((ended.Revision, ended.Id, "a test reviewer")));
    }

    [Test]
    public async Task A_dry_run_is_told_what_is_wrong_and_changes_nothing()
    {
        var before = _sender.Hub.Store.Log().Count;

        var good = await _sender.Finish("", Sending.Body(Sending.Csv("1,I1,2005,5.5")));
        var bad = await _sender.Finish("?mode=check", Sending.Body(Sending.Csv("1,I1,2005,5.5", "XX,I1,2005,1")));

        Assert.That((good.State, good.Mode, good.Changes), Is.EqualTo((SubmissionState.Checked, SubmissionMode.Check, new SubmissionChanges(1, 0, 0, 0))), good.Summary);
        Assert.That(await _sender.Served("1", "I1", 2005), Is.Empty);
        Assert.That((bad.State, bad.Files[0].Outcome!.Errors), Is.EqualTo((SubmissionState.Refused, 1)), bad.Summary);
        Assert.That(await _sender.Text($"/api/submissions/{bad.Id}/report?format=text"), Does.Contain("SDH2101").And.Contain("'XX'"));
        Assert.That(_sender.Hub.Store.Log(), Has.Count.EqualTo(before));
    }

    [Test]
    public async Task A_refused_message_leaves_the_store_as_it_was()
    {
        var before = _sender.Hub.Store.Log().Count;

        var ended = await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,5.5", "1,I9,2005,1")));

        Assert.That((ended.State, ended.Revision), Is.EqualTo((SubmissionState.Refused, (long?)null)));
        Assert.That(_sender.Hub.Store.Log(), Has.Count.EqualTo(before));
        Assert.That(await _sender.Served("1", "I1", 2005), Is.Empty);
    }

    [Test]
    public async Task Every_format_that_is_read_is_taken([Values("structurespecific-2.1", "generic-2.1", "json-2.0", "csv-1.0", "csv-2.0")] string format, [Values("", "gzip", "zip")] string packed)
    {
        byte[] message;
        using (var head = _sender.Hub.Store.Head())
            message = StoreCopy.Message(head, SmallStructures.Flow("DF_ONE"), format);
        message = packed switch { "gzip" => Bytes.Gzip(message), "zip" => Bytes.Zip(("m", message)), _ => message };

        var ended = await _sender.Finish("?mode=publish", Sending.Body(message, null));

        Assert.That((ended.State, ended.Changes), Is.EqualTo((SubmissionState.Published, new SubmissionChanges(0, 0, 0, 20))), ended.Summary);
        Assert.That(ended.Files[0].Outcome!.Format, Is.EqualTo(format));
    }

    [Test]
    public async Task The_report_comes_in_the_form_that_is_asked_for()
    {
        var id = (await _sender.Finish("?filename=f.csv", Sending.Body(Sending.Csv("XX,I1,2005,1", "YY,I1,2005,1")))).Id;

        using var json = JsonDocument.Parse(await _sender.Text($"/api/submissions/{id}/report"));
        var csv = await _sender.Text($"/api/submissions/{id}/report", ("Accept", "text/csv"));
        var text = await _sender.Text($"/api/submissions/{id}/report", ("Accept", "text/*;q=0.5, text/plain"));
        using var other = await _sender.Send(HttpMethod.Get, $"/api/submissions/{id}/report", null, ("Accept", "image/png"));

        Assert.That(json.RootElement[0].GetProperty("file").GetString(), Is.EqualTo("f.csv"));
        Assert.That(json.RootElement[0].GetProperty("findings").GetProperty("issues").GetArrayLength(), Is.EqualTo(2));
        Assert.That(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
        Assert.That(text, Does.EndWith("f.csv: 2 observations, 2 series, 2 errors, 0 warnings\n"));
        Assert.That((int)other.StatusCode, Is.EqualTo(406));
    }

    [Test]
    public async Task A_report_holds_every_finding_however_many()
    {
        var id = (await _sender.Finish("", Sending.Body(Sending.Csv(Enumerable.Range(0, 12_000).Select(i => $"X{i},I1,2005,1"))))).Id;

        var csv = await _sender.Text($"/api/submissions/{id}/report?format=csv");

        Assert.That(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(12_001));
    }

    [Test]
    public async Task The_bytes_stay_as_evidence_and_the_same_lie_there_once()
    {
        var bytes = Encoding.UTF8.GetBytes(Sending.Csv("1,I1,2005,5.5"));
        var first = await _sender.Finish("?mode=check&filename=my figures.csv", Sending.Body(bytes));
        await _sender.Finish("?mode=publish", Sending.Body(bytes));

        using var response = await _sender.Send(HttpMethod.Get, $"/api/submissions/{first.Id}/file");

        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(bytes));
        Assert.That(response.Content.Headers.ContentDisposition?.FileName?.Trim('"'), Is.EqualTo("my figures.csv"));
        Assert.That(first.Files[0].Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(bytes))));
        Assert.That(Directory.GetFiles(Path.Combine(_sender.Hub.Intake, "files")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task The_same_key_is_the_same_submission_and_no_other_one()
    {
        var first = await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")), ("Idempotency-Key", "k-1"));
        using var again = await _sender.Post("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")), ("Idempotency-Key", "k-1"));
        var other = await _sender.Refused("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,2")), ("Idempotency-Key", "k-1"));
        var ofAnother = await new Sending(_sender.Hub, Role.Provider).Submit("", Sending.Body(Sending.Csv("1,I1,2005,2")), ("Idempotency-Key", "k-1"));

        Assert.That(((int)again.StatusCode, Sending.Read(await again.Content.ReadAsStringAsync()).Id), Is.EqualTo((200, first.Id)));
        Assert.That(other.Status, Is.EqualTo(422));
        Assert.That(ofAnother.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task The_same_bytes_are_the_same_submission_while_what_it_said_holds()
    {
        var (one, two) = (Sending.Csv("1,I1,2005,1"), Sending.Csv("1,I1,2005,2"));
        var first = await _sender.Finish("?mode=publish", Sending.Body(one));

        var again = await _sender.Finish("?mode=publish", Sending.Body(one));
        var check = await _sender.Finish("?mode=check", Sending.Body(one));
        await _sender.Finish("?mode=publish", Sending.Body(two));
        var back = await _sender.Finish("?mode=publish", Sending.Body(one));

        Assert.That(again.Id, Is.EqualTo(first.Id));
        Assert.That(check.Id, Is.Not.EqualTo(first.Id));
        Assert.That(back.Id, Is.Not.EqualTo(first.Id), "the store has moved on: it goes back to the first figures");
        Assert.That(await _sender.Served("1", "I1", 2005), Is.EqualTo("1"));
    }

    [Test]
    public async Task What_was_refused_may_be_sent_again()
    {
        var first = await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("XX,I1,2005,1")));

        var second = await _sender.Finish("?mode=publish", Sending.Body(Sending.Csv("XX,I1,2005,1")));

        Assert.That((first.State, second.State), Is.EqualTo((SubmissionState.Refused, SubmissionState.Refused)));
        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
    }

    [Test]
    public async Task Lists_come_newest_first_in_pages_and_filtered()
    {
        for (var i = 0; i < 5; i++)
            await _sender.Finish(i % 2 == 0 ? "" : "?mode=publish", Sending.Body(Sending.Csv($"1,I1,2005,{i}")));

        var all = await List("");
        var first = await List("?limit=2");
        var second = await List($"?limit=2&before={first.Next}");
        var published = await List("?state=published");
        using var wrong = await _sender.Send(HttpMethod.Get, "/api/submissions?state=lost");

        Assert.That(Ids(all), Is.EqualTo((long[])[5, 4, 3, 2, 1]));
        Assert.That((Ids(first), first.Next), Is.EqualTo(((long[])[5, 4], (long?)4)));
        Assert.That(Ids(second), Is.EqualTo((long[])[3, 2]));
        Assert.That(Ids(published), Is.EqualTo((long[])[4, 2]));
        Assert.That((int)wrong.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_provider_sees_only_what_is_its_own_and_may_not_publish()
    {
        var provider = new Sending(_sender.Hub, Role.Provider);
        var others = await _sender.Finish("", Sending.Body(Sending.Csv("1,I1,2005,1")));
        var own = await provider.Finish("", Sending.Body(Sending.Csv("1,I1,2005,1")));

        using var hidden = await provider.Send(HttpMethod.Get, $"/api/submissions/{others.Id}/report");
        var publish = await provider.Refused("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")));

        Assert.That(own.Id, Is.Not.EqualTo(others.Id));
        Assert.That((int)hidden.StatusCode, Is.EqualTo(404));
        Assert.That(Ids(JsonSerializer.Deserialize(await provider.Text("/api/submissions"), SubmissionJson.Default.SubmissionPage)!), Is.EqualTo((long[])[own.Id]));
        Assert.That(publish.Status, Is.EqualTo(403));
    }

    [Test]
    public async Task Nobody_sends_without_a_key()
    {
        using var response = await _sender.Hub.Client.PostAsync("/api/submissions", Sending.Body(Sending.Csv("1,I1,2005,1")));

        Assert.That((int)response.StatusCode, Is.EqualTo(401));
        Assert.That(Ids(await List("")), Is.Empty);
    }

    [Test]
    public async Task A_message_under_embargo_is_not_published_before_its_date()
    {
        var message = Sending.Csv("1,I1,2005,1");
        using (var head = _sender.Hub.Store.Head())
            message = Encoding.UTF8.GetString(StoreCopy.Message(head, SmallStructures.Flow("DF_ONE"), "structurespecific-2.1"));
        string At(DateTime day) => message.Replace("</message:Header>", $"<message:EmbargoDate>{day:yyyy-MM-dd}</message:EmbargoDate></message:Header>", StringComparison.Ordinal);

        var early = await _sender.Finish("?mode=publish", Sending.Body(At(DateTime.UtcNow.AddDays(2)), "application/xml"));
        var check = await _sender.Finish("?mode=check", Sending.Body(At(DateTime.UtcNow.AddDays(2)), "application/xml"));
        var late = await _sender.Finish("?mode=publish", Sending.Body(At(DateTime.UtcNow.AddDays(-1)), "application/xml"));

        Assert.That((early.State, check.State, late.State), Is.EqualTo((SubmissionState.Refused, SubmissionState.Checked, SubmissionState.Published)));
        Assert.That(await _sender.Text($"/api/submissions/{early.Id}/report?format=text"), Does.Contain(IssueCode.UnderEmbargo.Label()).And.Contain("has not come yet"));
    }

    [Test]
    public async Task Events_follow_a_submission_to_its_end()
    {
        using var held = _sender.Hub.Store.Begin("load", "test");
        var sent = await _sender.Submit("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")));
        await _sender.Until(sent.Id, s => s.Progress is { Rows: 1 });
        using var response = await _sender.Send(HttpMethod.Get, $"/api/submissions/{sent.Id}/events");
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);

        var first = (await events.ReadLineAsync(), await events.ReadLineAsync());
        held.Dispose();
        var rest = await events.ReadToEndAsync();

        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(first.Item1, Is.EqualTo("event: progress"));
        var progress = Sending.Read(first.Item2!["data: ".Length..]);
        Assert.That((progress.State, progress.Progress!.Percent, progress.Progress.Rows), Is.EqualTo((SubmissionState.Checking, 50.0, 1)));
        var last = rest.Trim().Split("\n\n")[^1].Split('\n');
        Assert.That(last[0], Is.EqualTo("event: end"));
        Assert.That(Sending.Read(last[1]["data: ".Length..]).State, Is.EqualTo(SubmissionState.Published));
    }

    [Test]
    public async Task A_submission_under_way_is_cancelled_and_leaves_nothing()
    {
        var held = _sender.Hub.Store.Begin("load", "test");
        var sent = await _sender.Submit("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")));
        await _sender.Until(sent.Id, s => s.Progress is { Rows: 1 });

        using var response = await _sender.Send(HttpMethod.Delete, $"/api/submissions/{sent.Id}");
        var ended = await _sender.Ended(sent.Id);
        held.Dispose();
        using var again = await _sender.Send(HttpMethod.Delete, $"/api/submissions/{sent.Id}");

        Assert.That((int)response.StatusCode, Is.EqualTo(202));
        Assert.That(ended.State, Is.EqualTo(SubmissionState.Cancelled));
        Assert.That((int)again.StatusCode, Is.EqualTo(200));
        Assert.That(await _sender.Served("1", "I1", 2005), Is.Empty);
    }

    [Test]
    public async Task A_waiting_submission_is_cancelled_at_once_and_a_published_one_not()
    {
        var held = _sender.Hub.Store.Begin("load", "test");
        var busy = new List<Submission>();
        for (var i = 0; i < 3; i++)
            busy.Add(await _sender.Submit("?mode=publish", Sending.Body(Sending.Csv($"1,I1,2005,{i}"))));

        using var response = await _sender.Send(HttpMethod.Delete, $"/api/submissions/{busy[2].Id}");
        held.Dispose();
        await _sender.Ended(busy[0].Id);
        using var late = await _sender.Send(HttpMethod.Delete, $"/api/submissions/{busy[0].Id}");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That((await _sender.Ended(busy[2].Id)).State, Is.EqualTo(SubmissionState.Cancelled));
        Assert.That((int)late.StatusCode, Is.EqualTo(409));
    }

    async Task<SubmissionPage> List(string query) => JsonSerializer.Deserialize(await _sender.Text("/api/submissions" + query), SubmissionJson.Default.SubmissionPage)!;

    static IEnumerable<long> Ids(SubmissionPage page) => page.Submissions.Select(s => s.Id);
}

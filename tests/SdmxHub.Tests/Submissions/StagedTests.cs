using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.RoundTrip;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>Submissions on their way through a draft.</summary>
public class StagedTests
{
    Sending _sender = null!;

    [SetUp]
    public async Task Start()
    {
        _sender = await Sending.Start();
        using var made = await _sender.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "R1"}""", "application/json"));
        Assert.That((int)made.StatusCode, Is.EqualTo(201));
    }

    [TearDown]
    public async Task Stop() => await _sender.DisposeAsync();

    [Test]
    public async Task What_is_staged_is_seen_in_the_draft_and_published_with_it()
    {
        var one = await _sender.Finish("?draft=R1", Sending.Body(Sending.Csv("1,I1,2005,5.5")));
        var two = await _sender.Finish("?draft=R1", Sending.Body(Bytes.Zip(("a.csv", Bytes.Of(Sending.Csv("1,I1,2006,6.5"))), ("b.csv", Bytes.Of(Sending.Csv("1,I2,2006,7.5"))))));
        var before = await _sender.Served("1", "I1", 2005);
        var preview = await _sender.Text("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/A.1.I2?c[TIME_PERIOD]=2006&format=csv-2.0&draft=R1");

        using var publish = await _sender.Send(HttpMethod.Post, "/api/drafts/R1/publish");

        Assert.That((one.State, two.State, one.Changes), Is.EqualTo((SubmissionState.Staged, SubmissionState.Staged, new SubmissionChanges(1, 0, 0, 0))), two.Summary);
        Assert.That((before, preview.Contains(",7.5", StringComparison.Ordinal)), Is.EqualTo(("", true)));
        Assert.That((int)publish.StatusCode, Is.EqualTo(200), await publish.Content.ReadAsStringAsync());
        Assert.That((await _sender.Served("1", "I1", 2005), await _sender.Served("1", "I2", 2006)), Is.EqualTo(("5.5", "7.5")));
        var log = _sender.Hub.Store.Log();
        var (first, second) = (await _sender.Get(one.Id), await _sender.Get(two.Id));
        Assert.That((first.State, first.Revision, second.State, second.Revision),
            Is.EqualTo((SubmissionState.Published, log.Single(r => r.Submission == one.Id).Number, SubmissionState.Published, log.Single(r => r.Submission == two.Id).Number)));
    }

    [Test]
    public async Task What_is_refused_does_not_reach_the_draft()
    {
        var bad = await _sender.Finish("?draft=R1", Sending.Body(Sending.Csv("XX,I1,2005,5.5")));
        var none = await _sender.Refused("?draft=R2", Sending.Body(Sending.Csv("1,I1,2005,5.5")));

        Assert.That((bad.State, none.Status), Is.EqualTo((SubmissionState.Refused, 404)));
        Assert.That(await Numbers(), Is.Empty);
    }

    [Test]
    public async Task What_is_sent_again_after_its_draft_was_published_is_the_first()
    {
        var body = Sending.Csv("1,I1,2005,5.5");
        var first = await _sender.Finish("?draft=R1", Sending.Body(body), ("Idempotency-Key", "one"));
        using var publish = await _sender.Send(HttpMethod.Post, "/api/drafts/R1/publish");

        var again = await _sender.Submit("?draft=R1", Sending.Body(body), ("Idempotency-Key", "one"));
        var another = await _sender.Refused("?draft=R1", Sending.Body(body), ("Idempotency-Key", "two"));
        var other = await _sender.Refused("?draft=R1", Sending.Body(Sending.Csv("1,I1,2006,5.5")), ("Idempotency-Key", "one"));

        Assert.That((again.Id, again.State), Is.EqualTo((first.Id, SubmissionState.Published)));
        Assert.That((another.Status, other.Status), Is.EqualTo((404, 422)));
    }

    [Test]
    public async Task A_staged_submission_is_taken_back_and_leaves_the_others()
    {
        var one = await _sender.Finish("?draft=R1&dataflow=AGY:DF_ONE", Sending.Body(Sending.Csv("1,I1,2005,5.5").Replace("dataflow,AGY:DF_ONE(1.0)", "datastructure,AGY:DSD(1.0)", StringComparison.Ordinal)));
        var two = await _sender.Finish("?draft=R1", Sending.Body(Sending.Csv("1,I1,2006,6.5")));

        using var response = await _sender.Send(HttpMethod.Delete, $"/api/submissions/{two.Id}");
        using var dropped = await _sender.Send(HttpMethod.Delete, "/api/drafts/R1/submissions/1");

        Assert.That(((int)response.StatusCode, (await _sender.Get(two.Id)).State), Is.EqualTo((200, SubmissionState.Withdrawn)), await response.Content.ReadAsStringAsync());
        Assert.That(((int)dropped.StatusCode, (await _sender.Get(one.Id)).State), Is.EqualTo((204, SubmissionState.Withdrawn)));
        Assert.That(await Numbers(), Is.Empty);
    }

    [Test]
    public async Task An_embargo_keeps_its_draft_from_being_published()
    {
        byte[] message;
        using (var head = _sender.Hub.Store.Head())
            message = StoreCopy.Message(head, SmallStructures.Flow("DF_ONE"), "structurespecific-2.1");
        var day = DateTime.UtcNow.AddDays(2).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = Encoding.UTF8.GetString(message).Replace("</message:Header>", $"<message:EmbargoDate>{day}</message:EmbargoDate></message:Header>", StringComparison.Ordinal)
            .Replace("OBS_VALUE=\"4.0\"", "OBS_VALUE=\"8.0\"", StringComparison.Ordinal);

        var staged = await _sender.Finish("?draft=R1", Sending.Body(text, "application/xml"));
        using var publish = await _sender.Send(HttpMethod.Post, "/api/drafts/R1/publish");

        Assert.That(staged.State, Is.EqualTo(SubmissionState.Staged), staged.Summary);
        Assert.That((int)publish.StatusCode, Is.EqualTo(409));
        Assert.That(await publish.Content.ReadAsStringAsync(), Does.Contain($"under embargo until {day}"));
    }

    [Test]
    public async Task A_hub_that_ends_in_the_middle_stages_once()
    {
        var one = await _sender.Finish("?draft=R1", Sending.Body(Sending.Csv("1,I1,2005,5.5")));
        await _sender.Hub.StopHost();
        RestartTests.Change(_sender, $"UPDATE submission SET summary = NULL, ended_us = NULL WHERE submission_id = {one.Id}");

        await _sender.Hub.StartHost();
        var again = await _sender.Until(one.Id, s => s is { IsEnded: true, Summary: not null });

        Assert.That(again.State, Is.EqualTo(SubmissionState.Staged));
        Assert.That(await Numbers(), Is.EqualTo((int[])[1]));
    }

    async Task<int[]> Numbers() =>
        [.. JsonNode.Parse(await _sender.Text("/api/drafts/R1"))!["submissions"]!.AsArray().Select(s => s!["number"]!.GetValue<int>())];
}

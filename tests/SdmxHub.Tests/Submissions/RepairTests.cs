using System.Text.Json.Nodes;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;

namespace SdmxHub.Tests.Submissions;

public class RepairTests
{
    [Test]
    public async Task A_patch_is_offered_confirmed_and_applied_to_a_new_submission()
    {
        await using var sending = await Sending.Start();
        var sent = Sending.Csv("na,I1,2000,9.5", "na,I1,2001,9.6", "1,i2,2000,7.5");
        var refused = await sending.Finish("?mode=publish&filename=figures.csv", Sending.Body(sent));
        Assert.That(refused.State, Is.EqualTo(SubmissionState.Refused));

        var offered = await sending.Text($"/api/submissions/{refused.Id}/repairs");
        var repairs = JsonNode.Parse(offered)!["repairs"]!.AsArray().Select(r => (r!["component"]!.GetValue<string>(), r["value"]!.GetValue<string>(), r["replacement"]!.GetValue<string>(), r["findings"]!.GetValue<int>()));
        Assert.That(repairs, Is.EqualTo(new[] { ("REF_AREA", "na", "NA", 2), ("INDICATOR", "i2", "I2", 1) }));
        // The patch is sent back as it came.
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body(offered, "application/json"));
        Assert.That((int)response.StatusCode, Is.EqualTo(202), await response.Content.ReadAsStringAsync());
        var repaired = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That(repaired.State, Is.EqualTo(SubmissionState.Published), repaired.Summary);
        Assert.That(repaired.Note, Does.Contain($"Submission {refused.Id} repaired: REF_AREA 'na' to 'NA'"));
        Assert.That(await sending.Served("NA", "I1", 2000), Is.EqualTo("9.5"));
        Assert.That(await sending.Served("1", "I2", 2000), Is.EqualTo("7.5"));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/file"), Is.EqualTo(sent), "what was sent stays as it is");
    }

    [Test]
    public async Task Good_series_are_taken_and_the_wrong_ones_given_back_to_mend()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2000,9.5", "ZZZZ,I1,2000,1", "1,I2,2010,4")));

        var wrong = await sending.Text($"/api/submissions/{refused.Id}/wrong");
        Assert.That(wrong.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..], Has.Length.EqualTo(1).And.All.Contains("ZZZZ"));
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body("{\"goodOnly\":true}", "application/json"));
        var good = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That(good.State, Is.EqualTo(SubmissionState.Published), good.Summary);
        Assert.That(good.Changes, Is.EqualTo(new SubmissionChanges(1, 1, 0, 0)));
        Assert.That(await sending.Served("1", "I1", 2000), Is.EqualTo("9.5"));
        var mended = await sending.Finish("?mode=publish", Sending.Body(wrong.Replace("ZZZZ", "NA", StringComparison.Ordinal)));
        Assert.That(mended.State, Is.EqualTo(SubmissionState.Published), "what is given back can be sent again");
    }

    [Test]
    public async Task A_package_is_mended_message_by_message()
    {
        await using var sending = await Sending.Start();
        var package = Bytes.Zip(("a.csv", Bytes.Of(Sending.Csv("na,I1,2000,9.5", "ZZZZ,I1,2000,1"))), ("b.csv", Bytes.Of(Sending.Csv("1,I2,2000,7.5"))));
        var refused = await sending.Finish("?mode=publish", Sending.Body(package));
        Assert.That(refused.State, Is.EqualTo(SubmissionState.Refused));

        var offered = JsonNode.Parse(await sending.Text($"/api/submissions/{refused.Id}/repairs"))!;
        Assert.That(offered["repairs"]!.AsArray().Select(r => $"{r!["file"]} {r["component"]} {r["value"]} {r["replacement"]}"), Is.EqualTo((string[])["a.csv REF_AREA na NA"]));
        var wrong = await sending.Text($"/api/submissions/{refused.Id}/wrong?name=a.csv");
        Assert.That(wrong.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/wrong"), Does.Contain("Which file? ?name= one of a.csv, b.csv."));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/wrong?name=c.csv"), Does.Contain("Which file?"));
        offered["goodOnly"] = true;
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body(offered.ToJsonString(), "application/json"));
        Assert.That((int)response.StatusCode, Is.EqualTo(202), await response.Content.ReadAsStringAsync());
        var repaired = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That(repaired.State, Is.EqualTo(SubmissionState.Published), repaired.Summary);
        Assert.That((await sending.Served("NA", "I1", 2000), await sending.Served("1", "I2", 2000)), Is.EqualTo(("9.5", "7.5")));
        Assert.That(Directory.GetFiles(sending.Hub.Intake, "*.part"), Is.Empty);
    }

    [Test]
    public async Task A_patch_for_a_message_that_was_not_sent_is_refused()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("", Sending.Body(Sending.Csv("ZZZZ,I1,2000,1")));

        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair",
            Sending.Body("""{"repairs": [{"component": "REF_AREA", "value": "ZZZZ", "replacement": "NA", "file": "other.csv"}]}""", "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(409));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("No message of the name 'other.csv' was sent."));
    }

    [TestCase("{}", 400, "repairs is empty")]
    [TestCase("{\"repairs\":[{\"component\":\"REF_AREA\",\"value\":\"A\"}]}", 400, "each needs")]
    [TestCase("{\"repairs\":[{\"component\":\"X\",\"value\":\"A\",\"replacement\":\"B\"},{\"component\":\"X\",\"value\":\"A\",\"replacement\":\"C\"}]}", 400, "repaired twice")]
    [TestCase("{\"repairs\":", 400, "cannot be read")]
    public async Task What_is_no_patch_is_refused(string body, int status, string says)
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("", Sending.Body(Sending.Csv("ZZZZ,I1,2000,1")));

        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body(body, "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(says));
    }

    [Test]
    public async Task A_patch_is_as_large_as_what_is_wrong()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("?mode=publish", Sending.Body(Sending.Csv([.. Enumerable.Range(2100, 3000).Select(i => $"PLACE_{i},I1,{i},{i}")])));
        var repairs = string.Join(',', Enumerable.Range(2100, 3000).Select(i => $$"""{"component": "REF_AREA", "value": "PLACE_{{i}}", "replacement": "NA", "reason": "unknown"}"""));

        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body($$"""{"repairs": [{{repairs}}]}""", "application/json"));
        Assert.That(repairs, Has.Length.GreaterThan(200_000));
        Assert.That((int)response.StatusCode, Is.EqualTo(202), await response.Content.ReadAsStringAsync());
        var repaired = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That((repaired.State, repaired.Changes), Is.EqualTo((SubmissionState.Published, new SubmissionChanges(3000, 0, 0, 0))), repaired.Summary);
        Assert.That(await sending.Served("NA", "I1", 2500), Is.EqualTo("2500"));
    }

    [Test]
    public async Task Values_can_be_exchanged()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2000,1", "1,I2,2000,2", "na,I1,2000,3")));

        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body("""
            {"repairs": [{"component": "INDICATOR", "value": "I1", "replacement": "I2"}, {"component": "INDICATOR", "value": "I2", "replacement": "I1"},
              {"component": "REF_AREA", "value": "na", "replacement": "NA"}]}
            """, "application/json"));
        var repaired = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That(repaired.State, Is.EqualTo(SubmissionState.Published), repaired.Summary);
        Assert.That((await sending.Served("1", "I1", 2000), await sending.Served("1", "I2", 2000), await sending.Served("NA", "I2", 2000)), Is.EqualTo(("2", "1", "3")));
    }

    [Test]
    public async Task A_patch_beyond_its_limit_is_refused()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("", Sending.Body(Sending.Csv("ZZZZ,I1,2000,1")));

        var body = Sending.Body("{\"repairs\": [" + new string(' ', 17 << 20) + "]}", "application/json");
        try
        {
            using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", body);
            Assert.That((int)response.StatusCode, Is.EqualTo(413), await response.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException)
        {
            // The hub has answered and closed; the client was still sending.
        }

        Assert.That((await sending.Text("/api/submissions")).Split("\"id\":"), Has.Length.EqualTo(2), "no new submission");
    }

    [Test]
    public async Task What_cannot_be_read_cannot_be_written_anew()
    {
        await using var sending = await Sending.Start();
        var refused = await sending.Finish("", Sending.Body("<a"));

        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body("{\"goodOnly\":true}", "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(409));
        Assert.That(Directory.GetFiles(sending.Hub.Intake, "*.part"), Is.Empty);
    }
}

using System.Text;
using System.Text.Json;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Access;

/// <summary>A national office over HTTP: limited to its area, by the scope of its key.</summary>
public class SubmissionScopeTests
{
    [TestCase("areas:NA", "NA", "checked")]
    [TestCase("areas:NA", "1", "refused")]
    [TestCase("areas:", "NA", "refused")]
    [TestCase("flows:AGY:DF_TWO", "NA", "refused")]
    [TestCase("providers:AGY:OFFICE", "NA", "refused")]
    [TestCase("flows:AGY:DF_ONE areas:NA,1", "1", "checked")]
    public async Task What_the_key_does_not_cover_is_a_finding(string scopes, string area, string state)
    {
        await using var hub = await RunningHub.Start();
        var key = hub.Key(Role.Provider, scopes);

        var (submission, report) = await Send(hub, key, "check", area);

        Assert.That(submission.GetProperty("state").GetString(), Is.EqualTo(state), report);
        Assert.That(report.Contains("SDH4003"), Is.EqualTo(state == "refused"));
        Assert.That(submission.ToString(), Does.Not.Contain("scopes"));
    }

    [Test]
    public async Task A_limited_reviewer_publishes_its_area_alone()
    {
        await using var hub = await RunningHub.Start();
        var key = hub.Key(Role.Reviewer, "areas:NA");

        var (own, report) = await Send(hub, key, "publish", "NA");
        var (other, _) = await Send(hub, key, "publish", "1");

        Assert.That((own.GetProperty("state").GetString(), other.GetProperty("state").GetString()), Is.EqualTo(("published", "refused")), report);
    }

    [Test]
    public async Task An_agreement_that_is_none_is_refused_at_once()
    {
        await using var hub = await RunningHub.Start();
        var request = Request(hub.Key(Role.Provider), "check&agreement=PA", "NA");

        var response = await hub.Client.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("agreement is 'PA'"));
    }

    static async Task<(JsonElement Submission, string Report)> Send(RunningHub hub, string key, string mode, string area)
    {
        var response = await hub.Client.SendAsync(Request(key, mode, area));
        var submission = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        var id = submission.GetProperty("id").GetInt64();
        for (var wait = 0; wait < 600 && submission.GetProperty("state").GetString() is "received" or "checking"; wait++)
        {
            await Task.Delay(50);
            submission = JsonDocument.Parse((await hub.Get($"/api/submissions/{id}", ("X-API-Key", key))).Body).RootElement;
        }

        return (submission, (await hub.Get($"/api/submissions/{id}/report?format=text", ("X-API-Key", key))).Body);
    }

    static HttpRequestMessage Request(string key, string mode, string area)
    {
        var text = $"STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\ndataflow,AGY:DF_ONE(1.0),M,A,{area},I1,2020,5\n";
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api/submissions?mode={mode}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) };
        request.Headers.Add("X-API-Key", key);
        return request;
    }
}

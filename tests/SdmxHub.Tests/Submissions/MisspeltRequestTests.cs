using SdmxHub.Storage;

namespace SdmxHub.Tests.Submissions;

/// <summary>What a request says that its resource has no word for is refused: whoever misspells a limit or a time must not get what has none.</summary>
public class MisspeltRequestTests
{
    [TestCase("POST", "/api/keys", """{"name": "office", "role": "provider", "scope": "areas:417"}""", "name, role, scopes, expires")]
    [TestCase("POST", "/api/drafts", """{"name": "E", "publishAt": "2030-01-01T00:00:00Z"}""", "which may have name")]
    [TestCase("PUT", "/api/drafts/D/schedule", """{"publish_at": "2030-01-01T00:00:00Z"}""", "publishAt, release")]
    [TestCase("POST", "/api/drafts/D/publish", """{"publishAt": "2030-01-01T00:00:00Z"}""", "publishAt")]
    [TestCase("POST", "/api/drafts/D/publish?at=2030-01-01", "", "The parameter 'at' is unknown here.")]
    [TestCase("POST", "/api/drafts/D/refresh?accepted=true", "", "The parameter 'accepted' is unknown here; known: accept.")]
    [TestCase("POST", "/api/drafts/D/migrate?map=M&flow=F", "", "The parameter 'flow' is unknown here; known: map.")]
    [TestCase("POST", "/api/releases/R/undo", """{"only": "A.1.I1"}""", "only")]
    [TestCase("POST", "/api/submissions/1/repair", """{"repair": [{"component": "REF_AREA", "value": "1", "replacement": "NA"}], "goodOnly": true}""", "repairs, goodOnly")]
    [TestCase("POST", "/api/submissions/1/repair", """{"repairs": [{"component": "REF_AREA", "value": "1", "replacement": "NA", "serie": "A.1.I1"}]}""", "serie")]
    public async Task It_is_refused_and_nothing_is_done(string method, string path, string body, string says)
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,5.5")));
        await Make(sending, "/api/releases", """{"name": "R"}""");
        await Make(sending, "/api/drafts", """{"name": "D"}""");
        await sending.Finish("?draft=D", Sending.Body(Sending.Csv("1,I1,2005,6.5")));
        var before = await sending.Text("/api/log");
        sending.Key = sending.Hub.Key(Role.Administrator);

        using var response = await sending.Send(new HttpMethod(method), path, body.Length == 0 ? null : Sending.Body(body, "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(says));
        Assert.That(await sending.Text("/api/log"), Is.EqualTo(before));
    }

    [Test]
    public async Task An_empty_object_is_no_body()
    {
        await using var sending = await Sending.Start();
        await Make(sending, "/api/drafts", """{"name": "D"}""");
        await sending.Finish("?draft=D", Sending.Body(Sending.Csv("1,I1,2005,6.5")));

        using var response = await sending.Send(HttpMethod.Post, "/api/drafts/D/publish", Sending.Body("{}", "application/json"));

        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
    }

    static async Task Make(Sending sending, string path, string body)
    {
        using var response = await sending.Send(HttpMethod.Post, path, Sending.Body(body, "application/json"));
        Assert.That((int)response.StatusCode, Is.EqualTo(201).Or.EqualTo(200), await response.Content.ReadAsStringAsync());
    }
}

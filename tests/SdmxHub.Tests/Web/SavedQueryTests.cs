using System.Net.Http.Headers;
using System.Text.Json;
using SdmxHub.Storage;
using SdmxHub.Tests.Submissions;

namespace SdmxHub.Tests.Web;

/// <summary>Data queries that are kept under a name: saved, checked, asked, changed by who may.</summary>
public class SavedQueryTests
{
    const string V2 = "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA.I1?c[TIME_PERIOD]=ge:2003&format=csv-2.0";
    const string V1 = "/sdmx/v1/data/AGY,DF_ONE/A.1+NA.I2?startPeriod=2004&format=csv-1.0";

    [TestCase(V2)]
    [TestCase(V1)]
    [TestCase("/sdmx/v1/data/DF_TWO")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.9/A.NA?c[INDICATOR]=I1,I2")]
    public async Task A_query_is_saved_told_asked_and_dropped(string path)
    {
        await using var sending = await Sending.Start();

        var (status, body, location) = await Save(sending, "mine", path, "Title", "What it is for");
        Assert.That((status, location), Is.EqualTo((201, "/api/queries/mine")), body);
        await sending.Hub.StopHost();
        await sending.Hub.StartHost();
        using var told = JsonDocument.Parse(await sending.Text("/api/queries/mine"));
        Assert.That(((string[])["name", "path", "title", "description", "owner"]).Select(n => told.RootElement.GetProperty(n).GetString()),
            Is.EqualTo(new[] { "mine", path, "Title", "What it is for", "a test reviewer" }));
        Assert.That(await sending.Text("/api/queries"), Is.EqualTo($"[{told.RootElement.GetRawText()}]"));

        using var asked = await sending.Hub.Send(HttpMethod.Get, "/api/queries/mine/data");
        using var direct = await sending.Hub.Send(HttpMethod.Get, path);
        Assert.That(await asked.Content.ReadAsStringAsync(), Is.EqualTo(await direct.Content.ReadAsStringAsync()).And.Not.Empty);
        Assert.That((asked.StatusCode, asked.Headers.ETag, asked.Content.Headers.ContentType), Is.EqualTo((direct.StatusCode, direct.Headers.ETag, direct.Content.Headers.ContentType)));
        using (var again = await sending.Hub.Send(HttpMethod.Get, "/api/queries/mine/data", ("If-None-Match", asked.Headers.ETag!.ToString())))
            Assert.That((int)again.StatusCode, Is.EqualTo(304));
        using (var head = await sending.Hub.Send(HttpMethod.Head, "/api/queries/mine/data"))
            Assert.That(head.Headers.Contains("X-SDMX-Observations"), Is.True);

        Assert.That((await Save(sending, "mine", "/sdmx/v1/data/DF_TWO")).Status, Is.EqualTo(200), "replaced");
        using (var other = await sending.Hub.Send(HttpMethod.Get, "/api/queries/mine/data", ("If-None-Match", asked.Headers.ETag!.ToString())))
            Assert.That((int)other.StatusCode, Is.EqualTo(path == "/sdmx/v1/data/DF_TWO" ? 304 : 200));
        using (var dropped = await sending.Send(HttpMethod.Delete, "/api/queries/mine"))
            Assert.That((int)dropped.StatusCode, Is.EqualTo(204));
        Assert.That((await sending.Hub.Get("/api/queries/mine/data")).Status, Is.EqualTo(404));
        Assert.That(await sending.Text("/api/queries"), Is.EqualTo("[]"));
    }

    [Test]
    public async Task A_whole_address_is_kept_from_its_interface_on_without_what_no_header_may_hold()
    {
        await using var sending = await Sending.Start();

        var (status, body, _) = await Save(sending, "mine", "https://hub.example.org/base/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA?c[TITLE]=\u00e9t\u00e9 1#top");

        Assert.That((status, body), Is.EqualTo((201, body)));
        Assert.That(body, Does.Contain("\"path\":\"/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA?c[TITLE]=%C3%A9t%C3%A9%201\""));
        Assert.That((await sending.Hub.Get("/api/queries/mine/data")).Status, Is.EqualTo(204), "no series has the title");
    }

    [TestCase("mine", "{}", 400, "path is missing")]
    [TestCase("mine", """{"path": "/sdmx/v2/structure/dataflow"}""", 400, "path: '/sdmx/v2/structure/dataflow' is no data query: expected /sdmx/v2/data/")]
    [TestCase("mine", """{"path": "/sdmx/v2/dataset"}""", 400, "is no data query")]
    [TestCase("mine", """{"path": "/elsewhere?/sdmx/v2/data/dataflow/AGY/DF_ONE"}""", 400, "is no data query")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?startperiod=2003"}""", 400, "path: The parameter 'startperiod' is unknown here. Did you mean startPeriod?")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?api_key=sdmxhub_secret"}""", 400, "The parameter 'api_key' is unknown here")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?draft=D"}""", 400, "path: draft: a draft ends, a saved query stays.")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_OEN"}""", 422, "path: No dataflow AGY:DF_OEN(*) is held. Did you mean DF_ONE?")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?c[REF_ARAE]=1"}""", 422, "Did you mean REF_AREA?")]
    [TestCase("mine", """{"path": "/sdmx/v1/data/DF_ONE/A.1"}""", 422, "path: The key has 2 positions, but AGY:DF_ONE(1.10) has 3 dimensions")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?asOf=none"}""", 422, "there is no release 'none'")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE?format=pdf"}""", 422, "path: None of the formats asked for can be given.")]
    [TestCase("mine", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE", "titel": "x"}""", 400, "path, title, description")]
    [TestCase("2026", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE"}""", 400, "name is '2026': expected letters")]
    [TestCase("a%20b", """{"path": "/sdmx/v2/data/dataflow/AGY/DF_ONE"}""", 400, "name is 'a b'")]
    public async Task What_cannot_be_asked_is_not_saved_and_says_why(string name, string body, int status, string says)
    {
        await using var sending = await Sending.Start();

        using var response = await sending.Send(HttpMethod.Put, $"/api/queries/{name}", Sending.Body(body, "application/json"));

        var text = await response.Content.ReadAsStringAsync();
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((status, "application/problem+json")), text);
        Assert.That(text, Does.Contain(says).And.Not.Contain("sdmxhub_secret"));
        Assert.That(await sending.Text("/api/queries"), Is.EqualTo("[]"));
    }

    [Test]
    public async Task A_code_that_there_is_not_is_kept_with_a_note()
    {
        await using var sending = await Sending.Start();

        var (status, body, _) = await Save(sending, "mine", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NAM.I1");

        Assert.That(status, Is.EqualTo(201));
        using var made = JsonDocument.Parse(body);
        Assert.That(made.RootElement.GetProperty("notes").EnumerateArray().Select(n => n.GetString()), Is.EqualTo(new[] { "REF_AREA has no code 'NAM' (AGY:CL_AREA(1.0))." }));
    }

    [Test]
    public async Task Readers_save_with_a_key_and_change_what_is_theirs_reviewers_all()
    {
        await using var provider = await Sending.Start();
        provider.Key = provider.Hub.Key(Role.Provider);
        var (reader, reviewer) = (new Sending(provider.Hub, Role.Reader), new Sending(provider.Hub, Role.Reviewer));
        Assert.That((await Save(provider, "theirs", V2)).Status, Is.EqualTo(201));
        Assert.That((await Save(reader, "mine", V2)).Status, Is.EqualTo(201));

        Assert.That((await Save(reader, "theirs", V1)).Status, Is.EqualTo(403));
        using (var refused = await reader.Send(HttpMethod.Delete, "/api/queries/theirs"))
            Assert.That((int)refused.StatusCode, Is.EqualTo(403));
        using (var nobody = await provider.Hub.Client.SendAsync(new(HttpMethod.Delete, "/api/queries/mine")))
            Assert.That((int)nobody.StatusCode, Is.EqualTo(401));
        Assert.That((await Save(reviewer, "theirs", V1)).Status, Is.EqualTo(200));

        Assert.That(await reader.Text("/api/queries/theirs"), Does.Contain("\"owner\":\"a test provider\"").And.Contain("/sdmx/v1/"), "it stays whose it was");
        Assert.That((await Save(provider, "theirs", V2)).Status, Is.EqualTo(200));
        using var dropped = await reviewer.Send(HttpMethod.Delete, "/api/queries/mine");
        Assert.That((int)dropped.StatusCode, Is.EqualTo(204));
    }

    [Test]
    public async Task What_a_saved_query_does_not_say_may_be_added_when_it_is_asked()
    {
        await using var sending = await Sending.Start();
        await Save(sending, "mine", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA.I1");
        using (await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "D"}""", "application/json")))
            await sending.Finish("?draft=D", Sending.Body(Sending.Csv("NA,I1,2009,9.5")));

        Assert.That(await Rows(sending, "format=csv-2.0"), Is.EqualTo(5));
        Assert.That(await Rows(sending, "format=csv-2.0&c[TIME_PERIOD]=ge:2003"), Is.EqualTo(2));
        Assert.That(await Rows(sending, "format=csv-2.0&draft=D"), Is.EqualTo(6), "what it will answer once the draft is published");
        Assert.That((await sending.Hub.Get("/api/queries/mine/data?format=csv-2.0&draft=D")).Status, Is.Not.EqualTo(200), "to those who may see the draft");
        using (var json = await sending.Send(HttpMethod.Get, "/api/queries/mine/data", null, ("Accept", "application/vnd.sdmx.data+json;version=2.0.0")))
            Assert.That(json.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/vnd.sdmx.data+json"));
        await Save(sending, "mine", V2);
        var (status, body, _) = await sending.Hub.Get("/api/queries/mine/data?format=json-2.0");
        Assert.That((status, body), Is.EqualTo((400, body)));
        Assert.That(body, Does.Contain("The parameter format is given twice."));
    }

    [Test]
    public async Task What_never_changes_may_still_get_another_meaning_under_its_name()
    {
        await using var sending = await Sending.Start();
        await Save(sending, "then", "/sdmx/v2/data/dataflow/AGY/DF_ONE?asOf=2&format=csv-2.0");

        using var asked = await sending.Hub.Send(HttpMethod.Get, "/api/queries/then/data");
        using var direct = await sending.Hub.Send(HttpMethod.Get, "/sdmx/v2/data/dataflow/AGY/DF_ONE?asOf=2&format=csv-2.0");

        Assert.That(direct.Headers.CacheControl!.ToString(), Does.Contain("immutable"));
        Assert.That(asked.Headers.CacheControl, Is.EqualTo(new CacheControlHeaderValue { NoCache = true }));
    }

    static async Task<int> Rows(Sending sending, string added)
    {
        var text = await sending.Text($"/api/queries/mine/data?{added}");
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
    }

    internal static async Task<(int Status, string Body, string? Location)> Save(Sending sending, string name, string path, string? title = null, string? description = null)
    {
        var body = JsonSerializer.Serialize(new { path, title, description });
        using var response = await sending.Send(HttpMethod.Put, $"/api/queries/{name}", Sending.Body(body, "application/json"));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers.Location?.ToString());
    }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

public class DraftsEndpointTests
{
    const string Data = "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1.I1?format=csv-1.0";

    [Test]
    public async Task A_draft_goes_from_its_making_to_its_undoing()
    {
        await using var run = await Run.Start();
        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts", Role.Provider, "{\"name\":\"2026.Q1.G.01\"}"), Is.EqualTo(201));
        run.Stage("2026.Q1.G.01", "A,1,I1,2000,9.5", "A,1,I1,2010,1");

        Assert.That(await run.Send(HttpMethod.Get, Data + "&draft=2026.Q1.G.01", Role.Reviewer), Is.EqualTo(200));
        Assert.That(run.Body, Does.Contain(",2000,9.5").And.Contain(",2010,1"));
        Assert.That(run.Response.Headers.CacheControl!.ToString(), Is.EqualTo("no-store, private"));
        Assert.That(await run.Send(HttpMethod.Get, "/api/changes?draft=2026.Q1.G.01", Role.Reviewer), Is.EqualTo(200));
        var flow = JsonNode.Parse(run.Body)!["flows"]![0]!;
        Assert.That((flow["inserted"]!.GetValue<int>(), flow["updated"]!.GetValue<int>(), flow["unchanged"]!.GetValue<int>(), flow["seriesRevised"]!.GetValue<int>()), Is.EqualTo((1, 1, 19, 1)));
        Assert.That(flow["movers"]![0]!["before"]!.GetValue<string>(), Is.EqualTo("0.0"));
        Assert.That(await run.Send(HttpMethod.Get, "/api/drafts/2026.Q1.G.01/conflicts", Role.Provider), Is.EqualTo(200));
        Assert.That(JsonNode.Parse(run.Body)!["count"]!.GetValue<int>(), Is.Zero);

        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts/2026.Q1.G.01/publish", Role.Provider), Is.EqualTo(403));
        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts/2026.Q1.G.01/publish", Role.Reviewer), Is.EqualTo(200));
        Assert.That(await run.Send(HttpMethod.Get, Data, null), Is.EqualTo(200));
        Assert.That(run.Body, Does.Contain(",2000,9.5"));
        Assert.That(await run.Send(HttpMethod.Get, Data + "&asOf=2026.Q1.G.01", null), Is.EqualTo(200));
        Assert.That(await run.Send(HttpMethod.Get, Data + "&asOf=2026.Q1.G.1", null), Is.EqualTo(422));
        Assert.That(run.Body, Does.Contain("2026.Q1.G.01"), "the nearest name");
        Assert.That(await run.Send(HttpMethod.Get, "/api/releases", null), Is.EqualTo(200));
        Assert.That(JsonNode.Parse(run.Body)![0]!["name"]!.GetValue<string>(), Is.EqualTo("2026.Q1.G.01"));

        Assert.That(await run.Send(HttpMethod.Post, "/api/releases/2026.Q1.G.01/undo", Role.Reviewer), Is.EqualTo(200));
        await run.Send(HttpMethod.Get, Data, null);
        Assert.That(run.Body, Does.Contain(",2000,0.0").And.Not.Contain("2010"));
        Assert.That(await run.Send(HttpMethod.Get, "/api/log", null), Is.EqualTo(200));
        Assert.That(JsonNode.Parse(run.Body)!.AsArray().Select(r => r!["kind"]!.GetValue<string>()).TakeLast(2), Is.EqualTo(new[] { "publish", "undo" }));
    }

    [Test]
    public async Task A_draft_is_not_there_for_those_who_may_not_see_it([Values(null, Role.Reader, Role.Provider)] Role? role)
    {
        await using var run = await Run.Start();
        run.Create("SECRET", "somebody else");
        run.Stage("SECRET", "A,1,I1,2000,9.5");

        foreach (var path in (string[])["/api/drafts/SECRET", "/api/changes?draft=SECRET", Data + "&draft=SECRET", "/sdmx/v2/structure/codelist?draft=SECRET", "/sdmx/v1/data/AGY,DF_ONE/all?draft=SECRET"])
        {
            Assert.That(await run.Send(HttpMethod.Get, path, role), Is.AnyOf(401, 403, 404), path);
            Assert.That(run.Body, Does.Not.Contain("9.5"));
        }

        Assert.That(await run.Send(HttpMethod.Get, "/api/drafts", role), Is.AnyOf(200, 401, 403));
        Assert.That(run.Body, Does.Not.Contain("SECRET"));
    }

    [Test]
    public async Task Conflicts_refuse_publishing_and_are_listed()
    {
        await using var run = await Run.Start();
        run.Create("R", Run.Name(Role.Provider));
        run.Stage("R", "A,1,I1,2000,9.5");
        RunningHub.Load(run.Hub.Store, "DF_ONE", [("A", "1", "I1", 2000, "8")]);

        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts/R/publish", Role.Reviewer), Is.EqualTo(409));

        var problem = JsonNode.Parse(run.Body)!;
        Assert.That(run.Response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/problem+json"));
        Assert.That(problem["conflicts"]![0]!.ToJsonString(), Is.EqualTo("{\"subject\":\"AGY:DF_ONE\",\"key\":\"A.1.I1\",\"period\":\"2000\",\"revision\":4}"));
        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts/R/refresh?accept=true", Role.Provider), Is.EqualTo(200));
        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts/R/publish", Role.Reviewer), Is.EqualTo(200));
    }

    [Test]
    public async Task The_delta_of_two_revisions_is_a_message_that_makes_one_of_the_other([Values("csv-2.0", "structurespecific-2.1", "generic-2.1", "json-2.0")] string format)
    {
        await using var run = await Run.Start();
        RunningHub.Load(run.Hub.Store, "DF_ONE", [("A", "1", "I1", 2000, "8"), ("A", "2", "I1", 2000, "3")]);
        var file = Path.Combine(run.Hub.Intake, "delta");

        Assert.That(await run.Send(HttpMethod.Get, $"/api/changes?from=4&to=2&flow=AGY:DF_ONE&detail=delta&format={format}", null), Is.EqualTo(200));
        Directory.CreateDirectory(run.Hub.Intake);
        await File.WriteAllTextAsync(file, run.Body);
        using (var report = SdmxHub.Storage.Load.Run(file, run.Hub.Store, new LoadOptions(), null, CancellationToken.None))
            Assert.That((report.Updated, report.Deleted, report.Inserted), Is.EqualTo((1, 1, 0)), string.Join('\n', report.Issues.All.Select(i => i.Message)));

        await run.Send(HttpMethod.Get, "/sdmx/v2/data/dataflow/AGY/DF_ONE?format=csv-1.0", null);
        var now = run.Body;
        await run.Send(HttpMethod.Get, "/sdmx/v2/data/dataflow/AGY/DF_ONE?format=csv-1.0&asOf=2", null);
        Assert.That(now, Is.EqualTo(run.Body));
    }

    [Test]
    public async Task Series_that_differ_are_listed()
    {
        await using var run = await Run.Start();
        RunningHub.Load(run.Hub.Store, "DF_ONE", [("A", "1", "I1", 2000, "8"), ("A", "2", "I1", 2000, "3")]);

        Assert.That(await run.Send(HttpMethod.Get, "/api/changes?from=3&detail=series&format=csv", null), Is.EqualTo(200));

        Assert.That(run.Body, Is.EqualTo("flow,series,change,inserted,updated,deleted,attributes\r\nAGY:DF_ONE,A.1.I1,revised,0,1,0,\r\nAGY:DF_ONE,A.2.I1,added,1,0,0,\r\n"));
        Assert.That(await run.Send(HttpMethod.Get, "/api/changes?from=3&detail=series", null), Is.EqualTo(200));
        Assert.That(JsonNode.Parse(run.Body)!.AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task An_impact_is_told_where_structures_differ()
    {
        await using var run = await Run.Start();
        Assert.That(await run.Send(HttpMethod.Get, "/api/changes?from=1&detail=impact", null), Is.EqualTo(200));
        Assert.That(run.Body, Is.EqualTo("[]"), "data alone differ");
    }

    [TestCase("/api/changes", 400)]
    [TestCase("/api/changes?from=99", 404)]
    [TestCase("/api/changes?from=nothing", 404)]
    [TestCase("/api/changes?from=2&to=!", 400)]
    [TestCase("/api/changes?from=2&draft=R", 400)]
    [TestCase("/api/changes?from=2&flow=AGY:DF_ON", 404)]
    [TestCase("/api/changes?from=2&detail=delta&format=csv-1.0", 406)]
    [TestCase("/api/changes?from=2&detail=all", 400)]
    [TestCase("/api/releases/none", 404)]
    [TestCase("/api/compare?area=1&asOf=yesterday", 404)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE?asOf=2&draft=R", 400)]
    public async Task What_cannot_be_told_says_why(string path, int status)
    {
        await using var run = await Run.Start();
        Assert.That(await run.Send(HttpMethod.Get, path, Role.Reviewer), Is.EqualTo(status), run.Body);
        Assert.That(run.Body, Is.Not.Empty);
    }

    [TestCase("{\"name\":\"2026\"}", 400)]
    [TestCase("{\"name\":\"a b\"}", 400)]
    [TestCase("{}", 400)]
    [TestCase("{\"name\":\"TAKEN\"}", 409)]
    public async Task A_name_that_is_none_is_refused(string body, int status)
    {
        await using var run = await Run.Start();
        run.Create("TAKEN", "me");
        Assert.That(await run.Send(HttpMethod.Post, "/api/drafts", Role.Provider, body), Is.EqualTo(status), run.Body);
    }

    [Test]
    public async Task A_draft_is_published_when_its_instant_comes()
    {
        await using var run = await Run.Start();
        run.Create("R", Run.Name(Role.Provider));
        run.Stage("R", "A,1,I1,2000,9.5");

        Assert.That(await run.Send(HttpMethod.Put, "/api/drafts/R/schedule", Role.Reviewer, $"{{\"publishAt\":\"{DateTimeOffset.UtcNow.AddSeconds(0.5):O}\",\"release\":\"2026.Q2\"}}"), Is.EqualTo(200));
        Assert.That(run.Hub.Store.Release("2026.Q2"), Is.Null);

        for (var wait = 0; wait < 100 && run.Hub.Store.Release("2026.Q2") is null; wait++)
            await Task.Delay(100);
        Assert.That(run.Hub.Store.Release("2026.Q2"), Is.Not.Null);
    }

    [Test]
    public async Task A_hub_whose_plans_cannot_be_read_serves_on_and_publishes_when_they_can()
    {
        await using var run = await Run.Start();
        run.Create("R", Run.Name(Role.Provider));
        run.Stage("R", "A,1,I1,2000,9.5");
        await run.Send(HttpMethod.Put, "/api/drafts/R/schedule", Role.Reviewer, $"{{\"publishAt\":\"{DateTimeOffset.UtcNow.AddSeconds(1):O}\"}}");
        run.Change("ALTER TABLE draft RENAME TO elsewhere");

        await Task.Delay(TimeSpan.FromSeconds(2.5));

        Assert.That(await run.Send(HttpMethod.Get, "/health/ready", null), Is.EqualTo(200));
        run.Change("ALTER TABLE elsewhere RENAME TO draft");
        for (var wait = 0; wait < 100 && run.Hub.Store.Release("R") is null; wait++)
            await Task.Delay(100);
        Assert.That(run.Hub.Store.Release("R"), Is.Not.Null);
    }

    [Test]
    public async Task Scopes_limit_what_is_seen_of_drafts_and_published()
    {
        await using var run = await Run.Start();
        run.Create("R", "somebody");
        run.Stage("R", "A,1,I1,2000,9.5");
        var other = run.Hub.Key(Role.Reviewer, "flows:AGY:DF_TWO");

        Assert.That(await run.SendBy(HttpMethod.Get, Data + "&draft=R", other), Is.EqualTo(403));
        Assert.That(await run.SendBy(HttpMethod.Post, "/api/drafts/R/publish", other), Is.EqualTo(403));
        Assert.That(run.Body, Does.Contain("AGY:DF_ONE"));
        Assert.That(await run.SendBy(HttpMethod.Get, "/api/changes?draft=R", other), Is.EqualTo(200));
        Assert.That(JsonNode.Parse(run.Body)!["flows"]!.AsArray(), Is.Empty);
    }

    sealed class Run(RunningHub hub) : IAsyncDisposable
    {
        readonly Dictionary<Role, string> _keys = [];
        int _files;

        public RunningHub Hub { get; } = hub;

        public string Body { get; private set; } = "";

        public HttpResponseMessage Response { get; private set; } = null!;

        SdmxHub.Storage.Drafts Drafts => Hub.Services.GetRequiredService<SdmxHub.Storage.Drafts>();

        public static async Task<Run> Start() => new(await RunningHub.Start());

        public static string Name(Role role) => $"a test {role.ToName()}";

        public void Create(string name, string owner) => Assert.That(Drafts.Create(name, owner), Is.Not.Null);

        public void Stage(string name, params string[] rows)
        {
            var file = Path.Combine(Hub.Intake, $"{++_files}.csv");
            File.WriteAllText(file, "DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n" + string.Join('\n', rows.Select(r => $"AGY:DF_ONE(1.0),{r}")) + "\n");
            using var report = Drafts.Stage(Drafts.Find(name)!, file, null, new LoadOptions { Actor = "sender" }, null, CancellationToken.None);
            Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        }

        /// <summary>Changes the intake behind the hub's back.</summary>
        public void Change(string sql)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(Hub.Intake, "intake.db")};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }

        public Task<int> Send(HttpMethod method, string path, Role? role, string? body = null) =>
            SendBy(method, path, role is { } r ? _keys.TryGetValue(r, out var key) ? key : _keys[r] = Hub.Key(r) : null, body);

        public async Task<int> SendBy(HttpMethod method, string path, string? key, string? body = null)
        {
            using var request = new HttpRequestMessage(method, path);
            if (key is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            Response = await Hub.Client.SendAsync(request);
            Body = await Response.Content.ReadAsStringAsync();
            return (int)Response.StatusCode;
        }

        public ValueTask DisposeAsync() => Hub.DisposeAsync();
    }
}

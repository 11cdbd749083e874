using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Access;

/// <summary>Who a request is of: keys in every place they may stand in, wrong ones, too many wrong ones, and that none is ever told.</summary>
public class AuthenticationTests
{
    const string One = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0?format=csv";
    const string Wrong = "sdmxhub_000000000000_0000000000000000000000000000000000000000000000000000000000000000";

    static (string Path, (string, string)[] Headers) Sent(string way, string key, string path = "/api/keys") => way switch
    {
        "Bearer" => (path, [("Authorization", $"Bearer {key}")]),
        "bearer" => (path, [("Authorization", $"bearer  {key} ")]),
        "X-API-Key" => (path, [("X-API-Key", key)]),
        "Basic" => (path, [("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"anything:{key}"))}")]),
        "api_key" => ($"{path}{(path.Contains('?') ? '&' : '?')}api_key={key}", []),
        "API%5FKEY" => ($"{path}{(path.Contains('?') ? '&' : '?')}API%5FKEY={key}&x", []),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    };

    [Test]
    public async Task A_key_is_known_wherever_it_may_stand([Values("Bearer", "bearer", "X-API-Key", "Basic", "api_key", "API%5FKEY")] string way)
    {
        await using var hub = await RunningHub.Start();
        var (path, headers) = Sent(way, hub.Key(Role.Administrator));

        var (status, body, _) = await hub.Get(path, headers);

        Assert.That((status, JsonDocument.Parse(body).RootElement[0].GetProperty("name").GetString()), Is.EqualTo((200, "a test administrator")));
    }

    [Test]
    public async Task A_wrong_key_is_refused_even_where_none_is_needed([Values("Bearer", "X-API-Key", "Basic", "api_key")] string way)
    {
        await using var hub = await RunningHub.Start();
        var (path, headers) = Sent(way, Wrong, One);

        var (status, body, response) = await hub.Get(path, headers);

        Assert.That((status, JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("code").GetInt32()), Is.EqualTo((401, 401)));
        Assert.That(response.Headers.WwwAuthenticate.First().ToString(), Does.Contain("invalid_token"));
    }

    [TestCase("Digest x")]
    [TestCase("Bearer")]
    [TestCase("Bearer eyJhbGciOiJub25lIn0.e30.")]
    [TestCase("Basic %%%")]
    [TestCase("Basic Og==")]
    public async Task What_is_no_key_at_all_is_a_wrong_one(string header)
    {
        await using var hub = await RunningHub.Start();

        var (status, body, response) = await hub.Get("/api/keys", ("Authorization", header));

        Assert.That((status, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((401, "application/problem+json")), body);
    }

    [Test]
    public async Task Unknown_ids_wrong_secrets_expired_and_revoked_keys_get_the_same_answer()
    {
        var clock = new SetClock();
        await using var hub = await RunningHub.Start(clock: clock);
        var keys = new ApiKeys(hub.Services.GetRequiredService<Intake>());
        var known = hub.Key(Role.Administrator);
        var revoked = keys.Make("gone", Role.Administrator, Scopes.All, null, "test", out var gone);
        keys.Revoke(revoked.Id);
        var expired = hub.Key(Role.Administrator, expires: clock.Now.AddMinutes(1));
        clock.Now = clock.Now.AddMinutes(1);

        var answers = new HashSet<string>();
        foreach (var key in (string[])[Wrong, known[..^1] + (known[^1] == '0' ? '1' : '0'), gone, expired])
        {
            var (status, body, response) = await hub.Get("/api/keys", ("X-API-Key", key));
            var problem = JsonDocument.Parse(body).RootElement;
            answers.Add($"{status} {problem.GetProperty("title")} {problem.GetProperty("detail")} {string.Join(',', response.Headers.Select(h => h.Key).Where(k => k != "Date"))}");
        }

        Assert.That(answers, Has.Count.EqualTo(1).And.All.StartsWith("401 "));
    }

    [Test]
    public async Task Too_many_wrong_keys_shut_an_address_out_for_the_rest_of_the_minute()
    {
        var clock = new SetClock();
        await using var hub = await RunningHub.Start(new HubOptions { MaxFailedKeys = 3 }, clock);
        var key = hub.Key(Role.Administrator);
        for (var i = 0; i < 3; i++)
            Assert.That((await hub.Get("/api/keys", ("X-API-Key", Wrong))).Status, Is.EqualTo(401));
        clock.Now = clock.Now.AddSeconds(20);

        var (status, body, response) = await hub.Get("/api/keys", ("X-API-Key", key));
        var (first, _, _) = await Post(hub, "/api/keys/first", """{"name":"x","token":"y"}""");
        var (anonymous, _, _) = await hub.Get(One);
        clock.Now = clock.Now.AddSeconds(40);
        var (later, _, _) = await hub.Get("/api/keys", ("X-API-Key", key));

        Assert.That((status, response.Headers.RetryAfter?.Delta, first, anonymous, later), Is.EqualTo((429, (TimeSpan?)TimeSpan.FromSeconds(40), 429, 200, 200)), body);
    }

    [Test]
    public async Task A_browser_changes_nothing_by_basic_credentials()
    {
        await using var hub = await RunningHub.Start();
        var (path, headers) = Sent("Basic", hub.Key(Role.Administrator), "/api/keys/none");

        var forged = await hub.Send(HttpMethod.Delete, path, [.. headers, ("Origin", "https://evil.example")]);
        var meant = await hub.Send(HttpMethod.Delete, path, headers);

        Assert.That(((int)forged.StatusCode, (int)meant.StatusCode), Is.EqualTo((403, 404)));
    }

    [Test]
    public async Task A_key_in_the_query_changes_neither_answer_nor_entity_tag()
    {
        await using var hub = await RunningHub.Start();
        var (_, plain, first) = await hub.Get(One);

        var (status, keyed, second) = await hub.Get($"/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0?api_key={hub.Key(Role.Reader)}&format=csv");

        Assert.That((status, keyed, second.Headers.ETag), Is.EqualTo((200, plain, first.Headers.ETag)));
    }

    [Test]
    public async Task Where_not_everybody_may_read_a_reader_needs_a_key_and_probes_none()
    {
        await using var hub = await RunningHub.Start(new HubOptions { AnonymousRead = false });
        var key = hub.Key(Role.Reader);

        string[] paths = [One, "/sdmx/v1/codelist/AGY/CL_FREQ", "/", "/api/compare?area=1", "/nothing", "/api/nothing"];
        var without = new List<int>();
        foreach (var path in paths)
            without.Add((await hub.Get(path)).Status);

        Assert.That(without, Is.All.EqualTo(401));
        Assert.That(((await hub.Get(One, ("X-API-Key", key))).Status, (await hub.Get("/health/ready")).Status), Is.EqualTo((200, 200)));
        var (_, body, _) = await hub.Get("/sdmx/v1/data/DF_ONE");
        Assert.That(body, Does.Contain("code=\"110\""));
    }

    [Test, NonParallelizable]
    public async Task No_key_reaches_a_log_or_a_trace()
    {
        var (console, log, told) = (Console.Out, new StringWriter(), new List<string>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => told.AddRange(activity.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(activity.DisplayName)),
        };
        ActivitySource.AddActivityListener(listener);
        Console.SetOut(TextWriter.Synchronized(log));
        var keys = new List<string>();
        try
        {
            await using var hub = await RunningHub.Start(new HubOptions { LogLevel = "Trace" }, withLog: true);
            keys.AddRange([hub.Key(Role.Administrator), Wrong]);
            foreach (var key in keys.ToArray())
            {
                foreach (var way in (string[])["Bearer", "X-API-Key", "Basic", "api_key", "API%5FKEY"])
                {
                    foreach (var path in (string[])["/api/keys", One, "/nothing"])
                        await hub.Get(Sent(way, key, path).Path, Sent(way, key, path).Headers);
                }
            }

            var (_, made, _) = await Post(hub, "/api/keys", """{"name":"new","role":"reader"}""", ("X-API-Key", keys[0]));
            keys.Add(JsonDocument.Parse(made).RootElement.GetProperty("secret").GetString()!);
            await Post(hub, "/api/keys/first", $$"""{"name":"x","token":"{{keys[0].Split('_')[2]}}"}""");
        }
        finally
        {
            Console.SetOut(console);
        }

        var text = log.ToString();
        Assert.That(text, Does.Contain("/api/keys").And.Contain("a test administrator").And.Contain("A wrong key"));
        lock (told)
        {
            Assert.That(keys.Select(k => k.Split('_')[2]).Where(secret => text.Contains(secret) || told.Any(t => t.Contains(secret))), Is.Empty);
            Assert.That(told, Has.Some.Contains("/nothing").Or.Some.Contains("DF_ONE"));
        }
    }

    [Test]
    public async Task The_first_administrator_is_made_by_the_token_and_makes_the_rest()
    {
        await using var hub = await RunningHub.Start();
        var keys = new ApiKeys(hub.Services.GetRequiredService<Intake>());
        var token = keys.MakeFirstToken();

        var (wrong, _, _) = await Post(hub, "/api/keys/first", """{"name":"mallory","token":"guess"}""");
        var (made, body, first) = await Post(hub, "/api/keys/first", $$"""{"name":"root","token":"{{token}}"}""");
        var (again, _, _) = await Post(hub, "/api/keys/first", $$"""{"name":"mallory","token":"{{token}}"}""");
        var root = JsonDocument.Parse(body).RootElement.GetProperty("secret").GetString()!;
        var (more, other, _) = await Post(hub, "/api/keys", """{"name":"KG","role":"Provider","scopes":"areas:417","expires":"2100-01-01T00:00:00Z"}""", ("Authorization", $"Bearer {root}"));
        var id = JsonDocument.Parse(other).RootElement.GetProperty("key").GetProperty("id").GetString();
        var (_, list, _) = await hub.Get("/api/keys", ("X-API-Key", root));
        var gone = await hub.Send(HttpMethod.Delete, $"/api/keys/{id}", ("X-API-Key", root));

        Assert.That((wrong, made, again, more, (int)gone.StatusCode), Is.EqualTo((403, 201, 403, 201, 204)));
        Assert.That((first.Headers.CacheControl?.NoStore, first.Headers.Location?.ToString()), Is.EqualTo(((bool?)true, $"/api/keys/{root.Split('_')[1]}")));
        Assert.That(list, Does.Contain("\"scopes\":\"areas:417\"").And.Contain("\"createdBy\":\"root\"").And.Not.Contain(root.Split('_')[2]));
        Assert.That(keys.List().Single(k => k.Id == id).Revoked, Is.Not.Null);
    }

    [TestCase("""{"role":"reader"}""", "name")]
    [TestCase("""{"name":"a\u0007","role":"reader"}""", "name")]
    [TestCase("""{"name":"x","role":"king"}""", "role")]
    [TestCase("""{"name":"x","role":"reader","scopes":"area:1"}""", "scopes")]
    [TestCase("""{"name":"x","role":"reader","expires":"2001-01-01T00:00:00Z"}""", "expires")]
    public async Task A_key_that_cannot_be_is_refused_by_the_value_that_is_wrong(string body, string name)
    {
        await using var hub = await RunningHub.Start();

        var (status, answer, response) = await Post(hub, "/api/keys", body, ("X-API-Key", hub.Key(Role.Administrator)));

        var problem = JsonDocument.Parse(answer).RootElement;
        Assert.That((status, response.Content.Headers.ContentType?.MediaType, problem.GetProperty("issues")[0].GetProperty("name").GetString()),
            Is.EqualTo((400, "application/problem+json", name)), answer);
    }

    [TestCase("not json", "application/json", 400)]
    [TestCase("null", "application/json", 400)]
    [TestCase("""{"name":"x","role":"reader","scope":"areas:1"}""", "application/json", 400)]
    [TestCase("name=x", "application/x-www-form-urlencoded", 415)]
    public async Task A_body_that_cannot_be_read_is_a_problem(string body, string contentType, int expected)
    {
        await using var hub = await RunningHub.Start();
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/keys") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.Add("X-API-Key", hub.Key(Role.Administrator));

        var response = await hub.Client.SendAsync(request);

        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((expected, "application/problem+json")), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task A_body_without_end_is_413()
    {
        await using var hub = await RunningHub.Start();

        var (status, answer, _) = await Post(hub, "/api/keys", $$"""{"name":"{{new string('x', 100_000)}}"}""", ("X-API-Key", hub.Key(Role.Administrator)));

        Assert.That(status, Is.EqualTo(413), answer);
    }

    [TestCase("GET", "/api/nothing", 404)]
    [TestCase("PUT", "/api/keys", 405)]
    public async Task What_the_hubs_own_interface_does_not_have_is_a_problem(string method, string path, int expected)
    {
        await using var hub = await RunningHub.Start();

        var response = await hub.Send(new HttpMethod(method), path);

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.That(((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, problem.GetProperty("status").GetInt32()), Is.EqualTo((expected, "application/problem+json", expected)));
        Assert.That((problem.GetProperty("type").GetString(), problem.GetProperty("traceId").GetString()), Is.EqualTo(("about:blank", problem.GetProperty("traceId").GetString())).And.Not.EqualTo(("about:blank", "")));
    }

    static async Task<(int Status, string Body, HttpResponseMessage Response)> Post(RunningHub hub, string path, string json, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await hub.Client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }
}

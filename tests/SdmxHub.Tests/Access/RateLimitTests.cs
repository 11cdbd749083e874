using SdmxHub.Storage;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Access;

/// <summary>Budgets of requests, and whose word for an address is taken.</summary>
public class RateLimitTests
{
    const string Data = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0?format=csv";
    const string Structures = "/sdmx/v2/structure/codelist/AGY/CL_FREQ";

    static readonly HubOptions Small = new() { RateLimits = new() { Data = 2, Structures = 3, Submissions = 1, Loopback = true } };

    [Test]
    public async Task Each_budget_ends_by_itself_and_says_when_it_goes_on()
    {
        await using var hub = await RunningHub.Start(Small);
        var key = hub.Key(Role.Administrator);
        var first = await hub.Send(HttpMethod.Get, Data);
        await hub.Get(Data);

        var (status, body, refused) = await hub.Get(Data);
        var (structures, _, _) = await hub.Get(Structures);
        var (health, _, probe) = await hub.Get("/health/ready");
        var removed = await hub.Send(HttpMethod.Delete, "/api/keys/none", ("X-API-Key", key));
        var again = await hub.Send(HttpMethod.Delete, "/api/keys/none", ("X-API-Key", key));

        Assert.That((Header(first, "RateLimit-Policy"), Header(first, "RateLimit")), Is.EqualTo(("\"data\";q=2;w=60", "\"data\";r=1")));
        Assert.That((status, structures, health, (int)removed.StatusCode, (int)again.StatusCode), Is.EqualTo((429, 200, 200, 404, 429)), body);
        Assert.That(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(1, 60));
        Assert.That(Header(refused, "RateLimit"), Is.EqualTo($"\"data\";r=0;t={refused.Headers.RetryAfter.Delta.Value.TotalSeconds}"));
        Assert.That((body.Contains("\"code\":429"), again.Content.Headers.ContentType?.MediaType, probe.Headers.Contains("RateLimit")), Is.EqualTo((true, "application/problem+json", false)));
    }

    [Test]
    public async Task Each_key_has_budgets_of_its_own()
    {
        await using var hub = await RunningHub.Start(Small);
        var statuses = new List<int>();

        foreach (var key in (string[])[hub.Key(Role.Reader), hub.Key(Role.Reader)])
        {
            for (var i = 0; i < 3; i++)
                statuses.Add((await hub.Get(Data, ("X-API-Key", key))).Status);
        }

        statuses.Add((await hub.Get(Data)).Status);
        Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429, 200, 200, 429, 200 }));
    }

    [Test]
    public async Task Who_asks_from_the_machine_itself_is_not_limited_unless_settings_say_so()
    {
        await using var hub = await RunningHub.Start(Small with { RateLimits = Small.RateLimits with { Loopback = false } });
        for (var i = 0; i < 3; i++)
            await hub.Get(Data);

        var (status, _, response) = await hub.Get(Data);

        Assert.That((status, response.Headers.Contains("RateLimit")), Is.EqualTo((200, false)));
    }

    [TestCase("127.0.0.1", 200)]
    [TestCase("10.0.0.0/8;127.0.0.0/8", 200)]
    [TestCase("10.0.0.1", 429)]
    [TestCase("", 429)]
    public async Task Only_a_known_proxy_is_believed_who_asks(string knownProxies, int expected)
    {
        await using var hub = await RunningHub.Start(Small with { KnownProxies = knownProxies });
        for (var i = 0; i < 3; i++)
            await hub.Get(Data, ("X-Forwarded-For", "203.0.113.1"));

        var (status, _, _) = await hub.Get(Data, ("X-Forwarded-For", "203.0.113.2"));

        Assert.That(status, Is.EqualTo(expected));
    }

    [TestCase("KnownProxies", "proxy.example.org")]
    [TestCase("RateLimits:Data", "-1")]
    [TestCase("MaxFailedKeys", "0")]
    public void Settings_that_cannot_be_are_named(string name, string value)
    {
        HubOptions.Read(null, [new(name, value)], out var faults);

        Assert.That(faults.Single(), Does.Contain(name.Split(':')[0]).And.Contain(value));
    }

    static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();
}

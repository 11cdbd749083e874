using Microsoft.IdentityModel.Tokens;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Access;

/// <summary>Bearer tokens of an OpenID Connect provider.</summary>
public class OidcTests
{
    const string Grants = "admins=administrator; kg=provider areas:417;editors=reviewer";

    TestIssuer _issuer = null!;
    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _issuer = await TestIssuer.Start();
        _hub = await RunningHub.Start(new HubOptions { Oidc = new() { Authority = _issuer.Authority, Audience = "sdmxhub", Grants = Grants } });
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        await _hub.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [TestCase(200, "admins")]
    [TestCase(200, "other", "admins")]
    [TestCase(200, "kg", "admins")]
    [TestCase(403, "editors")]
    [TestCase(403)]
    public async Task The_first_grant_of_the_setting_that_a_token_has_says_its_role(int expected, params string[] roles)
    {
        var (status, body, _) = await Ask(_issuer.Token(roles));

        Assert.That(status, Is.EqualTo(expected), body);
    }

    [Test]
    public async Task A_refusal_names_the_caller_by_the_claim_of_its_name()
    {
        var (_, body, _) = await Ask(_issuer.Token(["kg"]));

        Assert.That(body, Does.Contain("'aigerim@127.0.0.1' has the role provider"));
    }

    static IEnumerable<TestCaseData> Bad()
    {
        yield return Case("expired", i => i.Token(["admins"], expires: DateTime.UtcNow.AddMinutes(-2)));
        yield return Case("wrong issuer", i => i.Token(["admins"], issuer: "https://elsewhere.example"));
        yield return Case("wrong audience", i => i.Token(["admins"], audience: "another"));
        yield return Case("signed by a stranger", i => i.Token(["admins"], signedBy: TestIssuer.Stranger("one")));
        yield return Case("signed by a stranger's own key", i => i.Token(["admins"], signedBy: TestIssuer.Stranger("two")));
        yield return Case("signed by the public key as a secret", i => i.Token(["admins"], signedBy: i.PublicKeyAsSecret));
        yield return Case("alg none", i => WithoutSignature(i.Token(["admins"])));
        yield return Case("changed", i => Changed(i.Token(["kg"])));
        yield return Case("cut", i => i.Token(["admins"])[..^10]);
        yield return Case("no token", _ => "what.is.this");
    }

    static TestCaseData Case(string name, Func<TestIssuer, string> make) => new TestCaseData(make).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Bad))]
    public async Task A_token_that_does_not_hold_is_refused(object make)
    {
        var (status, body, response) = await Ask(((Func<TestIssuer, string>)make)(_issuer));

        Assert.That((status, response.Headers.WwwAuthenticate.First().Parameter!.Contains("invalid_token")), Is.EqualTo((401, true)), body);
    }

    [Test]
    public async Task The_hubs_own_keys_count_beside_tokens() => Assert.That((await Ask(_hub.Key(Role.Administrator))).Status, Is.EqualTo(200));

    [Test]
    public async Task A_provider_that_does_not_answer_is_503_and_keys_go_on()
    {
        await using var hub = await RunningHub.Start(new HubOptions { Oidc = new() { Authority = "http://127.0.0.1:9", Audience = "sdmxhub", Grants = Grants } });

        var (status, _, _) = await hub.Get("/api/keys", ("Authorization", $"Bearer {_issuer.Token(["admins"])}"));
        var (keyed, _, _) = await hub.Get("/api/keys", ("X-API-Key", hub.Key(Role.Administrator)));

        Assert.That((status, keyed), Is.EqualTo((503, 200)));
    }

    [Test]
    public async Task Without_an_authority_no_token_counts()
    {
        await using var hub = await RunningHub.Start();

        Assert.That((await hub.Get("/api/keys", ("Authorization", $"Bearer {_issuer.Token(["admins"])}"))).Status, Is.EqualTo(401));
    }

    [TestCase("Oidc:Authority", "http://login.example.org", "Oidc:Authority")]
    [TestCase("Oidc:Authority", "https://login.example.org", "Oidc:Audience")]
    [TestCase("Oidc:Grants", "admins", "'admins' is no grant")]
    [TestCase("Oidc:Grants", "admins=king", "'admins=king' is no grant")]
    [TestCase("Oidc:Grants", "kg=provider area:1", "'area:1' is no scope")]
    public void Settings_that_cannot_be_are_named(string name, string value, string expected)
    {
        HubOptions.Read(null, [new(name, value)], out var faults);

        Assert.That(faults, Has.Some.Contains(expected));
    }

    async Task<(int Status, string Body, HttpResponseMessage Response)> Ask(string token) => await _hub.Get("/api/keys", ("Authorization", $"Bearer {token}"));

    static string WithoutSignature(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    static string Changed(string token)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(parts[1]).Replace("kg", "admins"))}.{parts[2]}";
    }
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>What the hub says of itself: the table of resources agrees with the routes, their actions and the parameters that they take; OpenAPI and capabilities are made of it.</summary>
public partial class DescriptionTests
{
    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await RunningHub.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public void Every_route_is_described_and_every_description_is_of_a_route()
    {
        // What answers for paths that do not exist, and the page about the description itself, are no resources.
        var routes = (from route in _hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
                      let pattern = "/" + route.RoutePattern.RawText!.TrimStart('/')
                      where pattern != "/sdmx/{**path}" && !pattern.StartsWith("/api-reference", StringComparison.Ordinal)
                      from method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                      where method != "OPTIONS"
                      select (Method: method, Pattern: Plain(pattern), route.Metadata.GetMetadata<AccessRule>()!.Action)).ToList();
        var described = ApiResource.All.SelectMany(r => r.HasHead ? new[] { r, r with { Method = "HEAD" } } : [r]).ToList();

        Assert.That(routes.Where(r => !described.Any(d => d.Method == r.Method && d.Action == r.Action && Fits(Plain(d.Path), r.Pattern))), Is.Empty, "routes that are not described");
        Assert.That(described.Where(d => !routes.Any(r => d.Method == r.Method && d.Action == r.Action && Fits(Plain(d.Path), r.Pattern))), Is.Empty, "described, but no route");
    }

    static IEnumerable<TestCaseData> Asked => from resource in ApiResource.All
                                              where resource.Method == "GET" && (resource.IsSdmx || resource.Path.StartsWith("/api/explore", StringComparison.Ordinal))
                                              select new TestCaseData(resource.Path).SetArgDisplayNames(resource.Path);

    [TestCaseSource(nameof(Asked))]
    public async Task Each_resource_takes_the_parameters_that_are_described_and_no_other(string path)
    {
        var resource = ApiResource.All.First(r => r.Method == "GET" && r.Path == path);
        var example = path.Replace("/{type}/{agency}/{id}/{version}/{item}", "/codelist").Replace("/{flow}/{key}/{provider}", "/DF_ONE").Replace("/{component}", "")
            .Replace("/{context}/{agency}/{id}/{version}/{key}", "/dataflow/AGY/DF_ONE")
            .Replace("/structure/{type}/{agency}/{id}/{version}", "/structure").Replace("/{agency}/{id}/{version}/{provider}", "").Replace("/{agency}/{id}/{version}", "");

        foreach (var name in ApiResource.All.SelectMany(r => r.ParameterNames).Distinct())
        {
            var (status, body, _) = await _hub.Get($"{example}?{(name == "c[COMPONENT]" ? "c[REF_AREA]=1" : name + "=")}");
            var isUnknown = status == 400 && body.Contains("is unknown here");
            Assert.That(isUnknown, Is.EqualTo(!resource.ParameterNames.Contains(name)), $"{example}: {name}: {status} {body}");
        }
    }

    [Test]
    public async Task The_description_is_served_and_whole()
    {
        var (status, body, response) = await _hub.Get("/openapi.json");
        var document = JsonDocument.Parse(body).RootElement;
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value))).ToList();

        Assert.That((status, response.Content.Headers.ContentType!.MediaType, document.GetProperty("openapi").GetString()), Is.EqualTo((200, "application/json", "3.1.0")));
        Assert.That(operations.Select(o => (o.Path, o.Method.ToUpperInvariant())), Is.SupersetOf(ApiResource.All.Select(r => (r.Path, r.Method))));
        Assert.That(operations.Select(o => o.Operation.GetProperty("operationId").GetString()), Is.Unique);
        foreach (var (path, method, operation) in operations)
        {
            var parameters = operation.GetProperty("parameters").EnumerateArray().Select(p => (In: p.GetProperty("in").GetString(), Name: p.GetProperty("name").GetString()!)).ToList();
            Assert.That(parameters, Is.Unique, $"{method} {path}");
            Assert.That(parameters.Where(p => p.In == "path").Select(p => p.Name), Is.EquivalentTo(Parts().Matches(path).Select(m => m.Groups[1].Value)), $"{method} {path}");
            Assert.That(operation.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject().Count(), Is.GreaterThan(0), $"{method} {path}");
        }
    }

    [Test]
    public async Task The_page_shows_the_description()
    {
        var (status, body, response) = await _hub.Get("/api-reference/");

        Assert.That((status, response.Content.Headers.ContentType!.MediaType, body.Contains("openapi.json")), Is.EqualTo((200, "text/html", true)), body);
        // Its makers' fonts, assistants and tools would have the reader's browser ask elsewhere.
        Assert.That(new[] { "\"withDefaultFonts\":false", "\"telemetry\":false", "\"showDeveloperTools\":\"never\"", "\"hideClientButton\":true", "\"agent\":{\"disabled\":true" }.Where(s => !body.Contains(s)), Is.Empty, body);
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task What_the_capabilities_promise_is_kept(int index)
    {
        var (_, body, _) = await _hub.Get("/sdmx/capabilities");
        var promised = JsonDocument.Parse(body).RootElement.GetProperty("interfaces")[index];
        var path = promised.GetProperty("path").GetString();
        var data = index == 0 ? "/data/DF_ONE" : "/data/dataflow/AGY/DF_ONE";

        foreach (var type in promised.GetProperty("dataTypes").EnumerateArray().Select(t => t.GetString()!))
            Assert.That((await _hub.Send(HttpMethod.Get, path + data, ("Accept", type))).Content.Headers.NonValidated["Content-Type"].ToString(), Is.EqualTo(type));
        foreach (var type in promised.GetProperty("artefactTypes").EnumerateArray().Select(t => t.GetString()!))
            Assert.That((await _hub.Get($"{path}{(index == 0 ? "" : "/structure")}/{type}")).Status, Is.AnyOf(200, 204, 404).And.Not.EqualTo(400), type);
        Assert.That(promised.GetProperty("resources").EnumerateArray().Count(), Is.EqualTo(ApiResource.All.Count(r => r.Path.StartsWith(path + "/", StringComparison.Ordinal))));
    }

    [Test]
    public async Task The_capabilities_tell_what_each_flow_holds()
    {
        var (_, body, response) = await _hub.Get("/sdmx/capabilities");
        var root = JsonDocument.Parse(body).RootElement;

        Assert.That(root.GetProperty("dataflows").EnumerateArray().Select(f =>
            $"{f.GetProperty("urn").GetString()!.Split('=')[1]} r{f.GetProperty("revision")} {f.GetProperty("series")}/{f.GetProperty("observations")} {(f.TryGetProperty("first", out var first) ? first.GetString() : "")}"),
            Does.Contain("AGY:DF_ONE(1.0) r2 4/20 2000").And.Contain("AGY:DF_TWO(1.0) r3 1/1 2010"));
        Assert.That(root.GetProperty("limits").GetProperty("sortedObservations").GetInt32(), Is.EqualTo(100_000));
        Assert.That((await _hub.Get("/sdmx/capabilities", ("If-None-Match", response.Headers.ETag!.ToString()))).Status, Is.EqualTo(304));
    }

    static string Plain(string path) => Named().Replace(path, m => m.Value.StartsWith("{*", StringComparison.Ordinal) ? "**" : "{}");

    // A route that takes any rest fits whatever begins like it.
    static bool Fits(string path, string route) => route.EndsWith("/**", StringComparison.Ordinal) ? path.StartsWith(route[..^2], StringComparison.Ordinal) : path == route;

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Named();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Parts();
}

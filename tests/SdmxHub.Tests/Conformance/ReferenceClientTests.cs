using System.Diagnostics;
using SharedFacts;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Conformance;

/// <summary>The URLs that sdmx-rest builds, the reference query builder of npm, for every version of the standard it knows: each is answered.</summary>
/// <remarks>Needs node and a folder where sdmx-rest is installed, which <c>SDMXHUB_NODE_MODULES</c> names; skipped without.</remarks>
public class ReferenceClientTests
{
    [Test]
    public async Task Every_url_of_the_reference_client_is_answered()
    {
        var modules = Environment.GetEnvironmentVariable("SDMXHUB_NODE_MODULES");
        if (string.IsNullOrEmpty(modules))
            Assert.Ignore("needs node and npm's sdmx-rest: install it, and name its node_modules in SDMXHUB_NODE_MODULES");
        await using var hub = await RunningHub.Start();
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "3", "I1", 2007, "8")], "AGY:PA_ONE");

        var urls = Urls(hub.Client.BaseAddress!.ToString().TrimEnd('/'), modules!);

        Assert.That(urls, Has.Count.GreaterThan(120));
        foreach (var (kind, url) in urls)
        {
            var (status, body, _) = await hub.Get(url);
            // A structure that is not held is answered with 404 or 204; quarters, of which there are none, too.
            Assert.That(status, kind == "structure" || url.Contains("Q1") ? Is.AnyOf(200, 204, 404) : Is.EqualTo(200), $"{url}\n{body}");
            Assert.That(body, status == 404 ? Does.Contain("100") : Does.Not.Contain("ErrorMessage"), url);
        }
    }

    static List<(string Kind, string Url)> Urls(string address, string modules)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Facts.InProject("tests", "SdmxHub.Tests", "Conformance", "urls.cjs"));
        start.ArgumentList.Add(address);
        start.Environment["NODE_PATH"] = modules;
        using var node = Process.Start(start)!;
        var lines = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        Assert.That(node.ExitCode, Is.Zero, node.StandardError.ReadToEnd());
        return [.. lines.Distinct().Select(l => (l[..l.IndexOf(' ')], l[(l.IndexOf(' ') + 1)..]))];
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Shipped;

namespace SdmxHub.Tests.Web;

/// <summary>docs/rest.md: what it tells to type works as it stands, on the shipped structures and a country's figures.</summary>
public partial class RestPageTests
{
    [Test]
    public async Task Every_example_on_the_page_works()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/curl"))
            Assert.Ignore("needs curl and a shell");
        await using var hub = await RunningHub.Start();
        using (var transaction = hub.Store.Begin("structures", "test"))
        {
            transaction.Put(ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        using (var report = Load.Run(Cli.Samples.UnitedKingdom, hub.Store, new LoadOptions(), null, CancellationToken.None))
            Assert.That(report.Revision, Is.Not.Null);
        var commands = Commands().Matches(await File.ReadAllTextAsync(Facts.InProject("docs", "rest.md"))).Select(m => m.Value).ToList();
        Assert.That(commands, Has.Count.GreaterThan(2));
        var key = hub.Key(Role.Reader);

        foreach (var command in commands)
        {
            var start = new ProcessStartInfo("/bin/sh", ["-c", command + " --fail-with-body"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["HUB"] = hub.Client.BaseAddress!.OriginalString.TrimEnd('/');
            start.Environment["KEY"] = key;
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.That((process.ExitCode, output.Contains("826")), Is.EqualTo((0, true)), $"{command}\n{output}{await error}");
        }
    }

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex Commands();
}

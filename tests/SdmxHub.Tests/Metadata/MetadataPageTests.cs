using System.Text.RegularExpressions;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Submissions;
using SubmissionState = SdmxHub.Storage.SubmissionState;

namespace SdmxHub.Tests.Metadata;

/// <summary>docs/metadata.md: what it tells to send and to type works as it stands.</summary>
public partial class MetadataPageTests
{
    [Test]
    public void Every_example_on_the_page_works()
    {
        var page = File.ReadAllText(Facts.InProject("docs", "metadata.md"));
        using var folder = new TemporaryFolder();
        folder.Write("report.xml", Message().Match(page).Groups[1].Value);
        var commands = Commands().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.That(commands, Has.Count.GreaterThan(6));

        foreach (var command in commands)
        {
            string[] words = [.. Words().Matches(command).Select(m => m.Value.Trim('\'') switch
            {
                "sqlite:sdg.db" => folder.Store,
                var word and ("report.xml" or "metadata.xml") => folder.At(word),
                var word => word,
            })];

            var run = Run.Of(words);

            Assert.That(run.ExitCode, Is.EqualTo(words[0] == "diff" ? 1 : 0), $"{command}\n{run.Output}{run.Error}");
            Assert.That(run.Output, Does.Not.Contain("SDH"), command);
        }

        Assert.That(File.ReadAllText(folder.At("metadata.xml")), Does.Contain("La part des personnes").And.Contain("&lt;b&gt;surveys"));
    }

    [Test]
    public async Task Every_request_on_the_page_works()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/curl"))
            Assert.Ignore("needs curl and a shell");
        var page = File.ReadAllText(Facts.InProject("docs", "metadata.md"));
        await using var sender = await Sending.Start();
        using (var transaction = sender.Hub.Store.Begin("structures", "test"))
        {
            transaction.Put(ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        using var folder = new TemporaryFolder();
        folder.Write("report.xml", Message().Match(page).Groups[1].Value);
        folder.Write("figures.csv", Sending.Csv("1,I1,2005,5.5"));
        var requests = Requests().Matches(page).Select(m => m.Value).ToList();
        Assert.That(requests, Has.Count.GreaterThan(1));

        for (var i = 0; i < requests.Count; i++)
        {
            var (exit, output) = PushPageTests.Shell(requests[i] + " --fail-with-body", Path.GetDirectoryName(folder.At("x"))!, sender);

            Assert.That(exit, Is.EqualTo(0), $"{requests[i]}\n{output}");
            if (requests[i].Contains("/api/submissions", StringComparison.Ordinal))
                Assert.That((await sender.Ended(i + 1)).State, Is.EqualTo(SubmissionState.Published));
        }

        Assert.That(await sender.Served("1", "I1", 2005), Is.EqualTo("5.5"));
    }

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex Requests();

    [GeneratedRegex("```xml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("^    sdmxhub (.*)$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}

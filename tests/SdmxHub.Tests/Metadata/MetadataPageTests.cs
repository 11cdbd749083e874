using System.Text.RegularExpressions;
using SdmxHub.Tests.Cli;

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

    [GeneratedRegex("```xml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Message();

    [GeneratedRegex("^    sdmxhub (.*)$", RegexOptions.Multiline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}

using System.Text.RegularExpressions;

namespace SdmxHub.Tests.Cli;

public partial class ReadmeTests
{
    [TestCase("README.md")]
    [TestCase("docs/cli.md")]
    [TestCase("docs/formats.md")]
    [TestCase("docs/architecture.md")]
    public void Every_link_leads_somewhere(string page)
    {
        var path = Facts.InProject(page);
        var links = Links().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value.Split('#')[0]).Where(l => l.Length > 0 && !l.Contains("://", StringComparison.Ordinal));

        Assert.That(links.Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(path)!, l))), Is.Empty);
    }

    [Test]
    public void The_two_commands_are_those_that_exist()
    {
        var text = File.ReadAllText(Facts.InProject("README.md"));

        Assert.That(text, Does.Contain("dotnet run --project src/SdmxHub.Cli -c Release -- demo").And.Contain("dotnet test"));
    }

    [GeneratedRegex(@"\]\(([^)]+)\)")]
    private static partial Regex Links();
}

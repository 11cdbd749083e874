using System.CommandLine;
using System.Text.RegularExpressions;
using SdmxHub.Cli;

namespace SdmxHub.Tests.Cli;

/// <summary>docs/cli.md says what the command tree is.</summary>
public partial class CliDocumentTests
{
    static readonly RootCommand Tree = CommandTree.Make(new Terminal(Stream.Null, Stream.Null, TextWriter.Null, isInteractive: false));

    static Dictionary<string, string> Sections => Headings().Split(File.ReadAllText(Facts.InProject("docs", "cli.md")))
        .Skip(1).Chunk(2).ToDictionary(c => c[0], c => c[1]);

    [Test]
    public void Every_command_has_a_section() =>
        Assert.That(Sections.Keys, Is.EquivalentTo(Tree.Subcommands.Select(c => c.Name)));

    [Test]
    public void Every_section_names_the_commands_options_and_no_other()
    {
        foreach (var command in Tree.Subcommands)
        {
            var named = Options().Matches(Sections[command.Name]).Select(m => m.Groups[1].Value).Distinct();

            Assert.That(named, Is.EquivalentTo(command.Options.Concat(command.Subcommands.SelectMany(c => c.Options)).Select(o => o.Name).Distinct()), command.Name);
        }
    }

    [Test]
    public void The_options_of_every_command_are_named()
    {
        var text = File.ReadAllText(Facts.InProject("docs", "cli.md"));
        var everywhere = text[..text.IndexOf("\n## ", StringComparison.Ordinal)];

        Assert.That(Options().Matches(everywhere).Select(m => m.Groups[1].Value).Distinct(), Is.EquivalentTo(Tree.Options.Select(o => o.Name)));
    }

    [GeneratedRegex(@"^## `sdmxhub (\w+)`.*$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"^\| `(--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Options();
}

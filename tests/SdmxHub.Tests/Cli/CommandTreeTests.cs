using System.CommandLine;
using System.Text.RegularExpressions;
using SdmxHub.Cli;

namespace SdmxHub.Tests.Cli;

public partial class CommandTreeTests
{
    static IEnumerable<string> Commands => Tree.Subcommands.Select(c => c.Name);

    static RootCommand Tree => CommandTree.Make(new Terminal(Stream.Null, Stream.Null, TextWriter.Null, isInteractive: false));

    [TestCaseSource(nameof(Commands))]
    public void Help_of_every_command_has_description_options_and_examples(string command)
    {
        var run = Run.Of(command, "--help");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Output, Does.Contain("Options:").And.Contain($"Examples:\n  ").And.Contain($"sdmxhub {command}").And.Contain("Exit codes:"));
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public void Help_of_the_root_names_every_command()
    {
        var run = Run.Of("--help");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        foreach (var command in Commands)
            Assert.That(run.Output, Does.Match($@"(?m)^  {command}\b"));
    }

    [Test]
    public void Every_symbol_has_a_description()
    {
        var symbols = Tree.Subcommands.SelectMany(c => c.Options.Cast<Symbol>().Concat(c.Arguments).Append(c));

        Assert.That(symbols.Where(s => string.IsNullOrEmpty(s.Description)).Select(s => s.Name), Is.Empty);
    }

    [Test]
    public void Every_example_is_understood()
    {
        var examples = Tree.Subcommands.Cast<HubCommand>().SelectMany(c => c.Examples).Select(e => e[e.IndexOf("sdmxhub", StringComparison.Ordinal)..]);

        foreach (var example in examples)
        {
            var words = Words().Matches(example.Split(" > ")[0]).Select(m => m.Value.Trim('\'')).Skip(1).ToArray();
            Assert.That(Tree.Parse(words).Errors, Is.Empty, example);
        }
    }

    [Test]
    public void No_command_explains_itself_and_fails()
    {
        var run = Run.Of();

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("validate"));
    }

    [TestCase("valdate", "did you mean 'validate'?")]
    [TestCase("log --stor sqlite:x.db", "did you mean '--store'?")]
    [TestCase("validate --reprot json x.xml", "did you mean --report?")]
    [TestCase("get data/x --fromat csv", "--format")]
    public void A_misspelt_word_is_refused_with_the_nearest_right_one(string words, string hint)
    {
        var run = Run.Of(words.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(hint));
        Assert.That(run.Output, Is.Empty);
    }

    [TestCase("compare")]
    [TestCase("validate")]
    [TestCase("convert a.xml b.csv")]
    [TestCase("log --report xml")]
    [TestCase("validate x.xml --dataflow nonsense")]
    [TestCase("log --set nonsense")]
    public void A_wrong_command_line_is_unusable(string words)
    {
        var run = Run.Of(words.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith("sdmxhub: ").And.Contain("--help"));
    }

    [Test]
    public void Version_is_one_line()
    {
        var run = Run.Of("--version");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Output, Does.Match(@"^sdmxhub \d+\.\d+\.\d+\S*\n$"));
    }

    [Test]
    public void Settings_are_printed_as_the_command_line_leaves_them()
    {
        var run = Run.Of("serve", "--store", "sqlite:other.db", "--set", "Limits:MaxDepth=99", "--print-config");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(run.Output, Does.Contain("\"store\": \"sqlite:other.db\"").And.Contain("\"maxDepth\": 99"));
    }

    [Test]
    public void Settings_unfit_for_use_are_refused()
    {
        var run = Run.Of("log", "--set", "LogLevel=Loud");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("LogLevel is 'Loud'"));
    }

    [GeneratedRegex(@"'[^']*'|\S+")]
    private static partial Regex Words();
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;

namespace SdmxHub.Cli;

/// <summary>Every command of <c>sdmxhub</c>.</summary>
static class CommandTree
{
    static readonly string[] Examples =
    [
        "sdmxhub demo",
        "sdmxhub validate figures.xml",
        "sdmxhub load figures.xml --store sqlite:sdg.db",
        "sdmxhub serve --store sqlite:sdg.db --urls http://127.0.0.1:5080",
    ];

    /// <summary>The version of this program.</summary>
    public static string Version => typeof(CommandTree).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>The tree, its commands bound to <paramref name="terminal"/>.</summary>
    public static RootCommand Make(Terminal terminal)
    {
        var root = new RootCommand("SdmxHub checks SDMX files, keeps every revision of them, serves them over SDMX REST, and sets a country's figures beside the global ones.")
        {
            ValidateCommand.Make(terminal),
            RepairCommand.Make(terminal),
            ConvertCommand.Make(terminal),
            LoadCommand.Make(terminal),
            PushCommand.Make(terminal),
            GetCommand.Make(terminal),
            CompareCommand.Make(terminal),
            LogCommand.Make(terminal),
            DiffCommand.Make(terminal),
            DraftCommand.Make(terminal),
            ReleaseCommand.Make(terminal),
            StoreCommand.Make(terminal),
            KeysCommand.Make(terminal),
            ServeCommand.Make(terminal),
            DemoCommand.Make(terminal),
        };
        foreach (var option in SharedOptions.Everywhere)
            root.Add(option);
        foreach (var option in root.Options)
        {
            if (option is HelpOption)
                option.Action = new HelpWithExamples(Examples);
            else if (option is VersionOption)
                option.Action = new TellVersion();
        }

        root.SetAction(parsed => Introduce(parsed, terminal));
        return root;
    }

    static int Introduce(ParseResult parsed, Terminal terminal)
    {
        new HelpWithExamples(Examples).Invoke(parsed);
        return terminal.Fail("which command?");
    }

    sealed class TellVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"sdmxhub {Version}");
            return ExitCode.Fine;
        }
    }
}

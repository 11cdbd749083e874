using System.CommandLine;
using System.CommandLine.Invocation;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary>The hub's options as this command line leaves them: file, environment, then the options given here.</summary>
static class Settings
{
    /// <summary><c>--config</c>: everywhere.</summary>
    public static readonly Option<string> File = new("--config")
    {
        Description = "The file of settings; sdmxhub.json in the working folder, if it is there, when left out.", HelpName = "FILE", Recursive = true,
    };

    /// <summary><c>--set</c>: everywhere.</summary>
    public static readonly Option<string[]> Set = MakeSet();

    /// <summary><c>--print-config</c>: everywhere.</summary>
    public static readonly Option<bool> Print = new("--print-config")
    {
        Description = "Print the settings as file, environment and command line leave them, and stop.", Recursive = true, Action = new PrintSettings(),
    };

    /// <summary>Reads the settings; their faults go to the terminal.</summary>
    /// <returns>Null when a setting is not fit for use.</returns>
    public static HubOptions? Read(ParseResult parsed, Terminal terminal)
    {
        var options = Read(parsed, out var faults);
        foreach (var fault in faults)
            terminal.Fail(fault);
        return faults.Count == 0 ? options : null;
    }

    static HubOptions Read(ParseResult parsed, out IReadOnlyList<string> faults)
    {
        var given = new List<KeyValuePair<string, string?>>();
        foreach (var pair in parsed.GetValue(Set) ?? [])
            given.Add(new(pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]));
        if (parsed.GetValue(SharedOptions.Store) is { } store)
            given.Add(new(nameof(HubOptions.Store), store));
        if (parsed.GetValue(SharedOptions.Urls) is { } urls)
            given.Add(new(nameof(HubOptions.Urls), urls));
        if (parsed.GetValue(SharedOptions.Structures) is { Length: > 0 } structures)
            given.Add(new(nameof(HubOptions.Structures), string.Join(';', structures)));
        return HubOptions.Read(parsed.GetValue(File), given, out faults);
    }

    static Option<string[]> MakeSet()
    {
        var option = new Option<string[]>("--set") { Description = "A setting by name, as Limits:MaxDepth=100; docs/configuration.md lists them. May be repeated.", HelpName = "NAME=VALUE", Recursive = true };
        option.Validators.Add(result =>
        {
            foreach (var word in result.Tokens.Select(t => t.Value).Where(w => w.IndexOf('=') <= 0))
                result.AddError($"--set {word}: expected NAME=VALUE");
        });
        return option;
    }

    /// <summary>Prints the settings, whatever else the command line lacks.</summary>
    sealed class PrintSettings : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var options = Read(parseResult, out var faults);
            var configuration = parseResult.InvocationConfiguration;
            configuration.Output.WriteLine(options.ToJson());
            foreach (var fault in faults)
                configuration.Error.WriteLine($"sdmxhub: {fault}");
            return faults.Count == 0 ? ExitCode.Fine : ExitCode.Unusable;
        }
    }
}

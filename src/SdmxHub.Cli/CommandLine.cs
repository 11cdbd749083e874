using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Microsoft.AspNetCore.Connections;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>Parses the words after <c>sdmxhub</c> and runs the command: the top of the program, and the way in for tests.</summary>
static class CommandLine
{
    const int NoSpaceOnUnix = 28; // ENOSPC
    const int NoSpaceOnWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <summary>Runs one command.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> words, Terminal terminal, CancellationToken ct)
    {
        var root = CommandTree.Make(terminal);
        var parsed = root.Parse(words, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        terminal.IsQuiet = parsed.GetValue(SharedOptions.Quiet);
        try
        {
            if (parsed.Action is ParseErrorAction)
                return Refuse(parsed, terminal);
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Text,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            terminal.Fail("stopped");
            return ExitCode.Interrupted;
        }
        catch (Exception fault) when (!parsed.GetValue(SharedOptions.Debug))
        {
            return terminal.Fail(Explain(fault));
        }
        catch (Exception fault)
        {
            return terminal.Fail(fault.ToString());
        }
        finally
        {
            terminal.Text.Flush();
        }
    }

    static string Explain(Exception fault) => fault switch
    {
        IOException { InnerException: AddressInUseException } => fault.Message.TrimEnd('.') + "; choose another with --urls",
        IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows } =>
            $"{fault.Message.Trim().TrimEnd('.')}. Nothing of the file is kept; make room and try again. Another folder for temporary files is named by TMPDIR (on Windows TMP)",
        // What the machine refuses is said as it is; anything else is a fault of the hub.
        StoreException or HubRefusal or IOException or UnauthorizedAccessException => fault.Message.TrimEnd('.'),
        _ => $"a fault of sdmxhub itself: {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")} (--debug shows where; please report it)",
    };

    static int Refuse(ParseResult parsed, Terminal terminal)
    {
        foreach (var message in parsed.Errors.Select(e => e.Message).Distinct())
            terminal.Fail(message.TrimEnd('.'));
        foreach (var word in parsed.UnmatchedTokens)
        {
            if (SimilarWord(word, parsed.CommandResult.Command) is { } similar)
                terminal.Error.WriteLine($"did you mean '{similar}'?");
        }

        terminal.Error.WriteLine($"'{Path(parsed.CommandResult)} --help' explains the command");
        return ExitCode.Unusable;
    }

    static string Path(CommandResult result) => result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    /// <summary>The command or option that <paramref name="word"/> may be a misspelling of, or null.</summary>
    public static string? SimilarWord(string word, Command command) =>
        Nearest.To(word, command.Subcommands.Select(c => c.Name).Concat(command.Options.Concat(SharedOptions.Everywhere).Select(o => o.Name)));
}

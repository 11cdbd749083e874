using System.CommandLine;
using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub store</c>: looks after a store as a whole.</summary>
static class StoreCommand
{
    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var backup = SharedArguments.Word("FILE", "The backup: a store in one file.");
        var command = new HubCommand("store", "Verifies, backs up, restores and compacts a store.")
        {
            Details =
            [
                "All four work while the store is served, except that restore makes a new one. A copy appears whole or not at all, and nothing is ever overwritten.",
            ],
            Examples =
            [
                "sdmxhub store verify --store sqlite:sdg.db",
                "sdmxhub store backup sdg-2026-01.db --store sqlite:sdg.db",
                "sdmxhub store restore sdg-2026-01.db --store sqlite:restored.db",
                "sdmxhub store compact --store sqlite:sdg.db",
            ],
        };
        command.Add(Part("verify", "Checks every block, history, key, count and structure of the store.", null, terminal, Verify));
        command.Add(Part("backup", "Copies the newest revision and all before it to a new file, while the store is in use.", backup, terminal,
            (settings, terminal, ct) => Backup(settings, settings.Words.GetRequiredValue(backup), terminal, ct)));
        command.Add(Part("restore", "Makes a new store of a backup, after checking all of it.", backup, terminal,
            (settings, terminal, ct) => Restore(settings, settings.Words.GetRequiredValue(backup), terminal, ct)));
        command.Add(Part("compact", "Rewrites the store's file without unused room; no revision goes.", null, terminal, Compact));
        return command;
    }

    static HubCommand Part(string name, string summary, Argument? argument, Terminal terminal, Func<Given, Terminal, CancellationToken, int> run)
    {
        var part = new HubCommand(name, summary) { Examples = [$"sdmxhub store {name} {(argument is null ? "" : "copy.db ")}--store sqlite:sdg.db"] };
        if (argument is not null)
            part.Add(argument);
        part.Take(SharedOptions.Store);
        part.SetAction((parsed, ct) => Task.FromResult(
            Settings.Read(parsed, terminal) is { } settings ? run(new(parsed, settings.Store), terminal, ct) : ExitCode.Unusable));
        return part;
    }

    static int Verify(Given given, Terminal terminal, CancellationToken ct)
    {
        using var store = Stores.OpenExisting(given.Store, out var fault);
        return store is null ? terminal.Fail(fault!) : Tell(StoreCheck.Run(store, Meter(terminal), ct), terminal);
    }

    static int Backup(Given given, string file, Terminal terminal, CancellationToken ct)
    {
        using var store = Stores.OpenExisting(given.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        var revision = StoreBackup.Write(store, file, Meter(terminal), ct);
        terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file}: revision {revision}, {new FileInfo(file).Length:N0} bytes"));
        return ExitCode.Fine;
    }

    static int Restore(Given given, string file, Terminal terminal, CancellationToken ct)
    {
        var verdict = Tell(StoreBackup.Restore(file, given.Store, Meter(terminal), ct), terminal);
        terminal.Text.WriteLine(verdict == ExitCode.Fine ? $"{given.Store}: restored" : $"{given.Store}: not restored, for the backup is damaged");
        return verdict;
    }

    static int Compact(Given given, Terminal terminal, CancellationToken ct)
    {
        using var store = Stores.OpenExisting(given.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        var (before, after) = store.Compact(ct);
        terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{given.Store}: {before:N0} bytes before, {after:N0} after"));
        return ExitCode.Fine;
    }

    static int Tell(StoreCheckReport report, Terminal terminal)
    {
        foreach (var fault in report.Faults)
            terminal.Text.WriteLine(fault);
        var verdict = report.IsClean ? "clean" : string.Create(CultureInfo.InvariantCulture, $"{report.FaultCount:N0} faults");
        terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{verdict}: revision {report.Revision}, {report.Series:N0} series, {report.Observations:N0} observations, {report.Blocks:N0} blocks, {report.Artefacts:N0} artefacts checked"));
        return report.IsClean ? ExitCode.Fine : ExitCode.Findings;
    }

    static Progress? Meter(Terminal terminal) => terminal.IsInteractive && !terminal.IsQuiet ? new Progress(terminal.Error) : null;

    /// <summary>The command line and the store it means.</summary>
    readonly record struct Given(ParseResult Words, string Store);

    /// <summary>A line that is rewritten as the work goes on.</summary>
    sealed class Progress(TextWriter error) : IProgress<StoreProgress>
    {
        public void Report(StoreProgress value)
        {
            error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value.Step}: {value.Done:N0} of {value.Total:N0} "));
            if (value.Done == value.Total)
                error.WriteLine();
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub release</c>: the named states of a store.</summary>
static class ReleaseCommand
{
    static readonly string[] Examples =
    [
        "sdmxhub release list --store sqlite:sdg.db",
        "sdmxhub release name 2025.Q4.G.02 --store sqlite:sdg.db",
        "sdmxhub release undo 2026.Q1.G.01 --store sqlite:sdg.db",
    ];

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("release", "Lists, names and undoes releases: named states of a store.")
        {
            Details = ["'sdmxhub draft publish' makes a release too. Any query takes its name: get 'data/...?asOf=2026.Q1.G.01'. Undoing makes a revision that holds the inverse; the release can still be asked for."],
            Examples = Examples,
        };
        var name = SharedArguments.Word("NAME", "The release's name.");
        command.Add(Part("list", "Lists all releases.", null, terminal, (store, _, _) => List(store, terminal)));
        command.Add(Part("name", "Names what the store holds now.", name, terminal, (store, word, _) => Name(store, word, terminal)));
        command.Add(Part("undo", "Takes back what a release changed.", name, terminal, (store, word, ct) => Undo(store, word, terminal, ct)));
        return command;
    }

    static HubCommand Part(string name, string summary, Argument<string>? argument, Terminal terminal, Func<Store, string, CancellationToken, int> run)
    {
        var part = new HubCommand(name, summary) { Examples = [.. Examples.Where(e => e.StartsWith($"sdmxhub release {name} ", StringComparison.Ordinal))] };
        if (argument is not null)
            part.Add(argument);
        part.Take(SharedOptions.Store);
        part.SetAction((parsed, ct) =>
        {
            if (Settings.Read(parsed, terminal) is not { } settings)
                return Task.FromResult(ExitCode.Unusable);
            using var store = Stores.OpenExisting(settings.Store, out var fault);
            return Task.FromResult(store is null ? terminal.Fail(fault!) : run(store, argument is null ? "" : parsed.GetRequiredValue(argument), ct));
        });
        return part;
    }

    static int List(Store store, Terminal terminal)
    {
        var table = Terminal.Table("name", "#revision", "at");
        foreach (var release in store.Releases())
            table.AddCells(release.Name, release.Revision.ToString(CultureInfo.InvariantCulture), release.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        terminal.Write(table);
        return ExitCode.Fine;
    }

    static int Name(Store store, string name, Terminal terminal)
    {
        if (!Moment.IsName(name))
            return terminal.Fail($"'{name}' is no name: expected {Moment.ExpectedName}");
        if (store.Name(name) is not { } release)
            return terminal.Fail($"there is a release '{name}' already, or the store holds nothing yet");
        terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: revision {release.Revision}"));
        return ExitCode.Fine;
    }

    static int Undo(Store store, string name, Terminal terminal, CancellationToken ct)
    {
        if (store.Release(name) is not { } release)
            return terminal.Fail($"there is no release '{name}'.{Nearest.Hint(name, store.Releases().Select(r => r.Name))}".TrimEnd('.'));
        using var drafts = new OpenDrafts(store);
        return DraftCommand.Tell(drafts.Drafts.Undo(release, Environment.UserName, isTrial: false, ct), isTrial: false, $"{name}: undone", terminal);
    }
}

using System.CommandLine;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub load</c>: files into a store, each whole or not at all.</summary>
static class LoadCommand
{
    static readonly Argument<string[]> Files = SharedArguments.Files("SDMX messages, data, structures or reference metadata, also .gz or .zip. Structures go first, else in the order given.");

    static readonly Option<string> Actor = new("--actor")
    {
        Description = "Who loads, for the log; the user of this machine when left out.", HelpName = "NAME",
    };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("load", "Checks files as validate does and keeps them in a store, each whole or not at all.")
        {
            Details =
            [
                "A file with a finding of severity error is refused and changes nothing; the others each become a revision. Loading the same content again makes none.",
                "Of reference metadata a report of SDMX 2.1 replaces the earlier one about the same target in the same languages; a metadata set of 3.x replaces the one of its id and version.",
                "A store is made when it is not there. One that holds nothing yet gets the shipped dsd/ and msd/ first; then come the messages of --structures, then the structure messages among the files, then the data.",
            ],
            Examples =
            [
                "sdmxhub load figures.xml --store sqlite:sdg.db",
                "sdmxhub load codelists.xml dsd.xml figures.csv --store sqlite:sdg.db",
                "sdmxhub load national/ --store sqlite:sdg.db --dataflow IAEG-SDGs:DF_SDG_GLC --actor nisr",
            ],
        };
        command.Take(Files, SharedOptions.Store, SharedOptions.Structures, SharedOptions.Dataflow, SharedOptions.Agreement, SharedOptions.Map, SharedOptions.Without, Actor, SharedOptions.Report, SharedOptions.Language);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var inputs = await InputFiles.FindAsync(parsed.GetRequiredValue(Files), terminal.Input, ct);
        using var store = Store.Open(settings.Store, TimeProvider.System);
        var actor = parsed.GetValue(Actor) ?? Environment.UserName;
        if (!StructureFiles.Fill(store, settings, actor, terminal, ct))
            return ExitCode.Unusable;
        var report = new FindingsReport(parsed.GetRequiredValue(SharedOptions.Report), terminal, parsed.GetValue(SharedOptions.Language));
        var exit = ExitCode.Fine;
        foreach (var file in Messages.StructuresFirst(inputs.Files))
        {
            ct.ThrowIfCancellationRequested();
            using var head = store.Head();
            if (!Dataflows.TryResolve(parsed.GetValue(SharedOptions.Dataflow), head.Catalog, out var dataflow, out var fault))
                return terminal.Fail(fault);
            var options = new LoadOptions
            {
                Dataflow = dataflow, Agreement = parsed.GetValue(SharedOptions.Agreement), Map = parsed.GetValue(SharedOptions.Map), Without = parsed.GetValue(SharedOptions.Without),
                Limits = settings.Limits, Actor = actor, FileName = file.Label,
            };
            using var loaded = LoadMeter.Show(terminal, file.Label, progress => Load.Run(file.Path, store, options, progress, ct));
            report.Write(file, loaded);
            report.Conclude(LoadVerdict.Of(file.Label, loaded));
            exit = ExitCode.Worse(exit, Verdict.ExitCodeOf(loaded));
        }

        report.End();
        return exit;
    }

}

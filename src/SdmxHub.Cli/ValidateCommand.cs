using System.CommandLine;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub validate</c>: says everything that is wrong with files, and keeps nothing.</summary>
static class ValidateCommand
{
    static readonly Argument<string[]> Files = SharedArguments.Files("SDMX messages, data, structures or reference metadata, also .gz or .zip.");

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("validate", "Checks SDMX files: every finding with its place, grouped into causes. Keeps nothing.")
        {
            Details =
            [
                "Data are checked against the structure they name, found among the shipped dsd/ and msd/, --structures and the structure messages among the files. A version that is not held is read with the nearest held one, with a warning.",
                "The last line for each file is 'FILE: N observations, N series, N errors, N warnings', whatever the verdict. With --report json or csv it goes to the error stream, so that the output holds the report alone.",
            ],
            Examples =
            [
                "sdmxhub validate figures.xml",
                "sdmxhub validate national/ --dataflow IAEG-SDGs:DF_SDG_GLC",
                "sdmxhub validate figures.xml --structures national-dsd.xml",
                "sdmxhub validate figures.xml --structures national-dsd.xml --structures maps.xml --map NATIONAL_TO_GLOBAL",
                "sdmxhub validate *.csv.gz --report csv > findings.csv",
                "curl -s https://example.org/figures.xml | sdmxhub validate -",
            ],
        };
        command.Take(Files, SharedOptions.Structures, SharedOptions.Dataflow, SharedOptions.Map, SharedOptions.Without, SharedOptions.Report, SharedOptions.Language);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var inputs = await InputFiles.FindAsync(parsed.GetRequiredValue(Files), terminal.Input, ct);
        if (StructureFiles.Read(settings, terminal) is not { } catalog)
            return ExitCode.Unusable;
        var files = Messages.StructuresFirst(inputs.Files);
        catalog = Messages.WithStructures(catalog, files, settings.Limits);
        if (!Dataflows.TryResolve(parsed.GetValue(SharedOptions.Dataflow), catalog, out var dataflow, out var fault))
            return terminal.Fail(fault);
        var report = new FindingsReport(parsed.GetRequiredValue(SharedOptions.Report), terminal, parsed.GetValue(SharedOptions.Language));
        var options = new LoadOptions { Dataflow = dataflow, Map = parsed.GetValue(SharedOptions.Map), Limits = settings.Limits, Without = parsed.GetValue(SharedOptions.Without) };
        var exit = ExitCode.Fine;
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            using var checkedFile = LoadMeter.Show(terminal, file.Label, progress => Load.Check(file.Path, catalog, options with { FileName = file.Label }, progress, ct));
            report.Write(file, checkedFile);
            report.Conclude(LoadVerdict.Counts(file.Label, checkedFile));
            exit = ExitCode.Worse(exit, Verdict.ExitCodeOf(checkedFile));
        }

        report.End();
        return exit;
    }
}

using System.CommandLine;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub demo</c>: the whole road on the shipped structures and samples, and then the server.</summary>
static class DemoCommand
{
    static readonly Option<string> StoreUrl = new("--store")
    {
        Description = "Where the store is made, afresh; a file that no demo made is never touched. In the folder for temporary files when left out.",
        HelpName = "URL",
    };

    static readonly Option<bool> Exit = new("--exit") { Description = "Stop after loading; do not serve." };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("demo", "Makes a fresh store, loads the shipped structures and samples, tells what came of each, and serves it.")
        {
            Details =
            [
                "The samples are real national SDG figures and the global ones of the same series; some of them are wrong, and are refused with their causes.",
                "A store that no demo made is never touched. --exit stops after loading.",
            ],
            Examples =
            [
                "sdmxhub demo",
                "sdmxhub demo --urls http://127.0.0.1:8080",
                "sdmxhub demo --exit --store sqlite:demo.db",
            ],
        };
        command.Take(SharedOptions.Urls, StoreUrl, Exit);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        settings = settings with { Store = parsed.GetValue(StoreUrl) ?? DemoStore.Url, Structures = "" };
        using var store = DemoStore.Make(settings.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        if (!StructureFiles.Fill(store, settings, DemoStore.Actor, terminal, ct))
            return ExitCode.Unusable;
        var refused = LoadSamples(store, settings, terminal, ct);
        WriteSums(store, refused, settings, terminal);
        WriteAddresses(store, settings, terminal);
        terminal.Text.Flush();
        return parsed.GetValue(Exit) ? ExitCode.Fine : await ServeCommand.ServeAsync(store, settings, terminal, ct);
    }

    /// <summary>Loads the samples, and tells of each; gives the number of files that were refused.</summary>
    static int LoadSamples(Store store, HubOptions settings, Terminal terminal, CancellationToken ct)
    {
        var table = Terminal.Table("file", "read", "outcome", "why");
        using (var head = store.Head())
            table.AddCells("dsd/, msd/", LoadVerdict.Counted(head.Catalog.Count, "structure"), Accepted(head.Revision), "");
        var refused = 0;
        foreach (var file in ShippedFolders.Messages(ShippedFolders.ValidSamples).Concat(ShippedFolders.Messages(ShippedFolders.RefusedSamples)))
        {
            ct.ThrowIfCancellationRequested();
            var label = Path.GetRelativePath(AppContext.BaseDirectory, file).Replace('\\', '/');
            var options = new LoadOptions { Actor = DemoStore.Actor, Limits = settings.Limits };
            using var report = LoadMeter.Show(terminal, label, progress => Load.Run(file, store, options, progress, ct));
            var causes = report.Issues.Causes.Where(c => c.Severity >= Severity.Error).Select(c => $"{c.Code.Label()} {c.Summary}");
            table.AddCells(label, LoadVerdict.Content(report), report.Revision is { } revision ? Accepted(revision.Number) : "refused", string.Join('\n', causes));
            refused += report.Revision is null ? 1 : 0;
        }

        terminal.Write(table);
        return refused;
    }

    static string Accepted(long revision) => string.Create(CultureInfo.InvariantCulture, $"accepted, revision {revision}");

    static void WriteSums(Store store, int refused, HubOptions settings, Terminal terminal)
    {
        using var head = store.Head();
        foreach (var flow in (ReadOnlySpan<Urn>)[DemoTour.National, DemoTour.Global])
        {
            if (head.Cube(flow) is { } cube)
            {
                terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{flow.Agency}:{flow.Id} holds {LoadVerdict.Counted(cube.Observations, "observation")} in {cube.Series:N0} series, {cube.First} to {cube.Last}"));
            }
        }

        terminal.Text.WriteLine($"refused: {LoadVerdict.Counted(refused, "file")}, of which nothing is stored");
        terminal.Text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"store {settings.Store}, revision {head.Revision}"));
    }

    static void WriteAddresses(Store store, HubOptions settings, Terminal terminal)
    {
        using var head = store.Head();
        if (DemoTour.MostPairs(head) is not { } tour)
            return;
        var address = settings.Urls.Split(';')[0].TrimEnd('/') + settings.BasePath;
        var pairs = tour.Pairs.ToString("N0", CultureInfo.InvariantCulture);
        terminal.Text.WriteLine("Three addresses worth opening:");
        terminal.Text.WriteLine($"  {address}/api/compare?area={tour.Area}");
        terminal.Text.WriteLine($"    {tour.Name}: {pairs} national figures beside the global ones, same, different and why");
        terminal.Text.WriteLine($"  {address}/sdmx/v2/data/dataflow/IAEG-SDGs/DF_SDG_GLC/*/*.*.{tour.Series}.{tour.NationalArea}?format=csv");
        terminal.Text.WriteLine($"    its national figures of {tour.Series}, as SDMX-CSV");
        terminal.Text.WriteLine($"  {address}/sdmx/v2/structure/dataflow/IAEG-SDGs/*?format=json");
        terminal.Text.WriteLine("    the dataflows, as SDMX-JSON");
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub repair</c>: what could be mended in a message or package, as a patch to confirm; and the message with the patch applied.</summary>
static class RepairCommand
{
    static readonly Argument<string> In = SharedArguments.Word("FILE", "The data message, also .gz or .zip, or a .zip of several messages; - is standard input.");

    static readonly Option<string> Store = new("--store") { Description = "The store whose structures and series count: sqlite:PATH. Without it the shipped structures and --structures.", HelpName = "URL" };

    static readonly Option<string> Patch = new("--patch") { Description = "The patch: where the suggested one is written; with --apply, the confirmed one.", HelpName = "FILE" };

    static readonly Option<string> Apply = new("--apply") { Description = "Applies the patch, and writes the mended message in SDMX-CSV 2.0, of a package a package, whole or not at all; - is standard output.", HelpName = "OUT" };

    static readonly Option<bool> GoodOnly = new("--good-only") { Description = "With --apply: leave out the series that still have an error." };

    static readonly Option<string> Report = MakeReport();

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("repair", "Suggests repairs of a message as a patch, and applies a patch that was confirmed.")
        {
            Details =
            [
                "Suggested are the nearest code for each unknown one (spelling, name, the other codes of a country) and, with --store, the multiplier of a series whose figures are a power of ten away from the stored ones. Nothing is mended by itself: look at the patch, take out or change what is not meant, and apply it.",
                "Exit code 0: nothing to suggest, or applied; 1: there are suggestions; 2: the message cannot be used, or the patch not applied.",
            ],
            Examples =
            [
                "sdmxhub repair figures.csv --patch patch.json",
                "sdmxhub repair figures.csv --patch patch.json --apply mended.csv",
                "sdmxhub repair package.zip --store sqlite:sdg.db --report json",
            ],
        };
        command.Take(In, Store, SharedOptions.Structures, SharedOptions.Dataflow, SharedOptions.Map, Patch, Apply, GoodOnly, Report);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var inputs = await InputFiles.FindAsync([parsed.GetRequiredValue(In)], terminal.Input, ct);
        if (inputs.Files is not [var input])
            return terminal.Fail($"'{parsed.GetRequiredValue(In)}' is {inputs.Files.Count} messages; repair takes one message or package at a time");
        if (PackageFiles.Of(input, settings.Limits, out var fault) is not { } files)
            return terminal.Fail(fault!);
        using var store = parsed.GetValue(Store) is { } url ? Stores.OpenExisting(url, out fault) : null;
        if (fault is not null)
            return terminal.Fail(fault);
        using var head = store?.Head();
        if ((head?.Catalog ?? StructureFiles.Read(settings, terminal)) is not { } catalog)
            return ExitCode.Unusable;
        var options = new LoadOptions { Dataflow = parsed.GetValue(SharedOptions.Dataflow), Map = parsed.GetValue(SharedOptions.Map), Limits = settings.Limits };
        var folder = Directory.CreateTempSubdirectory("sdmxhub-repair-");
        try
        {
            var repair = new MessageRepair(files, catalog, head, options, folder.FullName);
            return parsed.GetValue(Apply) is { } path
                ? await ApplyAsync(repair, input, path, parsed, terminal, ct)
                : await SuggestAsync(repair, input, parsed, terminal, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task<int> SuggestAsync(MessageRepair repair, InputFile input, ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (parsed.GetValue(GoodOnly))
            return terminal.Fail("--good-only goes with --apply");
        var suggested = repair.Suggest(ct);
        var patch = JsonSerializer.SerializeToUtf8Bytes(new SuggestedRepairs(suggested), RepairJson.Default.SuggestedRepairs);
        if (parsed.GetRequiredValue(Report) == "json")
            terminal.Bytes().Write([.. patch, (byte)'\n']);
        else
            Tell(suggested, input, terminal);
        if (parsed.GetValue(Patch) is { } path && suggested.Count > 0)
        {
            await using var output = new OutputFile(path, terminal);
            await output.Stream.WriteAsync(patch, ct);
            await output.KeepAsync(ct);
            terminal.Note($"{path}: look at it, then: sdmxhub repair {input.Label} --patch {path} --apply OUT");
        }

        return suggested.Count > 0 ? ExitCode.Findings : ExitCode.Fine;
    }

    static void Tell(IReadOnlyList<RepairSuggestion> suggested, InputFile input, Terminal terminal)
    {
        foreach (var one in suggested)
        {
            terminal.Text.WriteLine(one.ToRepair().ToString());
            terminal.Text.WriteLine($"    {Count(one.Findings, "finding")}: {one.Reason}");
        }

        terminal.Text.WriteLine($"{input.Label}: {Count(suggested.Count, "suggested repair")}");
    }

    static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    static async Task<int> ApplyAsync(MessageRepair repair, InputFile input, string path, ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (ReadPatch(parsed, out var fault) is not { } patch)
            return terminal.Fail(fault!);
        var (messages, why) = await repair.WriteAsync(patch.Confirmed, patch.GoodOnly ? false : null, ct);
        try
        {
            if (why is not null)
                return terminal.Fail(why.TrimEnd('.'));
            await using var output = new OutputFile(path, terminal, isSpooled: true);
            await PackageFiles.WriteAsync(input, messages, output.Stream, ct);
            await output.KeepAsync(ct);
            foreach (var one in patch.Confirmed)
                terminal.Note($"{input.Label}: {one}");
            return ExitCode.Fine;
        }
        finally
        {
            foreach (var message in messages)
                message.Dispose();
        }
    }

    static RepairPatch? ReadPatch(ParseResult parsed, out string? fault)
    {
        fault = null;
        var isGoodOnly = parsed.GetValue(GoodOnly);
        if (parsed.GetValue(Patch) is not { } path)
        {
            fault = isGoodOnly ? null : "--apply needs the confirmed patch: --patch FILE";
            return isGoodOnly ? new([], GoodOnly: true) : null;
        }

        try
        {
            var patch = JsonSerializer.Deserialize(File.ReadAllBytes(path), RepairJson.Default.RepairPatch) ?? new(null, GoodOnly: false);
            patch = patch with { GoodOnly = patch.GoodOnly || isGoodOnly };
            fault = new RepairPatchRules().Validate(patch) is { IsValid: false } wrong ? $"{path}: {wrong.Errors[0].ErrorMessage.TrimEnd('.')}" : null;
            return fault is null ? patch : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            fault = $"the patch {path} cannot be read: {problem.Message.TrimEnd('.')}";
            return null;
        }
    }

    static Option<string> MakeReport()
    {
        var option = new Option<string>("--report") { Description = "How suggestions are written: text for people, or the patch as json.", HelpName = "text|json", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}

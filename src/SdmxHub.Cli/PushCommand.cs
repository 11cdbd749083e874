using System.CommandLine;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub push</c>: files to a hub elsewhere.</summary>
static class PushCommand
{
    static readonly Argument<string[]> Files = SharedArguments.Files("SDMX messages, data or structures, also .gz or .zip. Structures go first, else in the order given.");

    static readonly Option<Uri?> To = new("--to") { Description = HubClient.To.Description, HelpName = "URL", CustomParser = HubClient.To.CustomParser, Required = true };

    static readonly Option<string?> Mode = MakeMode();

    static readonly Option<string?> Draft = new("--draft") { Description = "The draft that it is for.", HelpName = "NAME" };

    static readonly Option<string?> Note = new("--note") { Description = "What you say about it.", HelpName = "TEXT" };

    static readonly Option<bool> Together = new("--together") { Description = "Send all files as one submission: all of them, or none." };

    static readonly Option<string?> KeyFile = new("--key-file") { Description = $"The file that holds the key; the variable {HubClient.KeyVariable} when left out.", HelpName = "FILE" };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("push", "Sends files to a hub elsewhere, and tells what became of each.")
        {
            Details =
            [
                "Each file is a submission, whole or not at all: checked, taken into a draft, or published. The report is printed as load does.",
                "A lost connection is tried again; what was sent is not sent or published twice. Ctrl-C cancels the submission at the hub.",
            ],
            Examples =
            [
                "sdmxhub push figures.xml --to https://hub.example.org",
                "sdmxhub push figures.csv --to https://hub.example.org --mode publish --key-file hub.key",
                "sdmxhub push flow.xml figures.csv --to https://hub.example.org --draft 2026.Q1.G.01 --together",
            ],
        };
        command.Take(Files, To, Mode, Draft, SharedOptions.Dataflow, SharedOptions.Agreement, SharedOptions.Map, SharedOptions.Without, Note, Together, KeyFile, SharedOptions.Report, SharedOptions.Language);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        using var inputs = await InputFiles.FindAsync(parsed.GetRequiredValue(Files), terminal.Input, ct);
        if (inputs.Files.FirstOrDefault(f => !File.Exists(f.Path)) is { Path: not null } missing)
            return terminal.Fail($"there is no file '{missing.Label}'");
        var keyFile = parsed.GetValue(KeyFile);
        if (keyFile is not null && !File.Exists(keyFile))
            return terminal.Fail($"there is no file '{keyFile}'");
        using var hub = new HubClient(parsed.GetRequiredValue(To)!, keyFile is null ? null : (await File.ReadAllTextAsync(keyFile, ct)).Trim());
        var files = Messages.StructuresFirst(inputs.Files);
        IReadOnlyList<IReadOnlyList<InputFile>> sendings = parsed.GetValue(Together) ? [files] : [.. files.Select(f => (IReadOnlyList<InputFile>)[f])];
        var report = new PushReport(parsed.GetRequiredValue(SharedOptions.Report), parsed.GetValue(SharedOptions.Language), terminal);
        var exit = ExitCode.Fine;
        foreach (var sending in sendings)
        {
            var push = new Push(hub, sending, Query(parsed));
            var label = sending.Count == 1 ? sending[0].Label : LoadVerdict.Counted(sending.Count, "file");
            var submission = await LoadMeter.ShowAsync(terminal, label, progress => push.RunAsync(progress, ct));
            await report.WriteAsync(hub, submission, ct);
            exit = ExitCode.Worse(exit, ExitCodeOf(submission, terminal));
        }

        report.End();
        return exit;
    }

    static string Query(ParseResult parsed)
    {
        var values = new List<string>();
        Add("mode", parsed.GetValue(Mode));
        Add("draft", parsed.GetValue(Draft));
        Add("dataflow", parsed.GetValue(SharedOptions.Dataflow) is { } flow ? flow.Version == "~" ? $"{flow.Agency}:{flow.Id}" : flow.ShortName : null);
        Add("agreement", parsed.GetValue(SharedOptions.Agreement) is { } agreement ? $"{agreement.Agency}:{agreement.Id}" : null);
        Add("map", parsed.GetValue(SharedOptions.Map));
        Add("without", parsed.GetValue(SharedOptions.Without) is { IsEmpty: false } rules ? rules.ToString() : null);
        Add("note", parsed.GetValue(Note));
        return string.Join('&', values);

        void Add(string name, string? value)
        {
            if (value is not null)
                values.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }

    static int ExitCodeOf(Submission submission, Terminal terminal)
    {
        if (submission.State is SubmissionState.Failed or SubmissionState.Cancelled)
            return terminal.Fail(submission.Summary?.TrimEnd('.') ?? "the submission was cancelled");
        return submission.State != SubmissionState.Refused ? ExitCode.Fine
            : submission.Files.Any(f => f.Outcome is null or { Fatal: > 0 }) ? ExitCode.Unusable
            : ExitCode.Findings;
    }

    static Option<string?> MakeMode()
    {
        var option = new Option<string?>("--mode") { Description = "What is to be done with it: check when nothing is said, draft where one is named.", HelpName = "check|draft|publish" };
        option.AcceptOnlyFromAmong("check", "draft", "publish");
        return option;
    }
}

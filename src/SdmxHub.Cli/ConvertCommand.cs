using System.Buffers;
using System.CommandLine;
using System.Globalization;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Mapping;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub convert</c>: a message in another format.</summary>
static class ConvertCommand
{
    static readonly Argument<string> In = SharedArguments.Word("IN", "The message: data, structures or metadata, also .gz or .zip; - is standard input.");

    static readonly Argument<string> Out = SharedArguments.Word("OUT", "Where the result goes, whole or not at all; - is standard output.");

    static readonly Option<string> To = new("--to") { Description = "The format to write.", HelpName = "FORMAT", Required = true };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("convert", "Writes a message in another format: data as data, structures as structures, metadata as metadata.")
        {
            Details =
            [
                $"Formats: {SharedOptions.Formats}.",
                "Rows come out in order of series and period. Converting does not validate: values and codes stay as they are, known or not. A message of which a part cannot be read is refused, and what a format cannot carry is named.",
            ],
            Examples =
            [
                "sdmxhub convert figures.xml figures.csv --to csv-2.0",
                "sdmxhub convert figures.csv.gz - --to structurespecific-2.1",
                "sdmxhub convert figures.xml global.csv --to csv-2.0 --structures national-dsd.xml --structures maps.xml --map NATIONAL_TO_GLOBAL",
                "sdmxhub convert figures.xml figures.csv --to csv-2.0 --dataflow IAEG-SDGs:DF_SDG_GLC --structures national-dsd.xml",
            ],
        };
        command.Take(In, Out, To, SharedOptions.Structures, SharedOptions.Dataflow, SharedOptions.Map);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        if (FindFormat(parsed.GetRequiredValue(To), out var fault) is not { } format)
            return terminal.Fail(fault!);
        using var inputs = await InputFiles.FindAsync([parsed.GetRequiredValue(In)], terminal.Input, ct);
        if (inputs.Files is not [var input])
            return terminal.Fail($"'{parsed.GetRequiredValue(In)}' is {inputs.Files.Count} messages; convert takes one at a time");
        if (StructureFiles.Read(settings, terminal) is not { } catalog)
            return ExitCode.Unusable;
        if (!Dataflows.TryResolve(parsed.GetValue(SharedOptions.Dataflow), catalog, out var dataflow, out fault))
            return terminal.Fail(fault);
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = catalog, Issues = issues, Dataflow = dataflow, Limits = settings.Limits };
        var message = MessageFile.Open(input.Path, context);
        if (message.Format is { } read && read.Kind != format.Kind)
            return terminal.Fail($"{input.Label} holds {Carried(read.Kind)} ({read.Id}); {format.Id} carries {Carried(format.Kind)}");
        await using var output = new OutputFile(parsed.GetRequiredValue(Out), terminal, isSpooled: true);
        var header = new MessageHeader { Sender = settings.Sender };
        var done = format.Kind == MessageKind.Data
            ? await ConvertDataAsync(message, input, parsed.GetValue(SharedOptions.Map), format, header, context, output, terminal, ct)
            : await ConvertStructuresAsync(message, input, format, header, context, output, terminal, ct);
        var exit = Tell(issues, input, terminal);
        if (exit == ExitCode.Fine)
            await output.KeepAsync(ct);
        if (exit == ExitCode.Fine)
            terminal.Note(done);
        return exit;
    }

    static async Task<string> ConvertDataAsync(
        MessageFile message, InputFile input, string? map, Format format, MessageHeader header, ReadContext context, OutputFile output, Terminal terminal, CancellationToken ct)
    {
        using var reader = map is null ? message.OpenData(context) : MappedReader.Open(map, context, message.OpenData);
        if (reader is null)
            return "";
        using var conversion = new Conversion();
        LoadMeter.Show(terminal, input.Label, progress => conversion.Read(reader, repairs: null,
            position => progress?.Report(new LoadProgress(position, message.Size, conversion.Observations)), ct));
        if (!context.Issues.HasErrors && conversion.CannotCarry(format) is { } reason)
            context.Issues.Add(new(IssueCode.UnsupportedFormat, new(message.Name, 0, 0), reason));
        if (!context.Issues.HasErrors)
            await conversion.WriteAsync(format, new WriterOptions { Header = Complete(reader.Header, header) }, leavesOut: null, output.Stream, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{input.Label}: {LoadVerdict.Counted(conversion.Observations, "observation")} in {conversion.Series:N0} series");
    }

    static async Task<string> ConvertStructuresAsync(
        MessageFile message, InputFile input, Format format, MessageHeader header, ReadContext context, OutputFile output, Terminal terminal, CancellationToken ct)
    {
        var isMetadata = format.Kind == MessageKind.Metadata;
        if ((isMetadata ? message.ReadMetadata(context) : message.ReadStructures(context)) is not { } structures || context.Issues.HasErrors)
            return "";
        foreach (var artefact in structures.Artefacts)
        {
            foreach (var loss in format.StructureLosses(artefact))
            {
                // A report without what it is about is none.
                if (isMetadata)
                    context.Issues.Add(new(IssueCode.UnsupportedFormat, new(message.Name, 0, 0), $"{artefact.Urn.ShortName}: {format.Id} cannot carry {loss}."));
                else
                    terminal.Error.WriteLine($"lost: {artefact.Urn.ShortName}: {format.Id} cannot carry {loss}");
            }
        }

        if (context.Issues.HasErrors)
            return "";

        var bytes = new ArrayBufferWriter<byte>();
        var complete = Complete(structures.Header, header);
        format.WriteStructures!(bytes, structures with { Header = complete }, new WriterOptions { Header = complete });
        await output.Stream.WriteAsync(bytes.WrittenMemory, ct);
        return $"{input.Label}: {LoadVerdict.Counted(structures.Artefacts.Count, isMetadata ? "metadata set" : "structure")}";
    }

    static Format? FindFormat(string id, out string? fault)
    {
        var writable = Format.All.Where(f => f.Write is not null || f.WriteStructures is not null).ToList();
        var format = writable.Find(f => f.Id == id);
        var similar = format is null ? Nearest.To(id, writable.Select(f => f.Id)) : null;
        fault = format is null ? $"'{id}' is no format that the hub writes{(similar is null ? "." : $"; did you mean {similar}?")} It writes {SharedOptions.Formats}" : null;
        return format;
    }

    /// <summary>Says what was found while reading, but for what is only good to know.</summary>
    static int Tell(IssueLog issues, InputFile input, Terminal terminal)
    {
        foreach (var issue in issues.All.Where(i => i.Severity > Severity.Information))
            IssueReport.WriteLine(issue, terminal.Error);
        if (!issues.HasErrors)
            return ExitCode.Fine;
        terminal.Fail($"{input.Label} is not converted");
        return issues.Count(Severity.Fatal) > 0 ? ExitCode.Unusable : ExitCode.Findings;
    }

    // A header needs id, moment and sender; CSV has none of them.
    static MessageHeader Complete(MessageHeader sent, MessageHeader own) => sent with
    {
        Id = sent.Id ?? "CONVERTED",
        Prepared = sent.Prepared ?? TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Sender = sent.Sender ?? own.Sender,
    };

    static string Carried(MessageKind kind) => kind switch { MessageKind.Data => "data", MessageKind.Structure => "structures", _ => "metadata" };
}

using System.CommandLine;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub diff</c>: what differs between two states of a store, or what a draft would change.</summary>
static class DiffCommand
{
    static readonly Option<string?> From = MomentOption("--from", "The first state: a revision's number, a date and time, or a release's name.");

    static readonly Option<string?> To = MomentOption("--to", "The second state, likewise; the newest when left out.");

    static readonly Option<string?> Draft = new("--draft") { Description = "A draft, against the state that it was checked against; instead of --from and --to.", HelpName = "NAME" };

    static readonly Option<string?> Flow = new("--flow") { Description = "One flow only.", HelpName = "AGENCY:ID" };

    static readonly Option<string> Detail = DetailOption();

    static readonly Option<string?> Form = new("--format", "-f") { Description = "series: csv or json; delta: a format that has actions.", HelpName = "FORMAT" };

    static readonly Option<string> Output = new("--output", "-o") { Description = "Where the answer goes; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("diff", "Tells what differs between two revisions or releases of a store, or what a draft would change.")
        {
            Details =
            [
                "The summary gives series added, revised and withdrawn, observations inserted, updated and deleted, those that moved most, and codes that are lost; series lists every series; delta is an SDMX message that makes exactly the second state of the first; metadata is one of the metadata sets added and changed; impact is what structures that differ mean for data, agreements and saved queries, as JSON; migration is the structure maps that would bring data into the structures that differ, to be edited and loaded.",
                $"Formats of a delta: {DifferenceWriter.DeltaFormats}. The exit code is 0 when nothing differs, 1 when something does.",
            ],
            Examples =
            [
                "sdmxhub diff --from 2 --to 3 --store sqlite:sdg.db",
                "sdmxhub diff --from 2026.Q1.G.01 --detail series --format csv --store sqlite:sdg.db",
                "sdmxhub diff --from 3 --to 2 --detail delta --output back.csv --store sqlite:sdg.db",
                "sdmxhub diff --draft 2026.Q2.G.01 --store sqlite:sdg.db",
                "sdmxhub diff --draft 2026.Q2.G.01 --detail impact --store sqlite:sdg.db",
                "sdmxhub diff --from 7 --detail migration --flow IAEG-SDGs:DF_SDG_GLC --output maps.xml --store sqlite:sdg.db",
            ],
        };
        command.Take(From, To, Draft, Flow, Detail, Form, Output, SharedOptions.Store);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var store = Stores.OpenExisting(settings.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        using var drafts = parsed.GetValue(Draft) is null && parsed.GetRequiredValue(Detail) != "impact" ? null : new OpenDrafts(store);
        using var difference = Open(parsed, store, drafts, out fault, ct);
        if (difference is null)
            return terminal.Fail(fault!);
        var flow = parsed.GetValue(Flow);
        string[] flows = [.. difference.Flows.Where(f => flow is null || f == flow)];
        if (flow is not null && flows.Length == 0 && parsed.GetRequiredValue(Detail) is not ("migration" or "impact"))
            terminal.Note($"nothing of {flow} differs.{Nearest.Hint(flow, difference.Flows)}");
        await using var output = new OutputFile(parsed.GetRequiredValue(Output), terminal);
        if (await WriteAsync(parsed, difference, drafts, flows, output.Stream, settings.Sender, ct) is { } why)
            return terminal.Fail(why);
        await output.KeepAsync(ct);
        var isEqual = difference.Artefacts.Count == 0 && !flows.Any(f => difference.Flow(f).Series().Any());
        return isEqual ? ExitCode.Fine : ExitCode.Findings;
    }

    static Difference? Open(ParseResult parsed, Store store, OpenDrafts? drafts, out string? fault, CancellationToken ct)
    {
        fault = null;
        var (from, to) = (parsed.GetValue(From), parsed.GetValue(To));
        if (parsed.GetValue(Draft) is { } name)
        {
            if (from is not null || to is not null)
                fault = "--draft stands alone: it is compared with the state that it was checked against";
            else if (drafts!.Find(name, out fault) is { } draft)
                return drafts.Drafts.Changes(draft, ct);
            return null;
        }

        if (from is null)
        {
            fault = "which state? --from REVISION, DATE or RELEASE, or --draft NAME";
            return null;
        }

        var before = Pin(store, from, out fault);
        var after = before is null ? null : Pin(store, to, out fault);
        return after is null ? null : Difference.Between(before!, after);
    }

    static Snapshot? Pin(Store store, string? text, out string? fault)
    {
        var moment = default(Moment);
        if (text is not null && !Moment.TryParse(text, out moment))
        {
            fault = $"'{text}' is no state: write a revision's number, a date and time as 2026-03-01T12:00:00Z, or a release's name";
            return null;
        }

        var snapshot = moment.Pin(store);
        fault = snapshot is null ? $"the store has no revision or release '{text}'.{Nearest.Hint(text ?? "", store.Releases().Select(r => r.Name))}".TrimEnd('.') : null;
        return snapshot;
    }

    static async Task<string?> WriteAsync(ParseResult parsed, Difference difference, OpenDrafts? drafts, string[] flows, Stream stream, string sender, CancellationToken ct)
    {
        var format = parsed.GetValue(Form);
        var pipe = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        switch (parsed.GetRequiredValue(Detail))
        {
            case "series":
                if (format is not (null or "csv" or "json"))
                    return $"--format {format}: expected csv or json";
                await DifferenceWriter.WriteSeries(difference, flows, pipe, isCsv: format != "json", ct);
                break;
            case "delta":
                if (DifferenceWriter.FormatOf(format) is not { } chosen)
                    return $"--format {format}: expected one of {DifferenceWriter.DeltaFormats}";
                await DifferenceWriter.WriteDelta(difference, flows, chosen, pipe, new MessageHeader { Id = $"D{difference.From.Revision}-{difference.To.Revision}", Sender = sender }, ct);
                break;
            case "metadata":
                var sets = DifferenceWriter.Changed(difference, MessageKind.Metadata);
                if (DifferenceWriter.FormatOf(sets, MessageKind.Metadata) is not { } able || (format is not null && format != able.Id))
                    return format is null ? "no one format carries all these metadata sets; ask for them with get" : $"--format {format}: these metadata sets are given in the first format that carries them";
                await DifferenceWriter.WriteArtefacts(sets, able, pipe, new MessageHeader { Id = $"D{difference.From.Revision}-{difference.To.Revision}", Sender = sender }, ct);
                break;
            case "impact":
                if (format is not (null or "json"))
                    return $"--format {format}: the impact is told in json";
                await DifferenceWriter.WriteImpacts(difference, parsed.GetValue(Flow), drafts!.Queries.All(), pipe, ct);
                break;
            case "migration":
                var maps = DifferenceWriter.Migrations(difference, parsed.GetValue(Flow));
                if (format is not null)
                    return $"--format {format}: maps are given in SDMX-ML 3.0";
                if (maps.IsEmpty)
                    return "no structure differs so that data would have to be moved";
                await DifferenceWriter.WriteArtefacts(maps, DifferenceWriter.FormatOf(maps, MessageKind.Structure)!, pipe, new MessageHeader { Id = $"M{difference.From.Revision}-{difference.To.Revision}", Sender = sender }, ct);
                break;
            default:
                await using (var text = new StreamWriter(stream, leaveOpen: true))
                    Summarize(difference, flows, text);
                break;
        }

        await pipe.CompleteAsync();
        return null;
    }

    static void Summarize(Difference difference, string[] flows, TextWriter text)
    {
        foreach (var change in difference.Artefacts)
            text.WriteLine($"{change.Urn.ShortName}: {(change.Before is null ? "added" : change.After is null ? "removed" : $"changed{Parts(change)}")}");
        foreach (var changes in flows.Select(f => difference.Flow(f).Summarize(20)))
        {
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{changes.Flow}: {changes.Inserted:N0} inserted, {changes.Updated:N0} updated, {changes.Deleted:N0} deleted, {changes.Unchanged:N0} unchanged; "
                + $"{changes.SeriesAdded:N0} series added, {changes.SeriesRevised:N0} revised, {changes.SeriesWithdrawn:N0} withdrawn, {changes.SeriesUnchanged:N0} unchanged"));
            foreach (var lost in changes.Lost)
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lost: {lost.Dimension} {lost.Code}, which had {lost.Observations:N0} observations in {lost.Series:N0} series"));
            foreach (var mover in changes.Movers)
                text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {mover.Key} {mover.Period}: {mover.Before} to {mover.After}{(double.IsFinite(mover.Relative) ? $", {mover.Relative:P1}" : "")}"));
        }
    }

    // Of a metadata set it says what of it is another: ' DEFINITION, CONTACT.MAIL in en, fr'.
    static string Parts(ArtefactChange change)
    {
        if (change is not { Before: MetadataSet before, After: MetadataSet after })
            return "";
        var difference = MetadataDifference.Of(before, after);
        return $" {string.Join(", ", difference.Attributes)}{(difference.Languages.Count > 0 ? $" in {string.Join(", ", difference.Languages)}" : "")}".TrimEnd();
    }

    static Option<string?> MomentOption(string name, string description) => new(name) { Description = description, HelpName = "STATE" };

    static Option<string> DetailOption()
    {
        var option = new Option<string>("--detail") { Description = "What is told: summary, series, delta, metadata, impact or migration.", HelpName = "summary|series|delta|metadata|impact|migration", DefaultValueFactory = _ => "summary" };
        option.AcceptOnlyFromAmong("summary", "series", "delta", "metadata", "impact", "migration");
        return option;
    }
}

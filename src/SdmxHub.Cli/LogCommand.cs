using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub log</c>: the revisions of a store.</summary>
static class LogCommand
{
    static readonly string[] Columns = ["revision", "at", "kind", "actor", "inserted", "updated", "deleted", "release", "submission"];

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("log", "Lists the revisions of a store, oldest first.")
        {
            Details =
            [
                "Each line says when, what, who, how many observations were inserted, updated and deleted, and with which release and submission it came. The number of a revision can be asked for: get 'data/...?asOf=3'.",
            ],
            Examples =
            [
                "sdmxhub log --store sqlite:sdg.db",
                "sdmxhub log --store sqlite:sdg.db --report csv > revisions.csv",
            ],
        };
        command.Take(SharedOptions.Store, SharedOptions.Report);
        command.SetAction(parsed => Run(parsed, terminal));
        return command;
    }

    static int Run(ParseResult parsed, Terminal terminal)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var store = Stores.OpenExisting(settings.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        var revisions = store.Log();
        switch (parsed.GetRequiredValue(SharedOptions.Report))
        {
            case "json":
                WriteJson(revisions, terminal);
                break;
            case "csv":
                terminal.Text.WriteLine(string.Join(',', Columns));
                foreach (var revision in revisions)
                    terminal.Text.WriteLine(CsvLine.Of(Cells(revision)));
                break;
            default:
                WriteText(revisions, terminal);
                break;
        }

        return ExitCode.Fine;
    }

    static void WriteText(IReadOnlyList<Revision> revisions, Terminal terminal)
    {
        if (revisions.Count == 0)
        {
            terminal.Text.WriteLine("no revision yet");
            return;
        }

        var table = Terminal.Table("#revision", "at", "kind", "actor", "#inserted", "#updated", "#deleted", "release", "#submission");
        foreach (var revision in revisions)
            table.AddCells(Cells(revision));
        terminal.Write(table);
    }

    static void WriteJson(IReadOnlyList<Revision> revisions, Terminal terminal)
    {
        using var json = new Utf8JsonWriter(terminal.Bytes());
        json.WriteStartArray();
        foreach (var revision in revisions)
        {
            json.WriteStartObject();
            json.WriteNumber("revision", revision.Number);
            json.WriteString("at", At(revision));
            json.WriteString("kind", revision.Kind);
            json.WriteString("actor", revision.Actor);
            json.WriteNumber("inserted", revision.Inserted);
            json.WriteNumber("updated", revision.Updated);
            json.WriteNumber("deleted", revision.Deleted);
            if (revision.Release is { } release)
                json.WriteString("release", release);
            if (revision.Submission is { } submission)
                json.WriteNumber("submission", submission);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    static string[] Cells(Revision revision) =>
    [
        Number(revision.Number), At(revision), revision.Kind, revision.Actor, Number(revision.Inserted), Number(revision.Updated), Number(revision.Deleted),
        revision.Release ?? "", revision.Submission is { } submission ? Number(submission) : "",
    ];

    static string At(Revision revision) => revision.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

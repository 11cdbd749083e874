using System.CommandLine;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub draft</c>: gathers files under a name, and publishes them together.</summary>
static class DraftCommand
{
    static readonly Option<bool> Accept = new("--accept") { Description = "refresh: what others changed since the submissions were checked may be changed back; it is no conflict then." };

    static readonly Option<string?> Release = new("--release") { Description = "publish: the release's name; the draft's when left out.", HelpName = "NAME" };

    static readonly Option<bool> Trial = new("--trial") { Description = "publish: only tell what forbids it." };

    static readonly Option<string?> Actor = new("--actor") { Description = "Who does it, for the log; the user of this machine when left out.", HelpName = "NAME" };

    static readonly string[] Examples =
    [
        "sdmxhub draft make 2026.Q1.G.01 --store sqlite:sdg.db",
        "sdmxhub draft add 2026.Q1.G.01 figures.xml --store sqlite:sdg.db",
        "sdmxhub draft migrate 2026.Q1.G.01 --map DF_SDG_GLC_TO_1_17 --store sqlite:sdg.db",
        "sdmxhub draft show 2026.Q1.G.01 --store sqlite:sdg.db",
        "sdmxhub draft withdraw 2026.Q1.G.01 1 --store sqlite:sdg.db",
        "sdmxhub draft refresh 2026.Q1.G.01 --store sqlite:sdg.db",
        "sdmxhub draft publish 2026.Q1.G.01 --store sqlite:sdg.db",
        "sdmxhub draft drop 2026.Q1.G.01 --store sqlite:sdg.db",
        "sdmxhub draft list --store sqlite:sdg.db",
    ];

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("draft", "Gathers files under a name, and publishes them at one instant.")
        {
            Details =
            [
                "A draft is checked file by file on top of the store and of what was added before; nothing of it is in the store until it is published. 'sdmxhub diff --draft NAME' tells what it would change.",
                "What another changed since a file was checked is a conflict, and forbids publishing: refresh the draft, look at it again, and accept.",
            ],
            Examples = Examples,
        };
        var name = SharedArguments.Word("NAME", "The draft's name: letters, digits and . _ -, such as 2026.Q1.G.01.");
        var files = SharedArguments.Files("SDMX messages, data or structures, also .gz or .zip. Structures go first, else in the order given.");
        var number = SharedArguments.Word("NUMBER", "The submission's number, as show gives it.");
        command.Add(Part("make", "Makes a draft.", [name, Actor], terminal, (words, open, _) => Create(words.GetRequiredValue(name), words, open, terminal)));
        command.Add(Part("list", "Lists all drafts.", [], terminal, (_, open, _) => List(open, terminal)));
        command.Add(Part("show", "Lists what a draft holds.", [name], terminal, (words, open, _) => Show(words.GetRequiredValue(name), open, terminal)));
        command.Add(Part("add", "Checks files as load does, and takes them into a draft.", [name, files, SharedOptions.Dataflow, SharedOptions.Agreement, SharedOptions.Map, SharedOptions.Without, Actor, SharedOptions.Report], terminal,
            (words, open, ct) => Add(words.GetRequiredValue(name), words.GetRequiredValue(files), words, open, terminal, ct)));
        command.Add(Part("migrate", "Moves what the store holds of one structure into another by a structure map, within a draft.", [name, SharedOptions.Map, Actor, SharedOptions.Report], terminal,
            (words, open, ct) => Migrate(words.GetRequiredValue(name), words, open, terminal, ct)));
        command.Add(Part("withdraw", "Takes a submission out of a draft.", [name, number], terminal,
            (words, open, ct) => Withdraw(words.GetRequiredValue(name), words.GetRequiredValue(number), open, terminal, ct)));
        command.Add(Part("refresh", "Makes a draft's preview again on top of what the store holds now.", [name, Accept], terminal,
            (words, open, ct) => Refresh(words.GetRequiredValue(name), words.GetValue(Accept), open, terminal, ct)));
        command.Add(Part("publish", "Makes everything in a draft visible at one instant.", [name, Release, Trial, Actor], terminal,
            (words, open, ct) => Publish(words.GetRequiredValue(name), words, open, terminal, ct)));
        command.Add(Part("drop", "Gives a draft up.", [name], terminal, (words, open, _) => Drop(words.GetRequiredValue(name), open, terminal)));
        return command;
    }

    static HubCommand Part(string name, string summary, ReadOnlySpan<Symbol> symbols, Terminal terminal, Func<ParseResult, Opened, CancellationToken, int> run)
    {
        var part = new HubCommand(name, summary) { Examples = [.. Examples.Where(e => e.StartsWith($"sdmxhub draft {name} ", StringComparison.Ordinal))] };
        part.Take(symbols);
        part.Take(SharedOptions.Store);
        part.SetAction((parsed, ct) =>
        {
            if (Settings.Read(parsed, terminal) is not { } settings)
                return Task.FromResult(ExitCode.Unusable);
            using var store = Stores.OpenExisting(settings.Store, out var fault);
            if (store is null)
                return Task.FromResult(terminal.Fail(fault!));
            using var drafts = new OpenDrafts(store);
            return Task.FromResult(run(parsed, new(drafts, settings), ct));
        });
        return part;
    }

    static int Create(string name, ParseResult words, Opened open, Terminal terminal)
    {
        if (!Moment.IsName(name))
            return terminal.Fail($"'{name}' is no name: expected {Moment.ExpectedName}");
        if (open.Drafts.Drafts.Create(name, ActorOf(words)) is null)
            return terminal.Fail($"there is a draft or release '{name}' already");
        terminal.Text.WriteLine($"{name}: made");
        return ExitCode.Fine;
    }

    static int List(Opened open, Terminal terminal)
    {
        var table = Terminal.Table("name", "state", "owner", "created", "publish at", "#submissions");
        foreach (var draft in open.Drafts.Drafts.All())
            table.AddCells(draft.Name, draft.State.ToString().ToLowerInvariant(), draft.Owner, At(draft.Created), draft.PublishAt is { } at ? At(at) : "", Number(open.Drafts.Drafts.Submissions(draft).Count));
        terminal.Write(table);
        return ExitCode.Fine;
    }

    static int Show(string name, Opened open, Terminal terminal)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        var table = Terminal.Table("#number", "file", "actor", "#base", "at");
        foreach (var submission in open.Drafts.Drafts.Submissions(draft))
            table.AddCells(Number(submission.Number), submission.FileName, submission.Actor, Number(submission.Base), At(submission.At));
        terminal.Write(table);
        return ExitCode.Fine;
    }

    static int Add(string name, string[] files, ParseResult words, Opened open, Terminal terminal, CancellationToken ct)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        using var inputs = InputFiles.FindAsync(files, terminal.Input, ct).GetAwaiter().GetResult();
        var report = new FindingsReport(words.GetRequiredValue(SharedOptions.Report), terminal);
        var exit = ExitCode.Fine;
        foreach (var file in Messages.StructuresFirst(inputs.Files))
        {
            using var preview = open.Drafts.Drafts.Preview(draft, ct);
            if (!Dataflows.TryResolve(words.GetValue(SharedOptions.Dataflow), preview.Catalog, out var dataflow, out fault))
                return terminal.Fail(fault);
            var options = new LoadOptions
            {
                Dataflow = dataflow, Agreement = words.GetValue(SharedOptions.Agreement), Map = words.GetValue(SharedOptions.Map), Without = words.GetValue(SharedOptions.Without),
                Limits = open.Settings.Limits, Actor = ActorOf(words), FileName = file.Label,
            };
            using var staged = LoadMeter.Show(terminal, file.Label, progress => open.Drafts.Drafts.Stage(draft, file.Path, null, options, progress, ct));
            report.Write(file, staged);
            report.Conclude(LoadVerdict.Of(file.Label, staged));
            exit = ExitCode.Worse(exit, Verdict.ExitCodeOf(staged));
        }

        report.End();
        return exit;
    }

    static int Migrate(string name, ParseResult words, Opened open, Terminal terminal, CancellationToken ct)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        if (words.GetValue(SharedOptions.Map) is not { } map)
            return terminal.Fail("which map? --map AGENCY:ID; 'sdmxhub diff --detail migration' offers one to edit and load");
        var folder = Directory.CreateTempSubdirectory("sdmxhub-migrate-");
        try
        {
            using var preview = open.Drafts.Drafts.Preview(draft, ct);
            using var migration = Migration.MakeAsync(preview, map, folder.FullName, ct).GetAwaiter().GetResult();
            if (migration.Issues.HasErrors)
            {
                IssueReport.WriteText(migration.Issues, terminal.Text);
                return migration.Issues.Count(Severity.Fatal) > 0 ? ExitCode.Unusable : ExitCode.Findings;
            }

            terminal.Text.WriteLine($"{Number(migration.Moved)} series move");
            return migration.Files.Count == 0 ? ExitCode.Fine : Stage(draft, migration.Files, words, open, terminal, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static int Stage(Draft draft, IReadOnlyList<LoadFile> files, ParseResult words, Opened open, Terminal terminal, CancellationToken ct)
    {
        var report = new FindingsReport(words.GetRequiredValue(SharedOptions.Report), terminal);
        var exit = ExitCode.Fine;
        var options = new LoadOptions { Limits = open.Settings.Limits, Actor = ActorOf(words) };
        foreach (var staged in open.Drafts.Drafts.Stage(draft, files, null, options, null, ct))
        {
            using (staged)
            {
                report.Write(new(staged.File, staged.File), staged);
                report.Conclude(LoadVerdict.Of(staged.File, staged));
                exit = ExitCode.Worse(exit, Verdict.ExitCodeOf(staged));
            }
        }

        report.End();
        return exit;
    }

    static int Withdraw(string name, string number, Opened open, Terminal terminal, CancellationToken ct)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || !open.Drafts.Drafts.Withdraw(draft, parsed, ct))
            return terminal.Fail($"the draft '{name}' has no submission '{number}'");
        terminal.Text.WriteLine($"{name}: submission {number} withdrawn");
        return ExitCode.Fine;
    }

    static int Refresh(string name, bool accept, Opened open, Terminal terminal, CancellationToken ct)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        open.Drafts.Drafts.Refresh(draft, accept, ct);
        terminal.Text.WriteLine($"{name}: stands on revision {Number(open.Drafts.Drafts.Find(name)!.Base ?? 0)}");
        return ExitCode.Fine;
    }

    static int Publish(string name, ParseResult words, Opened open, Terminal terminal, CancellationToken ct)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        var (isTrial, release) = (words.GetValue(Trial), words.GetValue(Release));
        if (release is not null && !Moment.IsName(release))
            return terminal.Fail($"'{release}' is no name of a release: expected {Moment.ExpectedName}");
        if (release is not null)
            open.Drafts.Drafts.Schedule(draft, draft.PublishAt, release);
        return Tell(open.Drafts.Drafts.Publish(draft, ActorOf(words), isTrial, ct), isTrial, $"{name}: published as {release ?? draft.Release}", terminal);
    }

    /// <summary>Tells what came of publishing or undoing.</summary>
    public static int Tell(PublishOutcome outcome, bool isTrial, string done, Terminal terminal)
    {
        if (outcome.Refusal is { } refusal)
            return terminal.Fail(refusal.TrimEnd('.'));
        foreach (var conflict in outcome.Conflicts)
            terminal.Text.WriteLine($"conflict: {conflict.Subject} {conflict.Key} {conflict.Period}".TrimEnd() + $", changed by revision {Number(conflict.Revision)}");
        if (outcome.ConflictCount > outcome.Conflicts.Count)
            terminal.Text.WriteLine($"... of {outcome.ConflictCount.ToString("N0", CultureInfo.InvariantCulture)} conflicts in all");
        if (outcome.ConflictCount > 0)
            return ExitCode.Findings;
        terminal.Text.WriteLine(isTrial ? "nothing forbids it" : $"{done}, revision {Number(outcome.Revision!.Number)}");
        return ExitCode.Fine;
    }

    static int Drop(string name, Opened open, Terminal terminal)
    {
        if (open.Drafts.Find(name, out var fault) is not { } draft)
            return terminal.Fail(fault!);
        open.Drafts.Drafts.Drop(draft);
        terminal.Text.WriteLine($"{name}: dropped");
        return ExitCode.Fine;
    }

    static string ActorOf(ParseResult words) => words.GetValue(Actor) ?? Environment.UserName;

    static string At(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    sealed record Opened(OpenDrafts Drafts, HubOptions Settings);
}

using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.Maps;

/// <summary>A new version of a codelist: the map that it comes with, and stored series that move by it.</summary>
public class MigrationTests
{
    static readonly string[] Rows =
    [
        "A.A.x|2020|OBS_VALUE=1|STATUS=A", "A.AB.x||UNIT=PT", "A.AB.x|2020|OBS_VALUE=1.50|STATUS=P|NOTE=a, note", "A.AB.x|2021|OBS_VALUE=2", "Q.AB.y|2020-Q1|OBS_VALUE=3", "A.D.x|2020|OBS_VALUE=4",
    ];

    [Test]
    public void A_map_is_offered_that_says_why_a_code_becomes_another_and_what_has_no_row()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Rows);

        var maps = Offered(intake, Areas(("NEW", "AB")));

        var map = maps.OfType<StructureMap>().Single();
        Assert.That((map.Urn.ShortName, map.Source!.Value.ShortName, map.Target), Is.EqualTo(("T:FLOW_TO_1_1(1.0)", "T:DSD(1.0)", (Urn?)SmallFlow.Flow("1.1"))));
        var table = maps.OfType<RepresentationMap>().Single();
        Assert.That(map.ComponentMaps.Where(m => m.RepresentationMap is not null).Select(m => m.RepresentationMap), Is.EqualTo(new Urn?[] { table.Urn }));
        Assert.That(table.Mappings.Select(m => $"{m.Sources[0].Value}={m.Targets[0]} {m.Annotations.FirstOrDefault()?.Text}".Trim()), Is.EqualTo(new[] { "B=B", "A=A", "C=C", "AB=NEW the code of the same name: AB", "a=a" }));
        Assert.That(table.Annotations.Select(a => $"{a.Title}: {a.Text}"), Is.EqualTo(new[] { "D: 'D' is no more, and no code has its name or a near id: 1 series, 1 observations." }));
    }

    [Test]
    public async Task Series_move_at_one_instant_and_a_query_pinned_to_the_old_version_keeps_working()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Rows);
        var old = SmallFlow.Flow();
        var maps = Offered(intake, Areas(("NEW", "AB")));
        Put(intake.Store, [.. Areas(("NEW", "AB")), .. maps]);
        var before = Number(intake.Store);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "FLOW_TO_1_1"), Is.EqualTo(new[] { "UnmappedCode AREA=D" }), "as it is offered, it lacks a row");
        Put(intake.Store, [.. maps.Select(m => m is RepresentationMap table ? table with { Mappings = [.. table.Mappings, new() { Sources = [new("D")], Targets = ["B"] }] } : m)]);
        Assert.That(await Migrate(intake, draft, "T:FLOW_TO_1_1(1.0)"), Is.Empty);

        Assert.That(intake.Temporary.ReadHead(), Has.Some.StartsWith("A.AB.x").And.None.StartsWith("A.NEW.x"), "not before it is published");
        Assert.That(intake.Publish(draft).Refusal, Is.Null);
        var expected = Rows.Select(r => r.Replace(".AB.", ".NEW.", StringComparison.Ordinal).Replace(".D.", ".B.", StringComparison.Ordinal));
        Assert.That(Plain(intake.Temporary.ReadHead(new DataQuery { Dataflow = SmallFlow.Flow("1.1") })), Is.EquivalentTo(expected.Select(Plain)));
        using var head = intake.Store.Head();
        using var pinned = head.Read(new DataQuery { Dataflow = old, IsVersionPinned = true });
        Assert.That((TemporaryStore.Read(head, new DataQuery { Dataflow = old, IsVersionPinned = true }).Count, pinned.Withheld), Is.EqualTo((2, 2L)), "of the series, those of NEW are withheld");
        using var then = intake.Store.Pinned(before);
        Assert.That(Plain(TemporaryStore.Read(then, new DataQuery { Dataflow = old })), Is.EquivalentTo(Rows.Select(Plain)));
    }

    [Test]
    public async Task Codes_that_changed_places_do()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=1", "A.B.x|2020|OBS_VALUE=2");
        var swapped = Areas(("A", "B"), ("B", "A"));
        Put(intake.Store, [.. swapped, .. Offered(intake, swapped)]);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "FLOW_TO_1_1"), Is.Empty);
        intake.Publish(draft);

        Assert.That(Plain(intake.Temporary.ReadHead(new DataQuery { Dataflow = SmallFlow.Flow("1.1") })), Is.EquivalentTo((string[])["A.B.x|2020|OBS_VALUE=1", "A.A.x|2020|OBS_VALUE=2"]));
    }

    [Test]
    public async Task Where_no_code_moves_nothing_is_sent()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, "A.A.x||UNIT=PT", "A.A.x|2020|OBS_VALUE=1");
        var structures = Areas(("NEW", "AB"));
        Put(intake.Store, [.. structures, .. Offered(intake, structures)]);
        using var head = intake.Store.Head();

        using var migration = await Migration.MakeAsync(head, "FLOW_TO_1_1", intake.Intake.Folder, CancellationToken.None);

        Assert.That((migration.Files.Count, migration.Moved, migration.Issues.HasErrors), Is.EqualTo((0, 0, false)));
    }

    [Test]
    public async Task Two_series_that_would_become_one_are_refused_where_they_contradict()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Rows);
        var maps = Offered(intake, Areas(("NEW", "AB")));
        Put(intake.Store, [.. Areas(("NEW", "AB")), .. maps.Select(m => m is RepresentationMap table ? table with { Mappings = [.. table.Mappings, new() { Sources = [new("D")], Targets = ["A"] }] } : m)]);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "FLOW_TO_1_1"), Has.Some.StartsWith("ConflictingObservation"));

        Assert.That(intake.Drafts.Submissions(draft), Is.Empty);
    }

    [Test]
    public async Task Series_go_to_another_flow_of_another_structure()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, "..||SOURCE=s", "A.A.x||UNIT=PT", "A.A.x|2020|OBS_VALUE=1|NOTE=n", "A.B.y|2020|OBS_VALUE=2");
        var other = SmallFlow.Artefacts("2.0", withKind: false).Select(a => a is Dataflow flow ? flow with { Id = "OTHER" } : a).ToArray();
        var map = new StructureMap
        {
            Agency = "T", Id = "TO_OTHER", Name = new("m"), Source = SmallFlow.Flow(), Target = other.OfType<Dataflow>().Single().Urn,
            ComponentMaps =
            [
                new() { Sources = ["FREQ"], Targets = ["FREQ"] }, new() { Sources = ["AREA"], Targets = ["AREA"] }, new() { Sources = ["NOTE"], Targets = ["NOTE"] },
                new() { Sources = ["UNIT"], Targets = ["UNIT"] }, new() { Sources = ["SOURCE"], Targets = ["SOURCE"] },
            ],
        };
        Put(intake.Store, [.. other, map]);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "TO_OTHER"), Is.Empty);
        intake.Publish(draft);

        Assert.That(intake.Temporary.ReadHead(), Is.Empty, "no series is left");
        Assert.That(Plain(intake.Temporary.ReadHead(new DataQuery { Dataflow = map.Target!.Value })), Is.EquivalentTo((string[])[".||SOURCE=s", "A.A||UNIT=PT", "A.A|2020|NOTE=n|OBS_VALUE=1", "A.B|2020|OBS_VALUE=2"]));
    }

    [Test]
    public async Task Moved_series_keep_their_agreements_also_where_they_change_places()
    {
        using var intake = new TemporaryIntake();
        LoadUnder(intake.Store, "T:ONE", "A.A.x|2020|OBS_VALUE=1", "A.AB.x|2020|OBS_VALUE=3");
        LoadUnder(intake.Store, "T:TWO", "A.B.x|2020|OBS_VALUE=2", "Q.AB.x|2020-Q1|OBS_VALUE=4");
        LoadUnder(intake.Store, null, "A.C.x|2020|OBS_VALUE=5", "Q.AB.y|2020-Q1|OBS_VALUE=6");
        var structures = Areas(("A", "B"), ("B", "A"), ("NEW", "AB"));
        Put(intake.Store, [.. structures, .. Offered(intake, structures)]);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "FLOW_TO_1_1"), Is.Empty);
        intake.Drafts.Refresh(draft, accept: false, CancellationToken.None);
        Assert.That(intake.Publish(draft).Refusal, Is.Null);

        Assert.That(Owners(intake.Store), Is.EqualTo((string[])["A.A.x T:TWO", "A.B.x T:ONE", "A.C.x ", "A.NEW.x T:ONE", "Q.NEW.x T:TWO", "Q.NEW.y "]));
        Assert.That(StoreCheck.Run(intake.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public async Task Series_of_two_agreements_do_not_become_one()
    {
        using var intake = new TemporaryIntake();
        LoadUnder(intake.Store, "T:ONE", "A.AB.x|2020|OBS_VALUE=1");
        LoadUnder(intake.Store, "T:TWO", "A.A.x|2021|OBS_VALUE=2");
        var maps = Offered(intake, Areas(("NEW", "AB")));
        Put(intake.Store, [.. Areas(("NEW", "AB")), .. maps.Select(m => m is RepresentationMap table ? table with { Mappings = [.. table.Mappings.Where(r => r.Sources[0].Value != "AB"), new() { Sources = [new("AB")], Targets = ["A"] }] } : m)]);
        var draft = intake.Drafts.Create("R", "me")!;

        Assert.That(await Migrate(intake, draft, "FLOW_TO_1_1"), Is.EqualTo((string[])["SeriesOfOther =T:ONE"]));
        Assert.That(Directory.GetFiles(Made(intake)), Is.Empty);
    }

    static void LoadUnder(Store store, string? agreement, params string[] rows)
    {
        using var transaction = store.Begin("load", "test");
        transaction.Agreement = agreement;
        TemporaryStore.Append(transaction, DatasetAction.Merge, rows);
        transaction.Commit();
    }

    /// <summary>Each series with observations, and the agreement that it belongs to.</summary>
    static string[] Owners(Store store)
    {
        using var head = store.Head();
        using var rows = head.Read(new DataQuery { Dataflow = SmallFlow.Flow("1.1") });
        var stored = new StoredValues(head);
        var block = new ObservationBlock();
        var owners = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        while (rows.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                owners.TryAdd(block.KeyText(row), stored.OwnerOf(block, row));
        }

        return [.. owners.Select(o => $"{o.Key} {o.Value}")];
    }

    /// <summary>The structures of version 1.1: as before without D, and some codes with other names or ids.</summary>
    static Artefact[] Areas(params (string Id, string Name)[] named) =>
    [
        .. SmallFlow.Artefacts("1.1", SmallFlow.Areas.Where(a => a != "D" && named.All(n => n.Name != a)).Concat(named.Select(n => n.Id)))
            .Select(a => a is Codelist { Id: "CL_AREA" } list ? list with { Codes = [.. list.Codes.Select(c => named.FirstOrDefault(n => n.Id == c.Id) is { Name: { } name } ? c with { Name = new(name) } : c)] } : a),
    ];

    /// <summary>The map that comes with new structures, before they are in the store.</summary>
    static ValueArray<Artefact> Offered(TemporaryIntake intake, Artefact[] structures)
    {
        var draft = intake.Drafts.Create("STRUCTURES", "me")!;
        var file = Path.Combine(intake.Intake.Folder, "structures.xml");
        var bytes = new ArrayBufferWriter<byte>();
        Format.Find("structure-xml-2.1")!.WriteStructures!(bytes, new(new MessageHeader { Id = "S", Sender = "T", Prepared = "2026-01-01T00:00:00Z" }, [.. structures]), new WriterOptions());
        File.WriteAllBytes(file, bytes.WrittenSpan);
        intake.Drafts.Stage(draft, file, null, new LoadOptions(), null, CancellationToken.None).Dispose();
        using var changes = intake.Drafts.Changes(draft, CancellationToken.None);
        var maps = MigrationMap.Of(changes.Impacts().Single(), changes.From.Catalog, changes.To.Catalog);
        intake.Drafts.Drop(draft);
        Assert.That(maps.All(StoreTransaction.CanKeep), Is.True);
        return maps;
    }

    /// <summary>Moves series within a draft; what was found that is an error.</summary>
    static async Task<string[]> Migrate(TemporaryIntake intake, Draft draft, string map)
    {
        if (intake.Drafts.Submissions(draft).Count == 0)
            intake.Drafts.Refresh(draft, accept: true, CancellationToken.None);
        using var preview = intake.Drafts.Preview(draft, CancellationToken.None);
        using var migration = await Migration.MakeAsync(preview, map, Made(intake), CancellationToken.None);
        if (migration.Issues.HasErrors)
            return Errors(migration.Issues);
        var reports = intake.Drafts.Stage(draft, migration.Files, null, new LoadOptions(), null, CancellationToken.None);
        string[] errors = [.. reports.SelectMany(r => Errors(r.Issues))];
        foreach (var report in reports)
            report.Dispose();
        return errors;
    }

    /// <summary>Where messages are made: beside the intake, which keeps copies of its own.</summary>
    static string Made(TemporaryIntake intake) => Directory.CreateDirectory(intake.Intake.Folder + ".made").FullName;

    static string[] Errors(IssueLog issues) => [.. issues.All.Where(i => i.Severity >= Severity.Error).Select(i => $"{i.Code} {i.Component}={i.Value}")];

    static void Put(Store store, IReadOnlyList<Artefact> artefacts)
    {
        using var transaction = store.Begin("structures", "test");
        transaction.Put(artefacts);
        transaction.Commit();
    }

    static long Number(Store store)
    {
        using var head = store.Head();
        return head.Revision;
    }

    // components in one order, and no rows that only say that a series is there
    static IEnumerable<string> Plain(IEnumerable<string> rows) => rows.Where(r => !r.EndsWith('|')).Select(Plain);

    static string Plain(string row) => string.Join('|', row.Split('|')[..2].Concat(row.Split('|')[2..].Order(StringComparer.Ordinal)));
}

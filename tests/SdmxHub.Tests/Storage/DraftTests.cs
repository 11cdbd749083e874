using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class DraftTests
{
    const string Row = "A.A.x|2020|OBS_VALUE=1";

    [Test]
    public void A_draft_is_seen_in_its_preview_and_nowhere_else_until_it_is_published()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row, "A.B.x|2020|OBS_VALUE=5");
        var draft = intake.Drafts.Create("2026.Q1.G.01", "me")!;
        intake.Stage(draft, DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=2", "A.C.x|2021|OBS_VALUE=3|STATUS=P");
        intake.Stage(draft, DatasetAction.Delete, "A.B.x|2020|");
        string[] old = [Row, "A.B.x|2020|OBS_VALUE=5"], now = ["A.A.x|2020|OBS_VALUE=2", "A.C.x|2021|OBS_VALUE=3|STATUS=P"];

        Assert.That(intake.ReadPreview(draft), Is.EqualTo(now));
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(old));
        var outcome = intake.Publish(draft);

        Assert.That(outcome.Revision?.Number, Is.EqualTo(4));
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(now));
        Assert.That(intake.Store.Log().TakeLast(2).Select(r => (r.Kind, r.Actor, r.Release)), Is.EqualTo(new[] { ("publish", "sender", "2026.Q1.G.01"), ("publish", "sender", "2026.Q1.G.01") }));
        Assert.That(intake.Drafts.All().Single().State, Is.EqualTo(DraftState.Published));
        Assert.That(Directory.GetFiles(Path.Combine(intake.Intake.Folder, "previews")), Is.Empty);
    }

    [Test]
    public void Of_a_release_only_the_last_revision_can_be_asked_for()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row);
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=2");
        intake.Stage(draft, DatasetAction.Merge, "A.A.x|2021|OBS_VALUE=3");
        intake.Publish(draft);

        var log = intake.Store.Log();
        Assert.That(intake.Store.At(3), Is.Null);
        Assert.That(intake.Store.At(4), Is.Not.Null);
        Assert.That(intake.Store.AsOf(log[2].At)!.Revision, Is.EqualTo(2), "the instant of a revision that nobody saw");
        Assert.That(intake.Store.AsOf(log[3].At)!.Revision, Is.EqualTo(4));
        Assert.That(intake.Store.Release("R"), Is.EqualTo(new Release("R", 4, 2, intake.Store.Release("R")!.At)));
    }

    [Test]
    public void What_another_changed_since_is_a_conflict_and_forbids_publishing()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row, "A.B.x|2020|OBS_VALUE=5", "A.B.x||UNIT=PT");
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=2", "A.B.x|2020|OBS_VALUE=6", "A.B.x||UNIT=KG", "A.C.x|2020|OBS_VALUE=1");
        intake.Temporary.Load(DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=3", "A.A.x|2021|OBS_VALUE=4", "A.B.x||UNIT=T", "A.C.x|2020|OBS_VALUE=1");

        var trial = intake.Publish(draft, isTrial: true);
        var outcome = intake.Publish(draft);

        Conflict[] expected = [new("T:FLOW", "A.A.x", "2020", 3), new("T:FLOW", "A.B.x", "", 3)];
        Assert.That(trial.Conflicts.OrderBy(c => c.Key), Is.EqualTo(expected), "the same value set by both is none");
        Assert.That(outcome.Conflicts.OrderBy(c => c.Key), Is.EqualTo(expected));
        Assert.That(outcome.Revision, Is.Null);
        using var head = intake.Store.Head();
        Assert.That(head.Revision, Is.EqualTo(3));

        intake.Drafts.Refresh(draft, accept: true, CancellationToken.None);
        Assert.That(intake.Publish(draft).Revision?.Number, Is.EqualTo(4));
        Assert.That(intake.Temporary.ReadHead(), Does.Contain("A.A.x|2020|OBS_VALUE=2").And.Contain("A.A.x|2021|OBS_VALUE=4").And.Contain("A.B.x||UNIT=KG"));
    }

    [Test]
    public void A_release_is_undone_by_a_revision_that_holds_the_inverse()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row, "A.B.x|2020|OBS_VALUE=5|NOTE=n", "A.B.x||UNIT=PT");
        var before = intake.Temporary.ReadHead();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Replace, "A.B.x|2020|OBS_VALUE=6", "A.C.x|2020|OBS_VALUE=1", "A.C.x||UNIT=PT");
        intake.Stage(draft, DatasetAction.Delete, "A.A.x|2020|");
        intake.Publish(draft);
        intake.Temporary.Load(DatasetAction.Merge, "A.D.x|2020|OBS_VALUE=7");

        var outcome = intake.Drafts.Undo(intake.Store.Release("R")!, "me", isTrial: false, CancellationToken.None);

        Assert.That(outcome.Revision?.Kind, Is.EqualTo("undo"));
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(before.Append("A.D.x|2020|OBS_VALUE=7")));
        Assert.That(intake.Drafts.Undo(intake.Store.Release("R")!, "me", isTrial: false, CancellationToken.None).ConflictCount, Is.Zero, "undone already: nothing differs");
    }

    [Test]
    public void Undoing_what_was_changed_since_is_a_conflict()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        intake.Publish(draft);
        intake.Temporary.Load(DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=9");

        var outcome = intake.Drafts.Undo(intake.Store.Release("R")!, "me", isTrial: false, CancellationToken.None);

        Assert.That(outcome.Conflicts, Is.EqualTo(new[] { new Conflict("T:FLOW", "A.A.x", "2020", 3) }));
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(new[] { "A.A.x|2020|OBS_VALUE=9" }));
    }

    [Test]
    public void A_submission_with_an_error_leaves_the_draft_as_it_was()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);

        using var report = intake.TryStage(draft, DatasetAction.Merge, "A.nowhere.x|2020|OBS_VALUE=1");

        Assert.That(report.Issues.All.Select(i => i.Code), Does.Contain(IssueCode.UnknownCode));
        Assert.That(intake.Drafts.Submissions(draft), Has.Count.EqualTo(1));
        Assert.That(intake.ReadPreview(draft), Is.EqualTo(new[] { Row }));
    }

    [Test]
    public void A_submission_can_be_withdrawn_from_the_middle()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        var second = intake.Stage(draft, DatasetAction.Merge, "A.A.x|2020|OBS_VALUE=2", "A.B.x|2020|OBS_VALUE=2");
        intake.Stage(draft, DatasetAction.Merge, "A.C.x|2020|OBS_VALUE=3");

        Assert.That(intake.Drafts.Withdraw(draft, second, CancellationToken.None), Is.True);

        Assert.That(intake.ReadPreview(draft), Is.EqualTo(new[] { Row, "A.C.x|2020|OBS_VALUE=3" }));
        intake.Publish(draft);
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(new[] { Row, "A.C.x|2020|OBS_VALUE=3" }));
    }

    [Test]
    public void A_draft_outlives_the_process_and_the_loss_of_its_preview([Values] bool isPreviewLost)
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        intake.Reopen();
        if (isPreviewLost)
            Array.ForEach(Directory.GetFiles(Path.Combine(intake.Intake.Folder, "previews")), File.Delete);

        draft = intake.Drafts.Find("R")!;
        Assert.That(intake.ReadPreview(draft), Is.EqualTo(new[] { Row }));
        intake.Stage(draft, DatasetAction.Merge, "A.B.x|2020|OBS_VALUE=2");
        intake.Publish(draft);

        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(new[] { Row, "A.B.x|2020|OBS_VALUE=2" }));
    }

    [Test]
    public void Who_reads_a_preview_reads_on_when_the_draft_is_published()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        using var preview = intake.Drafts.Preview(draft, CancellationToken.None);

        intake.Publish(draft);

        Assert.That(TemporaryStore.Read(preview), Is.EqualTo(new[] { Row }));
    }

    [Test]
    public void A_draft_that_changes_nothing_and_was_published_just_before_the_process_ended_is_known_as_published()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row);
        intake.Stage(intake.Drafts.Create("R", "me")!, DatasetAction.Merge, Row);
        using (var transaction = intake.Store.Begin("publish", "me"))
            transaction.Commit("R");

        intake.Reopen();

        Assert.That(intake.Drafts.All()[0].State, Is.EqualTo(DraftState.Published));
    }

    [Test]
    public void A_draft_is_not_published_because_its_name_was_given_to_what_was_there()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        Assert.That(intake.Store.Name("R"), Is.Not.Null);

        intake.Reopen();

        Assert.That(intake.Drafts.All()[0].State, Is.EqualTo(DraftState.Open));
        intake.Drafts.Schedule(draft, null, "R2");
        Assert.That(intake.Publish(intake.Drafts.Find("R")!).Revision, Is.Not.Null);
        Assert.That(intake.Temporary.ReadHead(), Is.EqualTo(new[] { Row }));
    }

    [Test]
    public void A_draft_published_just_before_the_process_ended_is_known_as_published()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        using (var transaction = intake.Store.Begin("publish", "me"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, Row);
            transaction.Commit("R");
        }

        intake.Reopen();

        Assert.That(intake.Drafts.All().Single().State, Is.EqualTo(DraftState.Published));
    }

    [Test]
    public void Structures_in_a_draft_serve_the_data_after_them_and_are_published_with_them()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        using (var preview = intake.Drafts.Preview(draft, CancellationToken.None))
            Assert.That(preview.Catalog.Find(SmallFlow.Flow("1.1")), Is.Null);
        var file = Path.Combine(intake.Intake.Folder, "structures.xml");
        File.WriteAllBytes(file, Structures(SmallFlow.Artefacts("1.1", [.. SmallFlow.Areas, "NEW"])));
        using (intake.Drafts.Stage(draft, file, null, new LoadOptions(), null, CancellationToken.None))
            Assert.That(intake.Store.Head().Catalog.Find(SmallFlow.Flow("1.1")), Is.Null);

        Assert.That(intake.Publish(draft).Refusal, Is.Null);

        Assert.That(intake.Store.Head().Catalog.Find(SmallFlow.Flow("1.1")), Is.Not.Null);
        Assert.That(intake.Drafts.Undo(intake.Store.Release("R")!, "me", isTrial: false, CancellationToken.None).Revision, Is.Not.Null);
        Assert.That(intake.Store.Head().Catalog.Find(SmallFlow.Flow("1.1")), Is.Null);
    }

    [Test]
    public void The_impact_of_other_codes_is_told_before_they_are_published()
    {
        using var intake = new TemporaryIntake();
        intake.Temporary.Load(DatasetAction.Merge, Row, "A.AB.x|2020|OBS_VALUE=1", "A.AB.x|2021|OBS_VALUE=1", "Q.AB.y|2020-Q1|OBS_VALUE=1");
        var draft = intake.Drafts.Create("R", "me")!;
        var file = Path.Combine(intake.Intake.Folder, "structures.xml");
        File.WriteAllBytes(file, Structures(SmallFlow.Artefacts("1.1", ["B", "A", "D", "C", "a", "ABC"])));
        using (intake.Drafts.Stage(draft, file, null, new LoadOptions(), null, CancellationToken.None))
        {
        }

        using var changes = intake.Drafts.Changes(draft, CancellationToken.None);
        var impact = changes.Impacts().Single();

        Assert.That((impact.Flow, impact.Lists.Single().Component, impact.Lists[0].Added), Is.EqualTo(("T:FLOW", "AREA", 1)));
        var gone = impact.Lists[0].Removed.Single();
        Assert.That((gone.Code, gone.Series, gone.Observations), Is.EqualTo(("AB", 2, 3)));
    }

    [Test]
    public void What_waits_for_its_turn_does_not_go_to_a_draft_that_was_published_meanwhile()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        intake.Publish(draft);

        Assert.That(() => intake.TryStage(draft, DatasetAction.Merge, "A.B.x|2020|OBS_VALUE=2"), Throws.TypeOf<StoreException>());
        Assert.That(() => intake.Drafts.Drop(draft), Throws.TypeOf<StoreException>());
        Assert.That(intake.Drafts.All().Single().State, Is.EqualTo(DraftState.Published));
        Assert.That(intake.Drafts.Submissions(draft), Has.Count.EqualTo(1));
    }

    [Test]
    public void What_comes_to_a_draft_takes_its_plan_back()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        intake.Stage(draft, DatasetAction.Merge, Row);
        intake.Drafts.Schedule(draft, DateTimeOffset.UtcNow.AddDays(1), "S");

        intake.Stage(draft, DatasetAction.Merge, "A.B.x|2020|OBS_VALUE=2");

        Assert.That(intake.Drafts.Find("R"), Has.Property("PublishAt").Null.And.Property("Release").EqualTo("S"));
    }

    [Test]
    public void Names_are_taken_once()
    {
        using var intake = new TemporaryIntake();
        var draft = intake.Drafts.Create("R", "me")!;
        Assert.That(intake.Drafts.Create("R", "you"), Is.Null);
        Assert.That(intake.Publish(draft).Refusal, Does.Contain("no submission"));
        intake.Stage(draft, DatasetAction.Merge, Row);
        intake.Publish(draft);
        Assert.That(intake.Drafts.Create("R", "me"), Is.Null, "a release has the name");
        var other = intake.Drafts.Create("S", "me")!;
        intake.Drafts.Drop(other);
        Assert.That(intake.Drafts.Create("S", "me"), Is.Not.Null, "dropped drafts give their names back");
        Assert.That(() => intake.Drafts.Preview(other, CancellationToken.None), Throws.TypeOf<StoreException>());
    }

    static byte[] Structures(Artefact[] artefacts)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        Sdmx.Formats.Format.Find("structure-xml-2.1")!.WriteStructures!(bytes, new StructureMessage(new MessageHeader { Id = "S", Sender = "T", Prepared = "2026-01-01T00:00:00" }, [.. artefacts]), new WriterOptions());
        return bytes.WrittenSpan.ToArray();
    }
}

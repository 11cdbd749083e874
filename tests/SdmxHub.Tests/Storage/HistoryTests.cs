using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class HistoryTests
{
    [Test]
    public void What_changes_nothing_makes_no_revision()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        string[] rows = ["..||SOURCE=s", "A.B.x||UNIT=PT", "A.B.x|2001|OBS_VALUE=1.0|STATUS=A"];
        var loaded = temporary.Load(DatasetAction.Merge, rows);

        Assert.That(temporary.PutSmallFlow(), Is.EqualTo(temporary.Store.Log()[^1]));
        Assert.That(temporary.Load(DatasetAction.Merge, rows), Is.EqualTo(loaded));
        Assert.That(temporary.Load(DatasetAction.Replace, rows), Is.EqualTo(loaded));
        Assert.That(temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1.0"), Is.EqualTo(loaded));
        Assert.That(temporary.Load(DatasetAction.Delete, "A.A.x||", "A.B.x|1999|", "A.unheard.of||"), Is.EqualTo(loaded));
        using (var transaction = temporary.Store.Begin("load", "test"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Delete, "..||");
            TemporaryStore.Append(transaction, DatasetAction.Merge, rows);
            Assert.That(transaction.Commit(), Is.EqualTo(loaded), "delete all and the same again");
        }

        Assert.That(temporary.Store.Log(), Has.Count.EqualTo(2));
    }

    [Test]
    public void A_revision_counts_observations_once_whatever_the_way()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1", "A.B.x|2002|OBS_VALUE=2", "A.B.x|2003|OBS_VALUE=3");
        using var transaction = temporary.Store.Begin("load", "me");
        TemporaryStore.Append(transaction, DatasetAction.Delete, "..||");
        TemporaryStore.Append(transaction, DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1", "A.B.x|2002|OBS_VALUE=9", "A.B.y|2004|OBS_VALUE=4");
        TemporaryStore.Append(transaction, DatasetAction.Replace, "A.B.x|2002|STATUS=A");

        var revision = transaction.Commit();

        Assert.That((revision.Inserted, revision.Updated, revision.Deleted), Is.EqualTo((1, 1, 1)));
        Assert.That(revision.Actor, Is.EqualTo("me"));
        Assert.That(temporary.Store.Log()[^1], Is.EqualTo(revision));
        Assert.That(temporary.ReadHead(), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1", "A.B.x|2002|STATUS=A", "A.B.y|2004|OBS_VALUE=4"]));
    }

    [Test]
    public void As_of_an_instant_is_the_revision_that_was_newest_then()
    {
        using var temporary = new TemporaryStore();
        var structures = temporary.PutSmallFlow();
        var first = temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1");
        var second = temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=2");

        Assert.That(temporary.Store.AsOf(structures.At.AddTicks(-10)), Is.Null);
        Assert.That(temporary.Store.AsOf(first.At)!.Revision, Is.EqualTo(first.Number));
        Assert.That(temporary.Store.AsOf(second.At.AddTicks(-10))!.Revision, Is.EqualTo(first.Number));
        Assert.That(temporary.Store.AsOf(DateTimeOffset.MaxValue)!.Revision, Is.EqualTo(second.Number));
        using var old = temporary.Store.AsOf(first.At)!;
        Assert.That(TemporaryStore.Read(old), Is.EqualTo(["A.B.x|2001|OBS_VALUE=1"]));
        Assert.That(old.At, Is.EqualTo(first.At));
    }

    [Test]
    public void Structures_have_a_history_like_data()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        var list = new Urn(ArtefactType.Codelist, "T", "CL_STATUS", "1.0");
        using (var transaction = temporary.Store.Begin("structures", "test"))
        {
            transaction.Put([(Codelist)transaction.Catalog.Find(list)! with { Codes = [new Code { Id = "Z", Name = new("Zed") }] }]);
            transaction.Remove(SmallFlow.Flow());
            Assert.That(transaction.Catalog.Find(SmallFlow.Flow()), Is.Null);
            Assert.That(transaction.Commit().Number, Is.EqualTo(2));
        }

        for (var i = 0; i < 2; i++)
        {
            using var head = temporary.Store.Head();
            using var old = temporary.Store.At(1)!;
            Assert.That(((Codelist)head.Catalog.Find(list)!).Codes.Select(c => c.Id), Is.EqualTo(["Z"]));
            Assert.That(head.Catalog.Find(SmallFlow.Flow()), Is.Null);
            Assert.That(head.CatalogRevision, Is.EqualTo(2));
            Assert.That(((Codelist)old.Catalog.Find(list)!).Codes, Has.Count.EqualTo(3));
            Assert.That(old.Catalog.All, Is.EqualTo(SmallFlow.Catalog().All.Select(a => old.Catalog.Find(a.Urn))));
            Assert.That(old.Catalog.Schema(SmallFlow.Flow()), Is.Not.Null);
            temporary.Reopen();
        }
    }

    [Test]
    public void Updated_after_gives_what_was_added_or_changed_since()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        var first = temporary.Load(DatasetAction.Merge, "..||SOURCE=s", "A.B.x||UNIT=PT", "A.B.x|2001|OBS_VALUE=1", "A.B.x|2002|OBS_VALUE=2", "A.A.x|2001|OBS_VALUE=3", "A.C.x||UNIT=PT");
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1", "A.B.x|2002|OBS_VALUE=5", "A.B.x|2003|OBS_VALUE=6", "A.C.x||UNIT=KG");

        var rows = temporary.ReadHead(new DataQuery { Dataflow = SmallFlow.Flow(), UpdatedAfter = first.At });

        Assert.That(rows, Is.EqualTo(["..||SOURCE=s", "A.B.x||UNIT=PT", "A.B.x|2002|OBS_VALUE=5", "A.B.x|2003|OBS_VALUE=6", "A.C.x||UNIT=KG"]), "with the attributes that apply to what changed");
    }
}

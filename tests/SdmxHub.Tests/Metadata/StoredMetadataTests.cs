using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using SdmxHub.Web;
using static SdmxHub.Tests.Metadata.Reports;

namespace SdmxHub.Tests.Metadata;

/// <summary>Reference metadata in the store: what replaces what, what is kept, what is told.</summary>
public class StoredMetadataTests
{
    [Test]
    public void Metadata_change_the_catalog_and_leave_the_structures_as_they_are([Values] bool isReopened)
    {
        using var temporary = new TemporaryStore();
        using (var transaction = temporary.Store.Begin("structures", "test"))
        {
            transaction.Put([.. SmallFlow.Artefacts(), .. Reports.Artefacts]);
            transaction.Commit();
        }

        Reports.Load(temporary.Store, Reports.V21(Reports.Text("DEF", "en=one")));
        Reports.Load(temporary.Store, Reports.V21(Reports.Text("DEF", "en=two")));
        if (isReopened)
            temporary.Reopen();

        using var head = temporary.Store.Head();
        using var old = temporary.Store.At(2)!;
        Assert.That((head.CatalogRevision, head.StructureRevision, old.CatalogRevision, old.StructureRevision), Is.EqualTo((3, 1, 2, 1)));
    }

    [Test]
    public void A_report_replaces_the_earlier_one_by_target_and_language()
    {
        using var temporary = Store();
        var store = temporary.Store;

        var first = Load(store, V21(Text("DEF", "en=one", "fr=un") + Text("NOTE", "en=old") + Text("CONTACT", "fr=qui")));
        var second = Load(store, V21(Text("DEF", "en=two") + "<g:ReportedAttribute id='CONTACT' value='who'/>"));
        var other = Load(store, V21(Text("DEF", "en=other"), "", "B"));

        using var head = store.Head();
        Assert.That(Texts(head), Is.EquivalentTo(["DEF en=two fr=un", "CONTACT:who fr=qui", "DEF en=other"]));
        using var before = store.At(first.Number)!;
        Assert.That(Texts(before), Is.EqualTo(["DEF en=one fr=un", "NOTE en=old", "CONTACT fr=qui"]), "asOf");
        Assert.That((second.Kind, second.Number, other.Number), Is.EqualTo(("metadata", first.Number + 1, first.Number + 2)));
    }

    [Test]
    public void Languages_in_either_order_give_the_same_and_again_change_nothing()
    {
        string[] messages = [V21(Text("DEF", "en=one") + Text("NOTE", "en=n")), V21(Text("DEF", "fr=un")).Replace("<m:MetadataSet", "<m:MetadataSet setID='OTHER'", StringComparison.Ordinal)];
        using var one = Store();
        using var two = Store();

        var last = messages.Select(m => Load(one.Store, m)).ToList()[^1];
        foreach (var message in messages.Reverse())
            Load(two.Store, message);

        var again = messages.Concat(messages).Select(m => Load(one.Store, m).Number).Distinct();
        Assert.That(again, Is.EqualTo([last.Number]));
        using var here = one.Store.Head();
        using var there = two.Store.Head();
        Assert.That(Sorted(here), Is.EqualTo(Sorted(there)));

        static string[] Sorted(Snapshot snapshot) => [.. Texts(snapshot).Select(t => string.Join(' ', t.Split(' ').Order()))];
    }

    [Test]
    public void What_is_deleted_is_gone_by_language_or_whole()
    {
        using var temporary = Store();
        Load(temporary.Store, V21(Text("DEF", "en=one", "fr=un"), "", "A", "B"));

        Load(temporary.Store, V21(Text("DEF", "en=x"), "Delete"));
        using (var head = temporary.Store.Head())
            Assert.That(Texts(head), Is.EquivalentTo(["DEF fr=un", "DEF en=one fr=un"]));
        Load(temporary.Store, V21("", "Delete", "A", "B"));

        using var gone = temporary.Store.Head();
        Assert.That(Texts(gone), Is.Empty);
    }

    [Test]
    public void Empty_markup_and_repeated_attributes_are_kept_through_reopening()
    {
        const string markup = "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"a\">1 &lt; 2</p>\n </div>";
        using var temporary = Store();
        Load(temporary.Store, V21($"""
            <g:ReportedAttribute id="DEF"><c:StructuredText xml:lang="en">{markup}</c:StructuredText></g:ReportedAttribute><g:ReportedAttribute id="NOTE"/>
            <g:ReportedAttribute id="CONTACT"><g:AttributeSet><g:ReportedAttribute id="MAIL" value="a"/><g:ReportedAttribute id="MAIL" value="b"/></g:AttributeSet></g:ReportedAttribute>
            """));
        Load(temporary.Store, V21(Text("DEF", "fr=un & deux".Replace("&", "&amp;", StringComparison.Ordinal))));
        temporary.Reopen();

        using var head = temporary.Store.Head();
        Assert.That(Texts(head), Is.EqualTo([$"DEF en={markup} fr=un &amp; deux"]), "the newer report says nothing of NOTE and CONTACT, which have no language");
        using var before = temporary.Store.At(head.Revision - 1)!;
        Assert.That(Texts(before), Is.EqualTo([$"DEF en={markup}", "NOTE", "CONTACT", "MAIL:a", "MAIL:b"]));
    }

    [Test]
    public void A_set_of_3_x_is_replaced_by_id_and_version_and_a_stable_one_not_at_all()
    {
        using var temporary = Store();
        var store = temporary.Store;
        Load(store, V3("<g:Attribute id='DEF'><g:Value>a</g:Value></g:Attribute>"));
        Load(store, V3("<g:Attribute id='NOTE'><g:Value>b</g:Value></g:Attribute>"));
        Load(store, V3("<g:Attribute id='DEF'><g:Value>c</g:Value></g:Attribute>", "1.0.0"));
        Load(store, V3("<g:Attribute id='DEF'><g:Value>c</g:Value></g:Attribute>", "1.0.0"));

        using var refused = Try(store, V3("<g:Attribute id='DEF'><g:Value>d</g:Value></g:Attribute>", "1.0.0"));

        Assert.That(refused.Issues.All.Select(i => i.Code), Is.EqualTo([IssueCode.ChangedFinalArtefact]));
        using (var head = store.Head())
            Assert.That(Texts(head), Is.EqualTo(["NOTE:b", "DEF:c"]));
        Load(store, V3("", action: "Delete"));
        using var after = store.Head();
        Assert.That(Texts(after), Is.EqualTo(["DEF:c"]));
    }

    [Test]
    public void A_wrong_report_is_refused_with_its_line_and_changes_nothing()
    {
        using var temporary = Store();

        using var report = Try(temporary.Store, V21(Text("DEF", "en=x") + Text("DEFF", "en=y")));

        Assert.That(report.Issues.All.Select(i => (i.Code, i.At.File, i.At.Line)), Is.EqualTo([(IssueCode.UnknownMetadataAttribute, "m.xml", 7)]));
        Assert.That((report.Revision, report.MetadataSets, temporary.Store.Log().Count), Is.EqualTo(((Revision?)null, (int?)1, 2)));
        Assert.That(LoadVerdict.Of("m.xml", report), Is.EqualTo("m.xml: refused, 1 metadata set, nothing stored; 1 error, 0 warnings"));
    }

    [Test]
    public void The_check_of_the_store_reads_them_and_structure_queries_leave_them_out()
    {
        using var temporary = Store();
        Load(temporary.Store, V21(Text("DEF", "en=one"), "", "A", "B"));

        var check = StoreCheck.Run(temporary.Store, null, CancellationToken.None);
        using var head = temporary.Store.Head();
        StructureQuery.TryParse(RequestTarget.Parse("/*/*/*/*?references=all"), ApiVersion.V2, out var all, out _);
        var types = all!.Run(head.Catalog).Select(a => a.Type).ToHashSet();

        Assert.That((check.IsClean, head.Catalog.OfType<MetadataSet>().Count()), Is.EqualTo((true, 2)));
        Assert.That(types, Does.Contain(ArtefactType.MetadataStructure).And.Not.Contain(ArtefactType.MetadataSet));
        Assert.That(StructureQuery.TryParse(RequestTarget.Parse("/metadataset"), ApiVersion.V2, out _, out var error), Is.False, error?.Message);
    }
}

using System.Text;
using Sdmx.Formats;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Metadata;

/// <summary>Metadata messages of SDMX-ML: what they mean, and that it is what is written.</summary>
public sealed class MetadataXmlTests
{
    [Test]
    public void Empty_is_told_apart_from_absent()
    {
        var attributes = MetadataMessages.Set(MetadataMessages.V21($"""
            <m:MetadataSet structureRef="X">{MetadataMessages.Report("""
            <g:ReportedAttribute id="NONE"/><g:ReportedAttribute id="EMPTY" value=""/>
            <g:ReportedAttribute id="TEXT"><c:Text xml:lang="fr"></c:Text></g:ReportedAttribute><g:ReportedAttribute id="BARE"><c:Text/></g:ReportedAttribute>
            """)}</m:MetadataSet>
            """)).Reports[0].Attributes;

        Assert.That(attributes.Select(a => (a.Id, a.Value, string.Join(',', a.Text.Texts.Select(t => t.Language + ":" + t.Text)))),
            Is.EqualTo([("NONE", null, ""), ("EMPTY", "", ""), ("TEXT", null, "fr:"), ("BARE", null, "en:")]));
    }

    [Test]
    public void Markup_and_languages_are_kept_exactly()
    {
        const string html = "<p class='a'>1 &lt; 2 &amp; <b>x</b> <i>y</i></p>\n  tail";
        var set = MetadataMessages.Set(MetadataMessages.V21($"""
            <m:MetadataSet structureRef="X">{MetadataMessages.Report($"""
            <g:ReportedAttribute id="A"><c:Text xml:lang="en"><![CDATA[<p>a & b</p> ]]></c:Text><c:Text xml:lang="zh-Hans">水 </c:Text></g:ReportedAttribute>
            <g:ReportedAttribute id="B"><c:StructuredText xml:lang="en"><div xmlns="http://www.w3.org/1999/xhtml">{html}</div></c:StructuredText></g:ReportedAttribute>
            """)}</m:MetadataSet>
            """));

        var attributes = set.Reports[0].Attributes;
        Assert.That(attributes[0].Text.Texts, Is.EqualTo([new LocalisedString("en", "<p>a & b</p> "), new LocalisedString("zh-Hans", "水 ")]));
        Assert.That((attributes[1].IsStructured, attributes[1].Text.In("en")),
            Is.EqualTo((true, "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"a\">1 &lt; 2 &amp; <b>x</b> <i>y</i></p>\n  tail</div>")));
        Again(set, "metadata-xml-2.1");
    }

    [Test]
    public void Every_kind_of_target_is_read_and_written()
    {
        var set = MetadataMessages.Set(MetadataMessages.V21("""
            <m:MetadataSet structureRef="X" setID="S1" action="Replace" reportingBeginDate="2020" reportingEndDate="2021" validFromDate="2020-01-01T00:00:00" publicationYear="2021" publicationPeriod="2021-Q1">
            <c:Annotations><c:Annotation id="n"><c:AnnotationTitle>t</c:AnnotationTitle><c:AnnotationText xml:lang="en">x</c:AnnotationText></c:Annotation></c:Annotations>
            <c:Name xml:lang="en">N</c:Name><g:DataProvider><Ref id="P" maintainableParentID="DATA_PROVIDERS" agencyID="EX" package="base" class="DataProvider"/></g:DataProvider>
            <g:Report id="R"><g:Target id="T">
            <g:ReferenceValue id="1"><g:ObjectReference><Ref agencyID="EX" id="C.D" maintainableParentID="CS" maintainableParentVersion="1.0" package="categoryscheme" class="Category"/></g:ObjectReference></g:ReferenceValue>
            <g:ReferenceValue id="2"><g:DataSetReference><c:DataProvider><Ref id="P" maintainableParentID="DATA_PROVIDERS" agencyID="EX" package="base" class="DataProvider"/></c:DataProvider><c:ID>DS</c:ID></g:DataSetReference></g:ReferenceValue>
            <g:ReferenceValue id="3"><g:ReportPeriod>2020-Q1</g:ReportPeriod></g:ReferenceValue>
            <g:ReferenceValue id="4"><g:ConstraintContentReference><URN>urn:sdmx:org.sdmx.infomodel.registry.AttachmentConstraint=EX:AC(1.0)</URN></g:ConstraintContentReference></g:ReferenceValue>
            </g:Target><g:AttributeSet><g:ReportedAttribute id="A" value="1"><g:AttributeSet><g:ReportedAttribute id="B" value="2"/></g:AttributeSet></g:ReportedAttribute></g:AttributeSet></g:Report>
            </m:MetadataSet>
            """));

        Assert.That(set.Reports[0].Targets.Select(t => (t.Kind, t.Value)), Is.EqualTo([
            ("ObjectReference", "urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=EX:CS(1.0).C.D"),
            ("DataSetReference", "DS"), ("ReportPeriod", "2020-Q1"),
            ("ConstraintContentReference", "urn:sdmx:org.sdmx.infomodel.registry.AttachmentConstraint=EX:AC(1.0)")]));
        Assert.That((set.Agency, set.SetId, set.Action, set.ValidFrom), Is.EqualTo(("P", "S1", DatasetAction.Replace, "2020-01-01T00:00:00")));
        Again(set, "metadata-xml-2.1");
    }

    [TestCase("v3_0")]
    [TestCase("v3_1")]
    public void A_set_of_3_x_has_its_own_identity_and_repeats_attributes_for_several_values(string version)
    {
        var set = MetadataMessages.Set(MetadataMessages.V3("""
            <g:Attribute id="CONTACT"><g:Attribute id="MAIL"><g:Value>a@x.org</g:Value><g:Value>b@x.org</g:Value></g:Attribute></g:Attribute>
            <g:Attribute id="NOTE"><c:Text xml:lang="en">n</c:Text><c:Text xml:lang="es">m</c:Text></g:Attribute>
            """, version, "action=\"Append\" publicationYear=\"2021\""));

        Assert.That(set.Urn.ToString(), Is.EqualTo("urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataSet=EX:SET(1.0)"));
        Assert.That(set.AllAttributes.Select(a => (a.Id, a.Value)), Is.EqualTo([("CONTACT", null), ("MAIL", "a@x.org"), ("MAIL", "b@x.org"), ("NOTE", null)]));
        Assert.That(set.Languages, Is.EqualTo(["en", "es"]));
        Again(set, "metadata-xml-3.0");
    }

    [Test]
    public void The_identity_of_a_set_of_2_1_is_what_it_is_about()
    {
        string[] one =
        [
            Key("SERIES=A", "AREA=1"), Key("AREA=1", "SERIES=A"), Key("SERIES=A", "AREA=1").Replace("(1.0)", "(2.0)", StringComparison.Ordinal),
            Key("SERIES=A", "AREA=1").Replace("structureRef", "setID=\"other\" structureRef", StringComparison.Ordinal),
        ];
        string[] others = [Key("SERIES=A", "AREA=2"), Key("SERIES=A@1", "AREA=1"), Key("SERIES=A", "SEX=1"), Key("SERIES=A"), Key("SERIES=A", "AREA=1").Replace(":DF(", ":DG(", StringComparison.Ordinal)];

        var identities = one.Select(t => MetadataMessages.Set(MetadataMessages.V21(t)).Urn).Distinct().ToList();

        Assert.That(identities, Has.Count.EqualTo(1));
        Assert.That(identities[0].ShortName, Does.StartWith("EX:RPT@1@A@").And.EndsWith("(1.0)"));
        Assert.That(others.Select(t => MetadataMessages.Set(MetadataMessages.V21(t)).Urn).Append(identities[0]), Is.Unique);

        static string Key(params string[] parts) => $"""
            <m:MetadataSet structureRef="X"><g:Report id="RPT"><g:Target id="T"><g:ReferenceValue id="K"><g:DataKey>
            {string.Concat(parts.Select(p => $"<c:KeyValue id='{p.Split('=')[0]}'><c:Value>{p.Split('=')[1]}</c:Value></c:KeyValue>"))}
            </g:DataKey></g:ReferenceValue><g:ReferenceValue id="F"><g:ObjectReference><URN>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:DF(1.0)</URN></g:ObjectReference></g:ReferenceValue></g:Target>
            <g:AttributeSet><g:ReportedAttribute id="A"/></g:AttributeSet></g:Report></m:MetadataSet>
            """;
    }

    [Test]
    public void What_a_version_cannot_carry_is_named()
    {
        var legacy = MetadataMessages.Set(MetadataMessages.V21($"<m:MetadataSet structureRef=\"X\" setID=\"S\">{MetadataMessages.Report("<g:ReportedAttribute id=\"A\"/>")}</m:MetadataSet>"));
        var modern = MetadataMessages.Set(MetadataMessages.V3("<g:Attribute id=\"A\"/>"));

        Assert.That(Format.Find("metadata-xml-3.0")!.StructureLosses(legacy), Has.Some.Contains("keys").And.Some.Contains("report structures"));
        Assert.That(Format.Find("metadata-xml-2.1")!.StructureLosses(modern), Has.One.Contains("3.x"));
        Assert.That(Format.Find("metadata-xml-2.1")!.StructureLosses(legacy).Concat(Format.Find("metadata-xml-3.0")!.StructureLosses(modern)), Is.Empty);
    }

    [Test]
    public void A_stub_is_valid_by_the_schema_of_3_0_and_fits_no_other()
    {
        var stub = new MetadataSet
        {
            Agency = "EX", Id = "RPT@1@A@5f3ab201", Name = new("N"), IsExternalReference = true, Structure = new(ArtefactType.MetadataStructure, "EX", "MSD", "1.0"),
        };

        var bytes = MetadataMessages.Write("metadata-xml-3.0", new StructureMessage(new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "S" }, [stub]));

        Assert.That(OfficialSchemas.Complaints(bytes, "3.0.1"), Is.Empty);
        Assert.That(Format.All.Where(f => f.Kind == MessageKind.Metadata && f.StructureLosses(stub).Count == 0).Select(f => f.Id), Is.EqualTo(["metadata-xml-3.0"]));
    }

    [TestCase("<m:MetadataSet><g:Strange/></m:MetadataSet>", "UnexpectedElement", 4)]
    [TestCase("<m:MetadataSet action='Burn' structureRef='X'/>", "UnknownAction", 4)]
    [TestCase("<m:MetadataSet structureRef='X'><g:Report id='R'><g:Target id='T'><g:ReferenceValue id='V'/></g:Target></g:Report></m:MetadataSet>", "UnknownTarget", 4)]
    public void A_fault_has_its_line(string set, string code, int line)
    {
        using var issues = new IssueLog();

        MetadataMessages.Read(MetadataMessages.V21(set), issues);

        Assert.That(issues.All.Select(i => (i.Code.ToString(), i.At.Line)), Does.Contain((code, line)));
    }

    [Test]
    public void A_set_that_names_no_structure_is_refused()
    {
        using var issues = new IssueLog();

        MetadataMessages.Read("<m:GenericMetadata xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'><m:MetadataSet/></m:GenericMetadata>", issues);

        Assert.That(issues.All.Select(i => (i.Code, i.Severity)), Is.EqualTo([(IssueCode.NoStructureReference, Severity.Fatal)]));
    }

    [TestCase("<!DOCTYPE a><m:GenericMetadata xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", IssueCode.DtdForbidden)]
    [TestCase("<m:GenericMetadata xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'><m:MetadataSet>", IssueCode.IllFormed)]
    public void Hostile_and_broken_text_is_refused(string text, IssueCode code)
    {
        using var issues = new IssueLog();

        MetadataMessages.Read(text, issues);

        Assert.That(issues.All.Select(i => i.Code), Is.EqualTo([code]));
    }

    [Test]
    public void Nesting_without_end_is_refused()
    {
        using var issues = new IssueLog();

        MetadataMessages.Read(MetadataMessages.V3(string.Concat(Enumerable.Repeat("<g:Attribute id=\"A\">", 5000)) + string.Concat(Enumerable.Repeat("</g:Attribute>", 5000))), issues);

        Assert.That(issues.All.Select(i => i.Code), Is.EqualTo([IssueCode.LimitExceeded]));
    }

    static void Again(MetadataSet set, string format)
    {
        var message = new StructureMessage(new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "S" }, [set]);

        var bytes = MetadataMessages.Write(format, message);
        var again = MetadataMessages.Read(Encoding.UTF8.GetString(bytes));

        Assert.That(again, Is.EqualTo(message));
        Assert.That(MetadataMessages.Write(format, again), Is.EqualTo(bytes));
        Assert.That(OfficialSchemas.Complaints(bytes, format == "metadata-xml-2.1" ? "2.1" : "3.0.1"), Is.Empty);
    }
}

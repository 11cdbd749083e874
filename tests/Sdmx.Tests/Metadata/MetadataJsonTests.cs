using System.Text;
using System.Text.Json;
using SharedFacts;
using Sdmx.Formats;
using Sdmx.Tests.Json;

namespace Sdmx.Tests.Metadata;

/// <summary>Metadata messages of SDMX-JSON: what they mean, and that it is what is written, by the official schema.</summary>
public sealed class MetadataJsonTests
{
    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.Load("standards", "schemas", "sdmx-json-2.0", "sdmx-json-metadata-schema.json"));

    const string Head = """{"meta": {"id": "M", "prepared": "2026-01-01T00:00:00Z", "test": true, "sender": {"id": "S"}}, "data": """;

    static string Message(string attributes, string more = "") => Head + $$"""
        {"metadataSets": [{"id": "SET", "agencyID": "EX", "version": "1.0.0", "name": "Set", "names": {"en": "Set", "fr": "Jeu"}, {{more}}
        "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)",
        "targets": ["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:DF(1.0)"], "attributes": [{{attributes}}] } ] }
        """ + "}";

    [Test]
    public void Values_texts_markup_emptiness_and_nesting_are_read_and_written()
    {
        var set = MetadataMessages.Set(Message("""
            {"id": "NUMBER", "value": 1.50}, {"id": "FLAG", "value": true}, {"id": "TEXT", "value": "a \"b\""}, {"id": "EMPTY", "value": ""}, {"id": "NONE"}, {"id": "NULL", "value": null},
            {"id": "TEXTS", "value": {"en": "one", "fr": "", "zh-Hans": "水"}}, {"id": "HTML", "format": {"dataType": "XHTML"}, "value": {"en": "<p>1 &lt; 2</p>"}},
            {"id": "CONTACT", "annotations": [{"id": "n", "title": "t", "texts": {"en": "x"}}], "attributes": [{"id": "MAIL", "value": ["a", "b"]}]}
            """, "\"action\": \"Replace\", \"reportingBegin\": \"2020-01-01\", \"publicationYear\": \"2021\", \"validFrom\": \"2020-01-01T00:00:00Z\","));

        Assert.That(set.AllAttributes.Select(a => (a.Id, a.Value, a.IsStructured, string.Join('|', a.Text.Texts.Select(t => t.Language + ":" + t.Text)))), Is.EqualTo([
            ("NUMBER", "1.50", false, ""), ("FLAG", "true", false, ""), ("TEXT", "a \"b\"", false, ""), ("EMPTY", "", false, ""), ("NONE", null, false, ""), ("NULL", null, false, ""),
            ("TEXTS", null, false, "en:one|fr:|zh-Hans:水"), ("HTML", null, true, "en:<p>1 &lt; 2</p>"), ("CONTACT", null, false, ""), ("MAIL", "a", false, ""), ("MAIL", "b", false, "")]));
        Assert.That((set.Urn.ShortName, set.Action, set.Name.In("fr"), set.ReportingBegin, set.PublicationYear), Is.EqualTo(("EX:SET(1.0.0)", DatasetAction.Replace, "Jeu", "2020-01-01", "2021")));
        Assert.That(set.Reports[0].Attributes[8].Annotations[0].Text.In("en"), Is.EqualTo("x"));
        Again(set);
    }

    [Test]
    public void What_SDMX_ML_3_0_says_comes_back_the_same_by_way_of_JSON()
    {
        var message = MetadataMessages.Read(MetadataMessages.V3("""
            <g:Attribute id="A"><c:StructuredText xml:lang="en"><p xmlns="http://www.w3.org/1999/xhtml">x <b>y</b></p></c:StructuredText></g:Attribute><g:Attribute id="B"/>
            <g:Attribute id="C"><g:Value> v </g:Value><g:Attribute id="D"><c:Text xml:lang="es">n</c:Text></g:Attribute></g:Attribute>
            """));

        var json = MetadataMessages.Read(Encoding.UTF8.GetString(MetadataMessages.Write("metadata-json-2.0", message)));
        var again = MetadataMessages.Read(Encoding.UTF8.GetString(MetadataMessages.Write("metadata-xml-3.0", json)));

        Assert.That(json.Artefacts, Is.EqualTo(message.Artefacts));
        Assert.That(again.Artefacts, Is.EqualTo(message.Artefacts));
    }

    [Test]
    public void What_it_cannot_carry_is_named()
    {
        var legacy = MetadataMessages.Set(MetadataMessages.V21($"<m:MetadataSet structureRef=\"X\">{MetadataMessages.Report("<g:ReportedAttribute id=\"A\"/>")}</m:MetadataSet>"));
        var set = MetadataMessages.Set(MetadataMessages.V3("<g:Attribute id=\"A\"/>"));
        var losses = Format.Find("metadata-json-2.0")!.StructureLosses;

        Assert.That(losses(set), Is.Empty);
        Assert.That(losses(legacy), Has.Some.Contains("keys").And.Some.Contains("report structures"));
        Assert.That(losses(set with { Version = "2.0" }), Has.One.Contains("2.0"));
        Assert.That(losses(set with { Reports = [set.Reports[0] with { Attributes = [] }] }), Has.One.Contains("without targets or attributes"));
        Assert.That(losses(set with { Reports = [set.Reports[0] with { Targets = [new() { Kind = "ObjectReference", Value = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:*(*)" }] }] }), Has.One.Contains("wildcards"));
        Assert.That(losses(new MetadataSet { Agency = "EX", Id = "S", IsExternalReference = true }), Has.One.Contains("stub"));
    }

    [TestCase("""{"data": []}""", "UnknownFormat", "data")]
    [TestCase("""{"data": {"metadataSets": []}}""", "NoMetadata", "data.metadataSets")]
    [TestCase("""{"data": {"metadataSets": [{"agencyID": "EX", "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)"}]}}""", "IllFormed", "'id' is missing")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "agencyID": "EX"}]}}""", "NoStructureReference", "data.metadataSets[0]")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S S", "agencyID": "EX", "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)"}]}}""", "IllegalIdentifier", "'S S'")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "agencyID": "EX", "action": "Burn", "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)"}]}}""", "UnknownAction", "Burn")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "agencyID": "EX", "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)", "attributes": [{"id": "A", "value": [[1]]}]}]}}""", "InvalidType", "attributes[0].value")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "agencyID": "EX", "colour": 1, "metadataflow": "urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)"}]}}""", "UnexpectedElement", "'colour'")]
    [TestCase("""{"data": {"metadataSets": [{""", "IllFormed", "cannot be read")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "agencyID": "\ud800"}]}}""", "IllFormed", "cannot be read")]
    [TestCase("""{"data": {"metadataSets": [{"id": "S", "\udc00": 1}]}}""", "IllFormed", "cannot be read")]
    public void A_fault_has_its_place(string message, string code, string says)
    {
        using var issues = new IssueLog();

        MetadataMessages.Read(message, issues);

        Assert.That(issues.All.Where(i => i.Code.ToString() == code).Select(i => i.Message), Has.Some.Contains(says), string.Join('\n', issues.All.Select(i => $"{i.Code} {i.Message}")));
    }

    [Test]
    public void The_samples_of_the_standard_are_read_and_come_back_the_same()
    {
        foreach (var (folder, sets) in ((string[], int)[])[(["fixtures", "v3", "json", "metadata"], 3), (["fixtures", "sdmx-json-2.1", "metadata-message", "samples"], 3)])
        {
            var path = Path.Combine(Facts.At(folder), "constructed-sample.json");
            var message = MetadataMessages.Read(File.OpenRead(path), "m.json");

            Assert.That(message.Artefacts, Has.Count.EqualTo(sets), path);
            foreach (var set in message.Artefacts.Cast<MetadataSet>())
                Again(set);
        }
    }

    static void Again(MetadataSet set)
    {
        var message = new StructureMessage(new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "S" }, [set]);
        Assert.That(Format.Find("metadata-json-2.0")!.StructureLosses(set), Is.Empty);

        var bytes = MetadataMessages.Write("metadata-json-2.0", message);
        var again = MetadataMessages.Read(Encoding.UTF8.GetString(bytes));

        Assert.That(again, Is.EqualTo(message));
        Assert.That(MetadataMessages.Write("metadata-json-2.0", again), Is.EqualTo(bytes));
        using var json = JsonDocument.Parse(bytes);
        Assert.That(Schema.Value.Complaints(json.RootElement), Is.Empty);
    }
}

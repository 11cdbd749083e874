using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Sdmx.Json;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Json;

/// <summary>SDMX-JSON 2.0 structure messages, by hand-checked forms, by the official schema and by counts from the bare XML.</summary>
public sealed class StructureJsonWriterTests
{
    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.Load("standards", "schemas", "sdmx-json-2.0", "sdmx-json-structure-schema.json"));

    static readonly (string Element, string Property)[] Kinds =
    [
        ("Codelist", "codelists"), ("ConceptScheme", "conceptSchemes"), ("DataStructure", "dataStructures"), ("Dataflow", "dataflows"),
        ("MetadataStructure", "metadataStructures"), ("AgencyScheme", "agencySchemes"), ("CategoryScheme", "categorySchemes"),
        ("Categorisation", "categorisations"), ("ContentConstraint", "dataConstraints"),
    ];

    static byte[] Bytes(StructureMessage message, params string[] languages)
    {
        var output = new ArrayBufferWriter<byte>();
        StructureJsonWriter.Write(output, message, languages.Length == 0 ? new() : new() { Languages = languages.ToValueArray() }, JsonVersion.V20);
        return output.WrittenSpan.ToArray();
    }

    static JsonElement Write(StructureMessage message, params string[] languages) => JsonDocument.Parse(Bytes(message, languages)).RootElement;

    /// <summary>The one artefact of <paramref name="property"/>, without what all artefacts have alike.</summary>
    static string Content(Artefact artefact, string property)
    {
        var only = Write(new(new(), [artefact])).GetProperty("data").GetProperty(property)[0];
        string[] alike = ["id", "agencyID", "version", "links", "name", "names"];
        return "{" + string.Join(',', only.EnumerateObject().Where(p => !alike.Contains(p.Name)).Select(p => $"\"{p.Name}\":{p.Value.GetRawText()}")) + "}";
    }

    static void Expect(Artefact artefact, string property, string json)
    {
        json = json.Replace("concept:", Concept("").ToString(), StringComparison.Ordinal);
        var written = JsonDocument.Parse(Content(artefact, property)).RootElement;
        Assert.That(JsonElement.DeepEquals(written, JsonDocument.Parse(json).RootElement), Is.True, written.GetRawText());
        if (Facts.Folder is not null)
            Assert.That(Schema.Value.Complaints(Write(new(new(), [artefact]))), Is.Empty);
    }

    static Urn Concept(string id) => new("Concept", "UN", "CS", "1.0", id);

    [Test]
    public void A_codelist_is_written_to_the_byte()
    {
        var list = new Codelist
        {
            Agency = "UN", Id = "CL", Name = new([new("fr", "Régions"), new("en", "Areas")]), IsPartial = true, IsExternalReference = false, Uri = "http://x.y",
            Annotations = [new() { Id = "a", Type = "T", Url = "http://n.o", Text = new("note") }],
            Codes = [new() { Id = "1", Name = new("World") }, new() { Id = "2", Parent = "1" }],
        };

        var written = Encoding.UTF8.GetString(Bytes(new(new() { Id = "M1", Prepared = "2024-01-01", Sender = "UN", Receivers = ["A"] }, [list]), "fr-CH"));

        Assert.That(written, Is.EqualTo(
            "{\"meta\":{\"schema\":\"https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json\","
            + "\"id\":\"M1\",\"test\":false,\"prepared\":\"2024-01-01T00:00:00Z\",\"sender\":{\"id\":\"UN\"},\"receivers\":[{\"id\":\"A\"}]},"
            + "\"data\":{\"codelists\":[{\"id\":\"CL\",\"agencyID\":\"UN\",\"version\":\"1.0\",\"isExternalReference\":false,\"isPartial\":true,"
            + "\"links\":[{\"rel\":\"self\",\"urn\":\"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL(1.0)\",\"uri\":\"http://x.y\"}],"
            + "\"name\":\"Régions\",\"names\":{\"fr\":\"Régions\",\"en\":\"Areas\"},"
            + "\"annotations\":[{\"id\":\"a\",\"type\":\"T\",\"text\":\"note\",\"texts\":{\"en\":\"note\"},\"links\":[{\"rel\":\"self\",\"href\":\"http://n.o\"}]}],"
            + "\"codes\":[{\"id\":\"1\",\"name\":\"World\",\"names\":{\"en\":\"World\"}},{\"id\":\"2\",\"name\":\"\",\"parent\":\"1\"}]}]}}"));
    }

    [Test]
    public void A_data_structure_has_the_form_of_the_schema()
    {
        var dsd = new DataStructure
        {
            Agency = "UN", Id = "D", Name = new("n"),
            Dimensions =
            [
                new() { Id = "A", Position = 1, ConceptIdentity = Concept("A"), ConceptRoles = [Concept("R")], LocalRepresentation = new()
                {
                    Enumeration = new(ArtefactType.Codelist, "UN", "CL_A", "2.0"), Format = new() { Facets = [("maxLength", "3")] },
                } },
                new() { Id = "B", ConceptIdentity = Concept("B") },
            ],
            Time = new() { Id = "TIME_PERIOD", ConceptIdentity = Concept("T") },
            Groups = [new() { Id = "G", Dimensions = ["B"] }],
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("V"), LocalRepresentation = new() { Format = new() { Type = TextType.Double, Facets = [("minValue", "0.50"), ("isSequence", "false")] } } }],
            Attributes =
            [
                new() { Id = "W", ConceptIdentity = Concept("W"), IsMandatory = true, Relationship = new() { Kind = AttachmentLevel.Dataset } },
                new() { Id = "X", ConceptIdentity = Concept("X"), Relationship = new() { Kind = AttachmentLevel.Group, Group = "G" } },
                new() { Id = "Y", ConceptIdentity = Concept("Y"), Relationship = new() { Kind = AttachmentLevel.Series, Dimensions = ["A"], AttachmentGroups = ["G"] } },
                new() { Id = "Z", ConceptIdentity = Concept("Z"), Relationship = new() { Kind = AttachmentLevel.Observation } },
            ],
        };

        Expect(dsd, "dataStructures", """
            {"dataStructureComponents":{
              "dimensionList":{"id":"DimensionDescriptor","dimensions":[
                {"id":"A","position":1,"conceptIdentity":"concept:A","conceptRoles":["concept:R"],"localRepresentation":{"enumeration":"urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL_A(2.0)","enumerationFormat":{"dataType":"String","maxLength":3}}},
                {"id":"B","conceptIdentity":"concept:B"}],
                "timeDimension":{"id":"TIME_PERIOD","conceptIdentity":"concept:T","localRepresentation":{"format":{"dataType":"ObservationalTimePeriod"}}}},
              "groups":[{"id":"G","groupDimensions":["B"]}],
              "attributeList":{"id":"AttributeDescriptor","attributes":[
                {"id":"W","usage":"mandatory","attributeRelationship":{"dataflow":{}},"conceptIdentity":"concept:W"},
                {"id":"X","usage":"optional","attributeRelationship":{"group":"G"},"conceptIdentity":"concept:X"},
                {"id":"Y","usage":"optional","attributeRelationship":{"dimensions":["A","B"]},"conceptIdentity":"concept:Y"},
                {"id":"Z","usage":"optional","attributeRelationship":{"observation":{}},"conceptIdentity":"concept:Z"}]},
              "measureList":{"id":"MeasureDescriptor","measures":[{"id":"OBS_VALUE","usage":"optional","conceptIdentity":"concept:V","localRepresentation":{"format":{"dataType":"Double","minValue":0.50,"isSequence":false}}}]}}}
            """);
    }

    [Test]
    public void A_constraint_has_the_form_of_the_schema()
    {
        var constraint = new DataConstraint
        {
            Agency = "UN", Id = "C", Name = new("n"), Role = ConstraintRole.Actual,
            Attachment = [new(ArtefactType.Dataflow, "UN", "F", "1.0")],
            ReleaseCalendar = new("P1Y", "P3M", "P5D"),
            Regions =
            [
                new() { Keys = [new() { Component = "A", Values = [new("1"), new("2", Cascade.Children), new("3", Cascade.ExcludeRoot)] }], Components = [new() { Component = "U", IsIncluded = false, Values = [new("PT")] }] },
                new() { IsIncluded = false, Keys = [new() { Component = "TIME_PERIOD", TimeRange = new() { End = "2010", IsEndInclusive = false } }] },
            ],
            KeySets = [new() { Keys = [new([new() { Component = "A", Values = [new("1"), new("2")] }, new() { Component = "U", Values = [new("PT")] }])] }],
        };

        Expect(constraint, "dataConstraints", """
            {"role":"Actual","constraintAttachment":{"dataflows":["urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=UN:F(1.0)"]},
             "releaseCalendar":{"periodicity":"P1Y","offset":"P3M","tolerance":"P5D"},
             "dataKeySets":[{"isIncluded":true,"keys":[
               {"keyValues":[{"id":"A","value":"1"},{"id":"U","value":"PT"}]},{"keyValues":[{"id":"A","value":"2"},{"id":"U","value":"PT"}]}]}],
             "cubeRegions":[
               {"include":true,"keyValues":[{"id":"A","values":["1",{"value":"2","cascadeValues":true},{"value":"3","cascadeValues":"excluderoot"}]}],"components":[{"id":"U","include":false,"values":["PT"]}]},
               {"include":false,"keyValues":[{"id":"TIME_PERIOD","timeRange":{"beforePeriod":{"period":"2010","isInclusive":false}}}]}]}
            """);
    }

    [Test]
    public void Flows_agreements_categorisations_and_organisations_have_the_form_of_the_schema()
    {
        var dsd = new Urn(ArtefactType.DataStructure, "UN", "D", "1.0");
        Expect(new Dataflow { Agency = "UN", Id = "F", Name = new("n"), Structure = dsd }, "dataflows", $$"""{"structure":"{{dsd}}"}""");
        Expect(new Dataflow { Agency = "UN", Id = "F", Name = new("n"), IsExternalReference = true }, "dataflows", """{"isExternalReference":true}""");
        Expect(new ProvisionAgreement
        {
            Agency = "UN", Id = "P", Name = new("n"), Dataflow = new(ArtefactType.Dataflow, "UN", "F", "1.0"), DataProvider = new("DataProvider", "UN", "DATA_PROVIDERS", "1.0", "X"),
        }, "provisionAgreements", """{"dataflow":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=UN:F(1.0)","dataProvider":"urn:sdmx:org.sdmx.infomodel.base.DataProvider=UN:DATA_PROVIDERS(1.0).X"}""");
        Expect(new Categorisation { Agency = "UN", Id = "L", Name = new("n"), Source = dsd, Target = new("Category", "UN", "CS", "1.0", "A.B") }, "categorisations",
            $$"""{"source":"{{dsd}}","target":"urn:sdmx:org.sdmx.infomodel.categoryscheme.Category=UN:CS(1.0).A.B"}""");
        Expect(new CategoryScheme { Agency = "UN", Id = "CS", Name = new("n"), Categories = [new() { Id = "A", Name = new("a"), Categories = [new() { Id = "B", Name = new("b") }] }] },
            "categorySchemes", """{"categories":[{"id":"A","name":"a","names":{"en":"a"},"categories":[{"id":"B","name":"b","names":{"en":"b"}}]}]}""");
        Expect(new OrganisationScheme(ArtefactType.AgencyScheme)
        {
            Agency = "SDMX", Id = "AGENCIES", Name = new("n"),
            Organisations = [new() { Id = "UN", Name = new("un"), Contacts = [new() { Name = new("who"), Department = new("d", "fr"), Channels = [("Email", "a@b.c"), ("URI", "http://x.y")] }] }],
        }, "agencySchemes", """
            {"agencies":[{"id":"UN","name":"un","names":{"en":"un"},"contacts":[{"name":"who","names":{"en":"who"},"department":"d","departments":{"fr":"d"},"uris":["http://x.y"],"emails":["a@b.c"]}]}]}
            """);
    }

    [Test]
    public void Concepts_and_metadata_attributes_have_the_form_of_the_schema()
    {
        Expect(new ConceptScheme
        {
            Agency = "UN", Id = "CS", Name = new("n"),
            Concepts =
            [
                new() { Id = "A", Name = new("a"), IsoConcept = new("x", "y", "z") },
                new() { Id = "B", Name = new("b"), Parent = "A", CoreRepresentation = new() { Format = new() { Type = TextType.XHTML }, MinOccurs = 0, MaxOccurs = int.MaxValue } },
            ],
        }, "conceptSchemes", """
            {"concepts":[{"id":"A","name":"a","names":{"en":"a"},"isoConceptReference":{"conceptAgency":"x","conceptSchemeID":"y","conceptID":"z"}},
              {"id":"B","name":"b","names":{"en":"b"},"parent":"A","coreRepresentation":{"format":{"dataType":"XHTML"},"minOccurs":0,"maxOccurs":"unbounded"}}]}
            """);
        Expect(new MetadataStructure
        {
            Agency = "UN", Id = "M", Name = new("n"),
            Attributes = [new() { Id = "A", ConceptIdentity = Concept("A"), MinOccurs = 0, IsPresentational = true, Attributes = [new() { Id = "B", ConceptIdentity = Concept("B"), MaxOccurs = int.MaxValue }] }],
        }, "metadataStructures", """
            {"metadataStructureComponents":{"metadataAttributeList":{"id":"MetadataAttributeDescriptor","metadataAttributes":[
              {"id":"A","minOccurs":0,"maxOccurs":1,"isPresentational":true,"conceptIdentity":"concept:A","metadataAttributes":[
                {"id":"B","minOccurs":1,"maxOccurs":"unbounded","conceptIdentity":"concept:B"}]}]}}}
            """);
    }

    [Test]
    public void The_best_language_is_the_name_and_all_are_the_names()
    {
        var flow = new Dataflow { Agency = "UN", Id = "F", Name = new([new("en", "Flow"), new("ru", "Поток")]) };

        var written = Write(new(new(), [flow]), "ru").GetProperty("data").GetProperty("dataflows")[0];

        Assert.That(written.GetProperty("name").GetString(), Is.EqualTo("Поток"));
        Assert.That(written.GetProperty("names").EnumerateObject().Select(p => p.Name), Is.EqualTo((string[])["en", "ru"]));
    }

    [Test]
    public void What_2_0_cannot_say_is_named()
    {
        var plain = new DataConstraint { Agency = "A", Id = "C" };

        Assert.That(StructureJsonWriter.Losses(plain, JsonVersion.V20), Is.Empty);
        Assert.That(StructureJsonWriter.Losses(plain with { Regions = [new(), new()] }, JsonVersion.V20), Has.Count.EqualTo(1));
        Assert.That(StructureJsonWriter.Losses(plain with { ReferencePeriod = ("a", "b") }, JsonVersion.V20), Has.Count.EqualTo(1));
        Assert.That(StructureJsonWriter.Losses(new DataStructure { Agency = "A", Id = "D", Dimensions = [new() { Id = "M", ConceptIdentity = Concept("M"), IsMeasureDimension = true }] }, JsonVersion.V20), Has.Count.EqualTo(1));
        Assert.That(StructureJsonWriter.Losses(new MetadataStructure { Agency = "A", Id = "M", Targets = [new() { Id = "T" }] }, JsonVersion.V20), Has.Count.EqualTo(1));
        Assert.That(StructureJsonWriter.Losses(new Codelist { Agency = "A", Id = "C", Name = new([new("en", "a"), new("en", "b")]) }, JsonVersion.V20), Is.EqualTo((string[])["several texts in one language"]));
    }

    [Test]
    public void The_table_of_formats_writes_them()
    {
        var format = Sdmx.Formats.Format.Find("structure-json-2.0")!;

        Assert.That(format.WriteStructures, Is.Not.Null);
        Assert.That(format.StructureLosses(new MetadataStructure { Agency = "A", Id = "M", Targets = [new() { Id = "T" }] }), Has.Count.EqualTo(1));
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    public void Every_file_gives_valid_JSON_with_the_counts_of_the_file(string file)
    {
        var (message, _) = StructureFiles.ReadFile(file);
        var artefacts = StructureFacts.Artefacts(XDocument.Load(Facts.At(file.Split('/'))));

        var data = Write(message).GetProperty("data");

        foreach (var (element, property) in Kinds)
            Assert.That(data.TryGetProperty(property, out var array) ? array.GetArrayLength() : 0, Is.EqualTo(artefacts.Count(a => a.Name.LocalName == element)), property);
        Assert.That(Count(data, "codelists", "codes"), Is.EqualTo(Elements(artefacts, "Code")));
        Assert.That(Count(data, "conceptSchemes", "concepts"), Is.EqualTo(Elements(artefacts, "Concept")));
        Assert.That(Count(data, "agencySchemes", "agencies"), Is.EqualTo(Elements(artefacts, "Agency")));
        Assert.That(Members(data, "annotations").Sum(a => a.GetArrayLength()), Is.EqualTo(Elements(artefacts, "Annotation")));
        Assert.That(Members(data, "attributes").Sum(a => a.GetArrayLength()), Is.EqualTo(Elements(artefacts, "Attribute")));
        Assert.That(Members(data, "names").Sum(n => n.EnumerateObject().Count()), Is.EqualTo(Elements(artefacts, "Name")));
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.Fixtures))]
    public void Every_file_gives_JSON_that_is_valid_by_the_official_schema(string file)
    {
        var (message, _) = StructureFiles.ReadFile(file);

        // A measure dimension is a loss the writer names; figures as codes are the file's own fault, which the reader reports.
        var sayable = message with { Artefacts = message.Artefacts.Where(a => a is not DataStructure || StructureJsonWriter.Losses(a, JsonVersion.V20).Count == 0).ToValueArray() };
        var complaints = Schema.Value.Complaints(Write(sayable)).Where(c => !(file.Contains("SDG_1.1", StringComparison.Ordinal) && c.Contains("/codes/", StringComparison.Ordinal)));
        Assert.That(complaints.Take(8), Is.Empty);
    }

    static int Elements(XElement[] artefacts, string name) => artefacts.SelectMany(a => a.Descendants()).Count(e => e.Name.LocalName == name);

    static int Count(JsonElement data, string scheme, string items) => data.TryGetProperty(scheme, out var schemes)
        ? schemes.EnumerateArray().Sum(s => s.TryGetProperty(items, out var list) ? list.GetArrayLength() : 0) : 0;

    static IEnumerable<JsonElement> Members(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.Name == name ? [p.Value] : Members(p.Value, name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(e => Members(e, name)),
        _ => [],
    };
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Sdmx.Formats;
using Sdmx.Json;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Json;

/// <summary>Structures read from SDMX-JSON: what was written comes back, messages of others are read whole, and what is wrong is told where it stands.</summary>
public sealed class StructureJsonReaderTests
{
    static readonly MessageHeader Header = new() { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "S" };

    static IEnumerable<string> Shipped() =>
        ((string[])["dsd", "msd"]).SelectMany(f => Directory.GetFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).Select(f => Path.GetRelativePath(Facts.Root, f));

    static (StructureMessage Message, Issue[] Issues) Read(byte[] bytes, ReadLimits? limits = null)
    {
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues, FileName = "m.json", Limits = limits ?? new() };
        var message = StructureJsonReader.Read(new MemoryStream(bytes), context);
        return (message, [.. issues.All]);
    }

    static (StructureMessage Message, Issue[] Issues) Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    static byte[] Write(string format, ValueArray<Artefact> artefacts)
    {
        var output = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(output, new(Header, artefacts), new WriterOptions { Header = Header });
        return output.WrittenSpan.ToArray();
    }

    static void ComesBack(ValueArray<Artefact> artefacts, string format)
    {
        var losses = Format.Find(format)!.StructureLosses;
        var sayable = artefacts.Where(a => losses(a).Count == 0).ToValueArray();
        Assert.That(artefacts.Except(sayable).SelectMany(losses).Distinct().Except(Expected(format)), Is.Empty, "what is lost");
        if (sayable.IsEmpty)
            return;

        var written = Write(format, sayable);
        var (message, issues) = Read(written);

        // The files' own faults are found again.
        Assert.That(issues.Where(i => i.Code is not (IssueCode.CyclicParent or IssueCode.DuplicateItem or IssueCode.IllegalIdentifier or IssueCode.UnresolvedReference)).Select(i => i.Message), Is.Empty);
        Assert.That(message.Header, Is.EqualTo(Header));
        var again = message.Artefacts.ToDictionary(a => a.Urn);
        Assert.That(again.Keys, Is.EquivalentTo(sayable.Select(a => a.Urn)));
        foreach (var artefact in sayable)
            Assert.That(again[artefact.Urn].Equals(JsonForm.Of(artefact, format)), artefact.Urn.ToString());
        Assert.That(Write(format, message.Artefacts).AsSpan().SequenceEqual(written), "the same structures, the same bytes");
    }

    static string[] Expected(string format) => format switch
    {
        "structure-json-1.0" => [],
        "structure-json-2.0" => ["that a dimension names measures (MeasureDimension)", "metadata targets and report structures (2.1)"],
        _ => ["that a dimension names measures (MeasureDimension)", "metadata targets and report structures (2.1)", "the id and the names of what is held (Actual)"],
    };

    static readonly string[] Versions = ["structure-json-1.0", "structure-json-2.0", "structure-json-2.1"];

    static IEnumerable<TestCaseData> Facts_and_versions() =>
        StructureFiles.SdgFiles.Concat(StructureFiles.Fixtures).SelectMany(f => Versions.Select(v => new TestCaseData(f, v)));

    static IEnumerable<TestCaseData> Shipped_and_versions() => Shipped().SelectMany(f => Versions.Select(v => new TestCaseData(f, v)));

    [TestCaseSource(nameof(Facts_and_versions))]
    public void Every_structure_of_the_facts_comes_back_equal(string file, string format) => ComesBack(StructureFiles.ReadFile(file).Message.Artefacts, format);

    [TestCaseSource(nameof(Shipped_and_versions))]
    public void Every_shipped_structure_comes_back_equal(string file, string format)
    {
        using var stream = File.OpenRead(Facts.InProject(file));

        ComesBack(StructureFiles.Read(stream).Message.Artefacts, format);
    }

    [Test]
    public void Each_version_is_told_by_its_content([ValueSource(nameof(Versions))] string format)
    {
        var list = new Codelist { Agency = "UN", Id = "CL", Name = new("n"), IsFinal = true };
        foreach (var bytes in (byte[][])[Write(format, [list]), Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Write(format, [list])).Replace("structure-schema", "schema", StringComparison.Ordinal))])
        {
            using var issues = new IssueLog();
            Assert.That(MessageFile.Open(new MemoryStream(bytes), "m", new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues }).Format?.Id, Is.EqualTo(format));
        }
    }

    static Urn Concept(string id) => new("Concept", "UN", "CS", "1.0", id);

    [Test]
    public void What_1_0_has_as_2_1_has_it_comes_back()
    {
        Component Of(string id) => new Dimension { Id = id, ConceptIdentity = Concept(id) };
        var dsd = new DataStructure
        {
            Agency = "UN", Id = "D", Name = new("n"), IsFinal = true,
            Dimensions = [(Dimension)Of("A"), (Dimension)Of("M") with { IsMeasureDimension = true }, (Dimension)Of("B")],
            Groups = [new() { Id = "G", Dimensions = ["A"] }],
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("V") }],
            Attributes =
            [
                new() { Id = "X", ConceptIdentity = Concept("X"), IsMandatory = true, Relationship = new() { Kind = AttachmentLevel.Series, Dimensions = ["B"], AttachmentGroups = ["G"] } },
                new() { Id = "REPORTING_YEAR_START_DAY", ConceptIdentity = Concept("R"), Relationship = new() { Kind = AttachmentLevel.Dataset } },
            ],
        };
        var constraint = new DataConstraint
        {
            Agency = "UN", Id = "C", Name = new("n"), Role = ConstraintRole.Actual, Attachment = [new(ArtefactType.Metadataflow, "UN", "F", "1.0")], ReferencePeriod = ("2020-01-01T00:00:00", "2021-01-01T00:00:00"),
            Regions = [new() { Keys = [new() { Component = "A", Values = [new("1", Cascade.Children), new("2")] }] }, new() { IsIncluded = false, Components = [new() { Component = "X", Values = [new("y")] }] }],
        };
        var scheme = new ConceptScheme { Agency = "UN", Id = "CS", Name = new("n"), Concepts = [new() { Id = "A", Name = new("a") }, new() { Id = "B", Name = new("b"), Parent = "A" }] };

        ComesBack([dsd, constraint, scheme], "structure-json-1.0");

        var text = Encoding.UTF8.GetString(Write("structure-json-1.0", [dsd, constraint, scheme]));
        Assert.That(text, Does.Contain("\"parent\":\"urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=UN:CS(1.0).A\"").And.Contain("\"cascadeValues\":[\"1\"]").And.Contain("\"reportingYearStartDays\"")
            .And.Contain("\"attachmentGroups\":[\"G\"]").And.Contain("\"isFinal\":true").And.Contain("\"referencePeriod\""));
    }

    [Test]
    public void What_is_held_is_an_availability_constraint_in_2_1()
    {
        var held = new DataConstraint
        {
            Agency = "UN", Id = "C", Name = new("n"), Role = ConstraintRole.Actual, Attachment = [new(ArtefactType.Dataflow, "UN", "F", "1.0")],
            Annotations = [new() { Id = "series_count", Title = "12", Type = "sdmx_metrics" }, new() { Id = "obs_count", Title = "345", Type = "sdmx_metrics" }, new() { Id = "other" }],
            Regions = [new() { Keys = [new() { Component = "A", Values = [new("1")] }] }],
        };

        using var document = JsonDocument.Parse(Write("structure-json-2.1", [held]));

        var expected = """
            {"availabilityConstraints":[{"annotations":[{"id":"other"}],"constraintAttachment":{"dataflow":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=UN:F(1.0)"},
              "cubeRegion":{"include":true,"keyValues":[{"id":"A","values":["1"]}]},"seriesCount":12,"obsCount":345}]}
            """;
        Assert.That(JsonElement.DeepEquals(document.RootElement.GetProperty("data"), JsonDocument.Parse(expected).RootElement), Is.True, document.RootElement.GetRawText());
        Assert.That(Format.Find("structure-json-2.1")!.StructureLosses(held), Has.Count.EqualTo(1));
    }

    [Test]
    public void A_key_of_several_values_is_one_in_2_1_and_several_before()
    {
        var keys = new DataConstraint { Agency = "UN", Id = "C", Name = new("n"), KeySets = [new() { Keys = [new([new() { Component = "A", Values = [new("1"), new("2")] }])] }] };

        ComesBack([keys], "structure-json-2.1");
        ComesBack([keys], "structure-json-2.0");
        Assert.That(((DataConstraint)Read(Write("structure-json-2.1", [keys])).Message.Artefacts[0]).KeySets[0].Keys, Has.Count.EqualTo(1));
        Assert.That(((DataConstraint)Read(Write("structure-json-2.0", [keys])).Message.Artefacts[0]).KeySets[0].Keys, Has.Count.EqualTo(2));
    }

    static IEnumerable<string> Messages() =>
    [
        "sdmx-json-1.0/structure-message/samples/constructed-sample.json", "sdmx-json-2.1/structure-message/samples/constructed-sample.json", "v3/json/structure/constructed-sample.json",
        .. ((string[])["consumer/dcs", "dsd/dsd_missing_cs", "dsd/dsd_two_cubes", "dsd/dsd_only", "dsd/bug_617", "constraints/cube", "constraints/keyset", "flows/flows_all_stubs", "flows/flows_no_match",
            "flows/flows", "flows/flows_stubs", "annot/hier_uri", "annot/hier_href", "maps/code_maps_stubs"]).Select(f => $"pysdmx/tests/io/json/sdmxjson2/deser/samples/{f}.json"),
    ];

    [TestCaseSource(nameof(Messages))]
    public void Messages_of_others_are_read_whole(string file)
    {
        var bytes = File.ReadAllBytes(Facts.At(["fixtures", .. file.Split('/')]));
        using var document = JsonDocument.Parse(bytes);
        var data = document.RootElement.GetProperty("data");

        var (message, issues) = Read(bytes);

        Assert.That(issues.Where(i => i.Severity > Severity.Warning).Select(i => i.Message), Is.Empty);
        foreach (var collection in data.EnumerateObject().Where(c => c.Name is not ("valuelists" or "valueLists")))
            Assert.That(message.Artefacts.Count(a => collection.Value.EnumerateArray().Any(e => IsOf(a, e, collection.Name))), Is.EqualTo(collection.Value.GetArrayLength()), collection.Name);
        Assert.That(message.Artefacts.OfType<Codelist>().Sum(l => l.Codes.Count), Is.EqualTo(Count(data, "codelists", "codes")));
        Assert.That(message.Artefacts.OfType<ConceptScheme>().Sum(l => l.Concepts.Count), Is.EqualTo(Count(data, "conceptSchemes", "concepts")));
        Assert.That(message.Artefacts.OfType<DataStructure>().Sum(d => d.Components.Count()), Is.EqualTo(document.RootElement.GetRawText().Split("\"conceptIdentity\"").Length - 1));
    }

    static bool IsOf(Artefact artefact, JsonElement element, string collection) =>
        artefact.Id == element.GetProperty("id").GetString() && artefact.Agency == element.GetProperty("agencyID").GetString()
        && (collection == "contentConstraints" ? artefact is DataConstraint : collection.StartsWith(artefact.Type.ToString(), StringComparison.OrdinalIgnoreCase));

    static int Count(JsonElement data, string scheme, string items) => data.TryGetProperty(scheme, out var schemes)
        ? schemes.EnumerateArray().Sum(s => s.TryGetProperty(items, out var list) ? list.GetArrayLength() : 0) : 0;

    [Test]
    public void The_sample_of_1_0_means_what_that_of_2_1_means()
    {
        StructureMessage Sample(string version) => Read(File.ReadAllBytes(Facts.At("fixtures", version, "structure-message", "samples", "constructed-sample.json"))).Message;

        var (old, recent) = (Sample("sdmx-json-1.0"), Sample("sdmx-json-2.1"));

        var (first, last) = (old.Artefacts.OfType<DataStructure>().Single(), recent.Artefacts.OfType<DataStructure>().Single());
        Assert.That(first.Dimensions.Select(d => d.Id), Is.EqualTo(last.Dimensions.Select(d => d.Id)));
        Assert.That(first.Time!.LocalRepresentation!.Format!.Type, Is.EqualTo(TextType.ObservationalTimePeriod));
        Assert.That(first.Measures.Select(m => m.Id), Is.EqualTo(last.Measures.Select(m => m.Id)));
        Assert.That(first.Attributes.Select(a => (a.Id, a.IsMandatory, a.Relationship.Kind)), Is.EqualTo(last.Attributes.Select(a => (a.Id, a.IsMandatory, a.Relationship.Kind))));
        Assert.That(old.Artefacts.OfType<DataConstraint>().Single().Regions, Is.EqualTo(recent.Artefacts.OfType<DataConstraint>().Single().Regions));
    }

    [Test]
    public void What_is_not_kept_is_named_and_the_rest_is_read()
    {
        var (message, issues) = Read("""
            {"data": {"valueLists": [{"id": "VL", "agencyID": "UN", "name": "x"}],
              "codelists": [{"id": "CL", "agencyID": "UN", "name": "x", "codelistExtensions": [{}]}, {"id": "CL2", "agencyID": "UN", "names": {"fr": "y"}, "codes": [{"id": "1", "name": "a", "codes": [{"id": "2", "name": "b"}]}]}]}}
            """);

        Assert.That(issues.Select(i => (i.Code, i.At.Line)), Is.EqualTo(new[] { (IssueCode.UnsupportedArtefact, 1), (IssueCode.UnsupportedArtefact, 2) }));
        Assert.That(issues.Select(i => i.Message.Split(' ')[1]), Is.EqualTo((string[])["UN:VL(1.0)", "The"]));
        var list = (Codelist)message.Artefacts.Single();
        Assert.That(list.Codes.Select(c => (c.Id, c.Parent)), Is.EqualTo(new[] { ("1", (string?)null), ("2", "1") }), "the codes within codes of the guide");
    }

    [Test]
    public void A_text_that_stands_alone_is_in_the_language_of_the_message()
    {
        const string Flow = """ "data": {"dataflows": [{"id": "F", "agencyID": "UN", "name": "Flux"}]}} """;

        Assert.That(Read("""{"meta": {"contentLanguages": ["fr"]},""" + Flow).Message.Artefacts[0].Name, Is.EqualTo(new InternationalString("Flux", "fr")));
        Assert.That(Read("""{"meta": {"contentLanguages": ["fr", "de"]},""" + Flow).Message.Artefacts[0].Name, Is.EqualTo(new InternationalString("Flux")));
    }

    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN",@"structure": 5}]}""", IssueCode.InvalidType, 2, "data.dataflows[0].structure is 5; a URN was expected.")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN", "structure": "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL(1.0)"}]}""", IssueCode.InvalidType, 1, "where the URN of a DataStructure is expected")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN", "structure": "D"}]}""", IssueCode.UnresolvedReference, 1, "data.dataflows[0].structure: 'D' is malformed")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN", "structur": "x"}]}""", IssueCode.UnexpectedElement, 1, "Did you mean structure?")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "9"}]}""", IssueCode.IllegalIdentifier, 1, "data.dataflows[0]: the agencyID '9'")]
    [TestCase("""{"dataflows": [7]}""", IssueCode.InvalidType, 1, "data.dataflows[0] is 7; an object was expected.")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN", "names": {"en": 1}}]}""", IssueCode.InvalidType, 1, "data.dataflows[0].names.en is 1; a text was expected.")]
    [TestCase("""{"dataflows": [{"id": "F", "agencyID": "UN"}, {"id": "F", "agencyID": "UN", "name": "the more complete one"}]}""", IssueCode.DuplicateArtefact, 1, "the second is kept")]
    [TestCase("""{"dataflow": [{"id": "F"}]}""", IssueCode.UnsupportedFormat, 1, "Did you mean dataflows?")]
    [TestCase("""{"codelists": [{"id": "CL", "agencyID": "UN", "codes": [{"id": "A"},@{"id": "A"}]}]}""", IssueCode.DuplicateItem, 2, "data.codelists[0].codes[1]: Code 'A' is in UN:CL(1.0) twice.")]
    [TestCase("""{"codelists": [{"id": "CL", "agencyID": "UN", "codes": [{"id": "A", "parent": "B"}, {"id": "B", "parent": "A"}]}]}""", IssueCode.CyclicParent, 1, "its own ancestor")]
    [TestCase("""{"codelists": [{"id": "CL", "agencyID": "UN", "codes": [{"id": "A b"}]}]}""", IssueCode.IllegalIdentifier, 1, "the id 'A b'")]
    [TestCase("""{"conceptSchemes": [{"id": "CS", "agencyID": "UN", "concepts": [{"id": "A", "coreRepresentation": {"format": {"dataType": "Strng"}}}]}]}""", IssueCode.InvalidType, 1, "Did you mean String?")]
    [TestCase("""{"conceptSchemes": [{"id": "CS", "agencyID": "UN", "concepts": [{"id": "A", "coreRepresentation": {"format": {"maxLenght": 3}}}]}]}""", IssueCode.UnexpectedElement, 1, "Did you mean maxLength?")]
    [TestCase("""{"dataStructures": [{"id": "D", "agencyID": "UN", "dataStructureComponents": {"dimensionList": {"dimensions": [{"id": "A"}]}}}]}""", IssueCode.IllFormed, 1, "'conceptIdentity' is missing")]
    [TestCase("""{"dataConstraints": [{"id": "C", "agencyID": "UN", "role": "Alowed"}]}""", IssueCode.InvalidType, 1, "Did you mean Allowed?")]
    [TestCase("""{"dataConstraints": [{"id": "C", "agencyID": "UN", "cubeRegions": [{"keyValues": [{"id": "A", "values": [true]}]}]}]}""", IssueCode.InvalidType, 1, "data.dataConstraints[0].cubeRegions[0].keyValues[0].values[0] is true")]
    public void What_is_wrong_is_told_with_its_path_and_line(string data, IssueCode code, int line, string says)
    {
        var (_, issues) = Read("{\"data\": " + data.Replace('@', '\n') + "}");

        Assert.That(issues, Has.Length.EqualTo(1), string.Join('\n', issues.Select(i => i.Message)));
        Assert.That((issues[0].Code, issues[0].At.Line), Is.EqualTo((code, line)), issues[0].Message);
        Assert.That(issues[0].Message, Does.Contain(says));
        Assert.That(issues[0].At.Column, Is.Positive);
    }

    [Test]
    public void A_component_that_is_not_there_is_told()
    {
        const string Concept = "urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=UN:CS(1.0).A";
        var (message, issues) = Read($$$$"""
            {"data": {"dataStructures": [{"id": "D", "agencyID": "UN", "dataStructureComponents": {"dimensionList": {"dimensions": [{"conceptIdentity": "{{{{Concept}}}}"}]},
              "attributeList": {"attributes": [{"id": "X", "conceptIdentity": "{{{{Concept}}}}", "attributeRelationship": {"dimensions": ["B"]}}, {"id": "Y", "conceptIdentity": "{{{{Concept}}}}"}]}}}]}}
            """);

        Assert.That(issues.Select(i => i.Code), Is.EqualTo((IssueCode[])[IssueCode.UnresolvedReference, IssueCode.UnresolvedReference]));
        Assert.That(issues[0].Message, Does.StartWith("data.dataStructures[0].dataStructureComponents.attributeList.attributes[1]: Attribute 'Y' does not say"));
        Assert.That(issues[1].Message, Does.Contain("attribute 'X' of UN:D(1.0) refers to the dimension 'B'"));
        Assert.That(((DataStructure)message.Artefacts[0]).Dimensions[0].Id, Is.EqualTo("A"), "the id of its concept");
    }

    [Test]
    public void A_message_that_is_too_deep_is_refused_for_it()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"id": "A", "categories": [""", 40)) + string.Concat(Enumerable.Repeat("]}", 40));

        var (message, issues) = Read(Encoding.UTF8.GetBytes("{\"data\": {\"categorySchemes\": [" + deep + "]}}"), new() { MaxDepth = 60 });

        Assert.That((message.Artefacts.Count, issues.Single().Code), Is.EqualTo((0, IssueCode.LimitExceeded)));
    }

    [Test]
    public void A_mistake_in_each_line_is_found_in_each_line()
    {
        var codes = string.Join(",\n", Enumerable.Range(0, 5000).Select(i => $"{{\"id\": \"a {i}\"}}"));

        var (_, issues) = Read("{\"data\": {\"codelists\": [{\"id\": \"CL\", \"agencyID\": \"UN\", \"codes\": [\n" + codes + "]}]}}");

        Assert.That(issues.Select(i => i.At.Line), Is.EqualTo(Enumerable.Range(2, 5000)));
    }
}

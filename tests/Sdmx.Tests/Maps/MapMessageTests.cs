using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sdmx.Formats;
using Sdmx.Tests.Json;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Maps;

/// <summary>Structure maps and representation maps in messages of SDMX-ML 3.0 and SDMX-JSON 2.0.</summary>
public sealed class MapMessageTests
{
    static readonly Lazy<JsonSchema> Schema = new(() => JsonSchema.Load("standards", "schemas", "sdmx-json-2.0", "sdmx-json-structure-schema.json"));

    [Test]
    public void What_is_written_is_read_back_equal([Values("structure-xml-3.0", "structure-xml-3.1", "structure-json-2.0")] string format)
    {
        var written = MapMessages.Write(format, MapMessages.Values, MapMessages.Full);

        var (message, issues) = MapMessages.Read(written);

        Assert.That(issues.Select(i => i.Message), Is.Empty);
        Assert.That(message.Artefacts, Is.EquivalentTo((Artefact[])[MapMessages.Full, MapMessages.Values]));
        Assert.That(message.Header, Is.EqualTo(new MessageHeader { Id = "MAPS", Prepared = "2026-01-01T00:00:00Z", Sender = "UN" }));
        Assert.That(MapMessages.Write(format, [.. message.Artefacts]), Is.EqualTo(written), "the same message, the same bytes");
    }

    [Test]
    public void Xml_is_valid_by_the_official_schema_of_3_0() =>
        Assert.That(OfficialSchemas.Complaints(MapMessages.Write("structure-xml-3.0", MapMessages.Full, MapMessages.Values), "3.0.1"), Is.Empty);

    [Test]
    public void Json_is_valid_by_the_official_schema_of_2_0()
    {
        using var document = JsonDocument.Parse(MapMessages.Write("structure-json-2.0", MapMessages.Full, MapMessages.Values));

        Assert.That(Schema.Value.Complaints(document.RootElement), Is.Empty);
    }

    [Test]
    public void Every_part_counts_in_equality()
    {
        Assert.That(MapMessages.Full with { FixedValues = [] }, Is.Not.EqualTo(MapMessages.Full));
        Assert.That(MapMessages.Values with { Mappings = [.. MapMessages.Values.Mappings.Take(2)] }, Is.Not.EqualTo(MapMessages.Values));
        Assert.That(MapMessages.Full with { EpochMaps = [MapMessages.Full.EpochMaps[0] with { ResolvePeriod = null }] }, Is.Not.EqualTo(MapMessages.Full));
    }

    [Test]
    public void A_map_refers_to_its_ends_and_to_the_tables_that_it_uses()
    {
        Assert.That(MapMessages.Full.References.Select(u => u.ShortName), Is.EqualTo((string[])["RW:SDG(1.3)", "UN:DF(1.0)", "UN:AREAS(1.0)"]));
        Assert.That(MapMessages.Values.References.Select(u => u.ShortName), Is.EqualTo((string[])["RW:CL_AREA(1.0)", "UN:VL(2.0)"]));
    }

    [TestCase("sm.json", 2, 0)]
    [TestCase("code_maps.json", 0, 2)]
    public void Maps_of_another_program_are_read_whole(string file, int structureMaps, int tables)
    {
        var bytes = File.ReadAllBytes(Facts.At("fixtures", "pysdmx", "tests", "io", "json", "sdmxjson2", "deser", "samples", "maps", file));

        var (message, issues) = MapMessages.Read(bytes);

        Assert.That(issues.Select(i => i.Message), Is.Empty);
        Assert.That((message.Artefacts.OfType<StructureMap>().Count(), message.Artefacts.OfType<RepresentationMap>().Count()), Is.EqualTo((structureMaps, tables)));
        var xml = MapMessages.Write("structure-xml-3.0", [.. message.Artefacts]);
        Assert.That(OfficialSchemas.Complaints(xml, "3.0.1"), Is.Empty);
        Assert.That(MapMessages.Read(xml).Message.Artefacts, Is.EqualTo(message.Artefacts));
    }

    [Test]
    public void The_sample_of_the_standard_has_all_that_is_said()
    {
        var sample = JsonNode.Parse(File.ReadAllBytes(Facts.At("fixtures", "sdmx-json-2.1", "structure-message", "samples", "generated-sample.json")))!.AsObject();
        var data = sample["data"]!.AsObject();
        foreach (var other in data.Select(m => m.Key).Where(k => k is not ("structureMaps" or "representationMaps")).ToList())
            data.Remove(other);

        var (message, issues) = MapMessages.Read(Encoding.UTF8.GetBytes(sample.ToJsonString()));

        Assert.That(issues.Where(i => i.Severity > Severity.Warning), Is.Empty);
        var map = message.Artefacts.OfType<StructureMap>().Single();
        Assert.That(map.ComponentMaps.Single().Sources, Is.EqualTo((string[])["ABC", "DEF"]));
        Assert.That((map.EpochMaps.Single().EpochPeriod, map.DatePatternMaps.Single().Locale, map.FrequencyFormats.Single().Frequency, map.FixedValues.Single().Component), Is.EqualTo(("millisecond", "in fugiat", "ABC", "ABC")));
        var table = message.Artefacts.OfType<RepresentationMap>().Single();
        Assert.That(table.Mappings.Single().Sources.Single(), Is.EqualTo(new MappedValue("ABC", false, 92034568, 55653822)));
        Assert.That(table.Mappings.Single().Targets, Has.Count.EqualTo(2));
    }

    [Test]
    public void What_has_no_place_in_a_message_is_told()
    {
        var json = """{"data": {"structureMaps": [{"id": "M", "agencyID": "UN", "name": "x", "source": 5, "sauce": 1, "componentMaps": [{"source": "A", "target": ["B"], "colour": 1}]}]}}""";

        var (message, issues) = MapMessages.Read(Encoding.UTF8.GetBytes(json));

        Assert.That(message.Artefacts, Has.Count.EqualTo(1));
        Assert.That(issues.Single(i => i.Value == "sauce").Message, Does.EndWith("Did you mean source?"));
        Assert.That(issues.Select(i => i.Message.Split(':')[0]), Is.EqualTo((string[])
        [
            "data.structureMaps[0].source is 5; a URN was expected.", "data.structureMaps[0].componentMaps[0].source is \"A\"; an array of texts was expected.",
            "data.structureMaps[0].componentMaps[0].colour", "data.structureMaps[0].sauce",
        ]));
    }

    [TestCase("""{"data": {"structureMaps": [""", IssueCode.IllFormed)]
    [TestCase("""{"structureMaps": []}""", IssueCode.UnknownFormat)]
    public void Json_that_is_no_message_is_one_fault(string json, IssueCode code)
    {
        var (message, issues) = MapMessages.Read(Encoding.UTF8.GetBytes(json));

        Assert.That(message.Artefacts, Is.Empty);
        Assert.That(issues.Select(i => i.Code), Is.EqualTo((IssueCode[])[code]));
    }

    [Test]
    public void Lists_in_3_0_are_read_with_the_maps_beside_them()
    {
        var xml = Encoding.UTF8.GetString(MapMessages.Write("structure-xml-3.0", MapMessages.Values)).Replace("<mes:Structures>",
            "<mes:Structures><str:Codelists><str:Codelist id='CL' agencyID='UN' version='1.0'><com:Name>x</com:Name></str:Codelist></str:Codelists>", StringComparison.Ordinal);

        var (message, issues) = MapMessages.Read(Encoding.UTF8.GetBytes(xml));

        Assert.That(issues, Is.Empty);
        Assert.That(message.Artefacts, Is.EqualTo((Artefact[])[new Codelist { Agency = "UN", Id = "CL", Name = new("x") }, MapMessages.Values]));
    }

    [Test]
    public void Each_version_says_what_it_cannot_carry()
    {
        var held = new DataConstraint { Agency = "UN", Id = "CN", Role = ConstraintRole.Actual };
        var hours = MapMessages.Values with { Mappings = [new() { Sources = [new("1")], ValidFrom = "2017-11-16T11:04:00Z" }] };

        Assert.That(Format.Find("structure-xml-2.1")!.StructureLosses(MapMessages.Full), Is.EqualTo((string[])["a StructureMap, which SDMX has since 3.0"]));
        Assert.That(Format.Find("structure-xml-3.0")!.StructureLosses(held), Is.Empty);
        Assert.That(Format.Find("structure-xml-3.1")!.StructureLosses(held), Has.Count.EqualTo(1));
        Assert.That(Format.Find("structure-xml-3.0")!.StructureLosses(hours), Has.Count.EqualTo(1));
        Assert.That(Format.Find("structure-xml-3.0")!.StructureLosses(MapMessages.Full), Is.Empty);
        Assert.That(Format.Find("structure-json-2.0")!.StructureLosses(hours), Is.Empty);
    }
}

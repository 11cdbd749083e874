using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Xml;

/// <summary>Structures in SDMX-ML 3.0 and 3.1: what 2.1 says, what the fixtures say, and what only 3.x can say.</summary>
public sealed class StructureXmlV3Tests
{
    static readonly string[] Versions = ["3.0", "3.1"];

    static IEnumerable<TestCaseData> LegacyFiles => StructureFiles.SdgFiles.Concat(StructureFiles.Fixtures).SelectMany(f => Versions, (f, v) => new TestCaseData(f, v));

    static IEnumerable<string> Samples => ((string[])["sdmx-ml-3.0", "sdmx-ml-3.1", "v3/xml", "pysdmx/tests/io/xml/sdmx30", "pysdmx/tests/io/xml/sdmx31", "ESTAT"])
        .SelectMany(f => Directory.GetFiles(Facts.At(["fixtures", .. f.Split('/')]), "*.xml", SearchOption.AllDirectories))
        .Where(f => MessageSniffer.Sniff(new MemoryStream(File.ReadAllBytes(f)), new()).Format?.Id.StartsWith("structure-xml-3", StringComparison.Ordinal) is true)
        .Where(f => Path.GetFileName(f) != "dataflow_no_structure_specific.xml") // holds nothing
        .Select(f => Path.GetRelativePath(Facts.At("fixtures"), f)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(LegacyFiles))]
    public void What_2_1_says_is_said_or_named_as_a_loss(string file, string version)
    {
        var format = Of(version);
        var (message, _) = StructureFiles.ReadFile(file);
        var able = message.Artefacts.Where(a => format.StructureLosses(a).Count == 0).ToValueArray();

        var written = StructureFiles.Write(message with { Artefacts = able }, format.Id);
        var (again, issues) = StructureFiles.Read(written);

        Assert.That(issues.Where(i => i.Code != IssueCode.IllegalIdentifier), Is.Empty);
        Assert.That(again.Header, Is.EqualTo(message.Header));
        Assert.That(Sorted(again.Artefacts), Is.EqualTo(Sorted(able.Select(a => Plain(a, version)))));
        Assert.That(StructureFiles.Write(again, format.Id), Is.EqualTo(written), "the same message, the same bytes");
        Assert.That(message.Artefacts.Except(able).All(HasLegacyPart), "nothing else is refused");
        if (!file.Contains("SDG_1.1", StringComparison.Ordinal))
            Assert.That(Complaints(written, able), Is.Empty);
    }

    [Test]
    public void What_the_hub_ships_is_said_whole([Values("3.0", "3.1")] string version)
    {
        var artefacts = ((string[])["dsd", "msd"]).SelectMany(f => Directory.GetFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories))
            .SelectMany(f => StructureFiles.Read(File.ReadAllBytes(f)).Message.Artefacts).DistinctBy(a => a.Urn).ToList();
        var format = Of(version);
        var able = artefacts.Where(a => format.StructureLosses(a).Count == 0).ToValueArray();

        var written = StructureFiles.Write(new(new() { Id = "S" }, able), format.Id);

        var (again, issues) = StructureFiles.Read(written);
        Assert.That(issues, Is.Empty);
        Assert.That(Sorted(again.Artefacts), Is.EqualTo(Sorted(able.Select(a => Plain(a, version)))));
        Assert.That(artefacts.Except(able).All(HasLegacyPart));
        Assert.That(able.OfType<DataStructure>(), Is.Not.Empty);
        Assert.That(Complaints(written, able), Is.Empty);
    }

    [TestCaseSource(nameof(Samples))]
    public void A_sample_of_3_x_is_read_and_written_again(string file)
    {
        var (message, issues) = StructureFiles.ReadFile("fixtures/" + file);

        Assert.That(issues.Where(i => i.Severity >= Severity.Error).Select(i => $"{i.At.Line}: {i.Message}"), Is.Empty);
        Assert.That(issues.Where(i => i.Code == IssueCode.UnexpectedElement).Select(i => i.Message), Is.Empty);
        Assert.That(message.Artefacts.Count + issues.Count(i => i.Code == IssueCode.UnsupportedArtefact), Is.GreaterThan(0));
        foreach (var format in Versions.Select(Of))
        {
            var able = message.Artefacts.Where(a => format.StructureLosses(a).Count == 0).ToValueArray();
            Assert.That(message.Artefacts.Except(able).All(a => HasOwnPart(a, format)), "nothing else is refused");
            var written = StructureFiles.Write(message with { Artefacts = able }, format.Id);
            Assert.That(Sorted(StructureFiles.Read(written).Message.Artefacts), Is.EqualTo(Sorted(able.Select(a => Plain(a, format.Id[^3..])))), format.Id);
            Assert.That(Complaints(written, able).Where(c => !c.Contains("ReleaseCalendar", StringComparison.Ordinal)), Is.Empty, format.Id);
        }
    }

    [Test]
    public void All_that_3_x_can_say_comes_back_equal([Values("3.0", "3.1")] string version)
    {
        var format = Of(version);
        Artefact[] able = [.. V3Structures.All.Where(a => format.StructureLosses(a).Count == 0)];

        var written = StructureFiles.Write(new(new() { Id = "S" }, [.. able]), format.Id);
        var (again, issues) = StructureFiles.Read(written);

        Assert.That(issues.Select(i => $"{i.At.Line}: {i.Message}"), Is.Empty);
        Assert.That(Sorted(again.Artefacts), Is.EqualTo(Sorted(able.Select(a => Plain(a, version)))));
        Assert.That(Complaints(written, able), Is.Empty);
        Assert.That(V3Structures.All.Except(able).Select(a => a.Id), Is.EqualTo(version == "3.0" ? (string[])["SOME", "EVOLVING"] : ["HELD"]));
    }

    [Test]
    public void What_only_3_x_can_say_is_named_by_2_1() =>
        Assert.That(V3Structures.All.Where(a => Of("2.1").StructureLosses(a).Count == 0).Select(a => a.Id), Is.EqualTo((string[])["HELD", "KEYS"]));

    [Test]
    public void A_key_of_several_values_is_several_keys_in_3_0()
    {
        var constraint = (DataConstraint)V3Structures.All.Single(a => a.Id == "KEYS");

        var (message, _) = StructureFiles.Read(StructureFiles.Write(new(new() { Id = "S" }, [constraint]), "structure-xml-3.0"));

        var keys = ((DataConstraint)message.Artefacts[0]).KeySets[0].Keys;
        Assert.That(keys.Select(k => string.Join('.', k.Values.Select(v => v.Values.Single().Value))), Is.EqualTo((string[])["A.1", "A.2", "B.1", "B.2"]));
    }

    [TestCase("<str:Structure>SDMX:DF(1.0)</str:Structure>", IssueCode.UnresolvedReference, "<Structure> is 'SDMX:DF(1.0)'")]
    [TestCase("<str:Structure>urn:sdmx:org.sdmx.infomodel.process.Process=A:P(1.0)</str:Structure>", IssueCode.UnresolvedReference, "expected")]
    [TestCase("<str:Colour/>", IssueCode.UnexpectedElement, "<Colour>")]
    [TestCase("<str:DataStructure/>", IssueCode.UnexpectedElement, "<DataStructure>")]
    public void A_fault_names_line_and_element(string content, IssueCode code, string text)
    {
        var (message, issues) = StructureFiles.Read(Message($"<str:Dataflows>\n<str:Dataflow id='F' agencyID='A' version='1.0.0'><com:Name>x</com:Name>\n{content}</str:Dataflow></str:Dataflows>"));

        Assert.That(message.Artefacts, Has.Count.EqualTo(1));
        Assert.That(issues.Select(i => (i.Code, i.At.Line)), Is.EqualTo(((IssueCode, int)[])[(code, 3)]));
        Assert.That(issues[0].Message, Does.Contain(text));
    }

    [TestCase("<str:DataConstraint id='C' agencyID='A'><com:Name>x</com:Name></str:DataConstraint>", IssueCode.InvalidType, "role")]
    [TestCase("<str:DataConstraint id='C' agencyID='A' role='Any'><com:Name>x</com:Name></str:DataConstraint>", IssueCode.InvalidType, "Allowed or Actual")]
    [TestCase("<str:DataConstraint id='C' agencyID='A' role='Actual' version='1.0-x'><com:Name>x</com:Name></str:DataConstraint>", IssueCode.IllegalIdentifier, "1.0-x")]
    [TestCase("<str:ContentConstraint id='C' agencyID='A' type='Actual'><com:Name>x</com:Name></str:ContentConstraint>", IssueCode.UnsupportedArtefact, "ContentConstraint")]
    public void A_fault_of_a_constraint_is_told(string constraint, IssueCode code, string text)
    {
        var (_, issues) = StructureFiles.Read(Message($"<str:DataConstraints>{constraint}</str:DataConstraints>"));

        Assert.That(issues.Select(i => i.Code), Is.EqualTo((IssueCode[])[code]));
        Assert.That(issues[0].Message, Does.Contain(text));
    }

    [Test]
    public void What_is_not_kept_of_an_annotation_or_attribute_is_told()
    {
        var (_, issues) = StructureFiles.Read(Message("""
            <str:Codelists><str:Codelist id='CL' agencyID='A'><com:Annotations><com:Annotation><com:AnnotationURL>http://a</com:AnnotationURL><com:AnnotationURL xml:lang='fr'>http://b</com:AnnotationURL></com:Annotation></com:Annotations>
            <com:Link rel='x' url='http://c'/><com:Name>x</com:Name></str:Codelist></str:Codelists>
            """));

        Assert.That(issues.Select(i => (i.Code, i.Value)), Is.EqualTo(((IssueCode, string?)[])[(IssueCode.UnexpectedElement, "AnnotationURL"), (IssueCode.UnexpectedElement, "Link")]));
    }

    static byte[] Message(string content) => Encoding.UTF8.GetBytes(
        "<mes:Structure xmlns:mes='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message' xmlns:str='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure' "
        + $"xmlns:com='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common'><mes:Header/><mes:Structures>{content}</mes:Structures></mes:Structure>");

    static Format Of(string version) => Format.Find($"structure-xml-{version}")!;

    static IEnumerable<Artefact> Sorted(IEnumerable<Artefact> artefacts) => artefacts.OrderBy(a => a.Urn.ToString(), StringComparer.Ordinal);

    // What is said otherwise in 3.x, as docs/formats.md tells.
    static Artefact Plain(Artefact artefact, string version) => artefact switch
    {
        DataStructure dsd => dsd with
        {
            IsFinal = null,
            Time = dsd.Time is null ? null : dsd.Time with { Position = null, LocalRepresentation = dsd.Time.LocalRepresentation ?? new() { Format = new() { Type = TextType.ObservationalTimePeriod } } },
            Attributes = dsd.Attributes.Select(a => a with { Relationship = a.Relationship.WithoutAttachmentGroups(dsd) }).ToValueArray(),
        },
        DataConstraint constraint => constraint with
        {
            IsFinal = null,
            KeySets = constraint.KeySets.Select(s => version == "3.0" ? s with { Keys = s.Keys.SelectMany(k => k.Singles).ToValueArray() } : s).ToValueArray(),
        },
        _ => artefact with { IsFinal = null },
    };

    // There are no official schemas of 3.1 here; but for constraints, which are not held against any, and its own parts it says the same as 3.0.
    static IEnumerable<string> Complaints(byte[] message, IReadOnlyCollection<Artefact> artefacts)
    {
        var text = Encoding.UTF8.GetString(message);
        return text.Contains("schemas/v3_1/", StringComparison.Ordinal) && artefacts.Any(a => a is DataConstraint or Categorisation or DataStructure { IsEvolving: true } or Dataflow { Dimensions.IsEmpty: false })
            ? [] : OfficialSchemas.Complaints(Encoding.UTF8.GetBytes(text.Replace("schemas/v3_1/", "schemas/v3_0/", StringComparison.Ordinal)), "3.0.1");
    }

    static bool HasLegacyPart(Artefact artefact) => artefact is MetadataStructure or DataConstraint or OrganisationScheme
        or Categorisation { Version: not "1.0" } or ProvisionAgreement { Dataflow.Class: "Metadataflow" } || artefact is DataStructure dsd && dsd.Dimensions.Any(d => d.IsMeasureDimension);

    static bool HasOwnPart(Artefact artefact, Format format) => format.Id.EndsWith("3.0", StringComparison.Ordinal)
        ? artefact is DataStructure { IsEvolving: true } or Dataflow { Dimensions.IsEmpty: false }
        : artefact is DataConstraint { Role: ConstraintRole.Actual };
}

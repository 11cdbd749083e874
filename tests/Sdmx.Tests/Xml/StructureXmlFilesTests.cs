using System.Xml.Linq;

namespace Sdmx.Tests.Xml;

/// <summary>Every real 2.1 structure file held is read without loss: checked against the bare XML, without the hub's reader.</summary>
public sealed class StructureXmlFilesTests
{
    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.Fixtures))]
    public void What_is_written_says_what_was_read(string file)
    {
        var (message, issues) = StructureFiles.ReadFile(file);
        var before = StructureFacts.Of(XDocument.Load(Facts.At(file.Split('/')), LoadOptions.PreserveWhitespace));

        var written = StructureFiles.Write(message);

        var after = StructureFacts.Of(XDocument.Load(new MemoryStream(written), LoadOptions.PreserveWhitespace));
        Assert.That(issues.Where(i => i.Severity >= Severity.Error && !IsNumberAsId(i)), Is.Empty);
        Assert.That(before, Is.Not.Empty);
        Assert.That(before.Except(after).Take(10), Is.Empty, "lost");
        Assert.That(after.Except(before).Take(10), Is.Empty, "invented");
        Assert.That(after, Has.Length.EqualTo(before.Length));
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.Fixtures))]
    public void What_is_written_reads_back_equal_and_gives_the_same_bytes(string file)
    {
        var (message, _) = StructureFiles.ReadFile(file);

        var written = StructureFiles.Write(message);
        var (again, issues) = StructureFiles.Read(written);

        Assert.That(issues.Where(i => !IsNumberAsId(i)), Is.Empty);
        Assert.That(again.Header, Is.EqualTo(message.Header));
        Assert.That(again.Artefacts.OrderBy(a => a.Urn.ToString()), Is.EqualTo(message.Artefacts.OrderBy(a => a.Urn.ToString())));
        Assert.That(StructureFiles.Write(again), Is.EqualTo(written));
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.Fixtures))]
    public void What_is_written_is_valid_by_the_official_schemas(string file)
    {
        var (message, _) = StructureFiles.ReadFile(file);

        Assert.That(OfficialSchemas.Complaints(StructureFiles.Write(message), "2.1")
            .Where(c => !(file.Contains("SDG_1.1", StringComparison.Ordinal) && c.Contains("common:IDType", StringComparison.Ordinal))), Is.Empty);
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    public void Codelists_in_the_model_are_those_of_the_file(string file)
    {
        var document = XDocument.Load(Facts.At(file.Split('/')), LoadOptions.PreserveWhitespace);
        var expected = StructureFacts.Artefacts(document).Where(a => a.Name.LocalName == "Codelist").SelectMany(list => list.Elements()
            .Where(c => c.Name.LocalName == "Code").Select(code => Line((string)list.Attribute("id")!, (string)code.Attribute("id")!,
                (string?)code.Descendants().FirstOrDefault(e => e.Name.LocalName == "Parent")?.Elements().First().Attribute("id"),
                Texts(code, "Name"), Texts(code, "Description"),
                code.Descendants().Where(e => e.Name.LocalName == "Annotation").Select(a => string.Join('|', a.Elements().Select(e => e.Value))))));

        var (message, _) = StructureFiles.ReadFile(file);
        var actual = message.Artefacts.OfType<Codelist>().SelectMany(list => list.Codes.Select(code => Line(list.Id, code.Id, code.Parent,
            code.Name.Texts.Select(t => t.Language + t.Text), code.Description.Texts.Select(t => t.Language + t.Text),
            code.Annotations.Select(a => string.Join('|', ((string?[])[a.Title, a.Type, a.Url]).OfType<string>().Concat(a.Text.Texts.Select(t => t.Text)))))));

        Assert.That(actual.Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    [TestCaseSource(typeof(StructureFiles), nameof(StructureFiles.SdgFiles))]
    public void Components_in_the_model_are_those_of_the_file(string file)
    {
        string[] kinds = ["Dimension", "TimeDimension", "PrimaryMeasure", "Attribute"];
        var document = XDocument.Load(Facts.At(file.Split('/')));
        var expected = StructureFacts.Artefacts(document).Where(a => a.Name.LocalName == "DataStructure").Descendants()
            .Where(e => kinds.Contains(e.Name.LocalName) && e.Attribute("id") is not null)
            .Select(e => string.Join('|',
                (string)e.Attribute("id")!,
                (string?)e.Elements().First(c => c.Name.LocalName == "ConceptIdentity").Elements().First().Attribute("id"),
                (string?)e.Descendants().FirstOrDefault(c => c.Name.LocalName == "Enumeration")?.Elements().First().Attribute("id"),
                e.Descendants().Any(c => c.Name.LocalName == "Enumeration") ? null : e.Descendants().FirstOrDefault(c => c.Name.LocalName == "TextFormat")?.Attribute("textType")?.Value.ToUpperInvariant(),
                (string?)e.Attribute("position"),
                (string?)e.Attribute("assignmentStatus") == "Mandatory",
                string.Join(',', e.Descendants().Where(c => c.Name.LocalName == "Dimension").Select(d => (string?)d.Elements().First().Attribute("id")))));

        var (message, _) = StructureFiles.ReadFile(file);
        var actual = message.Artefacts.OfType<DataStructure>().SelectMany(d => d.Components).Select(c => string.Join('|',
            c.Id, c.ConceptIdentity.Item, c.LocalRepresentation?.Enumeration?.Id,
            c.LocalRepresentation is { Enumeration: null, Format: { } format } ? format.Type.ToString().ToUpperInvariant() : null,
            (c as Dimension)?.Position ?? (c as TimeDimension)?.Position,
            c is DataAttribute { IsMandatory: true },
            string.Join(',', (c as DataAttribute)?.Relationship.Dimensions ?? [])));

        Assert.That(actual.Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    [TestCase("sdg/dsd/IAEG-SDGs_SDG_1.15_2023-10.xml")]
    [TestCase("sdg/dsd/IAEG-SDGs_SDG_1.17_2024-04.xml")]
    public void A_structure_given_twice_and_pointers_to_nothing_are_told_and_left_out(string file)
    {
        var (message, issues) = StructureFiles.ReadFile(file);

        Assert.That(issues.Count(i => i.Code == IssueCode.DuplicateArtefact), Is.EqualTo(1));
        Assert.That(issues.Count(i => i.Code == IssueCode.PointerWithoutTarget), Is.EqualTo(15));
        Assert.That(issues.Select(i => i.At.Line), Is.All.GreaterThan(1));
        Assert.That(message.Artefacts.OfType<DataStructure>().Count(), Is.EqualTo(1));
        Assert.That(message.Artefacts.OfType<Codelist>().Count(), Is.EqualTo(20));
    }

    [Test]
    public void The_structures_the_hub_ships_read_without_a_finding_and_are_valid()
    {
        string[] files = [.. ((string[])["dsd", "msd"]).SelectMany(f => Directory.GetFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories))];

        Assert.That(files, Is.Not.Empty);
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            Assert.That(StructureFiles.Read(bytes).Issues, Is.Empty, file);
            Assert.That(OfficialSchemas.Complaints(bytes, "2.1"), Is.Empty, file);
        }
    }

    // The 1.15 and 1.17 files come from an office that put figures, and words in Cyrillic, where codes belong.
    static bool IsNumberAsId(Issue issue) => issue.Code == IssueCode.IllegalIdentifier && issue.Message.Contains("<Code>", StringComparison.Ordinal);

    static string Line(string list, string code, string? parent, IEnumerable<string> names, IEnumerable<string> descriptions, IEnumerable<string> annotations) =>
        string.Join('\n', list, code, parent, string.Join('\n', names), string.Join('\n', descriptions), string.Join('\n', annotations));

    static IEnumerable<string> Texts(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name)
        .Select(e => ((string?)e.Attribute(XNamespace.Xml + "lang") ?? "en") + e.Value);
}

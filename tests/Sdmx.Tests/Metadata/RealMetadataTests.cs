using System.Text;
using System.Xml;
using SharedFacts;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Metadata;

/// <summary>Every metadata message among the facts: what is read is what a bare reader counts, and comes back the same.</summary>
public sealed class RealMetadataTests
{
    /// <summary>How many files, sets, attributes and texts a folder of the facts has, and the languages of the texts, by the facts' own report.</summary>
    static readonly (string Folder, int Files, int Sets, int Attributes, int Texts, string Languages)[] Known =
    [
        ("sdg/metadata/BI", 184, 424, 18232, 18232, "en fr"),
        ("sdg/metadata/MZ", 52, 52, 1940, 1940, "en pt"),
        ("sdg/metadata/TJ", 3, 11, 173, 519, "en ru tg"),
        ("sdg/metadata/UK", 5, 0, 0, 0, ""),
        ("sdg/metadata/WB_convert_sdmx_mds1.xml", 1, 1, 43, 43, "en"),
        ("fixtures/ESTAT/esms.xml", 1, 1, 16, 1, "en"),
        ("fixtures/v21/xml/demography/esms_generic.xml", 1, 1, 16, 1, "en"),
        ("fixtures/pysdmx/tests/io/xml/sdmx31/reader/samples/generic_metadata.xml", 1, 1, 5, 0, ""),
    ];

    static IEnumerable<string> Folders => Known.Select(k => k.Folder);

    static string[] Files(string folder)
    {
        var path = Facts.At(folder.Split('/'));
        return Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [path];
    }

    [TestCaseSource(nameof(Folders))]
    public void What_is_read_is_what_is_there(string folder)
    {
        var total = (Files: 0, Sets: 0, Attributes: 0, Texts: 0, Languages: new SortedSet<string>(StringComparer.Ordinal));
        foreach (var file in Files(folder))
        {
            var sets = Read(File.ReadAllBytes(file), file).Artefacts.Cast<MetadataSet>().ToList();
            var read = (sets.Count, sets.Sum(s => s.AllAttributes.Count()), sets.Sum(s => s.AllAttributes.Sum(a => a.Text.Texts.Count)), string.Join(' ', sets.SelectMany(s => s.Languages).Distinct().Order(StringComparer.Ordinal)));
            var counted = Count(file);

            Assert.That(read, Is.EqualTo(counted), file);
            total = (total.Files + 1, total.Sets + read.Item1, total.Attributes + read.Item2, total.Texts + read.Item3, total.Languages);
            total.Languages.UnionWith(sets.SelectMany(s => s.Languages));
        }

        Assert.That((folder, total.Files, total.Sets, total.Attributes, total.Texts, string.Join(' ', total.Languages)), Is.EqualTo(Known.Single(k => k.Folder == folder)));
    }

    [TestCaseSource(nameof(Folders))]
    public void It_comes_back_the_same_and_valid_by_the_official_schema(string folder)
    {
        foreach (var file in Files(folder))
        {
            var message = Read(File.ReadAllBytes(file), file);
            var format = folder.Contains("sdmx31", StringComparison.Ordinal) ? "metadata-xml-3.0" : "metadata-xml-2.1";

            var bytes = MetadataMessages.Write(format, message);
            var again = Read(bytes, file);

            Assert.That(again.Header, Is.EqualTo(message.Header), file);
            Assert.That(again.Artefacts.SequenceEqual(message.Artefacts), file);
            Assert.That(MetadataMessages.Write(format, again), Is.EqualTo(bytes), file);
            // The header needs a structure; a message without sets has none to name.
            if (message.Artefacts.Count > 0)
                Assert.That(OfficialSchemas.Complaints(bytes, format == "metadata-xml-2.1" ? "2.1" : "3.0.1"), Is.Empty, file);
        }
    }

    [Test]
    public void Texts_are_as_a_bare_reader_has_them()
    {
        foreach (var file in Files("sdg/metadata/TJ").Concat(Files("sdg/metadata/MZ")))
        {
            var read = Read(File.ReadAllBytes(file), file).Artefacts.Cast<MetadataSet>().SelectMany(s => s.AllAttributes).SelectMany(a => a.Text.Texts).Select(t => t.Text);

            Assert.That(read, Is.EqualTo(Texts(file)), file);
        }
    }

    static StructureMessage Read(byte[] bytes, string file)
    {
        using var issues = new IssueLog();
        var message = MetadataMessages.Read(new MemoryStream(bytes), Path.GetFileName(file), issues);
        Assert.That(issues.All.Select(i => i.Code), Is.EqualTo(message.Artefacts.Count > 0 ? [] : (IssueCode[])[IssueCode.NoMetadata]), file);
        return message;
    }

    static (int Sets, int Attributes, int Texts, string Languages) Count(string file)
    {
        var (sets, attributes, texts) = (0, 0, 0);
        var languages = new SortedSet<string>(StringComparer.Ordinal);
        using var xml = XmlReader.Create(file);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            sets += xml.LocalName == "MetadataSet" ? 1 : 0;
            attributes += xml.LocalName is "ReportedAttribute" or "Attribute" ? 1 : 0;
            if (xml.LocalName is not ("Text" or "StructuredText"))
                continue;
            texts++;
            languages.Add(xml.GetAttribute("xml:lang") ?? "en");
        }

        return (sets, attributes, texts, string.Join(' ', languages));
    }

    static List<string> Texts(string file)
    {
        var texts = new List<string>();
        StringBuilder? open = null;
        using var xml = XmlReader.Create(file);
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Text" && xml.IsEmptyElement)
                texts.Add("");
            else if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Text")
                open = new StringBuilder();
            else if (xml.NodeType == XmlNodeType.EndElement && xml.LocalName == "Text")
            {
                texts.Add(open!.ToString());
                open = null;
            }
            else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                open?.Append(xml.Value);
        }

        return texts;
    }
}

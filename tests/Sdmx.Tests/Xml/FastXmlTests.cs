using System.Buffers;
using System.Text;
using Sdmx.Tests.Data;
using Sdmx.Tests.Formats;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>The readers on bytes and those on the runtime's XmlReader say the same of every message, wherever the window's borders fall.</summary>
public sealed class FastXmlTests
{
    const int Head = 512;

    static readonly int[] SmallWindows = [64, 65, 67, 71, 83, 101, 127, 251, 509, 1021];

    /// <summary>The real data messages.</summary>
    public static IEnumerable<string> RealMessages() => Directory.GetFiles(Facts.At("sdg", "data"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Whether a file is generic data.</summary>
    public static bool IsGeneric(string path) => File.ReadAllText(path).AsSpan().ContainsAny(GenericRoots);

    static readonly SearchValues<string> GenericRoots = SearchValues.Create(["GenericData", "GenericTimeSeriesData"], StringComparison.Ordinal);

    static IEnumerable<string> AllFiles() => ((string[])["fixtures", "sdg"]).SelectMany(f => Directory.GetFiles(Facts.At(f), "*.xml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);

    // so that the data among the fixtures are resolved too
    static StructureCatalog AllStructures() => RealFileTests.Catalog.With(StructureFiles.Fixtures.SelectMany(f => StructureFiles.ReadFile(f).Message.Artefacts));

    [Test]
    public void Every_real_message_is_read_alike()
    {
        foreach (var path in RealMessages())
        {
            var oracle = new XmlOracle(IsGeneric(path), RealFileTests.Catalog);
            Assert.That(oracle.Difference(File.ReadAllBytes(path), Utf8Window.DefaultSize), Is.Null, path);
        }
    }

    [Test]
    public void Every_file_of_XML_is_read_alike([Values] bool isGeneric)
    {
        var oracle = new XmlOracle(isGeneric, AllStructures());
        foreach (var path in AllFiles())
            Assert.That(oracle.Difference(File.ReadAllBytes(path), 1 << 12), Is.Null, path);
    }

    [Test]
    public void Every_small_file_is_read_alike_where_it_comes_in_two_pieces_or_byte_by_byte()
    {
        var catalog = AllStructures();
        foreach (var path in AllFiles().Where(p => new FileInfo(p).Length < 64 << 10))
        {
            var oracle = new XmlOracle(IsGeneric(path), catalog);
            var bytes = File.ReadAllBytes(path);
            var expected = oracle.Read(bytes);
            foreach (var cut in PiecesStream.Cuts(bytes.Length, bytes.Length))
                Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.CutAt(bytes, cut), Utf8Window.DefaultSize)), Is.Null, $"{path} cut at {cut}");
            Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.Of(bytes, 1), 64)), Is.Null, $"{path}, byte by byte");
        }
    }

    [Test]
    public void A_border_of_the_window_anywhere_in_a_real_message_changes_nothing()
    {
        foreach (var path in RealMessages().Where(p => new FileInfo(p).Length < 64 << 10))
        {
            var oracle = new XmlOracle(IsGeneric(path), RealFileTests.Catalog);
            var bytes = File.ReadAllBytes(path);
            var expected = oracle.Read(bytes);
            foreach (var window in SmallWindows)
                Assert.That(Transcript.Difference(expected, oracle.Read(bytes, window)), Is.Null, $"{path}, window {window}");
        }
    }

    [Test]
    public void An_odd_message_cut_anywhere_is_read_alike()
    {
        foreach (var (name, isGeneric, text) in OddXml.Messages)
        {
            var oracle = new XmlOracle(isGeneric);
            var bytes = Encoding.UTF8.GetBytes(text);
            var expected = oracle.Read(bytes);
            // the head, which is the same in all, is cut in the first
            for (var cut = name == "series" ? 1 : Head; cut < bytes.Length; cut++)
                Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.CutAt(bytes, cut), 1 << 14)), Is.Null, $"{name} cut at {cut}");
            Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.Of(bytes, 1), 1 << 14)), Is.Null, $"{name}, byte by byte");
        }
    }

    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Lines_are_counted_alike_however_they_end(string end)
    {
        foreach (var (name, isGeneric, text) in OddXml.Messages)
            Assert.That(new XmlOracle(isGeneric).Difference(Encoding.UTF8.GetBytes(text.Replace("\n", end, StringComparison.Ordinal)), 1 << 14), Is.Null, name);
    }

    [TestCase("<?xml version='1.0'?>")]
    [TestCase("")]
    [TestCase("\uFEFF")]
    [TestCase("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\" standalone='yes' ?>")]
    [TestCase("\uFEFF\n")]
    [TestCase("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>")]
    [TestCase("<?xml version=\"1.1\"?>")]
    [TestCase("<?xml  version=\"1.0\"\n?>")]
    [TestCase("<!-- c -->\n")]
    [TestCase("<!DOCTYPE a>")]
    [TestCase("<?xml-stylesheet href='a'?>")]
    [TestCase("x")]
    public void What_precedes_the_root_is_read_alike(string start)
    {
        var text = OddXml.Messages.First().Text;
        var bytes = Encoding.UTF8.GetBytes(start + text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..]);

        Assert.That(new XmlOracle(isGeneric: false).Difference(bytes, 64), Is.Null);
    }

    [Test]
    public void Bytes_that_are_no_text_come_before_what_they_stand_in([Values("<!\u0092--", "<!\u00C3--", "<!\u00C3\u00A9--", "<!-\u0092-")] string start)
    {
        var text = OddXml.Messages.First().Text;
        byte[] bytes = [.. Encoding.Latin1.GetBytes(start), .. Encoding.UTF8.GetBytes(text[(text.IndexOf("?>", StringComparison.Ordinal) + 2)..])];

        Assert.That(new XmlOracle(isGeneric: false).Difference(bytes, 64), Is.Null);
    }

    [Test]
    public void Messages_in_UTF_16_are_left_to_the_runtime()
    {
        var bytes = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(OddXml.Messages.First().Text.Replace("UTF-8", "UTF-16", StringComparison.Ordinal))).ToArray();
        var oracle = new XmlOracle(isGeneric: false);

        Assert.That(oracle.Difference(bytes, Utf8Window.DefaultSize), Is.Null);
        Assert.That(oracle.Read(bytes, Utf8Window.DefaultSize), Has.Some.Contains("OBS_VALUE=100.0"));
    }

    [TestCase(20, 1000)]
    [TestCase(64, 5)]
    public void Limits_are_kept_alike(int depth, int components)
    {
        var body = string.Concat(Enumerable.Repeat("<x>", 30)) + string.Concat(Enumerable.Repeat("</x>", 30));
        var text = XmlMessages.Specific($"""<m:DataSet structureRef="S1"><Series FREQ="A" TYPE="N" AREA="X" UNIT="PT" TITLE="t"><Obs TIME_PERIOD="2020"/></Series>{body}</m:DataSet>""");
        var oracle = new XmlOracle(isGeneric: false, limits: new ReadLimits { MaxDepth = depth, MaxComponents = components });

        Assert.That(oracle.Difference(Encoding.UTF8.GetBytes(text), 64), Is.Null);
        Assert.That(oracle.Read(Encoding.UTF8.GetBytes(text), 64), Has.Some.Contains("LimitExceeded"));
    }
}

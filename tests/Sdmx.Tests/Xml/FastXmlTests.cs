using System.Text;
using Sdmx.Tests.Formats;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>The readers on bytes and those on the runtime's XmlReader say the same of every message, wherever the window's borders fall.</summary>
public sealed class FastXmlTests
{
    static readonly int[] SmallWindows = [64, 65, 67, 71, 83, 101, 127, 251, 509, 1021];

    /// <summary>The real data messages.</summary>
    public static IEnumerable<string> RealMessages() => Directory.GetFiles(Facts.At("sdg", "data"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Whether a file is generic data.</summary>
    public static bool IsGeneric(string path) => File.ReadAllText(path).Contains("GenericData", StringComparison.Ordinal);

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
    public void Every_other_file_of_XML_is_read_alike([Values] bool isGeneric)
    {
        var oracle = new XmlOracle(isGeneric, RealFileTests.Catalog);
        foreach (var path in Directory.GetFiles(Facts.At("fixtures"), "*.xml", SearchOption.AllDirectories))
            Assert.That(oracle.Difference(File.ReadAllBytes(path), 1 << 12), Is.Null, path);
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
                Assert.That(XmlOracle.Difference(expected, oracle.Read(bytes, window)), Is.Null, $"{path}, window {window}");
            Assert.That(XmlOracle.Difference(expected, oracle.Read(new SlowStream(bytes, 1), 64)), Is.Null, $"{path}, byte by byte");
        }
    }

    [Test]
    public void A_message_cut_in_two_reads_anywhere_is_read_alike()
    {
        foreach (var (name, isGeneric, text) in OddXml.Messages)
        {
            var oracle = new XmlOracle(isGeneric);
            var bytes = Encoding.UTF8.GetBytes(text);
            var expected = oracle.Read(bytes);
            for (var cut = 512; cut < bytes.Length; cut++)
                Assert.That(XmlOracle.Difference(expected, oracle.Read(new SlowStream(bytes, cut), 1 << 14)), Is.Null, $"{name} cut at {cut}");
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

    /// <summary>Gives the first bytes by themselves, then as many again at each read.</summary>
    sealed class SlowStream(byte[] bytes, int count) : MemoryStream(bytes, writable: false)
    {
        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(Math.Min(buffer.Length, count), (int)(Length - Position));
            var some = new byte[read];
            base.Read(some, 0, read);
            some.CopyTo(buffer);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int length) => base.Read(buffer, offset, Math.Min(length, count));
    }
}

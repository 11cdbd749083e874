using System.Text;
using System.Text.Unicode;
using Sdmx.Tests.Data;
using Sdmx.Tests.Formats;

namespace Sdmx.Tests.Xml;

/// <summary>Real and odd messages with seeded damage: the fast readers and the runtime's reader say the same, or find them ill-formed alike.</summary>
public sealed class MutatedXmlTests
{
    const string LongForm = "SDMXHUB_XML_MUTATIONS";

    static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable(LongForm), out var count) ? count : 1500;

    static readonly byte[][] Snippets =
    [
        .. ((string[])
        [
            "<", ">", "&", "\"", "'", "/", "/>", "</", "<!", "<!--", "-->", "--", "<!-- c -->", "<?", "?>", "<?p d?>", "<?xml version=\"1.0\"?>", "<![CDATA[", "]]>", "<![CDATA[ x ]]>", "]]", "&amp;",
            "&lt;", "&#10;", "&#x41;", "&#0;", "&#xD800;", "&#x1F600;", "&#1114112;", "&nbsp;", "&amp", "&#;", "&#x;", "\r", "\n", "\r\n", "\t", " ", "  ", "\0", "\u0001", "\u007F", "\u0085", "\u00A0",
            "\uFEFF", "\uFFFD", "\uFFFE", "\uFFFF", "é", "Ж", "日本", "😀", "\u2028", "×", ":", "a:", ":a", "xmlns=\"u\"", " xmlns:q=\"u\"", " xmlns:q=\"\"", " xmlns:m=\"other\"", " q:a=\"1\"", " xml:lang=\"fr\"",
            " xml:space=\"preserve\"", " xml:space=\"x\"", " xmlns:xml=\"u\"", " xmlns:xmlns=\"u\"", " xmlns:x=\"http://www.w3.org/XML/1998/namespace\"", " FREQ=\"M\"", " TIME_PERIOD='2001'", " OBS_VALUE = \"5\"", " NOTE=\"a&#9;b\nc\"",
            " NOTE='\"'", " xsi:type=\"n:SIBLING\"", " c:a=\"\" m:a=\"\"", "<Obs/>", "<Obs TIME_PERIOD=\"1999\" OBS_VALUE=\"1\"/>", "<Series>", "</Series>", "<Group/>", "<x/>", "<x>", "</x>", "<q:x/>", "<m:DataSet/>", "</m:DataSet>",
            "<!DOCTYPE a>", "<!DOCTYPE", "<Comp>t</Comp>", "text", "=", "\"\"", "<f:Footer xmlns:f='u'><f:Message code='1'><c:Text> a&amp;b<!-- --> c </c:Text></f:Message></f:Footer>",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xC3], [0x28], [0xC3, 0x28], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF8], [0xC0, 0x80], [0xFF], [0xFE], [0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBF],
    ];

    static IEnumerable<TestCaseData> Cases()
    {
        foreach (var (name, isGeneric, text) in OddXml.Messages)
            yield return new TestCaseData(isGeneric, text).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Cases))]
    public void Damage_is_met_alike(bool isGeneric, string text) => Damage(new XmlOracle(isGeneric), Encoding.UTF8.GetBytes(text), Mutations);

    [Test]
    public void Damage_of_real_messages_is_met_alike()
    {
        foreach (var path in FastXmlTests.RealMessages().Where(p => new FileInfo(p).Length < 8 << 10))
            Damage(new XmlOracle(FastXmlTests.IsGeneric(path), RealFileTests.Catalog), File.ReadAllBytes(path), Mutations / 15);
    }

    static void Damage(XmlOracle oracle, byte[] whole, int mutations)
    {
        var random = new Random(4711);
        var (differences, disorders) = (new List<string>(), 0);
        for (var i = 0; i < mutations && differences.Count < 10; i++)
        {
            var bytes = whole;
            for (var n = random.Next(1, 4); n > 0; n--)
                bytes = Mutate(bytes, random);
            var (expected, actual) = (oracle.Read(bytes), oracle.Read(bytes, i % 2 == 0 ? 64 : 1 << 12));
            if (Transcript.Difference(expected, actual) is not { } difference)
                continue;
            if (HasTwoFaults(bytes, expected, actual))
                disorders++;
            else
                differences.Add($"mutation {i}: {difference}\n{Encoding.UTF8.GetString(bytes)}");
        }

        Assert.That(differences, Is.Empty, string.Join("\n\n", differences));
        Assert.That(disorders, Is.LessThanOrEqualTo(1 + (mutations / 500)));
    }

    /// <summary>What is tolerated: of a message that is no UTF-8, and only of that, one reader may say IllFormed where the other says WrongEncoding.</summary>
    /// <remarks>Two faults then stand within a few characters of each other, and the runtime's reader looks ahead by other lengths. Blocks, all other
    /// findings and their order must be the same, and no more than one message in five hundred may need it.</remarks>
    static bool HasTwoFaults(byte[] bytes, List<string> expected, List<string> actual) =>
        !Utf8.IsValid(bytes) && expected.Select(Masked).SequenceEqual(actual.Select(Masked));

    static string Masked(string said) =>
        said.StartsWith("IllFormed", StringComparison.Ordinal) || said.StartsWith("WrongEncoding", StringComparison.Ordinal) ? "either fault" : said;

    static byte[] Mutate(byte[] bytes, Random random)
    {
        if (bytes.Length == 0)
            return bytes;
        // the head is the same in all: most damage goes behind it
        var from = random.Next(4) == 0 ? 0 : Math.Max(0, bytes.AsSpan().IndexOf(":Header>"u8));
        var at = random.Next(from, bytes.Length);
        var length = Math.Min(random.Next(1, random.Next(3) == 0 ? 60 : 3), bytes.Length - at);
        return random.Next(8) switch
        {
            0 => [.. bytes[..at], .. bytes[(at + length)..]],
            1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
            2 => [.. bytes[..at], (byte)(bytes[at] ^ (1 << random.Next(8))), .. bytes[(at + 1)..]],
            3 => [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]],
            4 => random.Next(4) == 0 ? bytes[..at] : [.. bytes[..at], .. bytes[random.Next(bytes.Length)..]],
            _ => [.. bytes[..at], .. Snippets[random.Next(Snippets.Length)], .. bytes[at..]],
        };
    }
}

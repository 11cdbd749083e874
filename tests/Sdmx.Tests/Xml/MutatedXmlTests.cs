using System.Text;
using Sdmx.Tests.Data;
using Sdmx.Tests.Formats;

namespace Sdmx.Tests.Xml;

/// <summary>Real and odd messages with seeded damage: the fast readers and the runtime's reader say the same, or find them ill-formed alike.</summary>
public sealed class MutatedXmlTests
{
    const string LongForm = "SDMXHUB_XML_MUTATIONS";

    static readonly int Mutations = int.TryParse(Environment.GetEnvironmentVariable(LongForm), out var count) ? count : 1500;

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
            if (Transcript.HasTwoFaults(bytes, expected, actual) || Transcript.HasCutDoctype(expected, actual))
                disorders++;
            else
                differences.Add($"mutation {i}: {difference}\n{Encoding.UTF8.GetString(bytes)}");
        }

        Assert.That(differences, Is.Empty, string.Join("\n\n", differences));
        Assert.That(disorders, Is.LessThanOrEqualTo(1 + (mutations / 500)));
    }

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
            _ => [.. bytes[..at], .. XmlSnippets.All[random.Next(XmlSnippets.All.Length)], .. bytes[at..]],
        };
    }
}

namespace Sdmx.Tests.Versions;

public sealed class SdmxVersionTests
{
    [TestCase("1", false, false)]
    [TestCase("1.0", false, false)]
    [TestCase("1.20", false, false)]
    [TestCase("1.0.0.4", false, false)]
    [TestCase("01.0.0", false, false)]
    [TestCase("20260331", false, false)]
    [TestCase("1.0.0", true, true)]
    [TestCase("10.20.300", true, true)]
    [TestCase("0.1.0", true, false)]
    [TestCase("1.0.0-draft", true, false)]
    [TestCase("1.0.0-rc.1", true, false)]
    [TestCase("1.0.0-0a.-.x-y", true, false)]
    [TestCase("123456789012345678901.0.0", true, true)]
    public void A_version_knows_whether_it_is_semantic_and_stable(string text, bool isSemantic, bool isStable)
    {
        Assert.That(SdmxVersion.TryParse(text, out var version), Is.True);
        Assert.That((version.IsSemantic, version.IsStable, version.ToString()), Is.EqualTo((isSemantic, isStable, text)));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("a")]
    [TestCase("1.")]
    [TestCase(".1")]
    [TestCase("1..0")]
    [TestCase("v1.0")]
    [TestCase("1.0 ")]
    [TestCase("-1")]
    [TestCase("1.0-draft")]
    [TestCase("1.0.0-")]
    [TestCase("1.0.0-a..b")]
    [TestCase("1.0.0-01")]
    [TestCase("1.0.0-ä")]
    [TestCase("01.0.0-draft")]
    [TestCase("1.0.0+build")]
    [TestCase("latest")]
    [TestCase("*")]
    [TestCase("1+.0.0")]
    public void Other_texts_are_no_versions(string? text) => Assert.That(SdmxVersion.TryParse(text, out _), Is.False);

    [Test]
    public void Versions_are_ordered_by_number_then_extension_then_parts()
    {
        string[] sorted =
        [
            "0.9.9", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
            "1.0.0-beta.11", "1.0.0-rc.1", "1", "1.0", "1.0.0", "1.0.1", "1.1", "1.2", "1.2.1-draft", "1.2.1", "1.3", "1.16", "1.20", "2.0.0-draft", "2.0",
            "10.0.0", "100000000000000000000000.0", "100000000000000000000001.0",
        ];
        var shuffled = sorted.Select(Parse).ToArray();
        new Random(3).Shuffle(shuffled);

        Array.Sort(shuffled);

        Assert.That(shuffled.Select(version => version.Text), Is.EqualTo(sorted));
    }

    [Test]
    public void The_order_is_total_and_agrees_with_equality()
    {
        var random = new Random(5);
        var versions = Enumerable.Range(0, 100).Select(_ => RandomVersion(random)).Append(default).ToArray();
        foreach (var a in versions)
        {
            foreach (var b in versions)
            {
                int order = Math.Sign(a.CompareTo(b));
                if (order != -Math.Sign(b.CompareTo(a)) || (order == 0) != a.Equals(b))
                    Assert.Fail($"'{a}' and '{b}': {order}");
                foreach (var c in versions)
                {
                    if (order <= 0 && b.CompareTo(c) <= 0 && a.CompareTo(c) > 0)
                        Assert.Fail($"'{a}' <= '{b}' <= '{c}', yet '{a}' > '{c}'");
                }
            }
        }
    }

    [Test]
    public void The_default_value_is_empty_and_precedes_every_version()
    {
        Assert.That(default(SdmxVersion).Text, Is.Empty);
        Assert.That(default(SdmxVersion).CompareTo(Parse("0")), Is.Negative);
        Assert.That(default(SdmxVersion).IsSemantic, Is.False);
    }

    internal static SdmxVersion Parse(string text) =>
        SdmxVersion.TryParse(text, out var version) ? version : throw new ArgumentException($"'{text}' is no version", nameof(text));

    static SdmxVersion RandomVersion(Random random)
    {
        string[] numbers = ["0", "1", "2", "10", "01"];
        string text = string.Join('.', Enumerable.Range(0, random.Next(1, 5)).Select(_ => numbers[random.Next(numbers.Length)]));
        string[] extensions = ["-draft", "-1", "-2.a", "-10", "-2"];
        string extended = text + extensions[random.Next(extensions.Length)];
        return Parse(random.Next(2) == 0 && SdmxVersion.TryParse(extended, out _) ? extended : text);
    }
}

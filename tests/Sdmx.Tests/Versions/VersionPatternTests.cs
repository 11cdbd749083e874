using System.Text.RegularExpressions;

namespace Sdmx.Tests.Versions;

public sealed class VersionPatternTests
{
    static readonly string[] Available =
    [
        "1", "2", "1.0", "1.2", "1.10", "2.0", "0.9.0", "1.0.0", "1.2.0-draft", "1.2.0", "1.2.1", "1.2.5", "1.3.0", "1.4.0-draft", "2.0.0", "2.1.3", "3.0.0-draft",
    ];

    // Checklist 1.2, "Version syntax", row by row.
    [TestCase("1", "1")]
    [TestCase("1.2", "1.2")]
    [TestCase("1.2.0", "1.2.0")]
    [TestCase("1.2.0-draft", "1.2.0-draft")]
    [TestCase("1.2.9", "")]
    [TestCase("+", "2.1.3")]
    [TestCase("+.0.0", "2.1.3")]
    [TestCase("1+.0.0", "2.1.3")]
    [TestCase("1.+.0", "1.3.0")]
    [TestCase("1.0+.0", "1.3.0")]
    [TestCase("3.+.0", "")]
    [TestCase("1.2.+", "1.2.5")]
    [TestCase("1.2.0+", "1.2.5")]
    [TestCase("2+.1.3", "2.1.3")]
    [TestCase("2+.1.4", "")]
    [TestCase("1.3+.0", "1.3.0")]
    [TestCase("1.3+.1", "")]
    [TestCase("1.2.1+", "1.2.5")]
    [TestCase("1.2.6+", "")]
    [TestCase("~", "3.0.0-draft")]
    [TestCase("~.0", "2.0")]
    [TestCase("0~.0", "2.0")]
    [TestCase("~.0.0", "3.0.0-draft")]
    [TestCase("0~.0.0", "3.0.0-draft")]
    [TestCase("1.~", "1.10")]
    [TestCase("1.0~", "1.10")]
    [TestCase("1.~.0", "1.4.0-draft")]
    [TestCase("1.0~.0", "1.4.0-draft")]
    [TestCase("1.2.~", "1.2.5")]
    [TestCase("1.2.0~", "1.2.5")]
    [TestCase("1~.11", "2.0")]
    [TestCase("2~.1", "")]
    [TestCase("2~.1.0", "3.0.0-draft")]
    [TestCase("1.3~", "1.10")]
    [TestCase("1.11~", "")]
    [TestCase("1.3~.1", "1.4.0-draft")]
    [TestCase("1.4~.1", "")]
    [TestCase("1.2.5~", "1.2.5")]
    [TestCase("1.2.6~", "")]
    [TestCase("*", "1 2 1.0 1.2 1.10 2.0 0.9.0 1.0.0 1.2.0-draft 1.2.0 1.2.1 1.2.5 1.3.0 1.4.0-draft 2.0.0 2.1.3 3.0.0-draft")]
    [TestCase("*.0", "1.0 1.2 1.10 2.0")]
    [TestCase("*.0.0", "0.9.0 1.0.0 1.2.0-draft 1.2.0 1.2.1 1.2.5 1.3.0 1.4.0-draft 2.0.0 2.1.3 3.0.0-draft")]
    [TestCase("1.*", "1.0 1.2 1.10")]
    [TestCase("1.*.0", "1.0.0 1.2.0-draft 1.2.0 1.2.1 1.2.5 1.3.0 1.4.0-draft")]
    [TestCase("1.2.*", "1.2.0-draft 1.2.0 1.2.1 1.2.5")]
    [TestCase("1*.3", "1.10 2.0")]
    [TestCase("1*.3.0", "1.3.0 1.4.0-draft 2.0.0 2.1.3 3.0.0-draft")]
    [TestCase("1.2*", "1.2 1.10")]
    [TestCase("1.3*.0", "1.3.0 1.4.0-draft")]
    [TestCase("1.2.1*", "1.2.1 1.2.5")]
    [TestCase("+,1.2.1*", "1.2.1 1.2.5 2.1.3")]
    [TestCase("+,~,~", "2.1.3 3.0.0-draft")]
    [TestCase("1.0,2.0,9.9", "1.0 2.0")]
    public void A_pattern_selects_these_versions(string text, string expected)
    {
        Assert.That(VersionPattern.TryParse(text, out var pattern), Is.True);
        Assert.That(Select(pattern, Available), Is.EqualTo(expected));
        Assert.That(pattern.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase(null)]
    [TestCase("+.2.3")]
    [TestCase("1.+.3")]
    [TestCase("~.2")]
    [TestCase("*.2.3")]
    [TestCase("*.0.1")]
    [TestCase("+.0")]
    [TestCase("2.3+")]
    [TestCase("2+")]
    [TestCase("2~")]
    [TestCase("2*")]
    [TestCase("2.+")]
    [TestCase("2+.0")]
    [TestCase("0+.0.0")]
    [TestCase("0.+.0")]
    [TestCase("0.1.0+")]
    [TestCase("~.0.*")]
    [TestCase("3.2+.1+")]
    [TestCase("++")]
    [TestCase("~*")]
    [TestCase("1.~2")]
    [TestCase("1~2.0")]
    [TestCase("1.2.~3")]
    [TestCase("~1.0")]
    [TestCase("1.2.3.~")]
    [TestCase("1.2.3.4")]
    [TestCase("01.0")]
    [TestCase("1.01.0")]
    [TestCase("1.02~")]
    [TestCase("1.")]
    [TestCase("1.0,")]
    [TestCase(",1.0")]
    [TestCase("1.0, 2.0")]
    [TestCase("1.2.0-draft+")]
    [TestCase("1.2.0-*")]
    [TestCase("1.2.0+-draft")]
    [TestCase("latest")]
    [TestCase("all")]
    public void Other_patterns_are_refused(string? text) => Assert.That(VersionPattern.TryParse(text, out _), Is.False);

    [TestCase("all", "1 1.0 1.2 1.10")]
    [TestCase("latest", "1.10")]
    [TestCase("1.2", "1.2")]
    [TestCase("1.0+1.2", "1.0 1.2")]
    [TestCase("1.0+latest", "1.0 1.10")]
    [TestCase("7.1.2.3", "")]
    public void The_words_and_lists_of_rest_1_select_these_versions(string text, string expected)
    {
        Assert.That(VersionPattern.TryParseV1(text, out var pattern), Is.True);
        Assert.That(Select(pattern, "1", "1.0", "1.2", "1.10"), Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("*")]
    [TestCase("~")]
    [TestCase("+")]
    [TestCase("1.0+")]
    [TestCase("1.0,2.0")]
    [TestCase("1.0.0-draft")]
    [TestCase("Latest")]
    public void Other_versions_of_rest_1_are_refused(string text) => Assert.That(VersionPattern.TryParseV1(text, out _), Is.False);

    [TestCase("1.0", true)]
    [TestCase("+", true)]
    [TestCase("1.~", true)]
    [TestCase("*", false)]
    [TestCase("1.*", false)]
    [TestCase("1.0,2.0", false)]
    public void A_pattern_knows_whether_it_selects_one_version_at_most(string text, bool expected)
    {
        VersionPattern.TryParse(text, out var pattern);

        Assert.That(pattern.IsSingle, Is.EqualTo(expected));
    }

    [Test]
    public void The_defaults_are_the_patterns_of_the_standard()
    {
        Assert.That(Select(VersionPattern.Latest, Available), Is.EqualTo("3.0.0-draft"));
        Assert.That(Select(VersionPattern.All, "2.0", "1.0"), Is.EqualTo("2.0 1.0"));
        Assert.That(VersionPattern.All.Select([]), Is.Empty);
    }

    [Test]
    public void A_legacy_version_of_three_parts_is_found_by_no_semantic_pattern()
    {
        VersionPattern.TryParse("*.0.0", out var pattern);

        Assert.That(Select(pattern, "01.0.0", "1.0.0"), Is.EqualTo("1.0.0"));
    }

    [Test]
    public void One_version_is_accepted_exactly_when_the_standards_expression_accepts_it()
    {
        // Single versions only: in lists the expression is wrong, its comma belongs to its last alternative (it refuses "+,1.2.1*", the text's own example).
        string schema = File.ReadAllText(SharedFacts.Facts.At("standards", "schemas", "rest-2.2.2", "sdmx-rest.yaml"));
        string expression = Regex.Match(schema, @"^    versions:.*?pattern: '([^']+)'", RegexOptions.Singleline | RegexOptions.Multiline).Groups[1].Value;
        var accepts = new Regex(expression, RegexOptions.CultureInvariant);
        string[] pieces = ["0", "1", "2", "10", "01", ".", ".", ".", "+", "~", "*", "-", "a"];
        var random = new Random(11);
        int accepted = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            bool expected = accepts.IsMatch(text);
            accepted += expected ? 1 : 0;
            if (VersionPattern.TryParse(text, out _) != expected)
                Assert.Fail($"'{text}': the standard's expression says {expected}");
        }
        Assert.That(accepted, Is.GreaterThan(5_000));
    }

    static string Select(VersionPattern pattern, params string[] available)
    {
        var versions = available.Select(SdmxVersionTests.Parse).ToArray();
        return string.Join(' ', pattern.Select(versions).Select(index => available[index]));
    }
}

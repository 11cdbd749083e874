using Sdmx.Mapping;

namespace Sdmx.Tests.Mapping;

/// <summary>The rows of a representation map (SDMX 3.0 section 6, "Structure Mapping").</summary>
public sealed class ValueTableTests
{
    [TestCase("A", "A", true)]
    [TestCase("A", "AB", false)]
    [TestCase("A|B", "B", true)]
    [TestCase("A|B", "AB", false)]
    [TestCase("^[A-G]", "Burundi", true)]
    [TestCase("^[A-G]", "Rwanda", false)]
    [TestCase("_T$", "SEX_T", true)]
    [TestCase("^A$", "AB", false)]
    [TestCase("[0-9]{4}", "2020", true)]
    public void A_regular_expression_is_the_whole_value_unless_one_anchor_leaves_it_open(string pattern, string value, bool matches) =>
        Assert.That(Find(new() { Sources = [new(pattern, IsRegex: true)], Targets = ["x"] }, value).Length, Is.EqualTo(matches ? 1 : 0));

    [TestCase(@"\1", "A")]
    [TestCase(@"\3", "Z_21")]
    [TestCase(@"\2-\1!", "N-A!")]
    [TestCase(@"\9\x", @"\9\x")]
    public void Groups_stand_for_what_they_found(string target, string becomes) =>
        Assert.That(Find(new() { Sources = [new("^XM(.)(.)_(.*)$", IsRegex: true)], Targets = [target] }, "XMAN_Z_21").Single().Targets, Is.EqualTo(new[] { becomes }));

    [TestCase(5, 7, "ABC_DEF_XYZ", true)]
    [TestCase(5, null, "ABC_DEF", true)]
    [TestCase(null, 3, "DEF_ABC", true)]
    [TestCase(5, 7, "ABC_D", false)]
    public void A_part_of_the_value_is_compared(int? start, int? end, string value, bool matches) =>
        Assert.That(Find(new() { Sources = [new("DEF", StartIndex: start, EndIndex: end)], Targets = ["x"] }, value).Length, Is.EqualTo(matches ? 1 : 0));

    [Test]
    public void A_plain_value_goes_before_expressions_and_those_count_in_their_order()
    {
        var faults = new List<string>();
        var table = new ValueTable(MapCube.Table("T", 1, 1, Pattern(".*", "any"), Pattern("A.*", "a"), MapCube.Row(["AB"], "plain")), faults);

        Assert.That(faults, Is.Empty);
        Assert.That(((string[])["AB", "AC", "B"]).Select(v => table.Find([v]).Single().Targets[0]), Is.EqualTo(new[] { "plain", "any", "any" }));
    }

    [Test]
    public void An_expression_made_to_run_for_ever_does_not() =>
        Assert.That(Find(Pattern("(a+)+b", "x"), new string('a', 10_000)), Is.Empty);

    static ValueMapping Pattern(string pattern, string target) => new() { Sources = [new(pattern, IsRegex: true)], Targets = [target] };

    static ValueMatch[] Find(ValueMapping row, string value)
    {
        var faults = new List<string>();
        var found = new ValueTable(MapCube.Table("T", 1, 1, row), faults).Find([value]);
        Assert.That(faults, Is.Empty);
        return found;
    }
}

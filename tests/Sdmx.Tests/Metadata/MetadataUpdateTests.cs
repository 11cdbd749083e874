namespace Sdmx.Tests.Metadata;

/// <summary>What is held once a set of 2.1 was sent (decision 0016).</summary>
public sealed class MetadataUpdateTests
{
    // held; sent; what becomes of it. An attribute is ID[#], its texts en:one, those below in brackets.
    [TestCase("A en:1", "A fr:2", "A en:1 fr:2")]
    [TestCase("A en:1 fr:2", "A fr:3", "A en:1 fr:3")]
    [TestCase("A fr:2 en:1", "A en:1 fr:2", "A fr:2 en:1")]
    [TestCase("A en:1", "A EN:2", "A EN:2")]
    [TestCase("A en:1|B en:2|C en:3", "A fr:1|C fr:3", "A en:1 fr:1|B en:2|C en:3 fr:3")]
    [TestCase("B en:2|A en:1", "A fr:1", "B en:2|A en:1 fr:1")]
    [TestCase("A en:1|B en:2", "A en:3", "A en:3")]
    [TestCase("A en:1|A en:2", "A fr:1|A fr:2|A fr:3", "A en:1 fr:1|A en:2 fr:2|A fr:3")]
    [TestCase("A en:1|A en:2|B en:9", "A fr:1", "A en:1 fr:1|A en:2|B en:9")]
    [TestCase("A =x|B =y", "A =z en:1", "A =z en:1")]
    [TestCase("A en:1", "A", "A en:1")]
    [TestCase("A|B en:1", "B en:2", "B en:2")]
    [TestCase("A(B en:1;C en:2)", "A(B fr:3)", "A(B en:1 fr:3;C en:2)")]
    [TestCase("A(B en:1)", "D fr:1", "A(B en:1)|D fr:1")]
    [TestCase("A en:1<2", "A <fr:3", "A <en:1&lt;2 fr:3")]
    [TestCase("A <en:1", "A fr:2", "A <en:1 fr:2")]
    [TestCase("A <en:1", "A en:2", "A en:2")]
    public void Texts_are_replaced_by_language(string held, string sent, string expected)
    {
        var (before, set) = (Set(held), Set(sent));

        var after = set.AppliedTo(before)!;

        Assert.That(string.Join('|', after.Reports[0].Attributes.Select(Said)), Is.EqualTo(expected));
        Assert.That(set.AppliedTo(after), Is.EqualTo(after), "again");
    }

    [Test]
    public void Nothing_is_left_of_what_is_deleted_whole()
    {
        Assert.That((Set("A") with { Action = DatasetAction.Delete }).AppliedTo(Set("A en:1 fr:2")), Is.Null);
        Assert.That((Set("A en:x") with { Action = DatasetAction.Delete }).AppliedTo(Set("A en:1")), Is.Null);
        Assert.That((Set("A en:x") with { Action = DatasetAction.Delete }).AppliedTo(null), Is.Null);
        Assert.That((Set("A en:x") with { Action = DatasetAction.Delete }).AppliedTo(Set("A en:1 fr:2|B"))!.AllAttributes.Select(Said), Is.EqualTo(["A fr:2"]));
    }

    [Test]
    public void The_id_of_a_set_alone_is_no_change_and_the_action_is_not_kept()
    {
        var held = Set("A en:1") with { SetId = "1" };

        Assert.That((held with { SetId = "2", Action = DatasetAction.Append }).AppliedTo(held), Is.SameAs(held));
        Assert.That((held with { SetId = "2", ReportingEnd = "2026", Action = DatasetAction.Replace }).AppliedTo(held), Is.EqualTo(held with { SetId = "2", ReportingEnd = "2026" }));
    }

    static MetadataSet Set(string attributes) => new()
    {
        Agency = "EX", Id = "S",
        Reports = [new MetadataReport { Id = "R", Attributes = attributes.Split('|').Select(Attribute).ToValueArray() }],
    };

    static ReportedAttribute Attribute(string text)
    {
        var open = text.IndexOf('(');
        var words = (open < 0 ? text : text[..open]).Split(' ');
        var texts = words[1..].Where(w => w[0] != '=').ToList();
        return new()
        {
            Id = words[0],
            Value = words.FirstOrDefault(w => w[0] == '=')?[1..],
            IsStructured = texts.Exists(t => t[0] == '<'),
            Text = new(texts.Select(t => t.TrimStart('<').Split(':')).Select(t => new LocalisedString(t[0], t[1])).ToValueArray()),
            Attributes = open < 0 ? [] : text[(open + 1)..^1].Split(';').Select(Attribute).ToValueArray(),
        };
    }

    static string Said(ReportedAttribute attribute)
    {
        var texts = attribute.Text.Texts.Select((t, i) => $"{(i == 0 && attribute.IsStructured ? "<" : "")}{t.Language}:{t.Text}");
        var words = string.Join(' ', ((string?[])[attribute.Id, attribute.Value is { } value ? "=" + value : null]).OfType<string>().Concat(texts));
        return attribute.Attributes.IsEmpty ? words : $"{words}({string.Join(';', attribute.Attributes.Select(Said))})";
    }
}

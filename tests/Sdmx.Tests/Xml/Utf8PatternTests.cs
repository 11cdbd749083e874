using System.Text;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>Which elements are read as a whole because they are like the one before: <see cref="FastXmlTests"/> says only that it makes no difference.</summary>
public sealed class Utf8PatternTests
{
    [TestCase("""<o t="1" v="2"/><o t="3" v="4"/>""", "t=3 v=4")]
    [TestCase("""<o t="1" v="2"/><o t="1" v="2"/>""", "")]
    [TestCase("""<o t="1" v="2"/><o t="100" v="2"/>""", "t=100")]
    [TestCase("""<o t="100" v="2"/><o t="1" v="2.5"/>""", "t=1 v=2.5")]
    [TestCase("""<o t="1" v='2'><x/>é</o><o t="1" v='"'><x/>é</o>""", "v=\"")]
    [TestCase("""<o t="1" v="2"/> <o t="1" v="2"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" w="2"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o v="2" t="1"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v="2" w="3"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v="2"></o>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v=""/>""", null)]
    [TestCase("""<o t="1" v=""/><o t="1" v="2"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v="é"/>""", null)]
    [TestCase("""<o t="1" v="é"/><o t="1" v="2"/>""", null)]
    [TestCase("""<o t="1" v="é"/><o t="2" v="é"/>""", "t=2")]
    [TestCase("""<o t="1" v="2"/><o t="1" v="&amp;"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v="<"/>""", null)]
    [TestCase("""<o t="1" v="2"/><o t="1" v="2""", null)]
    [TestCase("""<o t="1" v="2"/>""", null)]
    public void An_element_that_differs_only_in_plain_values_is_read_as_a_whole(string elements, string? changes)
    {
        using var xml = (Utf8XmlReader)SafeXml.OpenData(new MemoryStream(Encoding.UTF8.GetBytes($"<r>{elements}</r>")), new ReadLimits(), 1 << 12);
        ReadPattern(xml);

        var isAlike = xml.ReadAlike(out var line, out var column);

        Assert.That(isAlike ? Changes(xml) : null, Is.EqualTo(changes));
        if (isAlike)
            Assert.That((line, column), Is.EqualTo((1, elements.LastIndexOf("<o", StringComparison.Ordinal) + 5)));
    }

    [Test]
    public void A_pattern_that_has_left_the_window_is_none()
    {
        const string Element = """<o t="1" v="2"/>""";
        var text = $"<r>{string.Concat(Enumerable.Repeat(Element, 100))}</r>";
        using var xml = (Utf8XmlReader)SafeXml.OpenData(new MemoryStream(Encoding.UTF8.GetBytes(text)), new ReadLimits(), 640);
        ReadPattern(xml);

        var alike = 0;
        while (xml.ReadAlike(out _, out _))
            alike++;

        Assert.That(alike, Is.InRange(2, 98));
        Assert.That(xml.Read() && xml.LocalName == "o", Is.True);
    }

    static void ReadPattern(Utf8XmlReader xml)
    {
        xml.Read();
        xml.Read();
        xml.BeginPattern();
        for (var i = 0; i < xml.AttributeCount; i++)
            xml.AddToPattern(i, i);
        if (!xml.IsEmptyElement)
            XmlText.Skip(xml);

        xml.EndPattern();
    }

    static string Changes(Utf8XmlReader xml)
    {
        var all = new List<string>();
        for (var i = 0; i < xml.ChangeCount; i++)
        {
            var value = Encoding.UTF8.GetString(xml.ChangeAt(i, out var slot));
            all.Add($"{"tv"[slot]}={value}");
        }

        return string.Join(' ', all);
    }
}

using System.Xml.Linq;

namespace Sdmx.Tests.Writers;

public sealed class XmlWriterTests
{
    static readonly string[] Formats = ["structurespecific-2.1", "generic-2.1"];

    [Test]
    public void A_group_behind_series_goes_on_in_a_second_DataSet([ValueSource(nameof(Formats))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema),
            "* .XX.a SIB_TITLE=first", "- A.XX.a 2010 OBS_VALUE=1", "* .YY.a SIB_TITLE=second", "- A.YY.a 2010 OBS_VALUE=2");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        var sets = message.Elements().Where(e => e.Name.LocalName == "DataSet").ToList();
        Assert.That(sets, Has.Count.EqualTo(2));
        Assert.That(sets.Select(s => string.Join(' ', s.Elements().Select(e => e.Name.LocalName))), Is.All.EqualTo("Group Series"));
    }

    [Test]
    public void Attributes_of_the_data_set_said_late_go_on_in_a_second_DataSet([ValueSource(nameof(Formats))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a 2010 OBS_VALUE=1", "* .. SET_NOTE=late");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        Assert.That(message.Elements().Count(e => e.Name.LocalName == "DataSet"), Is.EqualTo(2));
    }

    [Test]
    public void Line_breaks_and_tabs_survive_a_reader([ValueSource(nameof(Formats))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a 2010 COMMENT=a\r\n\tb<&>\"'");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        Assert.That(message.DescendantsAndSelf().Attributes().Select(a => a.Value), Has.Member("a\r\n\tb<&>\"'"));
    }

    [Test]
    public void What_XML_cannot_carry_becomes_the_replacement_character([ValueSource(nameof(Formats))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a 2010 COMMENT=a\u0000b\uFFFEc\uD800d");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        Assert.That(message.DescendantsAndSelf().Attributes().Select(a => a.Value), Has.Member("a\uFFFDb\uFFFDc\uFFFDd"));
    }

    [Test]
    public void A_header_is_completed_with_fixed_texts([ValueSource(nameof(Formats))] string format)
    {
        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), WriterSample.Rows(WriterSample.Set(WriterSample.Schema))));

        var header = message.Elements().First().Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
        Assert.That((header["ID"], header["Test"], header["Prepared"]), Is.EqualTo(("UNKNOWN", "false", "1970-01-01T00:00:00Z")));
    }

    [Test]
    public void Every_field_of_a_header_is_written_in_the_order_of_the_schema()
    {
        var header = WriterSample.Header with
        {
            Name = new([new("en", "A & B"), new("fr", "A et B")]), Action = DatasetAction.Merge, EmbargoDate = "2026-02-01T00:00:00Z", Source = new("The source"),
        };

        var message = XElement.Parse(WriterSample.Write("generic-2.1", new WriterOptions { Header = header }, WriterSample.Rows(WriterSample.Set(WriterSample.Schema))));

        Assert.That(message.Elements().First().Elements().Select(e => e.Name.LocalName),
            Is.EqualTo((string[])["ID", "Test", "Prepared", "Sender", "Receiver", "Name", "Name", "Structure", "DataSetAction", "EmbargoDate", "Source"]));
    }
}

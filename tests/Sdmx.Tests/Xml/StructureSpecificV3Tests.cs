using System.Xml.Linq;
using Sdmx.Formats;
using Sdmx.Tests.Data;
using Sdmx.Tests.Writers;

namespace Sdmx.Tests.Xml;

/// <summary>Structure-specific data of SDMX-ML 3.0 and 3.1, as far as they differ from 2.1 (checklist 2.4).</summary>
public sealed class StructureSpecificV3Tests
{
    static readonly string[] Formats = ["structurespecific-3.0", "structurespecific-3.1"];

    [Test]
    public void A_structure_is_named_by_its_URN_alone([ValueSource(nameof(Formats))] string format)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(format, Message(format, """
            <Series FREQ="A" TYPE="N" AREA="X" UNIT="PT"><Obs TIME_PERIOD="2020" OBS_VALUE="1.50" STATUS="A"/></Series>
            """), context);

        Assert.That(SmallCube.Codes(context), Is.Empty);
        Assert.That(rows, Is.EqualTo(["0 att A.N.X UNIT=PT", "0 obs A.N.X 2020 OBS_VALUE=1.50 STATUS=A"]));
    }

    [Test]
    public void Atts_say_attributes_of_whatever_their_key_names()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Formats[0], Message(Formats[0], """
            <Obs FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2020" OBS_VALUE="1"/>
            <Atts FREQ="A" TYPE="N" AREA="X" UNIT="PT"/>
            <Atts FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2021" STATUS="A"/>
            """, "AllDimensions"), context);

        Assert.That(SmallCube.Codes(context), Is.Empty);
        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 OBS_VALUE=1", "0 att A.N.X UNIT=PT", "0 obs A.N.X 2021 STATUS=A"]));
    }

    [Test]
    public void A_component_may_be_an_element([Values("<Value>b</Value>", "<Value><c:Text>b</c:Text></Value>", "<Value><![CDATA[b]]></Value>")] string value)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Formats[0], Message(Formats[0], $"""
            <Series FREQ="A" TYPE="N" AREA="X"><Comp id="UNIT"><Value>PT</Value></Comp>
              <Obs TIME_PERIOD="2020" OBS_VALUE="1"><Comp id="NOTE">{value}</Comp></Obs><Obs TIME_PERIOD="2021" OBS_VALUE="2"/>
            </Series>
            """), context);

        Assert.That(SmallCube.Codes(context), Is.Empty);
        Assert.That(rows, Is.EqualTo(["0 att A.N.X UNIT=PT", "0 obs A.N.X 2020 OBS_VALUE=1 NOTE=b", "0 obs A.N.X 2021 OBS_VALUE=2"]));
    }

    [TestCase("<Comp id='NOTE'><Value>a</Value><Value>b</Value></Comp>", "NOTE with several values or languages", IssueCode.UnexpectedElement)]
    [TestCase("<Comp id='NOTE'><Value><c:Text xml:lang='fr'>a</c:Text></Value></Comp>", "NOTE with several values or languages", IssueCode.UnexpectedElement)]
    [TestCase("<Comp id='NOTES'><Value>a</Value></Comp>", "NOTES", IssueCode.UnknownComponent)]
    [TestCase("<Obs TIME_PERIOD='2021'/>", "Obs", IssueCode.UnexpectedElement)]
    public void What_cannot_be_kept_is_reported_and_the_rest_is_read(string element, string component, IssueCode code)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Formats[0], Message(Formats[0], $"""
            <Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020" OBS_VALUE="1">{element}</Obs></Series>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 OBS_VALUE=1"]));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(code, component)]));
    }

    [Test]
    public void Attributes_of_a_partial_key_are_written_once_and_in_one_DataSet([ValueSource(nameof(Formats))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema),
            "* .XX.a SIB_TITLE=first", "- A.XX.a 2010 OBS_VALUE=1", "* .YY.a SIB_TITLE=second", "- A.YY.a 2010 OBS_VALUE=2");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        var sets = message.Elements().Where(e => e.Name.LocalName == "DataSet").ToList();
        Assert.That(sets, Has.Count.EqualTo(1));
        Assert.That(sets[0].Elements().Select(e => e.Name.LocalName), Is.EqualTo(["Group", "Series", "Group", "Series"]));
    }

    [TestCase("structurespecific-3.0", "Append")]
    [TestCase("structurespecific-3.1", "Merge")]
    public void Merge_has_a_name_since_3_1(string format, string action)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: DatasetAction.Merge), "- A.XX.a 2010 OBS_VALUE=1");

        var message = XElement.Parse(WriterSample.Write(format, new WriterOptions(), block));

        Assert.That(message.Descendants().Attributes().Single(a => a.Name.LocalName == "action").Value, Is.EqualTo(action));
    }

    static string Message(string format, string body, string at = "TIME_PERIOD")
    {
        var root = $"http://www.sdmx.org/resources/sdmxml/schemas/v{format[^3..].Replace('.', '_')}/";
        return $"""
            <m:StructureSpecificData xmlns:m="{root}message" xmlns:c="{root}common" xmlns:ss="{root}data/structurespecific">
              <m:Header>{XmlMessages.Fields}<m:Structure structureID="S1" dimensionAtObservation="{at}">
                <c:StructureUsage>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:NATIONAL(1.5)</c:StructureUsage></m:Structure></m:Header>
              <m:DataSet ss:structureRef="S1" ss:action="Append">{body}</m:DataSet>
            </m:StructureSpecificData>
            """;
    }
}

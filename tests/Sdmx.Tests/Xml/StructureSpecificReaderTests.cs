using Sdmx.Tests.Data;

namespace Sdmx.Tests.Xml;

public sealed class StructureSpecificReaderTests
{
    const string Format = "structurespecific-2.1";

    static readonly string[] TwoObservations =
    [
        "0 att A.N.X UNIT=PT",
        "0 obs A.N.X 2020 OBS_VALUE=100.0 STATUS=A",
        "0 obs A.N.X 2021 OBS_VALUE=1E5",
    ];

    [TestCase("""<m:DataSet ss:structureRef="S1" ss:dataScope="DataStructure" xsi:type="n:DataSetType" ss:action="Append">""", "</m:DataSet>")]
    [TestCase("""<m:DataSet structureRef="S1" action="Append">""", "</m:DataSet>")]
    [TestCase("""<n:DataSet action="Append">""", "</n:DataSet>")]
    public void A_series_gives_its_attributes_once_and_its_observations(string start, string end)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific(start + """
            <Series FREQ="A" TYPE="N" AREA="X" UNIT="PT">
              <Obs TIME_PERIOD="2020" OBS_VALUE="100.0" STATUS="A"/><Obs TIME_PERIOD="2021" OBS_VALUE="1E5" NOTE=""></Obs>
            </Series>
            """ + end), context);

        Assert.That(rows, Is.EqualTo(TwoObservations));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void Flat_observations_give_the_same_rows()
    {
        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet structureRef="S1">
              <Obs FREQ="A" TYPE="N" AREA="X" UNIT="PT" TIME_PERIOD="2020" OBS_VALUE="100.0" STATUS="A"/>
              <Obs FREQ="A" TYPE="N" AREA="X" UNIT="PT" TIME_PERIOD="2021" OBS_VALUE="1E5"/>
            </m:DataSet>
            """, at: "AllDimensions"), SmallCube.Context());

        Assert.That(rows, Is.EqualTo(TwoObservations));
    }

    [Test]
    public void Cross_sections_take_the_period_from_the_series()
    {
        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet structureRef="S1"><Series FREQ="A" TYPE="N" TIME_PERIOD="2020"><Obs AREA="X" OBS_VALUE="1"/><Obs AREA="Y" OBS_VALUE="2" UNIT="PT"/></Series></m:DataSet>
            """, at: "AREA"), SmallCube.Context());

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 OBS_VALUE=1", "0 att A.N.Y UNIT=PT", "0 obs A.N.Y 2020 OBS_VALUE=2"]));
    }

    [TestCase("""xsi:type="n:SIBLING" """)]
    [TestCase("""type="SIBLING" """)]
    public void Groups_are_rows_of_their_holder(string type)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific($"""
            <m:DataSet structureRef="S1" SOURCE="Office"><Group {type} TYPE="N" AREA="X" TITLE="Title"/><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"/></Series></m:DataSet>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 att .. SOURCE=Office", "0 att .N.X TITLE=Title", "0 obs A.N.X 2020"]));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["InformationAction"]));
    }

    [Test]
    public void Groups_before_the_first_key_do_not_hide_which_flow_the_data_are_for()
    {
        var context = SmallCube.Context();

        using var reader = SmallCube.Open(Format, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(XmlMessages.Specific("""
            <m:DataSet structureRef="S1" SOURCE="Office"><Series FREQ="A" TYPE="G" AREA="X"><Obs TIME_PERIOD="2020"/></Series></m:DataSet>
            """, XmlMessages.ByStructure("1.5")))), context);
        var block = new ObservationBlock();
        reader.Read(block);

        Assert.That(block.Dataset.Schema.Urn.ShortName, Is.EqualTo("T:WORLD(1.5)"));
        Assert.That(block.Count, Is.EqualTo(2));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["InformationAction", "DataflowChosen"]));
    }

    [Test]
    public void An_observation_attribute_on_the_series_goes_to_each_observation_and_is_named_once()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="X" STATUS="A"><Obs TIME_PERIOD="2020"/><Obs TIME_PERIOD="2021" STATUS="E"/></Series>
            <Series FREQ="A" TYPE="N" AREA="Y" STATUS="A"><Obs TIME_PERIOD="2020" UNIT="PT"/></Series></m:DataSet>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 STATUS=A", "0 obs A.N.X 2021 STATUS=E", "0 att A.N.Y UNIT=PT", "0 obs A.N.Y 2020 STATUS=A"]));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.MisplacedAttribute, "STATUS"), (IssueCode.MisplacedAttribute, "UNIT")]));
        Assert.That(context.Issues.All.First().Message, Does.EndWith("in 2 series."));
    }

    [Test]
    public void What_thousands_of_series_have_wrong_is_one_finding_with_a_count()
    {
        var context = SmallCube.Context();
        var series = string.Concat(Enumerable.Repeat("""<Series TYPE="N" AREA="X" EXTRA="E"><Obs TIME_PERIOD="2020"/><Obs TIME_PERIOD="2021"/></Series>""", 5000));

        var rows = SmallCube.Read(Format, XmlMessages.Specific($"""<m:DataSet action="Append">{series}</m:DataSet>"""), context);

        Assert.That(rows, Has.Count.EqualTo(10_000));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.UnknownComponent, "EXTRA"), (IssueCode.MissingDimension, "FREQ")]));
        Assert.That(context.Issues.All.Select(i => i.Message), Is.All.EndsWith("in 5,000 series."));
        Assert.That(context.Issues.All.First().At.Dataset, Is.Zero);
    }

    [Test]
    public void Periods_that_cannot_be_read_or_are_missing_are_findings_each()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="X">
            <Obs TIME_PERIOD="20x0" OBS_VALUE="1"/>
            <Obs OBS_VALUE="2"/></Series></m:DataSet>
            """), context);

        Assert.That(rows, Has.Count.EqualTo(2));
        var issues = context.Issues.All.ToArray();
        Assert.That(issues.Select(i => (i.Code, i.Key, i.Value, i.At.Line)),
            Is.EqualTo([(IssueCode.InvalidTimePeriod, "A.N.X", "20x0", 2), (IssueCode.MissingTimePeriod, "A.N.X", (string?)null, 3)]));
    }

    [Test]
    public void Unknown_codes_and_bad_numbers_are_kept_for_the_validator()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="nowhere"><Obs TIME_PERIOD="2020" OBS_VALUE="a lot" STATUS="?"/></Series></m:DataSet>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.nowhere 2020 OBS_VALUE=a lot STATUS=?"]));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void Several_data_sets_and_actions_stay_apart_and_an_empty_one_is_seen()
    {
        var context = SmallCube.Context();
        var header = XmlMessages.Fields + XmlMessages.Structure("S1", XmlMessages.ByFlow) + XmlMessages.Structure("S2", XmlMessages.ByStructure("1.0"));

        var rows = SmallCube.Read(Format, XmlMessages.Around("StructureSpecificData", header, """
            <m:DataSet structureRef="S1" action="Delete"/><m:DataSet structureRef="S2" action="Append"/>
            <m:DataSet structureRef="S1" action="Replace"><Series FREQ="A" TYPE="N" AREA="X"/><Series FREQ="A" TYPE="N" AREA="Y" UNIT="PT"/></m:DataSet>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 att ..", "1", "2 att A.N.X", "2 att A.N.Y UNIT=PT"]));
    }

    [Test]
    public void Header_and_footer_are_read()
    {
        var context = SmallCube.Context();
        using var reader = SmallCube.Open(Format, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(XmlMessages.Around("StructureSpecificData",
            """<m:ID>I1</m:ID><m:Test>true</m:Test><m:Sender id="S"/><m:Receiver id="R1"/><m:Receiver id="R2"/><c:Name xml:lang="fr">Nom</c:Name>"""
            + XmlMessages.Structure("S1", "<c:Structure><URN>urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=T:DSD(1.5)</URN></c:Structure>") + "<m:DataSetAction>Replace</m:DataSetAction>",
            """<m:DataSet/><f:Footer xmlns:f="f"><f:Message code="413" severity="Error"><c:Text>Cut short</c:Text></f:Message></f:Footer>"""))), context);

        var rows = SmallCube.Rows(reader);

        Assert.That(rows, Is.EqualTo(["0"]));
        Assert.That((reader.Header.Id, reader.Header.IsTest, reader.Header.Sender, reader.Header.Receivers.Count, reader.Header.Name.In("fr"), reader.Header.Action),
            Is.EqualTo(("I1", true, "S", 2, "Nom", (DatasetAction?)DatasetAction.Replace)));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["IncompleteHeader", "TestMessage", "FooterMessage"]));
        Assert.That(context.Issues.All.Last().Message, Does.Contain("413").And.Contain("Cut short"));
    }

    [Test]
    public void Group_faults_are_named_once_per_group()
    {
        var context = SmallCube.Context();

        SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet action="Append"><Group type="NONE" AREA="X" TITLE="t"/><Group type="SIBLING" AREA="X" TITLE="t"/><Group type="SIBLING" AREA="Y" TITLE="t"/></m:DataSet>
            """), context);

        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.BadGroup, "NONE"), (IssueCode.BadGroup, "SIBLING")]));
    }

    [Test]
    public void More_rows_than_a_block_holds_come_in_several_blocks()
    {
        var observations = string.Concat(Enumerable.Range(0, 9000).Select(i => $"""<Obs TIME_PERIOD="{1000 + i}" OBS_VALUE="{i}" NOTE="{(i / 3000)}"/>"""));

        var rows = SmallCube.Read(Format, XmlMessages.Specific($"""<m:DataSet><Series FREQ="A" TYPE="N" AREA="X" UNIT="PT">{observations}</Series></m:DataSet>"""), SmallCube.Context());

        Assert.That(rows, Has.Count.EqualTo(9001));
        Assert.That(rows[^1], Is.EqualTo("0 obs A.N.X 9999 OBS_VALUE=8999 NOTE=2"));
    }

    [Test]
    public void A_section_without_observations_names_no_series()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet structureRef="S1" action="Append"><Series FREQ="A" TYPE="N" TIME_PERIOD="2020"/><Series FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2020"/></m:DataSet>
            """, at: "AREA"), context);

        Assert.That(rows, Is.EqualTo(["0 att A.N.X"]));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void An_observation_behind_a_series_is_none_of_it()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Specific("""
            <m:DataSet structureRef="S1" action="Append"><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"/></Series><Obs TIME_PERIOD="2021"/></m:DataSet>
            """), context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020", "0 obs .. 2021"]));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["MissingDimension", "MissingDimension", "MissingDimension"]));
    }
}

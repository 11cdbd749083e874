using Sdmx.Tests.Data;

namespace Sdmx.Tests.Xml;

public sealed class GenericReaderTests
{
    const string Format = "generic-2.1";

    public const string OneSeries = """
        <m:DataSet structureRef="S1" action="Append"><g:Series>
          <g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/></g:SeriesKey>
          <g:Attributes><g:Value id="UNIT" value="PT"/></g:Attributes>
          <g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="100.0"/><g:Attributes><g:Value id="STATUS" value="A"/></g:Attributes></g:Obs>
          <g:Obs><g:ObsDimension id="TIME_PERIOD" value="2021"/><g:ObsValue value="NaN"/></g:Obs>
        </g:Series></m:DataSet>
        """;

    [Test]
    public void A_series_gives_its_attributes_once_and_its_observations()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(Format, XmlMessages.Generic(OneSeries), context);

        Assert.That(rows, Is.EqualTo(["0 att A.N.X UNIT=PT", "0 obs A.N.X 2020 OBS_VALUE=100.0 STATUS=A", "0 obs A.N.X 2021 OBS_VALUE=NaN"]));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void Flat_observations_groups_and_data_set_attributes_are_read()
    {
        var rows = SmallCube.Read(Format, XmlMessages.Generic("""
            <m:DataSet structureRef="S1" action="Replace"><g:Attributes><g:Value id="SOURCE" value="Office"/></g:Attributes>
            <g:Group type="SIBLING"><g:GroupKey><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/></g:GroupKey><g:Attributes><g:Value id="TITLE" value="T"/></g:Attributes></g:Group>
            <g:Obs><g:ObsKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/><g:Value id="TIME_PERIOD" value="2020"/></g:ObsKey><g:ObsValue value="1"/></g:Obs>
            </m:DataSet>
            """, at: "AllDimensions"), SmallCube.Context());

        Assert.That(rows, Is.EqualTo(["0 att .. SOURCE=Office", "0 att .N.X TITLE=T", "0 obs A.N.X 2020 OBS_VALUE=1"]));
    }

    [Test]
    public void Cross_sections_are_read()
    {
        var rows = SmallCube.Read(Format, XmlMessages.Generic("""
            <m:DataSet structureRef="S1" action="Append"><g:Series>
              <g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="TIME_PERIOD" value="2020"/></g:SeriesKey>
              <g:Obs><g:ObsDimension value="X"/><g:ObsValue value="1"/></g:Obs><g:Obs><g:ObsDimension value="Y"/><g:ObsValue value="2"/></g:Obs>
            </g:Series></m:DataSet>
            """, at: "AREA"), SmallCube.Context());

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 OBS_VALUE=1", "0 obs A.N.Y 2020 OBS_VALUE=2"]));
    }

    [Test]
    public void A_component_given_twice_or_in_the_wrong_list_is_found()
    {
        var context = SmallCube.Context();

        SmallCube.Read(Format, XmlMessages.Generic("""
            <m:DataSet structureRef="S1" action="Append"><g:Series>
              <g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="FREQ" value="Q"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/><g:Value id="UNIT" value="PT"/></g:SeriesKey>
              <g:Obs><g:ObsDimension value="2020"/></g:Obs>
            </g:Series></m:DataSet>
            """), context);

        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.RepeatedComponent, "FREQ"), (IssueCode.MisplacedAttribute, "UNIT")]));
    }
}

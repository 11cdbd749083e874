using Sdmx.Mapping;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Mapping;

/// <summary>Data whose dates are no time periods of SDMX, read as data that have some.</summary>
public sealed class DateMapTests
{
    /// <summary>A structure without time: the date is a dimension, or the text of a note.</summary>
    static readonly DataStructure Source = SmallCube.Structure("1.5", "DATED") with
    {
        Time = null,
        Dimensions = [.. SmallCube.Structure("1.5").Dimensions, new() { Id = "DATE", ConceptIdentity = new Urn("Concept", "T", "CS", "1.0", "DATE") }],
    };

    static StructureMap Map(params DateMap[] dates) => new()
    {
        Agency = "T", Id = "DATES", Source = Source.Urn, Target = new Urn(ArtefactType.Dataflow, "T", "WORLD", "1.5"),
        ComponentMaps = [.. ((string[])["FREQ", "TYPE", "AREA", "STATUS"]).Select(c => new ComponentMap { Sources = [c], Targets = [c] })],
        EpochMaps = [.. dates.OfType<EpochMap>()], DatePatternMaps = [.. dates.OfType<DatePatternMap>()],
    };

    static DatePatternMap Pattern(string pattern, string? frequency = "FREQ", string? target = null, string from = "DATE", string? resolve = null) => new()
    {
        Components = [(from, "TIME_PERIOD")], SourcePattern = pattern, Locale = "en", FrequencyDimension = frequency, TargetFrequency = target, ResolvePeriod = resolve,
    };

    static EpochMap Epoch(string start, string unit, string frequency) =>
        new() { Components = [("DATE", "TIME_PERIOD")], BasePeriod = start, EpochPeriod = unit, TargetFrequency = frequency };

    static (List<string> Rows, List<string> Findings) Read(StructureMap map, string action, params string[] rows)
    {
        using var issues = new IssueLog();
        var context = SmallCube.Context(SmallCube.Catalog.With([Source, map])) with { Issues = issues };
        var text = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,DATE,OBS_VALUE,STATUS,NOTE\n" + string.Concat(rows.Select(r => $"datastructure,T:DATED(1.5),{action},{r}\n"));
        return (MapCube.Rows(context, "DATES", text), [.. issues.All.Select(i => $"{i.Code} {i.At.Line} {i.Component}={i.Value}: {i.Message}")]);
    }

    [Test]
    public void A_date_becomes_the_period_of_the_frequency_that_the_row_has()
    {
        var (rows, findings) = Read(Map(Pattern("dd/MM/yyyy")), "M", "A,G,X,18/07/1981,1,A,", "Q,G,X,18/07/1981,2,,", "M,G,Y,01/01/1999,3,,", "M,G,Y,15/02/1999,4,,");

        Assert.That(rows, Is.EqualTo(new[]
        {
            "0 obs A.G.X 1981 OBS_VALUE=1 STATUS=A", "0 obs Q.G.X 1981-Q3 OBS_VALUE=2", "0 obs M.G.Y 1999-01 OBS_VALUE=3", "0 obs M.G.Y 1999-02 OBS_VALUE=4",
        }));
        Assert.That(findings, Is.Empty);
    }

    [TestCase("1589808220", "1970", "second", "M", "2020-05")]
    [TestCase("1589808220000", "1970-01-01", "millisecond", "D", "2020-05-18")]
    [TestCase("11644473600000", "1601", "millisecond", "A", "1970")]
    [TestCase("-1", "1970", "day", "I", "1969-12-31T00:00:00")]
    [TestCase("1.5", "2000-Q2", "day", "I", "2000-04-02T12:00:00")]
    [TestCase("1500000000", "1970", "nanosecond", "I", "1970-01-01T00:00:01.5")]
    public void A_number_becomes_the_period_so_far_from_its_base(string number, string start, string unit, string frequency, string period)
    {
        var (rows, findings) = Read(Map(Epoch(start, unit, frequency)), "M", $"A,G,X,{number},1,,");

        Assert.That(findings, Is.Empty);
        Assert.That(rows, Is.EqualTo(new[] { $"0 obs A.G.X {period} OBS_VALUE=1" }));
    }

    [TestCase(null, "1981-12-31")]
    [TestCase("endOfPeriod", "1981-12-31")]
    [TestCase("startOfPeriod", "1981-01-01")]
    [TestCase("midPeriod", "1981-07-02")]
    public void Of_a_date_longer_than_its_period_the_map_says_which(string? resolve, string period) =>
        Assert.That(Read(Map(Pattern("yyyy", null, "D", resolve: resolve)), "M", "A,G,X,1981,1,,").Rows, Is.EqualTo(new[] { $"0 obs A.G.X {period} OBS_VALUE=1" }));

    [Test]
    public void A_date_may_be_an_attribute_of_the_observation_and_decide_on_others()
    {
        var table = MapCube.Table("STATUSES", 2, 1, MapCube.Row(["A", "2001-12-31"], "E"), MapCube.Row(["A", "2002-01-01"], "M"));
        var map = Map(Pattern("yyyy-MM-dd", null, "A", "NOTE"));
        map = map with { ComponentMaps = [.. map.ComponentMaps.SkipLast(1), new() { Sources = ["STATUS", "NOTE"], Targets = ["STATUS"], RepresentationMap = table.Urn }] };
        using var issues = new IssueLog();
        var context = SmallCube.Context(SmallCube.Catalog.With([Source, map, table])) with { Issues = issues };
        const string text = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,DATE,OBS_VALUE,STATUS,NOTE\n"
            + "datastructure,T:DATED(1.5),M,A,G,X,a,1,A,2001-12-31\ndatastructure,T:DATED(1.5),M,A,G,X,a,2,A,2002-01-01\n";

        Assert.That(MapCube.Rows(context, "DATES", text), Is.EqualTo(new[] { "0 obs A.G.X 2001 OBS_VALUE=1 STATUS=E", "0 obs A.G.X 2002 OBS_VALUE=2 STATUS=M" }));
        Assert.That(issues.All.Select(i => $"{i.Code} {i.Component}"), Is.EqualTo(new[] { "UnmappedComponent DATE" }));
    }

    [Test]
    public void What_is_no_date_is_told_once_with_its_rows_and_left_out()
    {
        var (rows, findings) = Read(Map(Pattern("dd/MM/yyyy")), "M", "A,G,X,31/02/1981,1,,", "A,G,X,1982,2,,", "Q,G,X,1982,3,,", "A,G,X,01/01/1983,4,,", "A,G,X,,5,,");

        Assert.That(rows, Is.EqualTo(new[] { "0 obs A.G.X 1983 OBS_VALUE=4" }));
        Assert.That(findings.Where(f => f.StartsWith("InvalidTimePeriod", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            "InvalidTimePeriod 2 DATE=31/02/1981: DATE '31/02/1981' makes no period of T:DATES(1.0), in 1 row: a date by the pattern dd/MM/yyyy of the frequency 'A' is expected.",
            "InvalidTimePeriod 3 DATE=1982: DATE '1982' makes no period of T:DATES(1.0), in 2 rows: a date by the pattern dd/MM/yyyy of the frequency 'A' is expected.",
        }));
    }

    [Test]
    public void The_time_dimension_may_decide_on_attributes()
    {
        var table = MapCube.Table("STATUSES", 2, 1, MapCube.Row(["A", "2000"], "E"), MapCube.Row(["A", "2001"], "M"));
        var map = MapCube.Map with { ComponentMaps = [.. MapCube.Map.ComponentMaps.Where(m => m.Sources[0] != "STATUS"), new() { Sources = ["FREQ", "TIME_PERIOD"], Targets = ["OBS_STATUS"], RepresentationMap = table.Urn }] };
        using var issues = new IssueLog();

        var rows = MapCube.Read(MapCube.Context(map, table) with { Issues = issues }, "MAP", "A,N,X,2000,1,,,PT,,", "A,N,X,2001,2,,,PT,,");

        Assert.That(rows.Where(r => r.Contains(" obs ")), Is.EqualTo(new[] { "0 obs A.646._T.yearly.PERCENT 2000 OBS_VALUE=1 OBS_STATUS=E MULT=0", "0 obs A.646._T.yearly.PERCENT 2001 OBS_VALUE=2 OBS_STATUS=M MULT=0" }));
    }

    static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(Map(Pattern("dd/MM/yyyy", null)), "it does not say of which frequency the periods are that it makes of DATE");
        yield return Case(Map(Pattern("dd/MM/yyyy", "STATUS") with { MappedFrequencies = ["A"] }), "FrequencyFormatMapping");
        yield return Case(Map(Pattern("dd/MM/yyyy", "UNIT")), "UNIT, which says the frequency of periods, is not said");
        yield return Case(Map(Pattern("dd/MM/yyyy", null, "A5")), "the hub makes no periods of the frequency 'A5'");
        yield return Case(Map(Pattern("dd/MM/yyyy", null, "A", resolve: "never")), "resolvePeriod 'never' is none of");
        yield return Case(Map(Pattern("dd/MM/yyyy", null, "A", "UNIT")), "it makes periods of UNIT, which belongs to no single observation");
        yield return Case(Map(Pattern("dd/MM/yyyy", null, "A"), Epoch("1970", "day", "A")), "TIME_PERIOD of the target is said twice");
        yield return Case(Map(Epoch("the beginning", "year", "A")), "basePeriod 'the beginning' is no time period of SDMX");
        yield return Case(Map(Epoch("1970", "year", "A")), "epochPeriod 'year' is none of");
        yield return Case(Map(Pattern("yyyy", null, "A") with { Components = [("DATE", "NOTE")] }), "for NOTE, and the hub makes only periods of the time dimension");
        yield return Case(Map(), "the target has a time dimension, and the other has none");
    }

    [TestCaseSource(nameof(Refused))]
    public void A_map_that_asks_what_is_not_done_is_refused(StructureMap map, string says)
    {
        var (rows, findings) = Read(map, "M", "A,G,X,01/01/1983,4,,");

        Assert.That(rows, Is.Empty);
        Assert.That(findings, Has.Some.StartsWith("UnusableMap").And.Some.Contains(says));
    }

    [Test]
    public void Nothing_is_deleted_by_periods_that_are_made()
    {
        var (rows, findings) = Read(Map(Pattern("dd/MM/yyyy")), "D", "A,G,X,01/01/1983,4,,");

        Assert.That((rows.Count, findings.Single()), Is.EqualTo((0, "UnusableMap 0 =T:DATES(1.0): T:DATES(1.0) cannot be applied: it makes periods of DATE, and what is deleted is named by periods.")));
    }

    static TestCaseData Case(StructureMap map, string says) => new TestCaseData(map, says).SetName($"A_map_that_asks_what_is_not_done_is_refused({says})");
}

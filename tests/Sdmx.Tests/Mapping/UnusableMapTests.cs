using Sdmx.Tests.Data;

namespace Sdmx.Tests.Mapping;

/// <summary>Maps that cannot be applied, and why.</summary>
public sealed class UnusableMapTests
{
    static IEnumerable<TestCaseData> Cases()
    {
        var map = MapCube.Map;
        yield return Case("another target dimension", map with { ComponentMaps = [.. map.ComponentMaps.Skip(1)] }, "nothing says what the dimension FREQ of the target is");
        yield return Case("a component twice", map with { FixedValues = [new() { Component = "FREQ", Values = ["A"] }] }, "FREQ of the target is said twice");
        yield return Case("no such component", map with { FixedValues = [new() { Component = "MULTI", Values = ["A"] }] }, "MULTI is no component of the target, T:GOAL(1.0). Did you mean MULT?");
        yield return Case("another source", map with { Source = MapCube.Target.Urn }, "it maps data of T:GOAL(1.0), and these are data of T:DSD(1.5)");
        yield return Case("a target that is not held", map with { Target = new Urn(ArtefactType.Dataflow, "T", "NONE", "1.0") }, "its target T:NONE(1.0) is not held");
        yield return Case("several flows", map with { Target = SmallCube.Structure("1.5").Urn }, "its target T:DSD(1.5) has several flows (T:NATIONAL(1.5), T:WORLD(1.5)); give one");
        yield return Case("dates", map with { EpochMaps = [new() { BasePeriod = "1970", EpochPeriod = "day", Components = [("NOTE", "TIME_PERIOD")] }] }, "it does not say of which frequency");
        yield return Case("time of something else", map with { ComponentMaps = [.. map.ComponentMaps, new() { Sources = ["NOTE"], Targets = ["TIME_PERIOD"] }] }, "NOTE becomes TIME_PERIOD");
        yield return Case("several without table", map with { ComponentMaps = [.. map.ComponentMaps.Where(m => m.Sources.Count == 1), new() { Sources = ["FREQ", "TYPE"], Targets = ["KIND"] }] }, "FREQ+TYPE are several components");
        yield return Case("a table of another width", map with { ComponentMaps = [.. map.ComponentMaps.Where(m => m.Sources.Count == 1), new() { Sources = ["FREQ"], Targets = ["KIND"], RepresentationMap = MapCube.Urn("KINDS") }] },
            "T:KINDS(1.0) is a table of 2 to 1 components, where FREQ becomes KIND");
        yield return Case("no table", map with { ComponentMaps = [.. map.ComponentMaps, new() { Sources = ["TYPE"], Targets = ["MULT"], RepresentationMap = MapCube.Urn("LOST") }] }, "the representation map T:LOST(1.0) is not held");
        yield return Case("a bad expression", MapCube.Table("UNITS", 1, 1, new ValueMapping { Sources = [new("(", IsRegex: true)], Targets = ["x"] }), "the regular expression '(' in row 1 of T:UNITS(1.0) cannot be used");
        yield return Case("a look-behind", MapCube.Table("UNITS", 1, 1, new ValueMapping { Sources = [new("(?<=a)b", IsRegex: true)], Targets = ["x"] }), "cannot be used");
        yield return Case("two meanings", MapCube.Table("UNITS", 1, 1, MapCube.Row(["PT"], "A"), MapCube.Row(["PT"], "B")), "row 2 of T:UNITS(1.0) says another thing of 'PT' than a row before");
        yield return Case("no date", MapCube.Table("UNITS", 1, 1, MapCube.Row(["PT"], "A") with { ValidTo = "soon" }), "'soon' in row 1 of T:UNITS(1.0) is no date");
    }

    [TestCaseSource(nameof(Cases))]
    public void It_is_told_why_and_nothing_is_read(Artefact changed, string reason)
    {
        using var issues = new IssueLog();

        var rows = MapCube.Read(MapCube.Context(changed) with { Issues = issues }, "MAP", "A,N,X,2000,1,A,,PT,,");

        Assert.That(rows, Is.Empty);
        Assert.That(issues.All.Select(i => i.Code), Is.Not.Empty.And.All.EqualTo(IssueCode.UnusableMap));
        Assert.That(issues.All.Select(i => i.Message), Has.Some.Contains(reason));
    }

    [TestCase("MAPS", "structure map 'MAPS' is not held; held: T:MAP(1.0)")]
    [TestCase("T:MAP(9.0)", "structure map 'T:MAP(9.0)' is not held")]
    public void A_map_that_is_not_held_is_told(string name, string says)
    {
        using var issues = new IssueLog();

        MapCube.Read(MapCube.Context() with { Issues = issues }, name, "A,N,X,2000,1,A,,PT,,");

        Assert.That(issues.All.Single().Code, Is.EqualTo(IssueCode.UnknownMap));
        Assert.That(issues.All.Single().Message, Does.Contain(says));
    }

    [Test]
    public void An_id_of_two_agencies_names_none()
    {
        using var issues = new IssueLog();
        var context = MapCube.Context(MapCube.Map with { Agency = "U" }) with { Issues = issues };

        MapCube.Read(context, "MAP", "A,N,X,2000,1,A,,PT,,");

        Assert.That(issues.All.Single().Message, Does.Contain("T:MAP, U:MAP; name one of them"));
        Assert.That(MapCube.Read(context, "urn:sdmx:org.sdmx.infomodel.structuremapping.StructureMap=T:MAP(1.0)", "A,N,X,2000,1,A,,PT,,"), Is.Not.Empty);
    }

    static TestCaseData Case(string name, Artefact changed, string reason) => new TestCaseData(changed, reason).SetName($"It_is_told_why_and_nothing_is_read({name})");
}

using Sdmx.Tests.Data;
using SharedFacts;

namespace Sdmx.Tests.Validation;

/// <summary>Cube regions and key sets, by what they let through (checklist 5, Constraint).</summary>
public sealed class ConstraintTests
{
    static readonly string[] All = ["A.N.X", "A.N.Y", "A.G.X", "A.G.Y"];

    [Test]
    public void Included_regions_are_united()
    {
        Assert.That(Allowed([Region(true, In("TYPE", "N"), In("AREA", "X")), Region(true, In("TYPE", "G"))]), Is.EqualTo((string[])["A.N.X", "A.G.X", "A.G.Y"]));
    }

    [Test]
    public void Each_flow_of_a_message_has_its_own_constraints()
    {
        const string Rows = """
            STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,SERIES,AREA,TIME_PERIOD,OBS_VALUE,UNIT_MEASURE,UNIT_MULT,OBS_STATUS
            dataflow,EX:NATIONAL(1.0),I,A,N,POVERTY,RW,2020,40,PT,0,A
            dataflow,EX:GLOBAL(1.0),I,A,G,POVERTY,RW,2020,40,PT,0,A
            dataflow,EX:GLOBAL(1.0),I,A,N,POVERTY,RW,2021,40,PT,0,A
            """;
        using var message = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Rows));

        using var result = Validation.Run(Validation.Structures(Facts.InProject("samples", "invalid", "structures.xml")), message, "two.csv");

        Assert.That(result.Lines.Where(l => l.StartsWith("Outside")), Is.EqualTo((string[])["OutsideCubeRegion 4 TYPE=N"]));
    }

    [Test]
    public void Excluded_regions_are_taken_away()
    {
        Assert.That(Allowed([Region(true, In("TYPE", "N")), Region(false, In("AREA", "X"))]), Is.EqualTo((string[])["A.N.Y"]));
        Assert.That(Allowed([Region(false, In("TYPE", "N"), In("AREA", "X"))]), Is.EqualTo((string[])["A.N.Y", "A.G.X", "A.G.Y"]));
    }

    [Test]
    public void A_selection_that_is_not_included_means_all_others()
    {
        Assert.That(Allowed([Region(true, In("AREA", "X") with { IsIncluded = false })]), Is.EqualTo((string[])["A.N.Y", "A.G.Y"]));
    }

    [Test]
    public void A_percent_sign_stands_for_any_letters()
    {
        Assert.That(Allowed([Region(true, In("TYPE", "%N%"))]), Is.EqualTo((string[])["A.N.X", "A.N.Y"]));
    }

    [Test]
    public void A_time_range_limits_the_periods()
    {
        var range = new MemberSelection { Component = "TIME_PERIOD", TimeRange = new ConstraintTimeRange { Start = "2000", End = "2010", IsEndInclusive = false } };

        var refused = Refused(Constraint([Region(true, range)]), "A.N.X 1999 OBS_VALUE=1", "A.N.X 2000 OBS_VALUE=1", "A.N.X 2009-Q4 OBS_VALUE=1", "A.N.X 2010 OBS_VALUE=1");

        Assert.That(refused, Is.EqualTo((string[])["A.N.X:1999", "A.N.X:2010"]));
    }

    [Test]
    public void An_absent_attribute_is_not_limited()
    {
        var refused = Refused(Constraint([Region(true, In("STATUS", "A"))]), "A.N.X 2000 OBS_VALUE=1", "A.N.X 2001 OBS_VALUE=1 STATUS=A", "A.N.X 2002 OBS_VALUE=1 STATUS=E");

        Assert.That(refused, Is.EqualTo((string[])["A.N.X:2002"]));
    }

    [Test]
    public void A_key_set_joins_dimensions_with_attributes_of_series_and_observation()
    {
        var keys = Constraint([], [Keys(true, [In("AREA", "X"), In("UNIT", "PT"), In("STATUS", "A", "E")], [In("AREA", "Y"), In("UNIT", "NUM")])]);

        var refused = Refused(keys, "A.N.X UNIT=PT", "A.N.X 2000 OBS_VALUE=1 STATUS=A", "A.N.X 2001 OBS_VALUE=1 STATUS=M", "A.N.Y UNIT=PT", "A.N.Y 2000 OBS_VALUE=1",
            "A.G.Y UNIT=NUM", "A.G.Y 2000 OBS_VALUE=1", "A.N.Z 2000 OBS_VALUE=1");

        Assert.That(refused, Is.EquivalentTo((string[])["A.N.X:2001", "A.N.Y", "A.N.Z"]));
    }

    [Test]
    public void An_excluded_key_set_refuses_its_keys_only()
    {
        var keys = Constraint([], [Keys(false, [In("AREA", "X"), In("TYPE", "N")], [In("AREA", "Y"), In("TYPE", "G")])]);

        Assert.That(Refused(keys, [.. All.Select(k => k + " 2000 OBS_VALUE=1")]), Is.EquivalentTo((string[])["A.N.X", "A.G.Y"]));
    }

    [Test]
    public void Several_constraints_must_all_hold()
    {
        DataConstraint[] both = [Constraint([Region(true, In("TYPE", "N"))]), Constraint([Region(true, In("AREA", "X"))]) with { Id = "OTHER" }];

        Assert.That(Refused(both, [.. All.Select(k => k + " 2000 OBS_VALUE=1")]).Distinct(), Is.EquivalentTo((string[])["A.N.Y", "A.G.X", "A.G.Y"]));
    }

    [Test]
    public void An_unknown_code_is_not_reported_a_second_time()
    {
        Assert.That(Refused(Constraint([Region(true, In("AREA", "X"))]), "A.N.NOWHERE 2000 OBS_VALUE=1"), Is.Empty);
    }

    [TestCase(Cascade.None, "1")]
    [TestCase(Cascade.Children, "1 2 3")]
    [TestCase(Cascade.ExcludeRoot, "2 3")]
    public void Cascading_values_take_in_what_lies_below(Cascade cascade, string allowed)
    {
        var tree = SmallCube.List("CL_AREA", "1", "2", "3", "4");
        tree = tree with { Codes = [tree.Codes[0], tree.Codes[1] with { Parent = "1" }, tree.Codes[2] with { Parent = "2" }, tree.Codes[3]] };
        var selection = new MemberSelection { Component = "AREA", Values = [new MemberValue("1", cascade)] };

        var refused = Refused(SmallCube.Catalog.With([tree]), [Constraint([Region(true, selection)])], ["A.N.1 2000 OBS_VALUE=1", "A.N.2 2000 OBS_VALUE=1", "A.N.3 2000 OBS_VALUE=1", "A.N.4 2000 OBS_VALUE=1"]);

        Assert.That(((string[])["1", "2", "3", "4"]).Where(a => !refused.Contains("A.N." + a)), Is.EqualTo(allowed.Split(' ')));
    }

    static IEnumerable<string> Allowed(ValueArray<CubeRegion> regions)
    {
        var refused = Refused(Constraint(regions), [.. All.Select(k => k + " 2000 OBS_VALUE=1")]);
        return All.Except(refused);
    }

    static List<string> Refused(DataConstraint constraint, params string[] rows) => Refused([constraint], rows);

    static List<string> Refused(DataConstraint[] constraints, string[] rows) => Refused(SmallCube.Catalog, constraints, rows);

    static List<string> Refused(StructureCatalog catalog, DataConstraint[] constraints, string[] rows)
    {
        var flow = SmallCube.Flow("FREE", "1.5");
        var schema = catalog.With([flow, .. constraints]).Schema(flow.Urn)!;
        return [.. new Rows(schema).Add(rows).Validate().Where(i => i.Code is IssueCode.OutsideCubeRegion or IssueCode.OutsideKeySet).Select(i => i.Key!)];
    }

    static DataConstraint Constraint(ValueArray<CubeRegion> regions, ValueArray<DataKeySet> keys = default) =>
        new() { Agency = "T", Id = "CN", Attachment = [SmallCube.Flow("FREE", "1.5").Urn], Regions = regions, KeySets = keys };

    static CubeRegion Region(bool isIncluded, params MemberSelection[] keys) => new() { IsIncluded = isIncluded, Keys = keys.ToValueArray() };

    static DataKeySet Keys(bool isIncluded, params MemberSelection[][] keys) =>
        new() { IsIncluded = isIncluded, Keys = keys.Select(k => new DataKey(k.ToValueArray())).ToValueArray() };

    static MemberSelection In(string component, params string[] values) => new() { Component = component, Values = values.Select(v => new MemberValue(v)).ToValueArray() };
}

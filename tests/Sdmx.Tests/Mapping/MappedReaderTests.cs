using System.Globalization;
using Sdmx.Mapping;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Mapping;

/// <summary>Data of one structure read as data of another.</summary>
public sealed class MappedReaderTests
{
    [Test]
    public void Components_become_others_whatever_their_level_and_number()
    {
        using var issues = new IssueLog();
        var context = MapCube.Context() with { Issues = issues };

        var rows = MapCube.Read(context, "MAP", "A,N,X,2000,1.50,A,good,PT,Title,Census", "A,N,X,2001,2,,,PT,Title,Census", "M,G,Y,2000-01,3,M,,,,Census");

        Assert.That(rows, Is.EqualTo(new[]
        {
            "0 att .... ORIGIN=Census",
            "0 att .646... PLACE=X",
            "0 att A.646._T.yearly.PERCENT HEADING=Title",
            "0 obs A.646._T.yearly.PERCENT 2000 OBS_VALUE=1.50 OBS_STATUS=A COMMENT=good MULT=0",
            "0 obs A.646._T.yearly.PERCENT 2001 OBS_VALUE=2 MULT=0",
            "0 att .646... PLACE=Y", // what two places say of one, the validator tells
            "0 obs M.646.F.less-G.NONE 2000-01 OBS_VALUE=3 MULT=0",
        }));
        Assert.That(issues.All, Is.Empty);
    }

    [Test]
    public void What_cannot_be_mapped_is_told_once_for_each_value_with_its_rows_and_its_first_place()
    {
        using var issues = new IssueLog();
        var context = MapCube.Context() with { Issues = issues };

        var rows = MapCube.Read(context, "T:MAP", "A,N,x,2000,1,A,,PT,,", "A,N,x,2001,2,A,,PT,,", "A,N,Z,2000,3,A,,PT,,", "A,N,X,2000,4,E,,PT,,", "A,N,x,2002,5,A,,PT,,", "A,N,X,2001,6,E,,NUM,,");

        Assert.That(rows, Is.EqualTo(new[] { "0 att .646... PLACE=X", "0 obs A.646._T.yearly.PERCENT 2000 OBS_VALUE=4 MULT=0" }));
        Assert.That(issues.All.Select(i => $"{i.Code} {i.At.Line} {i.Component}={i.Value} {i.Nearest}: {i.Message}"), Is.EqualTo(new[]
        {
            "UnmappedCode 2 AREA=x X: AREA 'x' has no row in T:AREAS(1.0): in 3 rows. Did you mean X?",
            "LeftOutByMap 4 AREA=Z : T:AREAS(1.0) has nothing in the target for AREA 'Z': left out in 1 row.",
            "UnmappedCode 5 STATUS=E : STATUS 'E' has no row in T:STATUSES(1.0): in 1 row.",
            "UnmappedCode 7 UNIT=NUM : UNIT 'NUM' has no row in T:UNITS(1.0): in 1 row.",
        }));
    }

    [Test]
    public void A_component_that_the_map_does_not_take_is_told_once()
    {
        using var issues = new IssueLog();
        var map = MapCube.Map with { ComponentMaps = [.. MapCube.Map.ComponentMaps.Where(m => m.Sources[0] is not ("NOTE" or "SOURCE"))] };

        MapCube.Read(MapCube.Context(map) with { Issues = issues }, "MAP", "A,N,X,2000,1,A,good,PT,,", "A,N,X,2001,2,A,,PT,,", "A,N,X,2002,3,A,bad,PT,,");

        Assert.That(issues.All.Select(i => $"{i.Code} {i.At.Line} {i.Message}"), Is.EqualTo(new[] { "UnmappedComponent 2 T:MAP(1.0) does not say what becomes of NOTE: what it says is left out, in 2 rows." }));
    }

    [Test]
    public void A_dimension_made_of_what_is_absent_is_told()
    {
        using var issues = new IssueLog();
        var map = MapCube.Map with { ComponentMaps = [.. MapCube.Map.ComponentMaps.Where(m => m.Sources[0] != "UNIT"), new() { Sources = ["UNIT"], Targets = ["MEASURED"] }] };

        var rows = MapCube.Read(MapCube.Context(map) with { Issues = issues }, "MAP", "A,N,X,2000,1,A,,,,", "A,N,X,2001,2,A,,,,");

        Assert.That(rows.Where(r => r.Contains(" obs ")), Is.Empty);
        Assert.That(issues.All.Select(i => $"{i.Code} {i.Message}"), Is.EqualTo(new[] { "UnmappedCode UNIT is absent, and T:MAP(1.0) makes a dimension of it: in 2 rows." }));
    }

    [Test]
    public void A_row_whose_target_is_empty_says_that_there_is_nothing()
    {
        using var issues = new IssueLog();
        var table = MapCube.Table("AREAS", 1, 2, MapCube.Row(["X"], "646", ""), MapCube.Row(["Y"], "646", "F"));

        var rows = MapCube.Read(MapCube.Context(table) with { Issues = issues }, "MAP", "A,N,X,2000,1,A,,PT,,", "A,N,Y,2000,1,A,,PT,,");

        Assert.That(rows.Count(r => r.Contains(" obs ")), Is.EqualTo(1));
        Assert.That(issues.All.Select(i => $"{i.Code} {i.Component}={i.Value}"), Is.EqualTo(new[] { "LeftOutByMap AREA=X" }));
    }

    [Test]
    public void What_a_value_becomes_may_depend_on_the_period()
    {
        var table = MapCube.Table("AREAS", 1, 2, MapCube.Row(["X"], "404", "_T") with { ValidTo = "2000-12-31" }, MapCube.Row(["X"], "646", "_T") with { ValidFrom = "2001-01-01" });
        using var issues = new IssueLog();

        var rows = MapCube.Read(MapCube.Context(table) with { Issues = issues }, "MAP", "A,N,X,2000,1,,,PT,,", "A,N,X,2001,2,,,PT,,");

        Assert.That(rows.Where(r => r.StartsWith("0 obs", StringComparison.Ordinal)), Is.EqualTo(new[] { "0 obs A.404._T.yearly.PERCENT 2000 OBS_VALUE=1 MULT=0", "0 obs A.646._T.yearly.PERCENT 2001 OBS_VALUE=2 MULT=0" }));
    }

    [Test]
    public void What_is_deleted_is_what_the_message_names_and_no_more()
    {
        using var issues = new IssueLog();

        var rows = MapCube.Rows(MapCube.Context(Deleting) with { Issues = issues }, "MAP", MapCube.Text("D", ["A,N,X,2000,1,,,,,", "A,N,,,,,,,,", "M,,x,,,,,,,", ",,,,,,,,,Census"]));

        Assert.That(rows, Is.EqualTo(new[] { "0 obs A.646._T.N.ALL 2000 OBS_VALUE=1", "0 att A...N.ALL", "0 att .... ORIGIN=Census" }), "and no value that the map adds");
        Assert.That(issues.All.Select(i => $"{i.Code} {i.At.Line} {i.Component}={i.Value}"), Is.EqualTo(new[] { "UnmappedCode 4 AREA=x" }));
    }

    [TestCase("KIND", "it does not say what becomes of TYPE, so that more would be deleted")]
    [TestCase("MEASURED", "MEASURED comes of no dimension")]
    public void Nothing_is_deleted_by_a_map_whose_keys_say_less_than_the_message(string changed, string says)
    {
        using var issues = new IssueLog();
        var map = changed == "MEASURED" ? MapCube.Map
            : Deleting with { ComponentMaps = [.. Deleting.ComponentMaps.Where(m => m.Sources[0] != "TYPE")], FixedValues = [.. Deleting.FixedValues, new() { Component = "KIND", Values = ["k"] }] };

        var rows = MapCube.Rows(MapCube.Context(map) with { Issues = issues }, "MAP", MapCube.Text("D", ["A,N,X,2000,1,,,PT,,"]));

        Assert.That((rows.Count, issues.All.Single().Code), Is.EqualTo((0, IssueCode.UnusableMap)));
        Assert.That(issues.All.Single().Message, Does.Contain(says));
    }

    static StructureMap Deleting { get; } = MapCube.Map with
    {
        ComponentMaps = [.. MapCube.Map.ComponentMaps.Where(m => m.Sources.Count == 1 && m.Sources[0] != "UNIT"), new() { Sources = ["TYPE"], Targets = ["KIND"] }],
        FixedValues = [.. MapCube.Map.FixedValues, new() { Component = "MEASURED", Values = ["ALL"] }],
    };

    [Test]
    public void Rows_of_any_number_keep_their_places()
    {
        using var issues = new IssueLog();
        var context = MapCube.Context() with { Issues = issues };
        string[] sent = [.. Enumerable.Range(0, 10_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"A,N,{(i % 3 == 0 ? "X" : "Y")},{1000 + i / 3},{i},,n{i},PT,t{i % 7},"))];

        using var reader = MappedReader.Open("MAP", context, c => SmallCube.Open("csv-2.0", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(MapCube.Text("M", sent))), c))!;
        var block = new ObservationBlock();
        var (wrong, observations) = (0, 0);
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] != RowKind.Observation)
                    continue;
                observations++;
                // the line of the header is the first
                var i = block.Lines[row] - 2;
                var expected = $"obs A.646.{(i % 3 == 0 ? "_T" : "F")}.yearly.PERCENT {1000 + i / 3} OBS_VALUE={i} COMMENT=n{i} MULT=0";
                wrong += SmallCube.Text(block, row) == expected ? 0 : 1;
            }
        }

        Assert.That((observations, wrong), Is.EqualTo((10_000, 0)));
        Assert.That(issues.All, Is.Empty);
    }

    [TestCase("csv-2.0")]
    [TestCase("structurespecific-2.1")]
    public void A_map_of_a_structure_to_itself_changes_nothing(string format)
    {
        var path = SharedFacts.Facts.InProject("samples", "valid", format == "csv-2.0" ? "kyrgyzstan" : "rwanda", format == "csv-2.0" ? "kyrgyzstan.csv" : "rwanda.xml");
        var shipped = StructureCatalog.Empty;
        foreach (var file in Directory.GetFiles(SharedFacts.Facts.InProject("dsd"), "*.xml", SearchOption.AllDirectories))
            shipped = shipped.With(Validation.Validation.Structures(file).All);
        var flow = shipped.OfType<Dataflow>().Where(f => f.Id == "DF_SDG_GLC").Last();
        var schema = shipped.Schema(flow.Urn)!;
        var map = new StructureMap
        {
            Agency = "T", Id = "SAME", Source = flow.Urn, Target = flow.Urn,
            ComponentMaps = [.. schema.Dimensions.Concat(schema.Values).Select(c => new ComponentMap { Sources = [c.Id], Targets = [c.Id] })],
        };
        var context = SmallCube.Context(shipped.With([map]));

        using var plain = SmallCube.Open(format, File.OpenRead(path), context);
        using var mapped = MappedReader.Open("SAME", context, c => SmallCube.Open(format, File.OpenRead(path), c))!;

        Assert.That(SmallCube.Rows(mapped), Is.EqualTo(SmallCube.Rows(plain)).And.Not.Empty);
    }
}

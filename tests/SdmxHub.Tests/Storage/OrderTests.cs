using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Answers in another order, and in part.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OrderTests : IDisposable
{
    static readonly string[] Rows =
    [
        "A.A.x|2000|OBS_VALUE=3|STATUS=A", "A.A.x|2001|OBS_VALUE=10", "A.B.x|2000|OBS_VALUE=2.5|STATUS=E", "A.B.x|2002|OBS_VALUE=NaN",
        "M.A.y|2000-01|OBS_VALUE=-1|STATUS=P",
    ];

    readonly TemporaryStore _temporary = new();

    public OrderTests()
    {
        _temporary.PutSmallFlow();
        _temporary.Load(DatasetAction.Merge, [.. Rows, "A.A.x||UNIT=u2", "A.B.x||UNIT=u1", ".A.||AREA_NOTE=a", ".B.||AREA_NOTE=b"]);
    }

    public void Dispose() => _temporary.Dispose();

    // Observations are named AREA + period; (a: b:) are the notes of groups, ( u ) series attributes.
    [TestCase("", "TIME_PERIOD", "a b Au A2000 A2001 Bu B2000 B2002 A2000-01")]
    [TestCase("FREQ:desc", "TIME_PERIOD", "a b A2000-01 Au A2000 A2001 Bu B2000 B2002")]
    [TestCase("FREQ+AREA:desc+KIND", "TIME_PERIOD", "a b Bu B2000 B2002 Au A2000 A2001 A2000-01")]
    [TestCase("AREA", "TIME_PERIOD", "a b Au A2000 A2001 A2000-01 Bu B2000 B2002")]
    [TestCase("TIME_PERIOD:desc", "AllDimensions", "a b Bu B2002 Au A2001 A2000 Bu B2000 A2000-01")]
    [TestCase("TIME_PERIOD:desc", "TIME_PERIOD", "a b Au A2001 A2000 Bu B2002 B2000 A2000-01")]
    [TestCase("OBS_VALUE", "AllDimensions", "a b A2000-01 Bu B2000 Au A2000 A2001 Bu B2002")]
    [TestCase("OBS_VALUE:desc", "AllDimensions", "a b Bu B2002 Au A2001 A2000 Bu B2000 A2000-01")]
    [TestCase("STATUS", "AllDimensions", "a b Au A2001 Bu B2002 Au A2000 Bu B2000 A2000-01")]
    [TestCase("UNIT", "TIME_PERIOD", "a b A2000-01 Bu B2000 B2002 Au A2000 A2001")]
    [TestCase("AREA_NOTE:desc", "TIME_PERIOD", "a b Bu B2000 B2002 Au A2000 A2001 A2000-01")]
    [TestCase("TIME_PERIOD:desc", "AREA", "a b Bu B2002 Au A2001 A2000 Bu B2000 A2000-01")]
    [TestCase("AREA:desc", "AREA", "a b Bu B2000 Au A2000 A2001 Bu B2002 A2000-01")]
    public void Rows_come_in_the_order_asked_for_then_in_the_usual_one(string sort, string layout, string rows) =>
        Assert.That(Names(new DataQuery { Dataflow = SmallFlow.Flow(), Sort = Terms(sort), DimensionAtObservation = layout }), Is.EqualTo(rows));

    [TestCase(0, 2, "", "TIME_PERIOD", "a Au A2000 A2001")]
    [TestCase(1, 2, "", "TIME_PERIOD", "a b Au A2001 Bu B2000")]
    [TestCase(2, 1, "", "TIME_PERIOD", "b Bu B2000")]
    [TestCase(4, 9, "", "TIME_PERIOD", "a A2000-01")]
    [TestCase(5, 9, "", "TIME_PERIOD", "")]
    [TestCase(1, 2, "OBS_VALUE", "AllDimensions", "a b Bu B2000 Au A2000")]
    [TestCase(1, 2, "", "AREA", "a b Bu B2000 Au A2001")]
    [TestCase(1, null, "FREQ:desc", "TIME_PERIOD", "a b Au A2000 A2001 Bu B2000 B2002")]
    public void Offset_and_limit_count_observations(int offset, int? limit, string sort, string layout, string rows) =>
        Assert.That(Names(new DataQuery { Dataflow = SmallFlow.Flow(), Sort = Terms(sort), Offset = offset, Limit = limit, DimensionAtObservation = layout }), Is.EqualTo(rows));

    [Test]
    public void Conditions_and_ends_count_before_offset_and_limit()
    {
        var filter = new ComponentFilter("OBS_VALUE", [[new(FilterOperator.Gt, "0")]]);

        Assert.That(Names(new DataQuery { Dataflow = SmallFlow.Flow(), Filters = [filter], Offset = 1, Limit = 2 }), Is.EqualTo("a b Au A2001 Bu B2000"));
        Assert.That(Names(new DataQuery { Dataflow = SmallFlow.Flow(), LastN = 1, Offset = 1, Limit = 1 }), Is.EqualTo("b Bu B2002"));
    }

    [Test]
    public void Where_no_observations_are_asked_for_they_count_series() =>
        Assert.That(Names(new DataQuery { Dataflow = SmallFlow.Flow(), WithObservations = false, Measures = [], Attributes = [], Offset = 1, Limit = 1 }), Is.EqualTo("B-"));

    [Test]
    public void An_answer_that_is_too_large_to_sort_is_refused_and_a_limit_makes_it_possible()
    {
        foreach (var years in Enumerable.Range(0, 26).Chunk(2))
            _temporary.Load(DatasetAction.Merge, [.. from year in years from day in Enumerable.Range(0, 4000) select $"M.C.z{year}|{new DateOnly(2000, 1, 1).AddDays(day):yyyy-MM-dd}|OBS_VALUE={day}"]);
        var query = new DataQuery { Dataflow = SmallFlow.Flow(), Keys = [new([["M"], ["C"]])], Sort = Terms("OBS_VALUE:desc"), DimensionAtObservation = "AllDimensions" };
        using var head = _temporary.Store.Head();

        using var all = head.Read(query);
        Assert.That((all.Read(new ObservationBlock()), all.IsTooLargeToSort), Is.EqualTo((false, true)));
        var first = TemporaryStore.Read(head, query with { Limit = 27 });

        Assert.That(first, Has.Count.EqualTo(27));
        Assert.That(first.Select(r => r.Split("OBS_VALUE=")[1]), Is.EqualTo((string[])[.. Enumerable.Repeat("3999", 26), "3998"]));
    }

    static ValueArray<SortTerm> Terms(string sort) =>
        [.. sort.Split('+', StringSplitOptions.RemoveEmptyEntries).Select(t => new SortTerm(t.Split(':')[0], t.EndsWith(":desc", StringComparison.Ordinal)))];

    string Names(DataQuery query) => string.Join(' ', _temporary.ReadHead(query).Select(row =>
    {
        var parts = row.Split('|');
        var area = parts[0].Split('.')[1];
        return parts[1].Length > 0 ? area + parts[1] : row.Contains("AREA_NOTE") ? area.ToLowerInvariant() : row.Contains("UNIT=") ? area + "u" : area + "-";
    }));
}

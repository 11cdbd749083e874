using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>What is available, against counting the rows of answers, over random histories and queries.</summary>
public class AvailabilityTests
{
    [Test]
    public void Availability_is_what_counting_gives([Range(1, 15)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        RandomChanges.History(temporary, random, 8);
        using var head = temporary.Store.Head();
        for (var i = 0; i < 20; i++)
        {
            var query = RandomQuery(random);
            var what = $"seed {seed}, query {i}";

            var exact = head.Available(query)!;
            var choices = head.Available(query, withChoices: true)!;

            var all = Counted(head, query);
            Assert.That((exact.Series, exact.Observations, exact.First, exact.Last), Is.EqualTo((all.Series, all.Observations, all.First, all.Last)), what);
            Assert.That((choices.Series, choices.Observations), Is.EqualTo((all.Series, all.Observations)), what);
            var always = Counted(head, query with { Period = [] });
            Assert.That((choices.First, choices.Last), Is.EqualTo((always.First, always.Last)), what);
            for (var d = 0; d < 3; d++)
            {
                Assert.That(Text(exact.Dimensions[d]), Is.EqualTo(Text(all.Codes[d])), $"{what}, dimension {d}");
                Assert.That(Text(choices.Dimensions[d]), Is.EqualTo(Text(Counted(head, Without(query, d)).Codes[d])), $"{what}, choices of dimension {d}");
            }
        }
    }

    [Test]
    public void The_whole_is_counted_once_a_revision_and_anew_after_a_change()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.A.x|2000|OBS_VALUE=1");
        var query = new DataQuery { Dataflow = SmallFlow.Flow() };
        using var before = temporary.Store.Head();

        var (first, again) = (before.Available(query), before.Available(query));
        temporary.Load(DatasetAction.Merge, "A.B.x|2000|OBS_VALUE=1");
        using var after = temporary.Store.Head();

        Assert.That(again, Is.SameAs(first));
        Assert.That((after.Available(query)!.Series, before.Available(query)!.Series), Is.EqualTo((2, 1)));
    }

    static DataQuery RandomQuery(Random random) => new()
    {
        Dataflow = SmallFlow.Flow(),
        Keys = random.Next(3) switch
        {
            0 => [],
            1 => [new([[Pick(random, SmallFlow.Frequencies)], [Pick(random, SmallFlow.Areas), Pick(random, SmallFlow.Areas)]])],
            _ => [new([default, [Pick(random, SmallFlow.Areas)], ["x"]]), new([[Pick(random, SmallFlow.Frequencies)]])],
        },
        Filters = random.Next(6) switch
        {
            0 => [new("STATUS", [[new(FilterOperator.Eq, "A")], [new(FilterOperator.Eq, "P")]])],
            1 => [new("OBS_VALUE", [[new(FilterOperator.Gt, "1")]]), new("AREA", [[new(FilterOperator.Ne, "B")]])],
            2 => [new("KIND", [[new(FilterOperator.Ne, "y")]])],
            3 => [new("UNIT", [[new(FilterOperator.Eq, "KG")]])],
            _ => [],
        },
        Period = random.Next(3) > 0 ? [] : [new([[new(FilterOperator.Ge, TimePeriod.FromYear(2001))]])],
    };

    static string Pick(Random random, string[] choices) => RandomChanges.Pick(random, choices);

    static DataQuery Without(DataQuery query, int dimension) => query with
    {
        Keys = [.. query.Keys.Select(k => new KeyPattern([.. k.Dimensions.Select((c, d) => d == dimension ? default : c)]))],
        Filters = [.. query.Filters.Where(f => f.Component != ((string[])["FREQ", "AREA", "KIND"])[dimension])],
    };

    static (long Series, long Observations, TimePeriod First, TimePeriod Last, ValueArray<CodeAvailability>[] Codes) Counted(Snapshot snapshot, DataQuery query)
    {
        // A series may be in the answer by its attributes alone.
        var series = TemporaryStore.Read(snapshot, query with { WithObservations = false }).Select(r => r.Split('|')[0]).Where(k => !k.Split('.').Contains("")).ToHashSet();
        var rows = TemporaryStore.Read(snapshot, query).Select(r => r.Split('|')).Where(r => r[1].Length > 0).Select(r => (Key: r[0].Split('.'), Period: r[1])).ToList();
        var periods = rows.Select(r => TimePeriod.TryParse(r.Period, out var time) ? time : default).Order().ToList();
        var codes = Enumerable.Range(0, 3).Select(d => series.Select(s => s.Split('.')[d]).GroupBy(c => c).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CodeAvailability(g.Key, g.Count(), rows.Count(r => r.Key[d] == g.Key))).ToValueArray());
        return (series.Count, rows.Count, periods.FirstOrDefault(), periods.LastOrDefault(), [.. codes]);
    }

    static string Text(DimensionAvailability dimension) => Text(dimension.Codes);

    static string Text(ValueArray<CodeAvailability> codes) => string.Join(' ', codes.Select(c => $"{c.Code}:{c.Series}/{c.Observations}"));
}

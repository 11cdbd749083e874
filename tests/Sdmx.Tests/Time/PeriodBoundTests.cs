namespace Sdmx.Tests.Time;

public sealed class PeriodBoundTests
{
    [TestCase("2010", null, "2010", true)]
    [TestCase("2010", null, "2009", false)]
    [TestCase("2010", "2012", "2012", true)]
    [TestCase("2010", "2012", "2013", false)]
    [TestCase(null, "2012", "0001", true)]
    [TestCase(null, null, "2013", true)]
    [TestCase("2010", "2012", "2010-A1", true)]
    [TestCase("2010", "2012", "2012-Q4", true)]
    [TestCase("2010", "2012", "2012-12-31", true)]
    [TestCase("2010", "2012", "2012-12-31T23:59:59", true)]
    [TestCase("2010", "2012", "2013-01-01T00:00:00", false)]
    [TestCase("2010", "2012", "2010-01-01T00:00:00", true)]
    [TestCase("2010", "2012", "2010-01-01T00:00:00+01:00", false)]
    [TestCase("2010", "2010-06", "2010", false)]
    [TestCase("2010", "2010-06", "2010-S1", true)]
    [TestCase("2010", "2010-06", "2010-06", true)]
    [TestCase("2010", "2010-06", "2010-07", false)]
    [TestCase("2010-Q2", "2010-Q3", "2010-Q2", true)]
    [TestCase("2010-Q2", "2010-Q3", "2010-Q4", false)]
    [TestCase("2010-Q2", "2010-Q3", "2010-M09", true)]
    [TestCase("2010-Q2", "2010-Q3", "2010-M10", false)]
    [TestCase("2010-A1", null, "2010-W01", true)]
    [TestCase("2020-A1", null, "2020-W01", false)]
    [TestCase("2010-01-01T00:00:00", "2010-12-31T23:59:59", "2010", true)]
    [TestCase("2010-01-01T00:00:01", null, "2010", false)]
    [TestCase(null, "2010-12-31T23:59:58", "2010", false)]
    [TestCase("2009", "2013", "2009-01-01/P5Y", true)]
    [TestCase("2009", "2012", "2009-01-01/P5Y", false)]
    [TestCase("2010-W10", "2010-W20", "2010-03-08", true)]
    [TestCase("2010Z", "2012Z", "2010", true)]
    public void An_observation_lies_within_the_bounds(string? start, string? end, string observed, bool expected)
    {
        var bounds = new PeriodBounds(Bound(start), Bound(end));

        Assert.That(bounds.Contains(PeriodOrderTests.Parse(observed)), Is.EqualTo(expected));
    }

    [TestCase("2010-Q3", "--01-01", "2010-Q3", "--07-01", true, Description = "same unit: by position, whatever the start days")]
    [TestCase("2010-Q3", "--07-01", "2010-Q2", "--07-01", false)]
    [TestCase("2010-Q3", "--01-01", "2010-M07", "--07-01", true, Description = "both reporting: laid out by the observation's start day")]
    [TestCase("2010-Q3", "--07-01", "2010-12", "--01-01", false, Description = "calendar data against the query's start day: 2010-Q3 starts on 2011-01-01")]
    [TestCase("2010-Q3", "--07-01", "2011-01", "--01-01", true)]
    [TestCase("2010-Q3", "--01-01", "2010-07", "--07-01", true)]
    [TestCase("2011", "--01-01", "2010-Q3", "--07-01", true, Description = "calendar bound: the observation by its own start day")]
    [TestCase("2011", "--01-01", "2010-Q2", "--07-01", false)]
    public void A_start_period_follows_the_start_days(string start, string queryStartDay, string observed, string startDay, bool expected)
    {
        MonthDay.TryParse(queryStartDay, out var queryDay);
        MonthDay.TryParse(startDay, out var day);

        Assert.That(new PeriodBounds(Bound(start), null, queryDay).Contains(PeriodOrderTests.Parse(observed), day), Is.EqualTo(expected));
    }

    // Columns: eq lt le gt ge.
    [TestCase("2010", "2010", "10101")]
    [TestCase("2010", "2009", "01100")]
    [TestCase("2010", "2011", "00011")]
    [TestCase("2010", "2010-A1", "10101")]
    [TestCase("2010", "2010-02", "00101")]
    [TestCase("2010", "2009-12", "01100")]
    [TestCase("2010", "2011-01", "00011")]
    [TestCase("2010-02", "2010", "00000")]
    [TestCase("2010-01-01T12:00:00", "2010-01-01T12:00:00Z", "10101")]
    [TestCase("2010-01-01T12:00:00", "2010-01-01T13:00:00+02:00", "01100")]
    [TestCase("2010-01-01T12:00:00", "2010-01-01T13:00:00+01:00", "10101")]
    [TestCase("2010-01-01/P1Y", "2010", "10101")]
    public void The_comparisons_of_a_filter_hold_by_the_time_covered(string bound, string observed, string expected)
    {
        var with = new PeriodBound(PeriodOrderTests.Parse(bound));
        var time = PeriodOrderTests.Parse(observed);

        bool[] held = [with.Eq(time), with.Lt(time), with.Le(time), with.Gt(time), with.Ge(time)];
        FilterOperator[] operators = [FilterOperator.Eq, FilterOperator.Lt, FilterOperator.Le, FilterOperator.Gt, FilterOperator.Ge];

        Assert.That(string.Concat(held.Select(h => h ? '1' : '0')), Is.EqualTo(expected));
        Assert.That(operators.Select(op => with.Holds(op, time)), Is.EqualTo(held));
        Assert.That(with.Holds(FilterOperator.Ne, time), Is.EqualTo(!held[0]));
    }

    [Test]
    public void Comparison_by_position_and_by_span_agree_for_one_start_day()
    {
        var random = new Random(99);
        for (int i = 0; i < 20_000; i++)
        {
            TimePeriod bound = PeriodOrderTests.RandomPeriod(random), observed = PeriodOrderTests.RandomPeriod(random);
            var with = new PeriodBound(bound);
            var (from, to) = bound.Span();
            var (start, end) = observed.Span();

            if (with.Ge(observed) != (start >= from) || with.Le(observed) != (end <= to) || with.Eq(observed) != ((start, end) == (from, to)))
                Assert.Fail($"{observed} against {bound}");
            // A duration of nothing both ends before and starts after itself.
            if (end > start && to > from && (with.Gt(observed) && with.Le(observed) || with.Lt(observed) && with.Ge(observed)))
                Assert.Fail($"{observed} against {bound} is on both sides");
        }
    }

    [Test]
    public void An_observation_without_time_lies_within_no_bound()
    {
        var bound = new PeriodBound(TimePeriod.FromYear(1));

        Assert.That(new PeriodBounds(TimePeriod.FromYear(1), null).Contains(TimePeriod.None), Is.False);
        Assert.That(new PeriodBounds(null, TimePeriod.FromYear(1)).Contains(TimePeriod.None), Is.False);
        Assert.That(default(PeriodBounds).Contains(TimePeriod.None) && default(PeriodBounds).IsUnbounded, Is.True);
        Assert.That(bound.Lt(TimePeriod.None) || bound.Gt(TimePeriod.None) || bound.Eq(TimePeriod.None), Is.False);
        Assert.That(bound.Ne(TimePeriod.None), Is.True);
    }

    [Test]
    public void A_text_comparison_of_time_is_a_mistake_of_the_caller() =>
        Assert.That(() => default(PeriodBound).Holds(FilterOperator.Co, default), Throws.InstanceOf<ArgumentOutOfRangeException>());

    static TimePeriod? Bound(string? text) => text is null ? null : PeriodOrderTests.Parse(text);
}

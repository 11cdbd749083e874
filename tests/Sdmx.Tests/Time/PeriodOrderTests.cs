namespace Sdmx.Tests.Time;

public sealed class PeriodOrderTests
{
    [Test]
    public void Periods_are_ordered_by_start_then_length_then_kind()
    {
        string[] sorted =
        [
            "2009", "2010-01-01T00:00:00", "2010-D001", "2010-01-01", "2010-M01", "2010-01", "2010-Q1", "2010-T1", "2010-S1", "2010", "2010-A1",
            "2010-01-01/P5Y", "2009-12-31T24:00:00-01:00", "2010-W01", "2010-02", "2010-Q2", "2011",
        ];
        var shuffled = sorted.Select(Parse).ToArray();
        new Random(1).Shuffle(shuffled);

        Array.Sort(shuffled);

        Assert.That(shuffled.Select(period => period.ToString()), Is.EqualTo(sorted));
    }

    [Test]
    public void No_time_comes_first() => Assert.That(TimePeriod.None.CompareTo(Parse("0001")), Is.Negative);

    [Test]
    public void The_order_is_total_and_agrees_with_equality()
    {
        var random = new Random(42);
        var periods = Enumerable.Range(0, 120).Select(_ => RandomPeriod(random)).Append(TimePeriod.None).ToArray();
        foreach (var a in periods)
        {
            foreach (var b in periods)
            {
                int order = Math.Sign(a.CompareTo(b));
                if (order != -Math.Sign(b.CompareTo(a)) || (order == 0) != a.Equals(b))
                    Assert.Fail($"{a} and {b}: {order}");
                if (order > 0 || a.Kind == PeriodKind.None)
                    continue;
                if (a.Span().Start > b.Span().Start)
                    Assert.Fail($"{a} precedes {b} but starts later");
                foreach (var c in periods)
                {
                    if (b.CompareTo(c) <= 0 && a.CompareTo(c) > 0)
                        Assert.Fail($"{a} <= {b} <= {c}, yet {a} > {c}");
                }
            }
        }
    }

    internal static TimePeriod Parse(string text) =>
        TimePeriod.TryParse(text, out var period) ? period : throw new ArgumentException($"'{text}' is no period", nameof(text));

    // Few years, so that starts and spans coincide often.
    internal static TimePeriod RandomPeriod(Random random)
    {
        int year = random.Next(2009, 2013);
        string zone = random.Next(6) switch { 0 => "Z", 1 => "+02:00", 2 => "-02:00", _ => "" };
        string text = random.Next(13) switch
        {
            0 => $"{year}",
            1 => $"{year}-A1",
            2 => $"{year}-S{random.Next(1, 3)}",
            3 => $"{year}-T{random.Next(1, 4)}",
            4 => $"{year}-Q{random.Next(1, 5)}",
            5 => $"{year}-M{random.Next(1, 13):00}",
            6 => $"{year}-{random.Next(1, 13):00}",
            7 => $"{year}-W{random.Next(1, 53):00}",
            8 => $"{year}-D{random.Next(1, 366):000}",
            9 => $"{year}-0{random.Next(1, 3)}-01",
            10 => $"{year}-01-01T0{random.Next(0, 3)}:00:00",
            11 => $"{year}-01-01T00:00:00.{random.Next(0, 3)}",
            _ => $"{year}-01-01T0{random.Next(0, 3)}:00:00",
        };
        return Parse(random.Next(13) == 0 ? $"{year}-01-01{zone}/P{random.Next(0, 3)}Y" : text + zone);
    }
}

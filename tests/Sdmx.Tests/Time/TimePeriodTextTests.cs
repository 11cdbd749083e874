using System.Runtime.CompilerServices;
using System.Text;

namespace Sdmx.Tests.Time;

public sealed class TimePeriodTextTests
{
    static readonly object[][] Valid =
    [
        ["2010", PeriodKind.GregorianYear, 2010L],
        ["0001", PeriodKind.GregorianYear, 1L],
        ["9999", PeriodKind.GregorianYear, 9999L],
        ["2010Z", PeriodKind.GregorianYear, 2010L],
        ["2010+14:00", PeriodKind.GregorianYear, 2010L],
        ["2010-05:00", PeriodKind.GregorianYear, 2010L],
        ["2010-01", PeriodKind.GregorianYearMonth, 2010L * 12],
        ["2010-12", PeriodKind.GregorianYearMonth, 2010L * 12 + 11],
        ["2010-12-13:59", PeriodKind.GregorianYearMonth, 2010L * 12 + 11],
        ["2010-M01", PeriodKind.ReportingMonth, 2010L * 12],
        ["2010-M12Z", PeriodKind.ReportingMonth, 2010L * 12 + 11],
        ["2010-A1", PeriodKind.ReportingYear, 2010L],
        ["2010-S1", PeriodKind.Semester, 4020L],
        ["2010-S2", PeriodKind.Semester, 4021L],
        ["2010-T3", PeriodKind.Trimester, 6032L],
        ["2010-Q1", PeriodKind.Quarter, 8040L],
        ["2010-Q4", PeriodKind.Quarter, 8043L],
        ["2010-Q4+00:00", PeriodKind.Quarter, 8043L],
        ["2010-Q4-00:00", PeriodKind.Quarter, 8043L],
        ["2010-W01", PeriodKind.Week, 2010L * 53],
        ["2020-W53", PeriodKind.Week, 2020L * 53 + 52],
        ["2010-D001", PeriodKind.ReportingDay, 2010L * 366],
        ["2010-D010", PeriodKind.ReportingDay, 2010L * 366 + 9],
        ["2010-D365", PeriodKind.ReportingDay, 2010L * 366 + 364],
        ["2012-D366", PeriodKind.ReportingDay, 2012L * 366 + 365],
        ["0001-01-01", PeriodKind.GregorianDay, 0L],
        ["2012-02-29", PeriodKind.GregorianDay, (long)new DateOnly(2012, 2, 29).DayNumber],
        ["2012-02-29Z", PeriodKind.GregorianDay, (long)new DateOnly(2012, 2, 29).DayNumber],
        ["2012-02-29-01:00", PeriodKind.GregorianDay, (long)new DateOnly(2012, 2, 29).DayNumber],
        ["0001-01-01T00:00:01", PeriodKind.DateTime, 1L],
        ["0001-01-02T01:02:03Z", PeriodKind.DateTime, 86_400L + 3723],
        ["9999-12-31T23:59:59-14:00", PeriodKind.DateTime, 3_652_059L * 86_400 - 1],
        ["0001-01-01T00:00:01.50", PeriodKind.DateTime, 1L],
        ["0001-01-01T00:00:01.123456789+01:00", PeriodKind.DateTime, 1L],
        ["0001-01-01T24:00:00", PeriodKind.DateTime, 86_400L],
        ["0001-01-01T24:00:00.000Z", PeriodKind.DateTime, 86_400L],
        ["9999-12-31T24:00:00", PeriodKind.DateTime, 3_652_059L * 86_400],
        ["0001-01-02/P5Y", PeriodKind.TimeRange, 86_400L],
        ["2009-01-01/P5Y", PeriodKind.TimeRange, 733_407L * 86_400],
        ["0001-01-01/P1Y2M3DT4H5M6.7S", PeriodKind.TimeRange, 0L],
        ["0001-01-01Z/P0D", PeriodKind.TimeRange, 0L],
        ["0001-01-01T00:00:01Z/PT1M", PeriodKind.TimeRange, 1L],
        ["0001-01-01T00:00:01.5/PT0.5S", PeriodKind.TimeRange, 1L],
        ["0001-01-01/P1M", PeriodKind.TimeRange, 0L],
        ["0001-01-01/P99999999999999999999999D", PeriodKind.TimeRange, 0L],
    ];

    [TestCaseSource(nameof(Valid))]
    public void A_valid_period_has_its_kind_and_position_and_comes_back_as_written(string text, PeriodKind kind, long ordinal)
    {
        Assert.That(TimePeriod.TryParse(text, out var period), Is.True);
        Assert.That(TimePeriod.TryParse(Encoding.UTF8.GetBytes(text), out var fromUtf8), Is.True);

        Assert.That((period.Kind, period.Ordinal), Is.EqualTo((kind, ordinal)));
        Assert.That(fromUtf8, Is.EqualTo(period));
        Assert.That(period.ToString(), Is.EqualTo(text));
        Assert.That($"{period}", Is.EqualTo(text));
        Assert.That(period.Year, Is.EqualTo(int.Parse(text[..4])));
        Assert.That(period.IsPlain, Is.EqualTo(TimePeriod.TryFromOrdinal(kind, ordinal, out var plain) && plain.Equals(period)));
    }

    [TestCaseSource(nameof(Valid))]
    public void Formatting_needs_exactly_the_length_of_the_text(string text, PeriodKind kind, long ordinal)
    {
        TimePeriod.TryParse(text, out var period);
        var chars = new char[text.Length];
        var bytes = new byte[text.Length];

        Assert.That(period.TryFormat(chars.AsSpan(), out int charsWritten), Is.True);
        Assert.That(period.TryFormat(bytes.AsSpan(), out int bytesWritten), Is.True);
        Assert.That(period.TryFormat(new byte[140].AsSpan(), out int roomy), Is.True);
        Assert.That((charsWritten, bytesWritten, roomy), Is.EqualTo((text.Length, text.Length, text.Length)));
        Assert.That((new string(chars), Encoding.UTF8.GetString(bytes)), Is.EqualTo((text, text)));
        Assert.That(period.TryFormat(chars.AsSpan(1), out _) || period.TryFormat(bytes.AsSpan(1), out _), Is.False);
        Assert.That((period.Kind, period.Ordinal), Is.EqualTo((kind, ordinal)));
    }

    [TestCase("")]
    [TestCase("0000")]
    [TestCase("201")]
    [TestCase("20100")]
    [TestCase("+2010")]
    [TestCase("-2010")]
    [TestCase("2010 ")]
    [TestCase(" 2010")]
    [TestCase("201O")]
    [TestCase("٢٠١٠")]
    [TestCase("2010z")]
    [TestCase("2010-")]
    [TestCase("2010+14:01")]
    [TestCase("2010+15:00")]
    [TestCase("2010+01:60")]
    [TestCase("2010+1:00")]
    [TestCase("2010-00")]
    [TestCase("2010-13")]
    [TestCase("2010-1")]
    [TestCase("2010/01")]
    [TestCase("2010-02-30")]
    [TestCase("2010-02-29")]
    [TestCase("1900-02-29")]
    [TestCase("2010-02-00")]
    [TestCase("2010-04-31")]
    [TestCase("2010-4-30")]
    [TestCase("2010-04-3")]
    [TestCase("2010-04-300")]
    [TestCase("2010-A")]
    [TestCase("2010-A2")]
    [TestCase("2010-A01")]
    [TestCase("2010-S0")]
    [TestCase("2010-S3")]
    [TestCase("2010-T4")]
    [TestCase("2010-Q0")]
    [TestCase("2010-Q5")]
    [TestCase("2010-Q01")]
    [TestCase("2010-q1")]
    [TestCase("2010Q1")]
    [TestCase("2010-M0")]
    [TestCase("2010-M1")]
    [TestCase("2010-M00")]
    [TestCase("2010-M13")]
    [TestCase("2010-W00")]
    [TestCase("2010-W1")]
    [TestCase("2010-W53")]
    [TestCase("2020-W54")]
    [TestCase("2010-D000")]
    [TestCase("2010-D10")]
    [TestCase("2010-D366")]
    [TestCase("2012-D367")]
    [TestCase("2010-X1")]
    [TestCase("2010-Q1 ")]
    [TestCase("2010-Q1é")]
    [TestCase("2010-01-01T")]
    [TestCase("2010-01-01T00:00")]
    [TestCase("2010-01-01 00:00:00")]
    [TestCase("2010-01-01T24:00:01")]
    [TestCase("2010-01-01T24:00:00.1")]
    [TestCase("2010-01-01T25:00:00")]
    [TestCase("2010-01-01T00:60:00")]
    [TestCase("2010-01-01T00:00:60")]
    [TestCase("2010-01-01T00:00:00.")]
    [TestCase("2010-01-01T00:00:00.Z")]
    [TestCase("2010-01-01T00:00:00,5")]
    [TestCase("2010/P1Y")]
    [TestCase("2010-01/P1Y")]
    [TestCase("2010-01-01/")]
    [TestCase("2010-01-01/P")]
    [TestCase("2010-01-01/PT")]
    [TestCase("2010-01-01/P1YT")]
    [TestCase("2010-01-01/P1")]
    [TestCase("2010-01-01/1Y")]
    [TestCase("2010-01-01/-P1Y")]
    [TestCase("2010-01-01/P1M1Y")]
    [TestCase("2010-01-01/P1Y1Y")]
    [TestCase("2010-01-01/P1H")]
    [TestCase("2010-01-01/P1.5D")]
    [TestCase("2010-01-01/PT1.5M")]
    [TestCase("2010-01-01/PT.5S")]
    [TestCase("2010-01-01/PT1.S")]
    [TestCase("2010-01-01/P1W")]
    [TestCase("2010-02-30/P1Y")]
    [TestCase("2010-01-01/P1Y/P1Y")]
    [TestCase("2010-01-01/2011-01-01")]
    public void Other_texts_are_refused(string text)
    {
        Assert.That(TimePeriod.TryParse(text, out var period), Is.False);
        Assert.That(TimePeriod.TryParse(Encoding.UTF8.GetBytes(text), out _), Is.False);
        Assert.That(period, Is.EqualTo(TimePeriod.None));
    }

    [Test]
    public void A_text_longer_than_128_characters_is_refused()
    {
        string longest = "2010-01-01T00:00:00." + new string('1', 108);

        Assert.That(TimePeriod.TryParse(longest, out var period) && period.ToString() == longest, Is.True);
        Assert.That(TimePeriod.TryParse(longest + "1", out _), Is.False);
    }

    [TestCase("2011-D366", "--03-01", true)]
    [TestCase("2012-D366", "--03-01", false)]
    [TestCase("2010-W53", "--07-01", true)]
    [TestCase("2020-W53", "--07-01", false)]
    [TestCase("2020-W52", "--07-01", true)]
    public void The_start_day_decides_whether_the_last_week_or_day_exists(string text, string startDay, bool exists)
    {
        MonthDay.TryParse(startDay, out var day);

        Assert.That(TimePeriod.TryParse(text, day, out _), Is.EqualTo(exists));
        Assert.That(TimePeriod.TryParse(Encoding.UTF8.GetBytes(text), day, out _), Is.EqualTo(exists));
    }

    [TestCase(default(string), new[] { 2004, 2009, 2015, 2020, 2026, 2032 })]
    [TestCase("--07-01", new[] { 2004, 2010, 2015, 2021, 2027, 2032 })]
    public void These_years_have_53_weeks(string? startDay, int[] expected)
    {
        MonthDay.TryParse(startDay, out var day);

        var years = Enumerable.Range(2003, 32).Where(y => TimePeriod.TryParse($"{y}-W53", day, out _));

        Assert.That(years, Is.EqualTo(expected));
    }

    [TestCase("2010Q1", "2010-Q1")]
    [TestCase("2010-Q01", "2010-Q1")]
    [TestCase("2010q4", "2010-Q4")]
    [TestCase(" 2010 ", "2010")]
    [TestCase("2010A", "2010-A1")]
    [TestCase("2010-A01", "2010-A1")]
    [TestCase("2010S2", "2010-S2")]
    [TestCase("2010T3", "2010-T3")]
    [TestCase("2010M1", "2010-M01")]
    [TestCase("2010-M1", "2010-M01")]
    [TestCase("2010W5", "2010-W05")]
    [TestCase("2010D10", "2010-D010")]
    [TestCase("201002", "2010-02")]
    [TestCase("2010-2", "2010-02")]
    [TestCase("20100228", "2010-02-28")]
    [TestCase("2010-01-01T00:00:00 02:00", "2010-01-01T00:00:00+02:00")]
    [TestCase("2010-01-01t00:00:00z", "2010-01-01T00:00:00Z")]
    [TestCase("2009-01-01/P5Y", "2009-01-01/P5Y")]
    public void Loose_spellings_give_the_canonical_period(string text, string canonical)
    {
        Assert.That(TimePeriod.TryParseLenient(text, out var period), Is.True);
        Assert.That(period.ToString(), Is.EqualTo(canonical));
    }

    [TestCase("")]
    [TestCase("2010Q")]
    [TestCase("2010Q5")]
    [TestCase("2010Q10")]
    [TestCase("2010-Q001X")]
    [TestCase("2010-")]
    [TestCase("2010-13")]
    [TestCase("20101")]
    [TestCase("2010013")]
    [TestCase("201013")]
    [TestCase("20100230")]
    [TestCase("2010W53")]
    [TestCase("2010D366")]
    [TestCase("2009-2014")]
    [TestCase("Q1 2010")]
    public void What_is_no_period_is_refused_leniently_too(string text) => Assert.That(TimePeriod.TryParseLenient(text, out _), Is.False);

    [Test]
    public void Every_position_of_every_kind_comes_back_from_its_text()
    {
        (PeriodKind Kind, int PerYear)[] kinds =
        [
            (PeriodKind.GregorianYear, 1), (PeriodKind.ReportingYear, 1), (PeriodKind.Semester, 2), (PeriodKind.Trimester, 3),
            (PeriodKind.Quarter, 4), (PeriodKind.ReportingMonth, 12), (PeriodKind.GregorianYearMonth, 12), (PeriodKind.Week, 53), (PeriodKind.ReportingDay, 366),
        ];
        foreach (var (kind, perYear) in kinds)
        {
            for (long ordinal = 2019L * perYear; ordinal < 2022L * perYear; ordinal++)
            {
                Assert.That(TimePeriod.TryFromOrdinal(kind, ordinal, out var period), Is.True);
                Assert.That(TimePeriod.TryParse(period.ToString(), out var parsed), Is.EqualTo(period.Exists(default)), period.ToString());
                Assert.That(parsed, Is.EqualTo(period.Exists(default) ? period : TimePeriod.None));
            }
            Assert.That(TimePeriod.TryFromOrdinal(kind, perYear - 1, out _) || TimePeriod.TryFromOrdinal(kind, 10_000L * perYear, out _), Is.False);
        }
    }

    [Test]
    public void Random_days_and_times_with_random_offsets_come_back_from_their_text()
    {
        var random = new Random(20_260);
        for (int i = 0; i < 20_000; i++)
        {
            var at = new DateTime(random.NextInt64(DateTime.MaxValue.Ticks));
            int offset = random.Next(-840, 841);
            string zone = random.Next(3) switch { 0 => "", 1 => "Z", _ => $"{(offset < 0 ? '-' : '+')}{Math.Abs(offset) / 60:00}:{Math.Abs(offset) % 60:00}" };
            string form = random.Next(4) switch { 0 => "yyyy-MM-dd", 1 => "yyyy-MM-ddTHH:mm:ss", 2 => "yyyy-MM-ddTHH:mm:ss.fff", _ => "yyyy-MM" };
            string text = at.ToString(form) + zone;

            Assert.That(TimePeriod.TryParse(text, out var period), Is.True, text);
            Assert.That(period.ToString(), Is.EqualTo(text));
        }
    }

    [Test]
    public void Random_mutations_either_come_back_as_written_or_are_refused()
    {
        var random = new Random(7);
        const string alphabet = "0123456789-:TZ+/PQMWDASYH. ";
        for (int i = 0; i < 200_000; i++)
        {
            char[] text = ((string)Valid[random.Next(Valid.Length)][0]).ToCharArray();
            for (int n = random.Next(1, 3); n > 0; n--)
                text[random.Next(text.Length)] = alphabet[random.Next(alphabet.Length)];

            if (TimePeriod.TryParse(text, out var period))
                Assert.That(period.ToString(), Is.EqualTo(new string(text)));
            if (TimePeriod.TryParseLenient(text, out period))
                Assert.That(TimePeriod.TryParse(period.ToString(), out _), Is.True, new string(text));
        }
    }

    [Test]
    public void No_time_is_the_default_and_has_an_empty_text()
    {
        Assert.That(TimePeriod.None, Is.EqualTo(default(TimePeriod)));
        Assert.That(TimePeriod.None.Kind, Is.EqualTo(PeriodKind.None));
        Assert.That(TimePeriod.None.ToString(), Is.Empty);
        Assert.That(TimePeriod.None.TryFormat(Span<byte>.Empty, out int written) && written == 0, Is.True);
        Assert.That((TimePeriod.None.Year, TimePeriod.None.IsPlain), Is.EqualTo((0, true)));
    }

    [Test]
    public void A_year_from_a_number_is_the_year_from_its_text()
    {
        TimePeriod.TryParse("2010", out var parsed);

        Assert.That(TimePeriod.FromYear(2010), Is.EqualTo(parsed));
        Assert.That(() => TimePeriod.FromYear(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => TimePeriod.FromYear(10_000), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void The_spellings_of_one_year_are_different_values()
    {
        string[] texts = ["2010", "2010Z", "2010+00:00", "2010-00:00", "2010-A1"];

        var periods = texts.Select(text => TimePeriod.TryParse(text, out var period) ? period : default);

        Assert.That(periods.Distinct().Count(), Is.EqualTo(texts.Length));
    }

    [Test]
    public void A_period_takes_sixteen_bytes() => Assert.That(Unsafe.SizeOf<TimePeriod>(), Is.EqualTo(16));

    [TestCase("2010")]
    [TestCase("2010-01")]
    [TestCase("2010-Q1")]
    [TestCase("2010-M01")]
    [TestCase("2020-W53")]
    [TestCase("2012-D366")]
    [TestCase("2010-01-31")]
    [TestCase("2010-01-31T12:00:00Z")]
    public void Common_forms_are_parsed_and_formatted_without_allocation(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[32];
        var chars = new char[32];
        bool ok = Run();

        long before = GC.GetAllocatedBytesForCurrentThread();
        ok &= Run();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That((ok, allocated), Is.EqualTo((true, 0L)));

        bool Run() => TimePeriod.TryParse(utf8, out var period) & TimePeriod.TryParse(text.AsSpan(), out var same)
            && period.TryFormat(bytes.AsSpan(), out _) & same.TryFormat(chars.AsSpan(), out _);
    }
}

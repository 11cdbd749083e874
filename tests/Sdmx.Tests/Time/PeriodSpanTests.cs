namespace Sdmx.Tests.Time;

public sealed class PeriodSpanTests
{
    // The table of checklist 4.2 (SDMX technical notes), then forms it does not show. "to" is the last day, inclusive.
    [TestCase("2010-A1", "--07-01", "2010-07-01", "2011-06-30")]
    [TestCase("2010-Q2", "--07-01", "2010-10-01", "2010-12-31")]
    [TestCase("2010-Q3", "--07-01", "2011-01-01", "2011-03-31")]
    [TestCase("2010-S2", "--04-01", "2010-10-01", "2011-03-31")]
    [TestCase("2010-T3", "--01-01", "2010-09-01", "2010-12-31")]
    [TestCase("2010-M02", "--01-31", "2010-02-28", "2010-03-30")]
    [TestCase("2011-Q1", "--11-30", "2011-11-30", "2012-02-28")]
    [TestCase("2010-W01", "--01-01", "2010-01-04", "2010-01-10")]
    [TestCase("2020-W01", "--01-01", "2019-12-30", "2020-01-05")]
    [TestCase("2020-W53", "--01-01", "2020-12-28", "2021-01-03")]
    [TestCase("2011-W01", "--07-01", "2011-07-04", "2011-07-10")]
    [TestCase("2011-W36", "--07-01", "2012-03-05", "2012-03-11")]
    [TestCase("2010-D300", "--07-01", "2011-04-26", "2011-04-26")]
    [TestCase("2011-D366", "--03-01", "2012-02-29", "2012-02-29")]
    [TestCase("2010", "--07-01", "2010-01-01", "2010-12-31")]
    [TestCase("2010-02", "--07-01", "2010-02-01", "2010-02-28")]
    [TestCase("2012-02", "--01-01", "2012-02-01", "2012-02-29")]
    [TestCase("2012-02-29", "--07-01", "2012-02-29", "2012-02-29")]
    [TestCase("2011-A1", "--02-29", "2011-02-28", "2012-02-28")]
    [TestCase("2012-A1", "--02-29", "2012-02-29", "2013-02-27")]
    [TestCase("2010+14:00", "--01-01", "2010-01-01", "2010-12-31")]
    [TestCase("2009-01-01/P5Y", "--07-01", "2009-01-01", "2013-12-31")]
    [TestCase("2010-01-31/P1M", "--01-01", "2010-01-31", "2010-02-27")]
    [TestCase("2010-01-31/P1M1D", "--01-01", "2010-01-31", "2010-02-28")]
    [TestCase("2010-01-01/PT24H", "--01-01", "2010-01-01", "2010-01-01")]
    public void A_period_covers_these_days(string text, string startDay, string from, string to)
    {
        Assert.That(MonthDay.TryParse(startDay, out var day), Is.True);
        Assert.That(TimePeriod.TryParse(text, day, out var period), Is.True);

        var (start, end) = period.Span(day);

        Assert.That(start.ToString("yyyy-MM-dd HH:mm:ss"), Is.EqualTo(from + " 00:00:00"));
        Assert.That(end.AddDays(-1).ToString("yyyy-MM-dd HH:mm:ss"), Is.EqualTo(to + " 00:00:00"));
    }

    [TestCase("2010-01-31T12:00:00", "2010-01-31 12:00:00.0000000", "2010-01-31 12:00:01.0000000")]
    [TestCase("2010-01-31T12:00:00Z", "2010-01-31 12:00:00.0000000", "2010-01-31 12:00:01.0000000")]
    [TestCase("2010-01-31T12:00:00+02:00", "2010-01-31 10:00:00.0000000", "2010-01-31 10:00:01.0000000")]
    [TestCase("2010-01-31T12:00:00-12:30", "2010-02-01 00:30:00.0000000", "2010-02-01 00:30:01.0000000")]
    [TestCase("2010-01-31T12:00:00.25", "2010-01-31 12:00:00.2500000", "2010-01-31 12:00:00.2600000")]
    [TestCase("2010-01-31T12:00:00.123456789Z", "2010-01-31 12:00:00.1234567", "2010-01-31 12:00:00.1234568")]
    [TestCase("2010-12-31T24:00:00", "2011-01-01 00:00:00.0000000", "2011-01-01 00:00:01.0000000")]
    [TestCase("2010-01-31T12:00:00+02:00/PT1H30M0.5S", "2010-01-31 10:00:00.0000000", "2010-01-31 11:30:00.5000000")]
    [TestCase("2010-01-31T12:00:00.5/P1Y2M", "2010-01-31 12:00:00.5000000", "2011-03-31 12:00:00.5000000")]
    [TestCase("0001-01-01T00:00:00+01:00", "0001-01-01 00:00:00.0000000", "0001-01-01 00:00:00.0000000")]
    [TestCase("9999", "9999-01-01 00:00:00.0000000", "9999-12-31 23:59:59.9999999")]
    [TestCase("9999-12-31/P9999999999Y", "9999-12-31 00:00:00.0000000", "9999-12-31 23:59:59.9999999")]
    [TestCase("2010-01-01/P99999999999999999999D", "2010-01-01 00:00:00.0000000", "9999-12-31 23:59:59.9999999")]
    public void A_period_covers_this_time(string text, string from, string to)
    {
        Assert.That(TimePeriod.TryParse(text, out var period), Is.True);

        var (start, end) = period.Span();

        Assert.That(start.ToString("yyyy-MM-dd HH:mm:ss.fffffff"), Is.EqualTo(from));
        Assert.That(end.ToString("yyyy-MM-dd HH:mm:ss.fffffff"), Is.EqualTo(to));
    }

    [Test]
    public void Weeks_are_those_of_iso_8601_when_the_year_starts_in_january()
    {
        for (int year = 1900; year < 2100; year++)
        {
            for (int week = 1; week <= System.Globalization.ISOWeek.GetWeeksInYear(year); week++)
            {
                Assert.That(TimePeriod.TryParse($"{year}-W{week:00}", out var period), Is.True);
                Assert.That(period.Span().Start, Is.EqualTo(System.Globalization.ISOWeek.ToDateTime(year, week, DayOfWeek.Monday)));
            }
            Assert.That(TimePeriod.TryParse($"{year}-W53", out _), Is.EqualTo(System.Globalization.ISOWeek.GetWeeksInYear(year) == 53));
        }
    }

    [Test]
    public void The_periods_of_a_kind_meet_without_gap_or_overlap_whatever_the_start_day()
    {
        PeriodKind[] kinds = [PeriodKind.ReportingYear, PeriodKind.Semester, PeriodKind.Trimester, PeriodKind.Quarter, PeriodKind.ReportingMonth, PeriodKind.Week, PeriodKind.ReportingDay];
        foreach (var kind in kinds)
        {
            int perYear = PeriodCalendar.PerYear(kind);
            for (var day = new DateTime(2000, 1, 1); day.Year == 2000; day = day.AddDays(1))
            {
                var startDay = new MonthDay(day.Month, day.Day);
                DateTime? end = null;
                for (long ordinal = 2010L * perYear; ordinal < 2013L * perYear; ordinal++)
                {
                    TimePeriod.TryFromOrdinal(kind, ordinal, out var period);
                    if (!period.Exists(startDay))
                        continue;
                    var span = period.Span(startDay);
                    if (end is not null && span.Start != end)
                        Assert.Fail($"{period} with {startDay} starts on {span.Start:yyyy-MM-dd}, not {end:yyyy-MM-dd}");
                    end = span.End;
                }
            }
        }
    }

    [TestCase("--01-01", 1, 1)]
    [TestCase("--02-29", 2, 29)]
    [TestCase("--12-31", 12, 31)]
    [TestCase("--07-01Z", 7, 1)]
    public void A_start_day_is_a_month_and_a_day(string text, int month, int day)
    {
        Assert.That(MonthDay.TryParse(text, out var value), Is.True);
        Assert.That(MonthDay.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var fromUtf8), Is.True);
        Assert.That(value, Is.EqualTo(new MonthDay(month, day)));
        Assert.That(fromUtf8, Is.EqualTo(value));
        Assert.That(value.ToString(), Is.EqualTo(text[..7]));
    }

    [TestCase("")]
    [TestCase("07-01")]
    [TestCase("--7-1")]
    [TestCase("--02-30")]
    [TestCase("--13-01")]
    [TestCase("--00-01")]
    [TestCase("--01-00")]
    [TestCase("--01-01X")]
    [TestCase("--01-0é")]
    public void Other_start_days_are_refused(string text) => Assert.That(MonthDay.TryParse(text, out _), Is.False);

    [Test]
    public void The_default_start_day_is_the_first_of_january() => Assert.That(default(MonthDay).ToString(), Is.EqualTo("--01-01"));
}

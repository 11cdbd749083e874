using System.Text;

namespace Sdmx.Tests.Time;

public sealed class FrequencyTests
{
    // Every kind but None, by code.
    [TestCase("A", PeriodKind.GregorianYear, PeriodKind.ReportingYear)]
    [TestCase("S", PeriodKind.Semester)]
    [TestCase("T", PeriodKind.Trimester)]
    [TestCase("Q", PeriodKind.Quarter)]
    [TestCase("M", PeriodKind.GregorianYearMonth, PeriodKind.ReportingMonth)]
    [TestCase("W", PeriodKind.Week)]
    [TestCase("D", PeriodKind.GregorianDay, PeriodKind.ReportingDay)]
    [TestCase("B", PeriodKind.GregorianDay, PeriodKind.ReportingDay)]
    [TestCase("I", PeriodKind.DateTime)]
    [TestCase("N", PeriodKind.DateTime)]
    [TestCase("H", PeriodKind.DateTime, PeriodKind.Semester)]
    [TestCase("A5", PeriodKind.GregorianYear, PeriodKind.ReportingYear, PeriodKind.TimeRange)]
    [TestCase("M2", PeriodKind.GregorianYearMonth, PeriodKind.ReportingMonth, PeriodKind.TimeRange)]
    public void A_frequency_allows_these_forms_and_no_other(string code, params PeriodKind[] allowed)
    {
        var fitting = Enum.GetValues<PeriodKind>().Where(kind => Frequency.PeriodKindFits(code, kind));

        Assert.That(fitting, Is.EquivalentTo(allowed));
    }

    [TestCase("Hourly", PeriodKind.DateTime)]
    [TestCase("Half-yearly", PeriodKind.Semester)]
    [TestCase("Half-yearly, semester", PeriodKind.Semester)]
    [TestCase("Biannual", PeriodKind.Semester)]
    public void The_name_decides_what_H_means(string name, PeriodKind expected)
    {
        var fitting = Enum.GetValues<PeriodKind>().Where(kind => Frequency.PeriodKindFits("H", kind, name));

        Assert.That(fitting, Is.EqualTo(new[] { expected }));
    }

    [TestCase("_Z")]
    [TestCase("_O")]
    [TestCase("_U")]
    [TestCase("OA")]
    [TestCase("A_3")]
    [TestCase("X")]
    [TestCase("")]
    public void A_code_that_says_nothing_about_the_form_allows_every_form(string code)
    {
        Assert.That(Enum.GetValues<PeriodKind>().Where(kind => !Frequency.PeriodKindFits(code, kind)), Is.EqualTo(new[] { PeriodKind.None }));
    }

    [TestCase(TextType.ObservationalTimePeriod, "2010 2010-A1 2010-S1 2010-T1 2010-Q1 2010-M01 2010-01 2010-W01 2010-D001 2010-01-01 2010-01-01T00:00:00 2010-01-01/P1D")]
    [TestCase(TextType.StandardTimePeriod, "2010 2010-A1 2010-S1 2010-T1 2010-Q1 2010-M01 2010-01 2010-W01 2010-D001 2010-01-01 2010-01-01T00:00:00")]
    [TestCase(TextType.BasicTimePeriod, "2010 2010-01 2010-01-01 2010-01-01T00:00:00")]
    [TestCase(TextType.GregorianTimePeriod, "2010 2010-01 2010-01-01")]
    [TestCase(TextType.ReportingTimePeriod, "2010-A1 2010-S1 2010-T1 2010-Q1 2010-M01 2010-W01 2010-D001")]
    [TestCase(TextType.GregorianYear, "2010")]
    [TestCase(TextType.GregorianYearMonth, "2010-01")]
    [TestCase(TextType.GregorianDay, "2010-01-01")]
    [TestCase(TextType.ReportingYear, "2010-A1")]
    [TestCase(TextType.ReportingSemester, "2010-S1")]
    [TestCase(TextType.ReportingTrimester, "2010-T1")]
    [TestCase(TextType.ReportingQuarter, "2010-Q1")]
    [TestCase(TextType.ReportingMonth, "2010-M01")]
    [TestCase(TextType.ReportingWeek, "2010-W01")]
    [TestCase(TextType.ReportingDay, "2010-D001")]
    [TestCase(TextType.DateTime, "2010-01-01T00:00:00")]
    [TestCase(TextType.TimeRange, "2010-01-01/P1D")]
    [TestCase(TextType.String, "")]
    public void A_text_type_allows_these_forms(TextType type, string forms)
    {
        var allowed = Enum.GetValues<PeriodKind>().Where(kind => TimeTextType.Allows(type, kind));

        Assert.That(allowed, Is.EquivalentTo(forms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(form => PeriodOrderTests.Parse(form).Kind)));
    }

    [TestCase("--01", true, false)]
    [TestCase("--12Z", true, false)]
    [TestCase("--13", false, false)]
    [TestCase("--00", false, false)]
    [TestCase("--1", false, false)]
    [TestCase("---01", false, true)]
    [TestCase("---31+01:00", false, true)]
    [TestCase("---32", false, false)]
    [TestCase("---1", false, false)]
    [TestCase("", false, false)]
    public void Months_and_days_without_a_year_have_their_forms(string text, bool isMonth, bool isDay)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        Assert.That((TimeTextType.IsMonth(utf8), TimeTextType.IsDay(utf8)), Is.EqualTo((isMonth, isDay)));
    }
}

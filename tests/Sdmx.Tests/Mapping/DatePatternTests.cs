using System.Globalization;
using Sdmx.Mapping;

namespace Sdmx.Tests.Mapping;

/// <summary>Dates by a pattern (SDMX 3.0 section 6, "Pattern based dates"); the first ones are the standard's own examples.</summary>
public sealed class DatePatternTests
{
    [TestCase("dd/MM/YYYY", "en-GB", "22/06/1981", "1981-06-22", 1)]
    [TestCase("YYYY-MMM-DD", "fr-FR", "2008-mars-12", "2008-03-12", 1)]
    [TestCase("dd MMMM YYYY", "en-US", "22 July 1981", "1981-07-22", 1)]
    [TestCase("dd MMM YYYY", "en", "22 Jul 1981", "1981-07-22", 1)]
    [TestCase("YYYYDnn", "en", "2010 D62", "2010-03-03", 1)]
    [TestCase("yyyyMnnn", "en", "2010M001", "2010-01-01", 31)]
    [TestCase("yyyyDnnn", "en", "2014D123", "2014-05-03", 1)]
    [TestCase("yyyy'-Q'n", "en", "2010-Q3", null, 0, "has n after none of A S T Q M W D")]
    [TestCase("yyyy-Qn", "en", "2010-Q3", "2010-07-01", 92)]
    [TestCase("yyyyMMdd", "en", "20100228", "2010-02-28", 1)]
    [TestCase("d.M.yy", "en", "1.2.49", "2049-02-01", 1)]
    [TestCase("d.M.yy", "en", "01.02.50", "1950-02-01", 1)]
    [TestCase("MMM yyyy", "fr-CA", "févr. 2010", "2010-02-01", 28)]
    [TestCase("MMM.yyyy", "es", "Sept.2010", "2010-09-01", 30)]
    [TestCase("d MMMM yyyy", "ru-RU", "5 мая 2010", "2010-05-05", 1)]
    [TestCase("yyyy年MMMd日", "zh", "2010年12月5日", "2010-12-05", 1)]
    [TestCase("d MMMM yyyy", "ar", "5 كانون الثاني 2010", "2010-01-05", 1)]
    [TestCase("yyyy-DDD", "en", "2012-366", "2012-12-31", 1)]
    [TestCase("YYYY'W'wwU", "en", "2010W531", "2011-01-03", 0)]
    [TestCase("YYYY'W'wwU", "en", "2009W537", "2010-01-03", 1)]
    [TestCase("yyyy", "en", "2010", "2010-01-01", 365)]
    [TestCase("h 'o''clock' a", "en", "", null, 0, "says no year")]
    public void A_date_is_the_days_it_names(string pattern, string locale, string text, string? start, int days, string? fault = null)
    {
        var read = DatePattern.Make(pattern, locale, out var found);

        Assert.That(found, fault is null ? Is.Null : Does.Contain(fault));
        if (read is null)
            return;
        var span = read.Read(text);
        Assert.That(span, days == 0 ? Is.Null : Is.Not.Null); // there is no week 53 of 2010
        if (span is { } named)
            Assert.That((named.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (named.End - named.Start).TotalDays), Is.EqualTo((start, (double)days)));
    }

    [TestCase("yyyy-MM-dd HH:mm:ss.S", "2010-01-31 23:59:58.7", "2010-01-31T23:59:58.0070000")]
    [TestCase("dd/MM/yyyy hh:mm a", "31/01/2010 12:05 am", "2010-01-31T00:05:00.0000000")]
    [TestCase("dd/MM/yyyy K a", "31/01/2010 11 PM", "2010-01-31T23:00:00.0000000")]
    [TestCase("yyyyMMddkk", "2010013124", "2010-01-31T00:00:00.0000000")]
    public void A_time_is_its_instant(string pattern, string text, string instant) =>
        Assert.That(DatePattern.Make(pattern, "en", out _)!.Read(text)!.Value.Start.ToString("O", CultureInfo.InvariantCulture), Is.EqualTo(instant));

    [TestCase("dd/MM/yyyy", "31/02/2010")]
    [TestCase("dd/MM/yyyy", "2010-02-01")]
    [TestCase("dd/MM/yyyy", "01/02/2010x")]
    [TestCase("dd/MM/yyyy", "01/02/0000")]
    [TestCase("dd/MM/yyyy", "")]
    [TestCase("dd MMM yyyy", "22 juillet 1981")]
    [TestCase("yyyyMMdd", "2010228")]
    [TestCase("yyyyDnnn", "2011D366")]
    [TestCase("yyyy-MM-dd HH", "2010-01-31 24")]
    public void What_is_no_such_date_is_none(string pattern, string text) => Assert.That(DatePattern.Make(pattern, "en", out _)!.Read(text), Is.Null);

    [TestCase("dd/mm/yyyy", "en", "leaves out what lies between")]
    [TestCase("EEE, dd MMM yyyy", "en", "has E, which the hub does not read")]
    [TestCase("dd MMM yyyy", "de-DE", "the hub knows in ar, en, es, fr, ru, zh, not in 'de-DE'")]
    [TestCase("dd/MM/yyyy HH:ss", "en", "has a time that is not whole")]
    [TestCase("yyyy yy", "en", "says the same thing twice")]
    [TestCase("yyyy 'of", "en", "has a quote that does not end")]
    public void A_pattern_that_cannot_be_used_is_told(string pattern, string locale, string says)
    {
        Assert.That(DatePattern.Make(pattern, locale, out var fault), Is.Null);
        Assert.That(fault, Does.StartWith($"the date pattern '{pattern}' ").And.Contain(says));
    }
}

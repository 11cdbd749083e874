using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Periods as numbers of four bytes.</summary>
public class PeriodTableTests
{
    [TestCase("2020")]
    [TestCase("0001")]
    [TestCase("9999")]
    [TestCase("2020-A1")]
    [TestCase("2020-Q4")]
    [TestCase("2020-W53")]
    [TestCase("9999-12-31")]
    [TestCase("2020Z")]
    [TestCase("2020+05:30")]
    [TestCase("2020-01-01T00:00:00")]
    [TestCase("2020-01-01T12:30:15.25Z")]
    [TestCase("2020-01-01/P2Y")]
    public void A_period_comes_back_as_it_was_spelt(string text)
    {
        var table = new PeriodTable();
        var period = BlockCodec.Parse(text);
        table.NumberOf(BlockCodec.Parse("2001Z"));

        var number = table.NumberOf(period);

        Assert.That(table[number].ToString(), Is.EqualTo(text));
        Assert.That(table.NumberOf(period), Is.EqualTo(number));
    }

    [Test]
    public void No_period_is_number_0()
    {
        Assert.That(new PeriodTable().NumberOf(TimePeriod.None), Is.Zero);
        Assert.That(new PeriodTable()[0], Is.EqualTo(TimePeriod.None));
    }
}

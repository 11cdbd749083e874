using Sdmx;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Tests.Comparison;

/// <summary>Two figures and their verdict.</summary>
public class PairTests
{
    [TestCase("100.0", "100", ExpectedResult = 0)]
    [TestCase("-0.50", "-.5", ExpectedResult = 0)]
    [TestCase("1E5", "100000", ExpectedResult = 0)]
    [TestCase("1e-2", "0.01", ExpectedResult = 0)]
    [TestCase("0.1", "0.10000000000000000000000000001", ExpectedResult = -1)]
    [TestCase("123456789012345678901234567890", "123456789012345678901234567889.9", ExpectedResult = 1)]
    public int Numbers_are_compared_exactly(string left, string right) => Number(left).CompareTo(Number(right));

    [TestCase("NaN")]
    [TestCase("INF")]
    [TestCase("")]
    [TestCase("-")]
    [TestCase("<5")]
    [TestCase("1E9999")]
    [TestCase("1.2.3")]
    [TestCase("0x10")]
    public void What_is_no_finite_number_is_no_figure(string text) => Assert.That(ExactNumber.TryParse(text, out _), Is.False);

    [TestCase("2.5", 0, ExpectedResult = "3")]
    [TestCase("-2.5", 0, ExpectedResult = "-3")]
    [TestCase("2.449", 1, ExpectedResult = "2.4")]
    [TestCase("0.05", 1, ExpectedResult = "0.1")]
    [TestCase("12345", -2, ExpectedResult = "12300")]
    [TestCase("7", 3, ExpectedResult = "7")]
    public string Rounding_is_half_away_from_zero(string text, int decimals) => Number(text).Round(decimals).ToString();

    [TestCase("12.3", 6, ExpectedResult = "12300000")]
    [TestCase("5", -3, ExpectedResult = "0.005")]
    [TestCase("-1.25", 1, ExpectedResult = "-12.5")]
    public string The_multiplier_moves_the_point(string text, int power) => Number(text).Times10To(power).ToString();

    [TestCase("10", "0", "PT", "10.0", "0", "PT", "C", ExpectedResult = PairClass.Equal)]
    [TestCase("1.5", "3", "USD", "1500", "0", "USD", "E", ExpectedResult = PairClass.Equal)]
    [TestCase("12.3", "0", "PT", "12.34", "0", "PT", "C", ExpectedResult = PairClass.EqualAfterRounding)]
    [TestCase("12.4", "0", "PT", "12.35", "0", "PT", "M", ExpectedResult = PairClass.EqualAfterRounding)]
    [TestCase("12.3", "6", "USD", "12345678", "0", "USD", "C", ExpectedResult = PairClass.EqualAfterRounding)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "CA", ExpectedResult = PairClass.DiffersExpected)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "E", ExpectedResult = PairClass.DiffersExpected)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "M", ExpectedResult = PairClass.DiffersExpected)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "G", ExpectedResult = PairClass.DiffersExpected)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "C", ExpectedResult = PairClass.DiffersUnexplained)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", "N", ExpectedResult = PairClass.DiffersUnexplained)]
    [TestCase("12.3", "0", "PT", "13", "0", "PT", null, ExpectedResult = PairClass.DiffersUnexplained)]
    [TestCase("10", "0", "PT", "10", "0", "NUMBER", "C", ExpectedResult = PairClass.UnitMismatch)]
    [TestCase("10", "0", null, "10", "0", "PT", "C", ExpectedResult = PairClass.UnitMismatch)]
    public PairClass Two_figures_are_classed(string national, string nationalMult, string? nationalUnit, string global, string globalMult, string globalUnit, string? nature) =>
        Pair.Of([], TimePeriod.FromYear(2020), Of(national, nationalMult, nationalUnit, null), Of(global, globalMult, globalUnit, nature)).Class;

    [Test]
    public void A_figure_alone_is_of_its_side()
    {
        var figure = Of("1", "0", "PT", "C");

        Assert.That(Pair.Of([], TimePeriod.FromYear(2020), figure, null).Class, Is.EqualTo(PairClass.NationalOnly));
        Assert.That(Pair.Of([], TimePeriod.FromYear(2020), null, figure).Class, Is.EqualTo(PairClass.GlobalOnly));
    }

    [Test]
    public void The_difference_is_national_less_global_after_scaling()
    {
        var pair = Pair.Of([], TimePeriod.FromYear(2020), Of("1.5", "3", "USD", null), Of("1200", "0", "USD", "E"));

        Assert.That(pair.Difference.ToString(), Is.EqualTo("300"));
        Assert.That(pair.RelativeDifference, Is.EqualTo(0.25));
    }

    [Test]
    public void Different_units_have_no_difference() =>
        Assert.That(Pair.Of([], TimePeriod.FromYear(2020), Of("1", "0", "USD", null), Of("1", "0", "PT", "E")).Difference, Is.Null);

    static ExactNumber Number(string text) => ExactNumber.TryParse(text, out var number) ? number : throw new ArgumentException(text);

    static Figure Of(string value, string mult, string? unit, string? nature) =>
        new("1", value, Number(value).Times10To(int.Parse(mult)), unit, mult, nature, "A");
}

using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

public sealed class ValueFormatTests
{
    [TestCase(TextType.Alpha, "abC", "ab1")]
    [TestCase(TextType.AlphaNumeric, "ab1", "a-b")]
    [TestCase(TextType.Numeric, "007", "-7")]
    [TestCase(TextType.BigInteger, "-123456789012345678901234567890", "1.0")]
    [TestCase(TextType.Integer, "+2147483647", "2147483648")]
    [TestCase(TextType.Long, "-9223372036854775808", "9223372036854775808")]
    [TestCase(TextType.Short, "-32768", "32768")]
    [TestCase(TextType.Count, "12", "12.5")]
    [TestCase(TextType.Decimal, ".5", "1E5")]
    [TestCase(TextType.Decimal, "5.", "NaN")]
    [TestCase(TextType.Float, "1E5", "1E")]
    [TestCase(TextType.Double, "-INF", "Infinity")]
    [TestCase(TextType.Double, " 1.5\t", "1 000")]
    [TestCase(TextType.Double, "NaN", "nan")]
    [TestCase(TextType.Double, "1e-3", "1,5")]
    [TestCase(TextType.Boolean, "true", "yes")]
    [TestCase(TextType.Boolean, "0", "TRUE")]
    [TestCase(TextType.URI, "https://example.org/a?b", "a b")]
    [TestCase(TextType.ObservationalTimePeriod, "2020-W53", "2021-W53")]
    [TestCase(TextType.GregorianYear, "2020", "2020-01")]
    [TestCase(TextType.ReportingQuarter, "2020-Q4", "2020-S2")]
    [TestCase(TextType.DateTime, "2020-02-29T24:00:00", "2020-02-29")]
    [TestCase(TextType.TimeRange, "2020-01-01/P1Y", "2020-01-01")]
    [TestCase(TextType.Month, "--02", "02")]
    [TestCase(TextType.MonthDay, "--02-29", "--02-30")]
    [TestCase(TextType.Day, "---31", "---32")]
    [TestCase(TextType.Time, "23:59:59.5Z", "24:30:00")]
    [TestCase(TextType.Duration, "P1Y2M3DT4H5M6.7S", "P")]
    [TestCase(TextType.Incremental, "3", "three")]
    public void A_text_is_of_its_type_or_not(TextType type, string good, string bad)
    {
        var format = ValueFormat.Of(new TextFormat { Type = type })!;

        Assert.That(format.Check(good), Is.Null);
        Assert.That(format.Check(bad), Is.EqualTo(new ValueFault(IssueCode.InvalidType, type.ToString())));
    }

    [TestCase(TextType.String, "minLength", "2", "ab", "a")]
    [TestCase(TextType.String, "maxLength", "2", "😀b", "abc")]
    [TestCase(TextType.Decimal, "minValue", "0.5", "0.5", "0.49")]
    [TestCase(TextType.Double, "maxValue", "1E2", "100", "100.01")]
    [TestCase(TextType.ExclusiveValueRange, "minValue", "0", "0.1", "0")]
    [TestCase(TextType.InclusiveValueRange, "maxValue", "9", "9", "9.5")]
    [TestCase(TextType.Decimal, "decimals", "1", "1.5", "1.50")]
    [TestCase(TextType.String, "pattern", "[0-9]{3}", "007", "0070")]
    [TestCase(TextType.String, "pattern", "^a|b$", "b", "ab")]
    [TestCase(TextType.Integer, "maxLength", "2", "12", "123")]
    [TestCase(TextType.GregorianYear, "startTime", "2000", "2000", "1999")]
    [TestCase(TextType.GregorianYear, "endTime", "2030", "2030", "2031")]
    public void A_value_is_within_its_facet_or_not(TextType type, string facet, string value, string good, string bad)
    {
        var format = ValueFormat.Of(new TextFormat { Type = type, Facets = [(facet, value)] })!;

        Assert.That(Check(format, good), Is.Null);
        Assert.That(Check(format, bad), Is.EqualTo(new ValueFault(IssueCode.OutsideFacet, $"{facet} {value}")));
    }

    [Test]
    public void A_sequence_starts_at_its_start_and_steps_by_its_interval()
    {
        var format = ValueFormat.Of(new TextFormat { Type = TextType.Incremental, Facets = [("isSequence", "true"), ("startValue", "1"), ("interval", "2"), ("endValue", "9")] })!;

        Assert.That(((string[])["1", "2", "9", "11"]).Select(v => Check(format, v)?.Expected), Is.EqualTo((string?[])[null, "interval 2", null, "endValue 9"]));
    }

    [Test]
    public void Free_text_needs_no_check()
    {
        Assert.That(ValueFormat.Of(new TextFormat()), Is.Null);
        Assert.That(ValueFormat.Of(new TextFormat { Type = TextType.XHTML, Facets = [("isMultiLingual", "true")] }), Is.Null);
    }

    // As the readers do: a number where its spelling is canonical, else the text; both ways must agree.
    static ValueFault? Check(ValueFormat format, string text)
    {
        if (DecimalText.TryParse(text, out var mantissa, out var scale))
            Assert.That(format.Check(mantissa, scale), Is.EqualTo(format.Check(text)));
        return format.Check(text);
    }
}

using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Numbers in filters, however they are spelt.</summary>
public class NumberFilterTests
{
    [TestCase("06", FilterOperator.Gt, "5", ExpectedResult = true)]
    [TestCase("06", FilterOperator.Lt, "5", ExpectedResult = false)]
    [TestCase("+5", FilterOperator.Eq, "5", ExpectedResult = true)]
    [TestCase("1E5", FilterOperator.Eq, "100000", ExpectedResult = true)]
    [TestCase("1e-7", FilterOperator.Lt, "0.5", ExpectedResult = true)]
    [TestCase("1E300", FilterOperator.Gt, "5", ExpectedResult = true)]
    [TestCase("123456789012345678901234567890.5", FilterOperator.Ge, "1", ExpectedResult = true)]
    [TestCase("-0", FilterOperator.Eq, "0", ExpectedResult = true)]
    [TestCase("INF", FilterOperator.Gt, "1E20", ExpectedResult = true)]
    [TestCase("NaN", FilterOperator.Gt, "5", ExpectedResult = false)]
    [TestCase("NaN", FilterOperator.Lt, "5", ExpectedResult = false)]
    [TestCase("NaN", FilterOperator.Ne, "5", ExpectedResult = true)]
    [TestCase("06", FilterOperator.Sw, "0", ExpectedResult = true)]
    public bool A_number_is_compared_by_value(string value, FilterOperator op, string bound) =>
        new TermTest(new ComponentFilter("OBS_VALUE", [[new FilterTerm(op, bound)]])).PassesNumber(value);
}

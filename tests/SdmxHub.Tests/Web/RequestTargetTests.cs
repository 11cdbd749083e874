using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

public class RequestTargetTests
{
    [TestCase("/data/DF_X", "data|DF_X")]
    [TestCase("/data/DF_X/", "data|DF_X")]
    [TestCase("/data/DF_X///", "data|DF_X")]
    [TestCase("/dataflow/all/all/", "dataflow|all|all")]
    [TestCase("data/DF_X?a=1", "data|DF_X")]
    [TestCase("/data/ECB,EXR,1.0/A+Q.EUR", "data|ECB,EXR,1.0|A+Q.EUR")]
    [TestCase("/data/ECB%2CEXR%2C1.0/A%2BQ.%2A", "data|ECB,EXR,1.0|A+Q.*")]
    [TestCase("/data//KEY", "data||KEY")]
    [TestCase("http://host:80/sdmx/v1/data/DF_X?x=a://b", "sdmx|v1|data|DF_X")]
    [TestCase("/data/DF_X&format=jsondata", "data|DF_X")]
    [TestCase("", "")]
    [TestCase("/%E0%A4%A", "%E0%A4%A")]
    public void A_path_is_split_and_decoded(string raw, string segments)
    {
        var target = RequestTarget.Parse(raw);

        Assert.That(string.Join('|', target.Segments), Is.EqualTo(segments));
    }

    [TestCase("/d?startPeriod=2010&endPeriod=2012", "startPeriod=2010;endPeriod=2012")]
    [TestCase("/d?c%5BFREQ%5D=A%2CQ", "c[FREQ]=A%2CQ")]
    [TestCase("/d?c[TIME_PERIOD]=ge:2010+le:2015", "c[TIME_PERIOD]=ge:2010+le:2015")]
    [TestCase("/d&format=jsondata", "format=jsondata")]
    [TestCase("/d?a&b=&&c=1#frag", "a=;b=;c=1")]
    [TestCase("/d?x=a=b", "x=a=b")]
    public void Parameters_keep_their_raw_values(string raw, string parameters)
    {
        var target = RequestTarget.Parse(raw);

        Assert.That(string.Join(';', target.Parameters.Select(p => $"{p.Name}={p.Raw}")), Is.EqualTo(parameters));
    }

    [Test]
    public void A_plus_in_a_value_stays_a_plus()
    {
        var target = RequestTarget.Parse("/d?t=2010-01-01T00:00:00+01:00&u=a%20b");

        Assert.That((target.Value("t"), target.Value("u"), target.Value("v")), Is.EqualTo(("2010-01-01T00:00:00+01:00", "a b", (string?)null)));
    }
}

using System.Text;
using Sdmx;
using SdmxHub.Tests.RoundTrip;

namespace SdmxHub.Tests.BadInput;

/// <summary>Messages whose bytes are not the text they should be.</summary>
public class EncodingTests
{
    Target _target = null!;

    static IEnumerable<string> Formats => StoreCopy.Formats;

    static IEnumerable<TestCaseData> WrongBytes()
    {
        foreach (var format in Formats)
        {
            yield return new TestCaseData(format, (byte[])[0xE9]).SetArgDisplayNames(format, "latin-1");
            yield return new TestCaseData(format, (byte[])[0xC0, 0xAF]).SetArgDisplayNames(format, "overlong");
            yield return new TestCaseData(format, (byte[])[0x80]).SetArgDisplayNames(format, "lone continuation");
            yield return new TestCaseData(format, (byte[])[0xED, 0xA0, 0x80]).SetArgDisplayNames(format, "surrogate");
            yield return new TestCaseData(format, (byte[])[0xF8, 0x88, 0x80, 0x80, 0x80]).SetArgDisplayNames(format, "five bytes");
        }
    }

    [SetUp]
    public void MakeTarget() => _target = new Target();

    [TearDown]
    public void Close() => _target.Dispose();

    [TestCaseSource(nameof(WrongBytes))]
    public void Bytes_that_are_no_UTF_8_are_refused_where_they_stand(string format, byte[] bytes)
    {
        var message = Bytes.Replace(Target.Message(format), "last", bytes);

        var finding = _target.Refuses(message);

        Assert.That(finding.Code, Is.EqualTo(IssueCode.WrongEncoding));
        Assert.That(finding.At.Line, Is.Positive);
    }

    [Test]
    public void UTF_16_that_says_it_is_UTF_8_is_refused([ValueSource(nameof(Formats))] string format, [Values] bool bigEndian) =>
        AssertRefused(format, bigEndian, withMark: false);

    // XML with the mark is what the mark says: see below.
    [Test]
    public void UTF_16_with_its_mark_is_refused_in_JSON_and_CSV([Values("json-2.0", "csv-1.0", "csv-2.0")] string format, [Values] bool bigEndian) =>
        AssertRefused(format, bigEndian, withMark: true);

    void AssertRefused(string format, bool bigEndian, bool withMark)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: withMark);
        var text = Encoding.UTF8.GetString(Target.Message(format));

        var finding = _target.Refuses([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.That(finding.Code, Is.EqualTo(IssueCode.WrongEncoding));
    }

    [Test]
    public void An_encoding_that_nobody_knows_is_refused()
    {
        var message = Bytes.Replace(Target.Message("structurespecific-2.1"), "UTF-8", "KLINGON-1");

        Assert.That(_target.Refuses(message).Code, Is.EqualTo(IssueCode.WrongEncoding));
    }

    [Test]
    public void XML_in_UTF_16_with_its_mark_is_read([Values("structurespecific-2.1", "generic-2.1")] string format, [Values] bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var text = Encoding.UTF8.GetString(Target.Message(format)).Replace("UTF-8", "UTF-16", StringComparison.Ordinal);

        Assert.That(Target.Takes([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
    }
}

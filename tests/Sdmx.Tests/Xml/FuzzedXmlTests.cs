using System.Text;
using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Xml;

/// <summary>What fuzzing found in the reading of SDMX-ML.</summary>
public sealed class FuzzedXmlTests
{
    [TestCase("<!DOCTYPE a>")]
    [TestCase("<!DOCTYPE")]
    [TestCase("<!DOC")]
    [TestCase("<!DOCTYPEa>")]
    [TestCase("<!DOCTYPEé>")]
    [TestCase("<!DOCTYPE×>")]
    [TestCase("<!DOCTYPE😀>")]
    [TestCase("<!DOCTYPE:a>")]
    [TestCase("<x xmlns:q=''/>")]
    [TestCase("<x xml:space=''/>")]
    [TestCase("<x xml:lang='' xml:lang=''/>")]
    public void A_fault_in_an_element_is_found_alike_wherever_the_bytes_are_cut(string fault)
    {
        var bytes = Encoding.UTF8.GetBytes(XmlMessages.Specific("", fields: fault));
        var oracle = new XmlOracle(isGeneric: false);
        var expected = oracle.Read(bytes);

        for (var count = 1; count < 30; count++)
            Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.Of(bytes, count), 64)), Is.Null, $"in pieces of {count}");
        for (var window = 64; window < bytes.Length; window++)
            Assert.That(Transcript.Difference(expected, oracle.Read(bytes, window)), Is.Null, $"with a window of {window}");
    }

    [Test]
    public void Bytes_that_are_no_text_are_a_finding_also_where_the_runtime_s_reader_trips_over_them(
        [Values("structurespecific-2.1", "generic-2.1")] string format, [Values] bool isInDeclaration)
    {
        // each character is a byte
        var bytes = Encoding.Latin1.GetBytes(isInDeclaration ? $"<?xml version=\"1.0AllDimen{new string('Å', 44)}sionsTF-8\"?>ml0\" OBS_VALUé=\"1ta&#x;" : "\u00EF\u00BB\u00BFç<");
        var context = SmallCube.Context();

        SmallCube.Read(format, bytes, context);

        Assert.That(SmallCube.Codes(context), Has.Member("WrongEncoding"));
        Assert.That(() => MessageFile.Open(new MemoryStream(bytes), "f", context), Throws.Nothing);
    }

    [TestCase("<a/>")]
    [TestCase("<a>\n</a>\r\n <!-- c -->\n ")]
    public void A_message_that_ends_early_ends_at_the_same_place(string text) =>
        Assert.That(new XmlOracle(isGeneric: false).Difference(Encoding.UTF8.GetBytes(text), 64), Is.Null);
}

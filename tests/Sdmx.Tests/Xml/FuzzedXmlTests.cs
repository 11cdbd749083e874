using System.Text;
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
}

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
    public void A_document_type_in_an_element_is_found_wherever_the_bytes_are_cut(string declaration)
    {
        var bytes = Encoding.UTF8.GetBytes(XmlMessages.Specific("", fields: declaration));
        var oracle = new XmlOracle(isGeneric: false);
        var expected = oracle.Read(bytes);

        for (var count = 1; count < 30; count++)
            Assert.That(Transcript.Difference(expected, oracle.Read(PiecesStream.Of(bytes, count), 64)), Is.Null, $"in pieces of {count}");
    }
}

using System.Text;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Xml;

/// <summary>What strangers may send instead of a message: each ends with one clear finding.</summary>
public sealed class BadXmlTests
{
    const string Series = """<m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"/></Series></m:DataSet>""";

    static IEnumerable<TestCaseData> Bad()
    {
        var whole = XmlMessages.Specific(Series);
        yield return new(Bytes(whole[..^30]), "IllFormed");
        yield return new(Bytes(whole.Replace("</Series>", "</Serie>", StringComparison.Ordinal)), "IllFormed");
        yield return new(Bytes(whole.Replace("AREA=\"X\"", "AREA=\"X\" AREA=\"Y\"", StringComparison.Ordinal)), "IllFormed");
        yield return new((byte[])[.. Bytes(whole[..^60]), 0xC3, 0x28, .. Bytes(whole[^60..])], "WrongEncoding");
        yield return new(Bytes(whole.Replace("?>", "?><!DOCTYPE a [<!ENTITY b 'bbbbbbbb'><!ENTITY c '&b;&b;&b;'>]>", StringComparison.Ordinal)), "DtdForbidden");
        yield return new(Bytes(whole.Replace("AREA=\"X\"", $"AREA=\"{new string('x', 30_000_000)}\"", StringComparison.Ordinal)), "LimitExceeded");
        yield return new(Bytes(whole.Replace("<Series", "<Series " + string.Join(' ', Enumerable.Range(0, 2000).Select(i => $"A{i}=\"\"")), StringComparison.Ordinal)), "LimitExceeded");
        yield return new(Bytes(whole.Replace("<Series", string.Concat(Enumerable.Repeat("<X>", 100)) + "<Series", StringComparison.Ordinal)), "LimitExceeded");
        yield return new(Bytes(XmlMessages.Specific(Series, reference: "")), "NoStructureReference");
        yield return new(Bytes(XmlMessages.Specific(Series, at: "NOWHERE")), "BadObservationDimension");
        yield return new(Bytes(XmlMessages.Specific(Series, at: "UNIT")), "BadObservationDimension");
        yield return new(Bytes(XmlMessages.Around("StructureSpecificData", XmlMessages.Fields + XmlMessages.Structure("A", XmlMessages.ByFlow) + XmlMessages.Structure("B", XmlMessages.ByFlow),
            Series.Replace("<m:DataSet", "<m:DataSet structureRef=\"C\"", StringComparison.Ordinal))), "NoStructureReference");
    }

    [TestCaseSource(nameof(Bad))]
    public void What_cannot_be_read_ends_with_one_finding(byte[] bytes, string code)
    {
        var context = SmallCube.Context();

        SmallCube.Read("structurespecific-2.1", bytes, context);

        var fatal = context.Issues.All.Single(i => i.Severity == Severity.Fatal);
        Assert.That((fatal.Code.ToString(), fatal.At.File), Is.EqualTo((code, "f")));
        Assert.That(fatal.At.Line, Is.Positive);
    }

    [Test]
    public void What_precedes_a_cut_is_still_handed_over()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read("structurespecific-2.1", XmlMessages.Specific(Series)[..^40], context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020"]));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["IllFormed"]));
    }

    [Test]
    public void A_file_cut_anywhere_gives_a_finding_and_no_exception([Values("structurespecific-2.1", "generic-2.1")] string format)
    {
        var whole = format == "generic-2.1" ? XmlMessages.Generic(GenericReaderTests.OneSeries) : XmlMessages.Specific(Series);
        for (var length = 0; length < whole.Length; length++)
        {
            var context = SmallCube.Context();
            SmallCube.Read(format, whole[..length], context);
            Assert.That(context.Issues.Count(Severity.Fatal), Is.EqualTo(1), $"cut at {length}");
        }
    }

    [Test]
    public void Unknown_elements_are_passed_over_and_named_once()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read("structurespecific-2.1", XmlMessages.Specific("""
            <m:DataSet action="Append"><c:Annotations><c:Annotation/></c:Annotations><Odd FREQ="A"/><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"><Strange id="NOTE"><Value>x</Value></Strange></Obs><Obs TIME_PERIOD="2021"><Strange/></Obs></Series></m:DataSet>
            """), context);

        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.UnexpectedElement, "Odd"), (IssueCode.UnexpectedElement, "Strange")]));
    }

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}

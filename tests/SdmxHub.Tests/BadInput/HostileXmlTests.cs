using Sdmx;

namespace SdmxHub.Tests.BadInput;

/// <summary>XML made to harm: bombs, foreign files, endless depth and length.</summary>
public class HostileXmlTests
{
    const string BillionLaughs = """
        <!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
        <!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;"><!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">]>
        """;

    const string Structures = """
        <?xml version="1.0" encoding="UTF-8"?>
        <message:Structure xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:s="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
        <message:Header><message:ID>X</message:ID><message:Test>false</message:Test><message:Prepared>2026-01-01</message:Prepared><message:Sender id="S"/></message:Header>
        <message:Structures><s:Codelists><s:Codelist id="CL_BAD" agencyID="T" version="1.0"><c:Name>last</c:Name></s:Codelist></s:Codelists></message:Structures></message:Structure>
        """;

    Target _target = null!;

    [SetUp]
    public void MakeTarget() => _target = new Target();

    [TearDown]
    public void Close() => _target.Dispose();

    [Test]
    public void The_structures_are_good_as_they_are() => Assert.That(Target.Takes(Bytes.Of(Structures)));

    [Test]
    public void A_document_type_is_refused(
        [Values("structurespecific-2.1", "generic-2.1", "structure-xml-2.1")] string format,
        [Values(BillionLaughs, "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/evil.dtd\">", "<!DOCTYPE a [<!ENTITY lol3 SYSTEM \"file:///etc/passwd\">]>", "<!DOCTYPE a [<!ENTITY % p SYSTEM \"file:///dev/zero\"> %p;]>")] string type)
    {
        var message = Bytes.Replace(Bytes.Replace(Message(format), "?>", "?>" + type), "last", "&lol3;");

        var finding = _target.Refuses(message);

        Assert.That((finding.Code, finding.At.Line), Is.EqualTo((IssueCode.DtdForbidden, 1)));
    }

    [Test]
    public void A_value_of_64_MB_is_refused([Values("structurespecific-2.1", "generic-2.1", "structure-xml-2.1")] string format)
    {
        var huge = new byte[64 << 20];
        huge.AsSpan().Fill((byte)'x');

        var finding = _target.Refuses(Bytes.Replace(Message(format), "last", huge));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void A_comment_a_name_and_a_space_of_64_MB_are_refused(
        [Values("structurespecific-2.1", "generic-2.1", "structure-xml-2.1")] string format, [Values("<!--", "<a", "<a ", "<?a ")] string start)
    {
        var huge = new byte[(64 << 20) + start.Length];
        huge.AsSpan().Fill((byte)(start == "<a " ? ' ' : 'x'));
        Bytes.Of(start).CopyTo(huge, 0);

        var finding = _target.Refuses(Bytes.Replace(Message(format), "<message:Header>", [.. huge, .. start == "<!--" ? "-->"u8 : start == "<?a " ? "?>"u8 : "/>"u8, .. "<message:Header>"u8]));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void Depth_of_100000_is_refused([Values("structurespecific-2.1", "generic-2.1", "structure-xml-2.1")] string format, [Values("</message:Header>", "</message:DataSet>")] string before)
    {
        if (format == "structure-xml-2.1" && before == "</message:DataSet>")
            before = "</message:Structures>";
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000));

        var finding = _target.Refuses(Bytes.Replace(Message(format), before, deep + before));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.LimitExceeded));
        Assert.That(finding.At.Line, Is.Positive);
    }

    [Test]
    public void Attributes_by_the_100000_are_refused([Values("structurespecific-2.1", "generic-2.1", "structure-xml-2.1")] string format)
    {
        var many = "<a " + string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"a{i}=\"\"")) + "/>";

        var finding = _target.Refuses(Bytes.Replace(Message(format), "</message:Header>", many + "</message:Header>"));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    static byte[] Message(string format) => format == "structure-xml-2.1" ? Bytes.Of(Structures) : Target.Message(format);
}

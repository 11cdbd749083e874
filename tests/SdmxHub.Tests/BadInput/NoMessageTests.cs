using Sdmx;
using SdmxHub.Tests.RoundTrip;

namespace SdmxHub.Tests.BadInput;

/// <summary>What is no message at all, or not the one it should be.</summary>
public class NoMessageTests
{
    const string Csv = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,KIND,TIME_PERIOD,OBS_VALUE,NOTE\n";

    Target _target = null!;

    static IEnumerable<string> Formats => StoreCopy.Formats;

    [SetUp]
    public void MakeTarget() => _target = new Target();

    [TearDown]
    public void Close() => _target.Dispose();

    static IEnumerable<TestCaseData> Contents()
    {
        yield return Content("", IssueCode.EmptyFile, "empty");
        yield return Content(" \r\n\t\n", IssueCode.EmptyFile, "blanks");
        yield return Content("\uFEFF", IssueCode.EmptyFile, "a mark and nothing else");
        yield return new TestCaseData((byte[])[0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R', .. new byte[500]], IssueCode.UnknownFormat).SetArgDisplayNames("PNG");
        yield return Content("<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>", IssueCode.UnknownFormat, "HTML");
        yield return Content("<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", IssueCode.UnknownFormat, "XHTML");
        yield return Content("<feed xmlns='http://www.w3.org/2005/Atom'/>", IssueCode.UnknownFormat, "other XML");
        yield return Content("Dear colleague, the figures follow on Monday.", IssueCode.UnknownFormat, "a letter");
        yield return Content("[]", IssueCode.UnknownFormat, "JSON, an array");
        yield return Content("{}", IssueCode.UnknownFormat, "JSON, an empty object");
        yield return Content("{\"type\":\"FeatureCollection\",\"features\":[]}", IssueCode.UnknownFormat, "GeoJSON");
        yield return Content("{\"data\":{\"dataSets\":{}}}", IssueCode.IllFormed, "JSON, data sets that are no array");
        yield return Content("{\"data\":{\"dataSets\":[1,2]}}", IssueCode.IllFormed, "JSON, data sets that are numbers");
        yield return Content("{\"data\":[],\"dataSets\":1}", IssueCode.IllFormed, "JSON, data that are no object");
        yield return Content("{\"data\":{\"dataSets\":[{\"series\":[]}],\"structures\":7}}", IssueCode.IllFormed, "JSON, structures that are a number");
        yield return Content("{\"meta\":{\"schema\":\"https://json.sdmx.org/2.0.0/sdmx-json-data-schema.json\"},\"errors\":[{\"code\":404}]}", IssueCode.IllFormed, "JSON, errors");
        yield return Content("{\"meta\":{},\"data\":{\"metadataSets\":7}}", IssueCode.UnknownFormat, "JSON, metadata sets that are a number");
        yield return Content("{\"data\":{\"structureMaps\":[{\"id\":\"\\ud800\"}]}}", IssueCode.IllFormed, "JSON, half a character in a structure");
        yield return Content("{\"data\":{\"metadataSets\":[{\"agencyID\":\"EX\",\"id\":\"\\ud800\"}]}}", IssueCode.IllFormed, "JSON, half a character in metadata");
        yield return Content("MDSTRUCTURE,A\nmetadataflow,1\n", IssueCode.NoStructureReference, "CSV, metadata without names");
        yield return Content("{\"data\":{\"codelists\":[]}}", IssueCode.EmptyFile, "JSON, no structures");
        yield return Content("{\"data\":{\"codelists\":7}}", IssueCode.InvalidType, "JSON, codelists that are a number");
        yield return Content("{\"data\":{\"codelist\":[{\"id\":\"A\"}],\"dataflows\":[]}}", IssueCode.UnsupportedFormat, "JSON, a collection that is none");
        yield return Content("{\"data\":{\"codelists\":[{\"id\":\"A\",\"id\":\"B\"}]}}", IssueCode.IllFormed, "JSON, a structure with two ids");
    }

    static TestCaseData Content(string text, IssueCode code, string name) => new TestCaseData(Bytes.Of(text), code).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Contents))]
    public void What_is_no_message_is_refused_for_what_it_is(byte[] content, IssueCode code) =>
        Assert.That(_target.Refuses(content).Code, Is.EqualTo(code));

    [Test]
    public void A_missing_structure_is_named_with_the_way_to_give_it([ValueSource(nameof(Formats))] string format)
    {
        var text = System.Text.Encoding.UTF8.GetString(Target.Message(format));
        foreach (var id in (string[])["FLOW", "DSD"])
            text = text.Replace($"T:{id}(1.0)", "T:NOBODY_HAS(1.0)", StringComparison.Ordinal).Replace($"id=\"{id}\"", "id=\"NOBODY_HAS\"", StringComparison.Ordinal);

        var finding = _target.Refuses(Bytes.Of(text));

        Assert.That((finding.Code, finding.Severity), Is.EqualTo((IssueCode.UnknownStructure, Severity.Fatal)));
        Assert.That(finding.Message, Does.Contain("T:NOBODY_HAS(1.0)").And.Contain("--structures"));
    }

    [TestCase("dataflow,T:FLOW(1.0),I,A,A,x,2010,1,\"open", 2)]
    [TestCase("dataflow,T:FLOW(1.0),I,A,A,x,2010,1,ok\ndataflow,T:FLOW(1.0),I,A,A,x,2011,1,\"a\"b", 3)]
    [TestCase("dataflow,T:FLOW(1.0),I,A,A,x,2010,1,ok\ndataflow,T:FLOW(1.0),I,A,A,x,2011,1", 3)]
    [TestCase("dataflow,T:FLOW(1.0),I,A,A,x,2010,1,ok\ndataflow,T:FLOW(1.0),I,A,A,x,2011,1,one,more", 3)]
    public void CSV_with_broken_rows_is_refused_with_its_line(string rows, int line)
    {
        var finding = _target.Refuses(Bytes.Of(Csv + rows));

        Assert.That((finding.Code, finding.At.Line), Is.EqualTo((IssueCode.IllFormed, line)));
    }

    [Test]
    public void Text_of_64_MB_is_refused_in_JSON_and_CSV([Values("json-2.0", "csv-1.0", "csv-2.0")] string format)
    {
        var huge = new byte[64 << 20];
        huge.AsSpan().Fill((byte)'x');

        Assert.That(_target.Refuses(Bytes.Replace(Target.Message(format), "last", huge)).Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void JSON_of_depth_100000_is_refused([Values("\"data\":", "\"meta\":")] string where)
    {
        var message = Bytes.Replace(Target.Message("json-2.0"), where, "\"deep\":" + new string('[', 100_000) + new string(']', 100_000) + "," + where);

        // In front of everything it also hides that the text is SDMX-JSON.
        Assert.That(_target.Refuses(message).Code, Is.EqualTo(where == "\"meta\":" ? IssueCode.UnknownFormat : IssueCode.LimitExceeded));
    }

    [Test]
    public void CSV_of_100000_columns_is_refused()
    {
        var header = Csv.TrimEnd() + string.Concat(Enumerable.Range(0, 100_000).Select(i => $",C{i}")) + "\n";

        Assert.That(_target.Refuses(Bytes.Of(header + "dataflow,T:FLOW(1.0),I,A,A,x,2010,1,ok\n")).Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void A_file_that_is_not_there_is_refused() => Assert.That(_target.Refuses(_target.At("nothing.xml")).Code, Is.EqualTo(IssueCode.UnreadableFile));

    [Test]
    public void A_folder_is_refused()
    {
        Directory.CreateDirectory(_target.At("folder.xml"));

        Assert.That(_target.Refuses(_target.At("folder.xml")).Code, Is.EqualTo(IssueCode.UnreadableFile));
    }

    [Test]
    public void A_device_is_refused()
    {
        if (!File.Exists("/dev/zero"))
            Assert.Ignore("there is no /dev/zero here");

        Assert.That(_target.Refuses("/dev/zero").Severity, Is.EqualTo(Severity.Fatal));
    }

    [Test]
    public void A_file_without_the_right_to_read_it_is_refused()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("rights do not bind the user who runs this; run the tests as another user, not on Windows");
            return;
        }

        File.WriteAllText(_target.At("secret.xml"), "<a/>");
        File.SetUnixFileMode(_target.At("secret.xml"), UnixFileMode.None);

        Assert.That(_target.Refuses(_target.At("secret.xml")).Code, Is.EqualTo(IssueCode.UnreadableFile));
    }
}

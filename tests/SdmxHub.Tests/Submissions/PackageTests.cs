using System.Text;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Web;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Tests.Submissions;

/// <summary>Several messages in one submission: all of them, or none.</summary>
public class PackageTests
{
    Sending _sender = null!;

    [SetUp]
    public async Task Start() => _sender = await Sending.Start();

    [TearDown]
    public async Task Stop() => await _sender.DisposeAsync();

    [Test]
    public async Task Structures_and_the_data_that_use_them_become_one_revision()
    {
        var before = _sender.Hub.Store.Log().Count;

        var ended = await _sender.Finish("?mode=publish", Sending.Body(Bytes.Zip(("data/figures.csv", NewFlowData()), ("flow.xml", NewFlow()), ("manifest.json", Bytes.Of("""
            {"note": "a new flow", "files": [{"name": "data/figures.csv", "kind": "data"}, {"name": "flow.xml", "kind": "structures"}]}
            """)))));

        Assert.That((ended.State, ended.Note), Is.EqualTo((SubmissionState.Published, "a new flow")), ended.Summary);
        Assert.That(ended.Files.Select(f => (f.Name, f.Outcome!.Observations, f.Outcome.Artefacts)), Is.EqualTo(((string, long, int)[])[("data/figures.csv", 2, 0), ("flow.xml", 0, 1)]));
        Assert.That(_sender.Hub.Store.Log(), Has.Count.EqualTo(before + 1));
        var (_, body, _) = await _sender.Hub.Get("/sdmx/v2/data/dataflow/AGY/DF_NEW/1.0?format=csv-2.0");
        Assert.That(body.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task One_bad_message_keeps_all_out_and_each_has_its_report()
    {
        var ended = await _sender.Finish("?mode=publish", Sending.Body(Bytes.Zip(("good.csv", Bytes.Of(Sending.Csv("1,I1,2005,1"))), ("flow.xml", NewFlow()), ("bad.csv", Bytes.Of(Sending.Csv("XX,I1,2005,1"))))));

        Assert.That(ended.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(ended.Files.Select(f => (f.Name, f.Outcome!.Errors)), Is.EqualTo(((string, int)[])[("good.csv", 0), ("flow.xml", 0), ("bad.csv", 1)]));
        Assert.That(ended.Files[0].Outcome!.Verdict, Does.Contain("left out with the others"));
        Assert.That(await _sender.Served("1", "I1", 2005), Is.Empty);
        using var head = _sender.Hub.Store.Head();
        Assert.That(head.Catalog.Find(SmallStructures.Flow("DF_NEW")), Is.Null);
    }

    [Test]
    public async Task A_form_may_carry_files_and_values()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("publish"), "mode" },
            { new ByteArrayContent(NewFlow()), "file", "C:\\data\\flow.xml" },
            { new ByteArrayContent(NewFlowData()), "file", "figures.csv" },
            { new StringContent("by form"), "note" },
        };

        var ended = await _sender.Finish("", form);

        Assert.That((ended.State, ended.Note), Is.EqualTo((SubmissionState.Published, "by form")), ended.Summary);
        Assert.That(ended.Files.Select(f => f.Name), Is.EqualTo((string[])["flow.xml", "figures.csv"]));
        Assert.That(await _sender.Text($"/api/submissions/{ended.Id}/file?name=flow.xml"), Is.EqualTo(Encoding.UTF8.GetString(NewFlow())));
    }

    [Test]
    public async Task Data_that_name_no_flow_go_to_the_one_that_is_given_for_them()
    {
        var ended = await _sender.Finish("?mode=publish&dataflow=AGY:DF_TWO", Sending.Body(Sending.Csv("1,I1,2005,5").Replace("dataflow,AGY:DF_ONE(1.0)", "datastructure,AGY:DSD(1.0)", StringComparison.Ordinal)));
        var none = await _sender.Finish("?mode=publish&dataflow=AGY:DF_NONE", Sending.Body(Sending.Csv("1,I1,2005,5").Replace("dataflow,AGY:DF_ONE(1.0)", "datastructure,AGY:DSD(1.0)", StringComparison.Ordinal)));

        Assert.That(ended.State, Is.EqualTo(SubmissionState.Published), ended.Summary);
        using var head = _sender.Hub.Store.Head();
        Assert.That(head.Cube(SmallStructures.Flow("DF_TWO"))!.Observations, Is.EqualTo(2));
        Assert.That(none.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await _sender.Text($"/api/submissions/{none.Id}/report?format=text"), Does.Contain("DF_NONE").And.Contain("is not held; held: "));
    }

    [Test]
    public async Task A_message_of_another_kind_than_the_manifest_says_is_a_finding()
    {
        var ended = await _sender.Finish("", Sending.Body(Bytes.Zip(("flow.xml", NewFlow()), ("manifest.json", Bytes.Of("""{"files": [{"name": "flow.xml", "kind": "data"}]}""")))));

        Assert.That(ended.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await _sender.Text($"/api/submissions/{ended.Id}/report?format=text"), Does.Contain("The manifest says data; the file holds structures"));
    }

    static IEnumerable<TestCaseData> Hostile()
    {
        var message = Bytes.Of(Sending.Csv("1,I1,2005,1"));
        yield return Case(Bytes.Zip(("../../etc/m.csv", message), ("b.csv", message)), "points outside", "path upwards");
        yield return Case(Bytes.Zip(("/etc/m.csv", message)), "points outside", "path from the root");
        yield return Case(Bytes.Zip(("a\\..\\m.csv", message), ("b.csv", message)), "points outside", "path with backslashes");
        yield return Case(Bytes.Zip(("a.csv", message), ("A.csv", message)), "two files of the name", "one name twice");
        yield return Case(Bytes.Zip([.. Enumerable.Range(0, 1001).Select(i => ($"{i}.csv", message))]), "more than 1000 files", "far too many");
        yield return Case(Bytes.Zip([.. Enumerable.Range(0, 101).Select(i => ($"{i}.csv", message))]), "more than 100 files", "too many");
        yield return Case(Bytes.Zip(("a.csv", message), ("b.csv", new byte[50_000_000])), "more than 200 times", "a bomb");
        yield return Case([.. Bytes.Zip(("a.csv", message), ("b.csv", message)).AsSpan(0, 150), .. new byte[3000]], "damaged", "overwritten");
        yield return Case(Bytes.Zip(), "empty", "nothing");
        yield return Case(Bytes.Zip(("a.csv", message), ("manifest.json", Bytes.Of("{\"files\": [{\"name\": \"b.csv\"}]}"))), "names 'b.csv', which is not in the package", "a manifest of other files");
        yield return Case(Bytes.Zip(("a.csv", message), ("b.csv", message), ("manifest.json", Bytes.Of("{\"files\": [{\"name\": \"b.csv\"}]}"))), "holds 'a.csv', which manifest.json does not name", "a manifest of fewer files");
        yield return Case(Bytes.Zip(("a.csv", message), ("manifest.json", Bytes.Of("{\"mode\": \"check\", \"colour\": \"red\"}"))), "'colour'", "a manifest with an unknown name");
        yield return Case(Bytes.Zip(("a.csv", message), ("manifest.json", Bytes.Of("nonsense"))), "manifest.json cannot be read", "no manifest");
        yield return Case(Bytes.Zip(("a.csv", message), ("manifest.json", Noise(2 << 20))), "larger than 1,048,576 bytes", "a large manifest");
        yield return Case(Bytes.Zip(("a.csv", message), ("manifest.json", Bytes.Of("{\"files\": [{\"name\": \"a.csv\", \"kind\": \"pictures\"}]}"))), "expected data, structures or metadata", "a manifest with an unknown kind");
    }

    static TestCaseData Case(byte[] body, string says, string name) => new TestCaseData(body, says).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Hostile))]
    public async Task A_package_that_cannot_be_used_is_refused_at_once_and_not_kept(byte[] body, string says)
    {
        var (status, detail) = await _sender.Refused("?mode=publish", Sending.Body(body));

        Assert.That((status, detail), Is.EqualTo((422, detail)));
        Assert.That(detail, Does.Contain(says));
        Assert.That(Directory.GetFiles(Path.Combine(_sender.Hub.Intake, "files")), Is.Empty);
    }

    [Test]
    public async Task What_is_in_a_package_is_not_longer_than_it_says()
    {
        var zip = Bytes.Zip(("a.csv", Bytes.Of(Sending.Csv("1,I1,2005,1"))), ("b.csv", Bytes.Of(Sending.Csv([.. Enumerable.Range(0, 2000).Select(i => $"1,I1,2005,{i}")]))));
        // The length that the directory states of the second file.
        var header = zip.AsSpan().LastIndexOf("PK\x01\x02"u8);
        BitConverter.TryWriteBytes(zip.AsSpan(header + 24), 100);

        var ended = await _sender.Finish("?mode=publish", Sending.Body(zip));

        Assert.That(ended.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await _sender.Served("1", "I1", 2005), Is.Empty);
    }

    static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    static byte[] NewFlow()
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        var header = new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", Sender = "AGY" };
        var flow = SmallStructures.Catalog.OfType<Dataflow>().First(f => f.Id == "DF_TWO") with { Id = "DF_NEW" };
        Format.Find("structure-xml-2.1")!.WriteStructures!(output, new StructureMessage(header, [flow]), new WriterOptions { Header = header });
        return output.WrittenSpan.ToArray();
    }

    static byte[] NewFlowData() => Bytes.Of(Sending.Csv("1,I1,2005,1", "1,I1,2006,2").Replace("DF_ONE", "DF_NEW", StringComparison.Ordinal));
}

using System.Buffers;
using System.Text.Json;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.Storage;
using SdmxHub.Tests.Submissions;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Metadata;

/// <summary>Metadata over HTTP: by themselves, in drafts, in packages with data and structures.</summary>
public class SentMetadataTests
{
    Sending _sender = null!;

    [SetUp]
    public async Task Start() => _sender = await Sending.Start();

    [TearDown]
    public async Task Stop() => await _sender.DisposeAsync();

    [Test]
    public async Task A_package_of_data_structures_and_metadata_becomes_one_revision()
    {
        var before = _sender.Hub.Store.Log().Count;
        var package = Bytes.Zip(("data/figures.csv", Bytes.Of(Sending.Csv("1,I1,2005,5.5"))), ("definitions.xml", Bytes.Of(About("DF_ONE", Reports.Text("DEF", "en=one", "fr=un")))),
            ("msd.xml", Structures()), ("manifest.json", Bytes.Of("""
            {"mode": "publish", "note": "2026 round", "files": [{"name": "data/figures.csv", "kind": "data"}, {"name": "definitions.xml", "kind": "metadata"}, {"name": "msd.xml", "kind": "structures"}]}
            """)));

        var ended = await _sender.Finish("", Sending.Body(package));

        Assert.That((ended.State, ended.Note), Is.EqualTo((SubmissionState.Published, "2026 round")), ended.Summary);
        Assert.That(ended.Files.Select(f => (f.Outcome!.Observations, f.Outcome.MetadataSets, f.Outcome.Artefacts)), Is.EqualTo(((long, int?, int)[])[(1, null, 0), (0, 1, 0), (0, null, 2)]));
        Assert.That(_sender.Hub.Store.Log(), Has.Count.EqualTo(before + 1));
        Assert.That((await _sender.Served("1", "I1", 2005), Held()), Is.EqualTo(("5.5", "DEF en=one fr=un")));
    }

    [Test]
    public async Task A_wrong_report_keeps_its_package_out_and_has_its_part_of_the_report()
    {
        var package = Bytes.Zip(("figures.csv", Bytes.Of(Sending.Csv("1,I1,2005,5.5"))), ("msd.xml", Structures()), ("definitions.xml", Bytes.Of(About("DF_ONE", Reports.Text("DEEF", "en=one")))));

        var ended = await _sender.Finish("?mode=publish", Sending.Body(package));
        using var report = JsonDocument.Parse(await _sender.Text($"/api/submissions/{ended.Id}/report?format=json"));

        Assert.That((ended.State, ended.Files[2].Outcome!.Errors, await _sender.Served("1", "I1", 2005), Held()), Is.EqualTo((SubmissionState.Refused, 1, "", "")));
        Assert.That(report.RootElement.ToString(), Does.Contain("SDH6004").And.Contain("\"metadataSets\":1"));
    }

    [Test]
    public async Task What_the_manifest_says_is_metadata_must_be()
    {
        var ended = await _sender.Finish("", Sending.Body(Bytes.Zip(("msd.xml", Structures()), ("manifest.json", Bytes.Of("""{"files": [{"name": "msd.xml", "kind": "metadata"}]}""")))));

        Assert.That(await _sender.Text($"/api/submissions/{ended.Id}/report?format=text"), Does.Contain("The manifest says metadata; the file holds structures"));
    }

    [Test]
    public async Task A_draft_tells_what_it_would_change_and_a_release_is_undone()
    {
        await _sender.Finish("?mode=publish", Sending.Body(Structures()));
        await _sender.Finish("?mode=publish", Sending.Body(About("DF_ONE", Reports.Text("DEF", "en=one", "fr=un")), "application/xml"));
        using var created = await _sender.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "ROUND"}""", "application/json"));
        Assert.That(created.IsSuccessStatusCode, await created.Content.ReadAsStringAsync());

        var staged = await _sender.Finish("?draft=ROUND", Sending.Body(About("DF_ONE", Reports.Text("DEF", "en=two") + Reports.Text("NOTE", "en=n")), "application/xml"));
        using var changes = JsonDocument.Parse(await _sender.Text("/api/changes?draft=ROUND"));
        var message = await _sender.Text("/api/changes?draft=ROUND&detail=metadata");
        var held = Held();
        using var published = await _sender.Send(HttpMethod.Post, "/api/drafts/ROUND/publish");

        Assert.That((staged.State, held), Is.EqualTo((SubmissionState.Staged, "DEF en=one fr=un")), staged.Summary);
        var set = changes.RootElement.GetProperty("metadata").EnumerateArray().Single();
        Assert.That((set.GetProperty("change").GetString(), set.GetProperty("attributes").ToString(), set.GetProperty("languages").ToString()), Is.EqualTo(("changed", """["DEF","NOTE"]""", """["en"]""")));
        Assert.That(changes.RootElement.GetProperty("structures").GetArrayLength(), Is.Zero);
        Assert.That(message, Does.Contain("GenericMetadata").And.Contain(">two<").And.Contain(">un<"));
        Assert.That(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
        Assert.That(Held(), Is.EqualTo("DEF en=two fr=un, NOTE en=n"));

        using var undone = await _sender.Send(HttpMethod.Post, "/api/releases/ROUND/undo");
        Assert.That((undone.IsSuccessStatusCode, Held()), Is.EqualTo((true, "DEF en=one fr=un")), await undone.Content.ReadAsStringAsync());
    }

    [TestCase("", "DF_ONE", "1", null)]
    [TestCase("areas:NA", "DF_ONE", "NA", null)]
    [TestCase("areas:NA", "DF_ONE", "1", "REF_AREA '1' is not allowed")]
    [TestCase("areas:NA", "DF_ONE", null, "REF_AREA left open")]
    [TestCase("flows:AGY:DF_TWO", "DF_ONE", "NA", "scope flows does not cover AGY:DF_ONE")]
    [TestCase("flows:AGY:DF_ONE areas:NA,1", "DF_ONE", "1", null)]
    [TestCase("providers:AGY:P2", "DF_ONE", "1", "no data provider in the sender's scope has an agreement about AGY:DF_ONE")]
    [TestCase("providers:AGY:P1", "DF_ONE", "1", null)]
    [TestCase("agencies:WHO", "DF_ONE", "1", null)]
    public async Task A_sender_reports_about_what_it_may_send(string scopes, string flow, string? area, string? refusal)
    {
        await _sender.Finish("?mode=publish", Sending.Body(Structures()));

        await Check(scopes, About(flow, Reports.Text("DEF", "en=one"), area), refusal);
    }

    [TestCase("agencies:T", "DF_ONE", null)]
    [TestCase("agencies:WHO", "DF_ONE", "scope agencies does not cover T")]
    [TestCase("flows:AGY:DF_ONE", "DF_ONE", null)]
    [TestCase("flows:AGY:DF_ONE", null, "about no dataflow")]
    [TestCase("flows:AGY:DF_TWO", "DF_TWO", "scope flows does not cover AGY:DF_ONE")]
    [TestCase("areas:NA", "DF_ONE", "REF_AREA left open")]
    [TestCase("providers:AGY:P2", "DF_ONE", null)]
    [TestCase("providers:AGY:P1", "DF_ONE", "has an agreement about T:MDF")]
    public async Task A_set_of_3_x_goes_by_its_agency_by_what_it_was_about_and_by_agreements_about_its_flow(string scopes, string? flow, string? refusal)
    {
        await _sender.Finish("?mode=publish", Sending.Body(Structures(new ProvisionAgreement
        {
            Agency = "AGY", Id = "PA_META", Name = new("m"), Dataflow = Reports.Flow, DataProvider = new("DataProvider", "AGY", "DATA_PROVIDERS", "1.0", "P2"),
        })));
        await _sender.Finish("?mode=publish", Sending.Body(Reports.V3("", target: SmallStructures.Flow("DF_ONE").ToString()), "application/xml"));

        var target = flow is null ? "urn:sdmx:org.sdmx.infomodel.codelist.Codelist=AGY:CL_AREA(1.0)" : SmallStructures.Flow(flow).ToString();
        await Check(scopes, Reports.V3("<g:Attribute id='DEF'><g:Value>x</g:Value></g:Attribute>", target: target), refusal);
    }

    async Task Check(string scopes, string message, string? refusal)
    {
        var key = _sender.Hub.Key(Role.Provider, scopes);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/submissions?mode=check") { Content = Sending.Body(message, "application/xml") };
        request.Headers.Add("X-API-Key", key);
        using var response = await _sender.Hub.Client.SendAsync(request);
        var ended = await _sender.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);
        var report = await _sender.Text($"/api/submissions/{ended.Id}/report?format=text");

        Assert.That(ended.State, Is.EqualTo(refusal is null ? SubmissionState.Checked : SubmissionState.Refused), report);
        Assert.That(report, refusal is null ? Does.Not.Contain("SDH4003") : Does.Contain("SDH4003").And.Contain(refusal));
    }

    string Held()
    {
        using var head = _sender.Hub.Store.Head();
        return string.Join(", ", Reports.Texts(head));
    }

    static string About(string flow, string attributes, string? area = "1")
    {
        var message = Reports.V21(attributes, "", area ?? "").Replace(SmallFlow.Flow().ToString(), SmallStructures.Flow(flow).ToString(), StringComparison.Ordinal)
            .Replace("\"AREA\"", "\"REF_AREA\"", StringComparison.Ordinal);
        return area is not null ? message : message.Replace("<c:KeyValue id=\"REF_AREA\"><c:Value></c:Value></c:KeyValue>", "<c:KeyValue id=\"INDICATOR\"><c:Value>I1</c:Value></c:KeyValue>", StringComparison.Ordinal);
    }

    static byte[] Structures(params Artefact[] more)
    {
        var output = new ArrayBufferWriter<byte>();
        var header = new MessageHeader { Id = "T", Prepared = "2026-01-01T00:00:00Z", Sender = "T" };
        Format.Find("structure-xml-2.1")!.WriteStructures!(output, new StructureMessage(header, [.. Reports.Artefacts, .. more]), new WriterOptions { Header = header });
        return output.WrittenSpan.ToArray();
    }
}

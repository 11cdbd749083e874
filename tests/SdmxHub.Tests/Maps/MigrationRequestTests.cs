using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Storage;
using SdmxHub.Tests.Submissions;
using SdmxHub.Tests.Web;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Maps;

/// <summary>Stored series moved into a new version of their structure, over HTTP and by the command line.</summary>
public class MigrationRequestTests
{
    [Test]
    public async Task A_draft_takes_the_structures_their_map_and_the_series_that_move()
    {
        await using var sending = await Sending.Start();
        using (await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "D"}""", "application/json")))
            await Staged(sending, Message("structure-xml-2.1", NewVersion()));

        var maps = await sending.Text("/api/changes?draft=D&detail=migration&flow=AGY:DF_ONE");
        Assert.That(maps, Does.Contain("the code of the same name: Code NA").And.Contain("DF_ONE_TO_1_1"));
        await Staged(sending, System.Text.Encoding.UTF8.GetBytes(maps));
        using var response = await sending.Send(HttpMethod.Post, "/api/drafts/D/migrate?map=AGY:DF_ONE_TO_1_1");
        Assert.That((int)response.StatusCode, Is.EqualTo(202), await response.Content.ReadAsStringAsync());
        var moved = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);
        Assert.That((moved.State, moved.Note), Is.EqualTo((SubmissionState.Staged, "2 series moved by AGY:DF_ONE_TO_1_1.")), moved.Summary);
        Assert.That(await Keys(sending, "1.10"), Is.EqualTo((string[])["1.I1", "1.I2", "NA.I1", "NA.I2"]), "not before it is published");
        using var published = await sending.Send(HttpMethod.Post, "/api/drafts/D/publish");
        Assert.That((int)published.StatusCode, Is.EqualTo(200), await published.Content.ReadAsStringAsync());

        Assert.That(await Keys(sending, "1.11"), Is.EqualTo((string[])["1.I1", "1.I2", "NAM.I1", "NAM.I2"]));
        Assert.That(await Keys(sending, "1.10"), Is.EqualTo((string[])["1.I1", "1.I2"]), "the old version keeps working");
        Assert.That(await sending.Text("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.11/A.NAM.I1?c[TIME_PERIOD]=2003&format=csv-2.0"), Does.Contain("A,NAM,I1,2003,3.0"));
    }

    [TestCase("/api/drafts/D/migrate", 400, "map is missing")]
    [TestCase("/api/drafts/D/migrate?map=a%20b", 400, "map is 'a b'")]
    [TestCase("/api/drafts/D/migrate?map=NONE", 409, "structure map 'NONE' is not held")]
    [TestCase("/api/drafts/E/migrate?map=NONE", 404, "no open draft 'E'")]
    public async Task What_cannot_be_moved_says_why(string path, int status, string says)
    {
        await using var sending = await Sending.Start();
        (await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "D"}""", "application/json"))).Dispose();

        using var response = await sending.Send(HttpMethod.Post, path);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(says));
    }

    [Test]
    public async Task No_map_is_offered_where_no_structure_differs()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I1,2005,1")));

        using var response = await sending.Send(HttpMethod.Get, "/api/changes?from=2&detail=migration");

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public void The_command_line_offers_a_map_and_moves_series_by_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.At("old.xml"), Message("structure-xml-2.1", SmallFlow.Artefacts()));
        Artefact[] structures = [.. SmallFlow.Artefacts("1.1", ["B", "A", "D", "C", "a", "NEW"]).Select(a => a is Codelist { Id: "CL_AREA" } list ? list with { Codes = [.. list.Codes.Select(c => c.Id == "NEW" ? c with { Name = new("AB") } : c)] } : a)];
        File.WriteAllBytes(folder.At("new.xml"), Message("structure-xml-2.1", structures));
        SmallFile.Write(folder.At("figures.csv"), DatasetAction.Merge, ["A.AB.x|2020|OBS_VALUE=1", "A.B.x|2020|OBS_VALUE=2"]);
        foreach (var file in (string[])["old.xml", "figures.csv", "new.xml"])
            Assert.That(Run.Of("load", folder.At(file), "--store", folder.Store).ExitCode, Is.EqualTo(0), file);

        var offered = Run.Of("diff", "--from", "3", "--detail", "migration", "--output", folder.At("maps.xml"), "--store", folder.Store);
        Assert.That(offered.ExitCode, Is.EqualTo(1), offered.Error);
        Assert.That(Run.Of("load", folder.At("maps.xml"), "--store", folder.Store).ExitCode, Is.EqualTo(0));
        Run.Of("draft", "make", "D", "--store", folder.Store);
        var moved = Run.Of("draft", "migrate", "D", "--map", "FLOW_TO_1_1", "--store", folder.Store);
        Assert.That(moved.ExitCode, Is.EqualTo(0), moved.Output + moved.Error);
        Assert.That(moved.Lines[0], Is.EqualTo("1 series move"));
        Assert.That(Run.Of("draft", "publish", "D", "--store", folder.Store).ExitCode, Is.EqualTo(0));

        var got = Run.Of("get", "data/dataflow/T/FLOW/1.1/*", "--store", folder.Store, "--format", "csv-2.0");
        Assert.That(got.Output, Does.Contain(",A,NEW,x,2020,1").And.Contain(",A,B,x,2020,2").And.Not.Contain(",AB,"));
        Assert.That(Run.Of("draft", "make", "E", "--store", folder.Store).ExitCode, Is.EqualTo(0));
        Assert.That(Run.Of("draft", "migrate", "E", "--store", folder.Store).Error, Does.Contain("which map?"));
    }

    /// <summary>CL_AREA 1.1 calls NA NAM; the structure and the flow that use it.</summary>
    static Artefact[] NewVersion()
    {
        var catalog = SmallStructures.Catalog;
        var areas = catalog.OfType<Codelist>().Single(l => l.Id == "CL_AREA");
        areas = areas with { Version = "1.1", Codes = [.. areas.Codes.Select(c => c.Id == "NA" ? c with { Id = "NAM" } : c)] };
        var dsd = catalog.OfType<DataStructure>().Single();
        dsd = dsd with { Version = "1.1", Dimensions = [.. dsd.Dimensions.Select(d => d.Id == "REF_AREA" ? d with { LocalRepresentation = new() { Enumeration = areas.Urn } } : d)] };
        return [areas, dsd, catalog.OfType<Dataflow>().First(f => f.Id == "DF_ONE") with { Version = "1.11", Structure = dsd.Urn }];
    }

    static async Task Staged(Sending sending, byte[] message)
    {
        var ended = await sending.Finish("?draft=D", Sending.Body(message));
        Assert.That(ended.State, Is.EqualTo(SubmissionState.Staged), ended.Summary + await sending.Text($"/api/submissions/{ended.Id}/report?format=text"));
    }

    /// <summary>Area and indicator of each series of DF_ONE, as a version has them.</summary>
    static async Task<string[]> Keys(Sending sending, string version)
    {
        var text = await sending.Text($"/sdmx/v2/data/dataflow/AGY/DF_ONE/{version}/*?c[TIME_PERIOD]=2003&format=csv-2.0");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(r => string.Join('.', r.Split(',')[4..6])).Order(StringComparer.Ordinal)];
    }

    static byte[] Message(string format, params Artefact[] artefacts)
    {
        var message = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(message, new(new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "T" }, artefacts.ToValueArray()), new WriterOptions());
        return message.WrittenSpan.ToArray();
    }
}

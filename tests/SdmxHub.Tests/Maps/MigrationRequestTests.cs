using System.Buffers;
using System.Text.Json;
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
        await Draft(sending, Message("structure-xml-2.1", NewVersion()));

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

    [Test]
    public async Task The_impact_names_the_saved_queries_that_name_codes_with_another_name_or_none()
    {
        await using var sending = await Sending.Start();
        foreach (var (name, path) in ((string, string)[])
        [
            ("condition", "/sdmx/v2/data/dataflow/AGY/DF_ONE?c[REF_AREA]=1,NA"), ("key", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA.I1"), ("pinned", "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.10/A.NA.I1"),
            ("renamed", "/sdmx/v1/data/AGY,DF_ONE/A.2+1.I1"), ("not", "/sdmx/v2/data/dataflow/AGY/DF_ONE?c[REF_AREA]=ne:NA"),
            ("all", "/sdmx/v2/data/dataflow/AGY/DF_ONE"), ("other code", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1.I1"), ("other flow", "/sdmx/v2/data/dataflow/AGY/DF_TWO/*/A.NA.I1"), ("then", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.NA.I1?asOf=2"),
        ])
            Assert.That((await SavedQueryTests.Save(sending, name.Replace(' ', '_'), path)).Status, Is.EqualTo(201), path);
        await Draft(sending, Message("structure-xml-2.1", NewVersion()));

        Assert.That(await Touched(sending), Is.EqualTo((string[])
        [
            "condition: REF_AREA NA removed (Code NA) becomes NAM", "key: REF_AREA NA removed (Code NA) becomes NAM", "not: REF_AREA NA removed (Code NA) becomes NAM",
            "pinned, pinned to 1.10: REF_AREA NA removed (Code NA) becomes NAM", "renamed: REF_AREA 2 renamed (Code 2) to (Two) becomes 2",
        ]));
        var maps = await sending.Text("/api/changes?draft=D&detail=migration&flow=AGY:DF_ONE");
        await Staged(sending, System.Text.Encoding.UTF8.GetBytes(maps.Replace(">NAM<", ">3<", StringComparison.Ordinal)));
        Assert.That(await Touched(sending), Has.Some.EqualTo("key: REF_AREA NA removed (Code NA) becomes 3"), "by the map that is held, once there is one");
        (await sending.Send(HttpMethod.Post, "/api/drafts/D/publish")).Dispose();
        Assert.That(await sending.Text("/api/queries/pinned/data?format=csv-2.0"), Does.Contain("A,NA,I1,2003,3.0"), "the old version keeps working, and its data have not moved");
        Assert.That(await Touched(sending, "from=3"), Has.Exactly(5).Items, "also afterwards");
    }

    [Test]
    public async Task The_impact_tells_of_saved_queries_that_can_no_longer_be_asked_or_would_mean_something_else()
    {
        await using var sending = await Sending.Start();
        await SavedQueryTests.Save(sending, "attribute", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A?attributes=UNIT,TITLE");
        await SavedQueryTests.Save(sending, "v1", "/sdmx/v1/data/AGY,DF_ONE/A.1.I1");
        await SavedQueryTests.Save(sending, "v2", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1");
        await SavedQueryTests.Save(sending, "short", "/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A");
        await SavedQueryTests.Save(sending, "pinned", "/sdmx/v1/data/AGY,DF_ONE,1.10/A.1.I1");
        var (areas, dsd, flow) = ((Codelist)NewVersion()[0], (DataStructure)NewVersion()[1], (Dataflow)NewVersion()[2]);
        var more = dsd.Dimensions[2] with { Id = "NEVER_USED", ConceptIdentity = new("Concept", "AGY", "CS", "1.0", "NEVER_USED") };
        dsd = dsd with { Dimensions = [dsd.Dimensions[0], more, .. dsd.Dimensions.Skip(1)], Attributes = [.. dsd.Attributes.Where(a => a.Id != "UNIT").Select(a => a.Id == "TITLE" ? a with { Relationship = new() { Kind = AttachmentLevel.Observation } } : a)] };

        await Draft(sending, Message("structure-xml-2.1", areas, dsd, flow));

        Assert.That(await Touched(sending), Is.EqualTo((string[])
        [
            "attribute: UNIT removed; attributes: AGY:DF_ONE(1.11) has no component 'UNIT'.",
            "v1:; The key has 3 positions, but AGY:DF_ONE(1.11) has 4 dimensions: FREQ.NEVER_USED.REF_AREA.INDICATOR. (Time is not part of the key.)",
            "v2:; The positions of its key are FREQ.REF_AREA in AGY:DSD(1.0), and FREQ.NEVER_USED in AGY:DSD(1.1).",
        ]));
    }

    [Test]
    public async Task The_impact_counts_what_stands_on_a_code_and_names_the_agreements_that_it_touches()
    {
        await using var sending = await Sending.Start();
        RunningHub.Load(sending.Hub.Store, "DF_ONE", [("A", "2", "I1", 2001, "5"), ("A", "2", "I1", 2002, "5")], "AGY:PA_ONE");
        using (var transaction = sending.Hub.Store.Begin("structures", "test"))
        {
            transaction.Put([SmallStructures.Catalog.OfType<ProvisionAgreement>().Single() with { Id = "PA_TWO", DataProvider = new("DataProvider", "AGY", "DATA_PROVIDERS", "1.0", "P2") }, SmallStructures.Catalog.OfType<DataConstraint>().First() with
            {
                Id = "CN_P2", Attachment = [new("DataProvider", "AGY", "DATA_PROVIDERS", "1.0", "P2")], Regions = [new CubeRegion { Keys = [new MemberSelection { Component = "REF_AREA", Values = [new MemberValue("NA")] }] }],
            }]);
            transaction.Commit();
        }

        await Draft(sending, Message("structure-xml-2.1", NewVersion()));

        using var impacts = JsonDocument.Parse(await sending.Text("/api/changes?draft=D&detail=impact&flow=AGY:DF_ONE"));
        var list = impacts.RootElement[0].GetProperty("lists")[0];
        Assert.That(list.GetProperty("removed")[0].GetRawText(), Is.EqualTo("""{"code":"NA","name":"Code NA","successor":"NAM","series":2,"observations":10,"constraints":["AGY:CN_ACTUAL(1.0)","AGY:CN_ONE(1.0)","AGY:CN_P2(1.0)"],"agreements":["AGY:PA_TWO"]}"""));
        Assert.That(list.GetProperty("renamed")[0].GetRawText(), Is.EqualTo("""{"code":"2","before":"Code 2","after":"Two","series":1,"observations":2,"constraints":[],"agreements":["AGY:PA_ONE"]}"""));
        using var none = await sending.Send(HttpMethod.Get, "/api/changes?draft=D&detail=impact&flow=AGY:DF_TWO");
        Assert.That(((int)none.StatusCode, await none.Content.ReadAsStringAsync()), Is.EqualTo((404, await none.Content.ReadAsStringAsync())));
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

        var impact = Run.Of("diff", "--from", "3", "--detail", "impact", "--store", folder.Store);
        Assert.That((impact.ExitCode, impact.Output), Is.EqualTo((1, impact.Output)), impact.Error);
        Assert.That(impact.Output, Does.Contain("\"flow\":\"T:FLOW\"").And.Contain("\"code\":\"AB\",\"name\":\"AB\",\"successor\":\"NEW\",\"series\":1,\"observations\":1"));
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

    /// <summary>CL_AREA 1.1 calls NA NAM, and 2 Two; the structure and the flow that use it.</summary>
    static Artefact[] NewVersion()
    {
        var catalog = SmallStructures.Catalog;
        var areas = catalog.OfType<Codelist>().Single(l => l.Id == "CL_AREA");
        areas = areas with { Version = "1.1", Codes = [.. areas.Codes.Select(c => c.Id switch { "NA" => c with { Id = "NAM" }, "2" => c with { Name = new("Two") }, _ => c })] };
        var dsd = catalog.OfType<DataStructure>().Single();
        dsd = dsd with { Version = "1.1", Dimensions = [.. dsd.Dimensions.Select(d => d.Id == "REF_AREA" ? d with { LocalRepresentation = new() { Enumeration = areas.Urn } } : d)] };
        return [areas, dsd, catalog.OfType<Dataflow>().First(f => f.Id == "DF_ONE") with { Version = "1.11", Structure = dsd.Urn }];
    }

    /// <summary>The draft D with a message.</summary>
    static async Task Draft(Sending sending, byte[] message)
    {
        using (await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "D"}""", "application/json")))
            await Staged(sending, message);
    }

    /// <summary>What the impact says of saved queries, a line each.</summary>
    static async Task<string[]> Touched(Sending sending, string states = "draft=D")
    {
        using var impacts = JsonDocument.Parse(await sending.Text($"/api/changes?{states}&detail=impact"));
        return [.. impacts.RootElement.EnumerateArray().SelectMany(i => i.GetProperty("queries").EnumerateArray()).Select(q =>
            $"{Text(q, "name")}{Text(q, "pinned", ", pinned to ")}:{string.Concat(q.GetProperty("names").EnumerateArray().Select(n => $" {Text(n, "component")}{Text(n, "code", " ")} {Text(n, "change")}{Text(n, "before", " (", ")")}{Text(n, "after", " to (", ")")}{Text(n, "becomes", " becomes ")}"))}{Text(q, "fault", "; ")}")];
    }

    static string Text(JsonElement of, string name, string before = "", string after = "") =>
        of.TryGetProperty(name, out var value) ? before + value.GetString() + after : "";

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

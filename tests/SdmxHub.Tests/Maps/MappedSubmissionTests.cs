using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.Submissions;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Maps;

/// <summary>Data of a national structure, sent over HTTP and read through a map.</summary>
public class MappedSubmissionTests
{
    const string Head = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,PLACE,INDICATOR,TIME_PERIOD,OBS_VALUE\n";

    static readonly DataStructure National = ((DataStructure)SmallStructures.Catalog.OfType<DataStructure>().Single()) with
    {
        Agency = "NAT", Id = "SDG", Attributes = [],
        Dimensions =
        [
            .. SmallStructures.Catalog.OfType<DataStructure>().Single().Dimensions.Select(d => d.Id == "REF_AREA" ? d with { Id = "PLACE", LocalRepresentation = null } : d),
        ],
    };

    static readonly RepresentationMap Places = new()
    {
        Agency = "NAT", Id = "PLACES", Name = new("Places"), Sources = [new(null, TextType.String)], Targets = [new("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=AGY:CL_AREA(1.0)", null)],
        Mappings = [new() { Sources = [new("Namibia")], Targets = ["NA"] }, new() { Sources = [new("World")], Targets = ["1"] }],
    };

    static readonly StructureMap Map = new()
    {
        Agency = "NAT", Id = "TO_ONE", Name = new("To one"), Source = National.Urn, Target = SmallStructures.Flow("DF_ONE"),
        ComponentMaps =
        [
            new() { Sources = ["FREQ"], Targets = ["FREQ"] }, new() { Sources = ["INDICATOR"], Targets = ["INDICATOR"] },
            new() { Sources = ["PLACE"], Targets = ["REF_AREA"], RepresentationMap = Places.Urn },
        ],
    };

    [Test]
    public async Task A_package_brings_its_map_and_its_manifest_names_it()
    {
        await using var sending = await Sending.Start();

        var package = Bytes.Zip(("dsd.xml", Message("structure-xml-2.1", National)), ("maps.xml", Message("structure-xml-3.0", Map, Places)), ("figures.csv", Bytes.Of(Csv("Namibia,I1,2005,5.5"))),
            ("manifest.json", Bytes.Of("""{"mode": "publish", "files": [{"name": "dsd.xml"}, {"name": "maps.xml"}, {"name": "figures.csv", "map": "NAT:TO_ONE"}]}""")));
        var ended = await sending.Finish("", Sending.Body(package));

        Assert.That(ended.State, Is.EqualTo(SubmissionState.Published), ended.Summary + await sending.Text($"/api/submissions/{ended.Id}/report?format=text"));
        Assert.That(await sending.Served("NA", "I1", 2005), Is.EqualTo("5.5"));
        var other = await sending.Finish("?mode=publish&map=TO_ONE", Sending.Body(Csv("World,I1,2005,6.5")));
        Assert.That((other.State, other.Map), Is.EqualTo((SubmissionState.Published, "TO_ONE")), other.Summary);
        Assert.That(await sending.Served("1", "I1", 2005), Is.EqualTo("6.5"));
    }

    [Test]
    public async Task A_code_without_a_row_refuses_the_submission_and_the_report_tells_the_line_of_the_file()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Package()));

        var refused = await sending.Finish("?mode=publish&map=NAT:TO_ONE&filename=figures.csv", Sending.Body(Csv("World,I1,2005,1", "Namibja,I1,2005,2", "Namibja,I1,2006,3")));

        Assert.That(refused.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/report?format=text"), Does.Contain("figures.csv:3:1: error SDH2106: PLACE 'Namibja' has no row in NAT:PLACES(1.0): in 2 rows. Did you mean Namibia?"));
        Assert.That(await sending.Served("1", "I1", 2005), Is.Empty, "all or nothing");
    }

    [Test]
    public async Task A_code_that_the_map_lacks_is_repaired_in_the_message_and_mapped_again()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Package()));
        var refused = await sending.Finish("?mode=publish&map=NAT:TO_ONE&filename=figures.csv", Sending.Body(Csv("Namibja,I1,2005,2")));

        var patch = await sending.Text($"/api/submissions/{refused.Id}/repairs");
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body(patch, "application/json"));
        var repaired = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That((repaired.State, repaired.Map), Is.EqualTo((SubmissionState.Published, "NAT:TO_ONE")), patch);
        Assert.That(await sending.Served("NA", "I1", 2005), Is.EqualTo("2"));
    }

    [Test]
    public async Task Good_series_are_taken_and_the_wrong_ones_given_back_as_they_were_sent()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Package()));
        // no row for the place; a code that the target does not have; a value that is no number
        var refused = await sending.Finish("?mode=publish&map=NAT:TO_ONE", Sending.Body(Csv(
            "World,I1,2005,1", "Namibja,I1,2005,2", "World,I9,2005,3", "World,I2,2005,4", "Namibia,I2,2005,many", "Namibia,I2,2006,5", "Namibia,I1,2005,6")));

        var wrong = await sending.Text($"/api/submissions/{refused.Id}/wrong");
        Assert.That(wrong.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(l => string.Join(',', l.TrimEnd('\r').Split(',')[3..])),
            Is.EquivalentTo((string[])["A,Namibja,I1,2005,2", "A,World,I9,2005,3", "A,Namibia,I2,2005,many", "A,Namibia,I2,2006,5"]), wrong);
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{refused.Id}/repair", Sending.Body("{\"goodOnly\":true}", "application/json"));
        var good = await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);

        Assert.That((good.State, good.Map, good.Changes), Is.EqualTo((SubmissionState.Published, "NAT:TO_ONE", new SubmissionChanges(3, 0, 0, 0))), good.Summary);
        var mended = wrong.Replace("Namibja", "Namibia", StringComparison.Ordinal).Replace("I9", "I1", StringComparison.Ordinal).Replace("many", "7", StringComparison.Ordinal);
        var resent = await sending.Finish("?mode=publish&map=NAT:TO_ONE", Sending.Body(mended));
        Assert.That(resent.State, Is.EqualTo(SubmissionState.Published), resent.Summary);
        Assert.That((await sending.Served("NA", "I2", 2005), await sending.Served("NA", "I1", 2005), await sending.Served("1", "I1", 2005)), Is.EqualTo(("7", "2", "3")));
    }

    [Test]
    public async Task A_draft_keeps_the_map_when_it_is_made_again()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(Package()));
        using (await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body("""{"name": "D"}""", "application/json")))
        {
            var staged = await sending.Finish("?draft=D&map=NAT:TO_ONE", Sending.Body(Csv("Namibia,I1,2005,5.5")));
            Assert.That(staged.State, Is.EqualTo(SubmissionState.Staged), staged.Summary);
        }

        await sending.Finish("?mode=publish", Sending.Body(Sending.Csv("1,I2,2007,1")));
        using (var refreshed = await sending.Send(HttpMethod.Post, "/api/drafts/D/refresh"))
            Assert.That((int)refreshed.StatusCode, Is.EqualTo(200), await refreshed.Content.ReadAsStringAsync());
        using var published = await sending.Send(HttpMethod.Post, "/api/drafts/D/publish");

        Assert.That((int)published.StatusCode, Is.EqualTo(200), await published.Content.ReadAsStringAsync());
        Assert.That(await sending.Served("NA", "I1", 2005), Is.EqualTo("5.5"));
    }

    static IEnumerable<TestCaseData> Dates() =>
    [
        new TestCaseData(new DatePatternMap { Components = [("DATE", "TIME_PERIOD")], SourcePattern = "dd/MM/yyyy", Locale = "en", FrequencyDimension = "FREQ" },
            (string[])["A,Namibia,I1,22/06/2005,5.5", "Q,Namibia,I1,22/06/2005,1", "M,Namibia,I1,01/12/2005,2"], "31/02/2005", "a date by the pattern dd/MM/yyyy of the frequency 'A'").SetArgDisplayNames("pattern"),
        new TestCaseData(new DatePatternMap { Components = [("DATE", "TIME_PERIOD")], SourcePattern = "d MMMM yyyy", Locale = "fr", FrequencyDimension = "FREQ" },
            (string[])["A,Namibia,I1,22 juin 2005,5.5", "Q,Namibia,I1,22 juin 2005,1", "M,Namibia,I1,1 d\u00e9cembre 2005,2"], "22 June 2005", "a date by the pattern d MMMM yyyy of the frequency 'A'").SetArgDisplayNames("words"),
        new TestCaseData(new EpochMap { Components = [("DATE", "TIME_PERIOD")], BasePeriod = "1970", EpochPeriod = "second", FrequencyDimension = "FREQ" },
            (string[])["A,Namibia,I1,1119398400,5.5", "Q,Namibia,I1,1119398400,1", "M,Namibia,I1,1133395200,2"], "22/06/2005", "a number of seconds since 1970 of the frequency 'A'").SetArgDisplayNames("epoch"),
    ];

    [TestCaseSource(nameof(Dates))]
    public async Task Dates_of_a_national_file_become_periods_and_what_is_none_is_told_with_its_line_and_what_was_expected(DateMap dates, string[] rows, string wrong, string expected)
    {
        await using var sending = await Sending.Start();
        var dated = National with { Id = "DATED", Time = null, Dimensions = [.. National.Dimensions, new() { Id = "DATE", ConceptIdentity = new("Concept", "AGY", "CS", "1.0", "NEVER_USED") }] };
        var map = Map with { Source = dated.Urn, EpochMaps = [.. new[] { dates }.OfType<EpochMap>()], DatePatternMaps = [.. new[] { dates }.OfType<DatePatternMap>()] };
        await sending.Finish("?mode=publish", Sending.Body(Bytes.Zip(("dsd.xml", Message("structure-xml-2.1", dated)), ("maps.xml", Message("structure-xml-3.0", map, Places)))));
        static string Dated(params IEnumerable<string> rows) => Head.Replace("TIME_PERIOD", "DATE", StringComparison.Ordinal) + string.Concat(rows.Select(r => $"datastructure,NAT:DATED(1.0),M,{r}\n"));

        var sent = await sending.Finish("?mode=publish&map=NAT:TO_ONE", Sending.Body(Dated(rows)));

        Assert.That(sent.State, Is.EqualTo(SubmissionState.Published), sent.Summary + await sending.Text($"/api/submissions/{sent.Id}/report?format=text"));
        var served = await sending.Text("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/*.NA.I1?c[TIME_PERIOD]=ge:2005&format=csv-2.0");
        Assert.That(served.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(r => string.Join(',', r.Split(',')[3..8])), Is.EqualTo((string[])["A,NA,I1,2005,5.5", "M,NA,I1,2005-12,2", "Q,NA,I1,2005-Q2,1"]), served);
        var refused = await sending.Finish("?mode=publish&map=NAT:TO_ONE&filename=figures.csv", Sending.Body(Dated(rows[0].Replace("5.5", "6", StringComparison.Ordinal), $"A,World,I1,{wrong},2", $"A,World,I2,{wrong},3")));
        Assert.That(refused.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/report?format=text"), Does.Contain($"figures.csv:3:1: error SDH2102: DATE '{wrong}' makes no period of NAT:TO_ONE(1.0), in 2 rows: {expected} is expected."));
        Assert.That(await sending.Served("NA", "I1", 2005), Is.EqualTo("5.5"), "all or nothing");
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/wrong"), Does.Contain($"A,World,I1,{wrong},2").And.Contain($"A,World,I2,{wrong},3").And.Not.Contain("Namibia"), "as they were sent");
    }

    [Test]
    public async Task What_is_no_name_of_a_map_is_refused_at_once()
    {
        await using var sending = await Sending.Start();

        var (status, detail) = await sending.Refused("?map=a%20b", Sending.Body(Csv("World,I1,2005,1")));

        Assert.That((status, detail), Is.EqualTo((400, "map is 'a b': expected a structure map as ID, AGENCY:ID, AGENCY:ID(VERSION) or a URN.")));
    }

    static byte[] Package() => Bytes.Zip(("dsd.xml", Message("structure-xml-2.1", National)), ("maps.xml", Message("structure-xml-3.0", Map, Places)));

    static string Csv(params IEnumerable<string> rows) => Head + string.Concat(rows.Select(r => $"datastructure,NAT:SDG(1.0),M,A,{r}\n"));

    static byte[] Message(string format, params Artefact[] artefacts)
    {
        var message = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(message, new(new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "NAT" }, artefacts.ToValueArray()), new WriterOptions());
        return message.WrittenSpan.ToArray();
    }
}

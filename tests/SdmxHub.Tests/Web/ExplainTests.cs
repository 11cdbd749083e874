using System.Text.Json;
using Sdmx;

namespace SdmxHub.Tests.Web;

/// <summary>How a query is understood, why it finds nothing, and what else an answer tells beside its body.</summary>
public class ExplainTests
{
    const string One = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0";

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await RunningHub.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("/sdmx/v1/explain/data/DF_ONE/A.1+3.?startPeriod=2003", "FREQ=A 4/20 4/20; REF_AREA=1,3 2/10 2/10; TIME_PERIOD=ge:2003 4/8 2/4", null)]
    [TestCase("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE/*/A.1?c[OBS_VALUE]=gt:3&c[INDICATOR]=I1", "FREQ=A 4/20 4/20; REF_AREA=1 2/10 2/10; OBS_VALUE=gt:3 4/4 2/2; INDICATOR=I1 2/10 1/1", null)]
    [TestCase("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE/*/A.1,A.NA.I1?c[OBS_VALUE]=gt:30", "one of 2 keys 3/15 3/15; OBS_VALUE=gt:30 0/0 0/0", "OBS_VALUE=gt:30")]
    [TestCase("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE/*/Q.2", "FREQ=Q 0/0 0/0; REF_AREA=2 0/0 0/0", "FREQ=Q")]
    [TestCase("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE", "", null)]
    public async Task Each_condition_says_what_it_finds_alone_and_what_it_leaves(string path, string conditions, string? empties)
    {
        var (status, body, _) = await _hub.Get(path);

        Assert.That(status, Is.EqualTo(200), body);
        var query = JsonDocument.Parse(body).RootElement.GetProperty("queries")[0];
        Assert.That(string.Join("; ", query.GetProperty("conditions").EnumerateArray().Select(c =>
            $"{c.GetProperty("condition")} {c.GetProperty("series")}/{c.GetProperty("observations")} {c.GetProperty("seriesLeft")}/{c.GetProperty("observationsLeft")}")), Is.EqualTo(conditions));
        Assert.That((query.GetProperty("series").GetInt32(), query.GetProperty("observations").GetInt32(), query.GetProperty("empties").GetString()), Is.EqualTo((4, 20, empties)));
    }

    [Test]
    public async Task The_same_entity_tag_is_the_same_bytes_after_a_load_to_another_flow()
    {
        await using var hub = await RunningHub.Start();
        var (_, before, first) = await hub.Get("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE");

        RunningHub.Load(hub.Store, "DF_TWO", [("A", "2", "I1", 2011, "8")]);

        var (_, after, second) = await hub.Get("/sdmx/v2/explain/data/dataflow/AGY/DF_ONE");
        Assert.That((after, second.Headers.ETag), Is.EqualTo((before, first.Headers.ETag)));
    }

    [TestCase("/sdmx/v1/data/DF_ONE/A.1+NA.I1?startPeriod=2002&endPeriod=2003&lastNObservations=1")]
    [TestCase("/sdmx/v1/data/AGY,DF_ONE,1.0/all?detail=dataonly")]
    [TestCase("/sdmx/v1/data/DF_ONE/A..?detail=serieskeysonly&dimensionAtObservation=AllDimensions")]
    [TestCase("/sdmx/v1/data/DF_ONE/A..?detail=nodata")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1.I1,A.NA?c[TIME_PERIOD]=ge:2001+le:2002,2004&c[OBS_VALUE]=ne:2&sort=OBS_VALUE:desc&limit=3&offset=1")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/A?attributes=TITLE&c[REF_AREA]=NA,1")]
    public async Task The_same_query_in_the_other_interface_gives_the_same(string path)
    {
        var (_, body, _) = await _hub.Get(path.Replace("/data/", "/explain/data/"));
        var query = JsonDocument.Parse(body).RootElement.GetProperty("queries")[0];
        var separator = path.Contains('?') ? "&" : "?";
        var (_, expected, _) = await _hub.Get($"{path}{separator}format=csv-2.0");

        foreach (var spelt in new[] { query.GetProperty("v1").GetString(), query.GetProperty("v2").GetString() }.OfType<string>())
        {
            var (status, same, _) = await _hub.Get($"{spelt}{(spelt.Contains('?') ? "&" : "?")}format=csv-2.0");
            Assert.That((status, same), Is.EqualTo((200, expected)), spelt);
        }

        Assert.That(query.GetProperty("v1").GetString() is null, Is.EqualTo(path.StartsWith("/sdmx/v2", StringComparison.Ordinal)));
    }

    [TestCase("/sdmx/v1/data/DF_ONE/A.1.I3", "INDICATOR has no code 'I3' (AGY:CL_IND(1.0)).")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.na.I1", "REF_AREA has no code 'na' (AGY:CL_AREA(1.0)). Did you mean NA?")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.2.I1", "There are no data with REF_AREA=2.")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.I1?startPeriod=2020", "1 series have the key; no observation of them is within the other conditions.")]
    [TestCase("/sdmx/v1/data/DF_ONE?startPeriod=2020", "No observation is within the conditions.")]
    [TestCase("/sdmx/v1/availableconstraint/DF_ONE/A.2.I1", "There are no data with REF_AREA=2.")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.I1?updatedAfter=2999-01-01", "no observation of them")]
    public async Task An_empty_answer_says_which_part_of_the_query_is_at_fault(string path, string why)
    {
        var (status, body, _) = await _hub.Get(path, ("Accept", "application/json"));

        Assert.That(status, Is.EqualTo(404), body);
        Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("detail").GetString(), Does.StartWith("Nothing matches the query.").And.Contain(why));
    }

    [Test]
    public async Task A_code_without_data_brings_the_one_of_the_same_name()
    {
        await using var hub = await RunningHub.Start();
        var areas = SmallStructures.Catalog.OfType<Codelist>().Single(c => c.Id == "CL_AREA");
        using (var transaction = hub.Store.Begin("structures", "test"))
        {
            transaction.Put([areas with { Codes = [.. areas.Codes, new Code { Id = "NB", Name = new("Code NA") }] }]);
            transaction.Commit();
        }

        var (_, body, _) = await hub.Get("/sdmx/v1/data/DF_ONE/A.NB.I1", ("Accept", "application/json"));

        Assert.That(body, Does.Contain("There are no data with REF_AREA=NB. Did you mean NA? It has the same name, Code NA."));
    }

    [Test]
    public async Task An_answer_that_would_begin_behind_its_end_says_so()
    {
        var (_, _, response) = await _hub.Get($"{One}?offset=100&format=csv");

        Assert.That(response.Headers.GetValues("X-SDMX-Reason").Single(), Is.EqualTo("Nothing is left of the answer: it ends before offset=100."));
    }

    [TestCase("asOf=2", "public, max-age=31536000, immutable")]
    [TestCase("asOf=2999-01-01", "no-cache")]
    [TestCase("limit=30", "no-cache")]
    public async Task What_is_pinned_to_a_revision_is_kept_for_ever(string parameters, string cacheControl)
    {
        var (status, _, response) = await _hub.Get($"{One}?format=csv&{parameters}");

        Assert.That((status, response.Headers.NonValidated["Cache-Control"].ToString()), Is.EqualTo((200, cacheControl)));
    }

    [Test]
    public async Task A_release_is_kept_for_ever_and_a_fault_is_not()
    {
        await using var hub = await RunningHub.Start(new() { AnonymousRead = false });
        hub.Store.Name("R.1");
        var key = ("Authorization", $"Bearer {hub.Key(SdmxHub.Storage.Role.Reader)}");

        var (_, _, release) = await hub.Get($"{One}?asOf=R.1", key);
        var (status, _, fault) = await hub.Get($"{One}?asOf=R.1&c[AREA]=1", key);

        Assert.That(release.Headers.NonValidated["Cache-Control"].ToString(), Is.EqualTo("private, max-age=31536000, immutable"));
        Assert.That((status, fault.Headers.CacheControl), Is.EqualTo((422, (object?)null)));
    }

    [TestCase("?format=csv", 20)]
    [TestCase("?format=json", 20)]
    [TestCase("/A.1?format=csv", 10)]
    [TestCase("?firstNObservations=1&format=csv", 4)]
    [TestCase("?offset=15&limit=10&format=csv", 5)]
    public async Task Head_tells_how_much_there_is(string query, int observations)
    {
        var head = await _hub.Send(HttpMethod.Head, One + query);
        var (_, body, _) = await _hub.Get(One + query);

        var estimate = long.Parse(head.Headers.NonValidated["X-SDMX-Size-Estimate"].ToString(), null);
        Assert.That(head.Headers.NonValidated["X-SDMX-Observations"].ToString(), Is.EqualTo($"{observations}"));
        Assert.That(estimate, Is.EqualTo(body.Length));
    }

    [TestCase("format=json", "en")]
    [TestCase("format=csv&labels=both", "en")]
    [TestCase("format=csv", null)]
    [TestCase("format=structurespecific-2.1", null)]
    [TestCase("format=json&lang=fr", "en")]
    public async Task The_language_of_names_is_told(string parameters, string? language)
    {
        var (_, _, response) = await _hub.Get($"{One}?{parameters}");

        Assert.That(response.Content.Headers.ContentLanguage.FirstOrDefault(), Is.EqualTo(language));
    }

    [TestCase("/sdmx/v1/codelist/AGY/CL_AREA")]
    [TestCase("/sdmx/v2/structure/categoryscheme/OTHER/TOPICS")]
    public async Task The_languages_of_structures_are_told(string path)
    {
        var (_, _, response) = await _hub.Get(path);

        Assert.That(response.Content.Headers.ContentLanguage, Is.EqualTo(new[] { "en" }));
    }

    [Test]
    public async Task Zstandard_is_spoken_with_its_own_entity_tag()
    {
        var (_, plain, _) = await _hub.Get(One + "?format=csv");
        var response = await _hub.Send(HttpMethod.Get, One + "?format=csv", ("Accept-Encoding", "zstd"));
        using var body = new ZstdSharp.DecompressionStream(await response.Content.ReadAsStreamAsync());
        using var reader = new StreamReader(body);

        Assert.That((response.Content.Headers.ContentEncoding.Single(), await reader.ReadToEndAsync()), Is.EqualTo(("zstd", plain)));
        Assert.That(response.Headers.ETag!.Tag, Does.EndWith("-zstd\""));
        Assert.That((await _hub.Get(One + "?format=csv", ("If-None-Match", response.Headers.ETag.ToString()))).Status, Is.EqualTo(304));
    }
}

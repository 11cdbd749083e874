using System.Text.Json;
using System.Xml.Linq;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Tests.Web;

/// <summary>An operator's limit on answers: what is cut short says so.</summary>
public class CutShortTests
{
    const string One = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0";

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await RunningHub.Start(new() { MaxObservations = 8 });

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase(One + "?format=csv", 206, 8)]
    [TestCase(One + "/A.1.I1?format=csv", 200, 5)]
    [TestCase(One + "?limit=8&format=csv", 200, 8)]
    [TestCase(One + "?limit=9&format=csv", 206, 8)]
    [TestCase(One + "?offset=12&format=csv", 200, 8)]
    [TestCase(One + "?offset=11&format=csv", 206, 8)]
    [TestCase(One + "?c[OBS_VALUE]=ge:3&format=csv", 200, 8)]
    [TestCase(One + "?c[OBS_VALUE]=ge:2&format=csv", 206, 8)]
    [TestCase(One + "?sort=OBS_VALUE:desc&format=csv", 206, 8)]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?c[OBS_VALUE]=ge:3&format=csv", 206, 8)]
    [TestCase("/sdmx/v1/data/DF_ONE?detail=serieskeysonly&format=csv-2.0", 200, 4)]
    public async Task An_answer_beyond_the_limit_is_partial(string path, int status, int rows)
    {
        var (actual, body, response) = await _hub.Get(path);

        Assert.That((actual, body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1, response.Headers.Contains("X-SDMX-Cut-After")), Is.EqualTo((status, rows, status == 206)), body);
    }

    [TestCase("generic-2.1")]
    [TestCase("structurespecific-2.1")]
    [TestCase("structurespecific-3.1")]
    [TestCase("json-2.0")]
    public async Task The_message_says_so_and_is_read_back(string format)
    {
        var (_, body, _) = await _hub.Get($"/sdmx/v1/data/DF_ONE?format={format}");
        using var issues = new IssueLog();
        using var reader = Format.Find(format)!.Open!(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)), new ReadContext { Catalog = SmallStructures.Catalog, Issues = issues });
        while (reader.Read(new ObservationBlock()))
        {
        }

        var told = issues.All.Single(i => i.Code == IssueCode.FooterMessage);
        Assert.That(told.Value, Is.EqualTo("510"));
        Assert.That(told.Message, Does.Contain("offset=8"));
    }

    [Test]
    public async Task It_says_so_at_its_end()
    {
        var xml = XDocument.Parse((await _hub.Get("/sdmx/v1/data/DF_ONE")).Body);
        var json = JsonDocument.Parse((await _hub.Get("/sdmx/v2/data/*/AGY/*?format=json")).Body).RootElement.GetProperty("data");

        var cut = json.GetProperty("dataSets").EnumerateArray().Last();
        var note = json.GetProperty("structures")[cut.GetProperty("structure").GetInt32()].GetProperty("annotations")[cut.GetProperty("annotations")[0].GetInt32()];
        Assert.That(xml.Root!.Elements().Last().Name.LocalName, Is.EqualTo("Footer"));
        Assert.That((note.GetProperty("type").GetString(), note.GetProperty("title").GetString()), Is.EqualTo(("sdmx_footer", "510")));
    }

    [Test]
    public async Task Going_on_with_offset_meets_everything_once()
    {
        var rows = new List<string>();
        for (int offset = 0, status = 206; status == 206; offset += 8)
        {
            (status, var body, _) = await _hub.Get($"{One}?offset={offset}&format=csv");
            rows.AddRange(body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1));
        }

        Assert.That((rows.Count, rows.Distinct().Count()), Is.EqualTo((20, 20)));
    }

    [Test]
    public async Task A_history_is_refused_whole() => Assert.That((await _hub.Get("/sdmx/v1/data/DF_ONE?includeHistory=true")).Status, Is.EqualTo(413));

    [Test]
    public async Task A_partial_answer_has_an_entity_tag_of_its_encoding_too()
    {
        var response = await _hub.Send(HttpMethod.Get, One + "?format=csv", ("Accept-Encoding", "gzip"));

        Assert.That(((int)response.StatusCode, response.Headers.ETag!.Tag.EndsWith("-gzip\"", StringComparison.Ordinal)), Is.EqualTo((206, response.Content.Headers.ContentEncoding.Count == 1)));
    }
}

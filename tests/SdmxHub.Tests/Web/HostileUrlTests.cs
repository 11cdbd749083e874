using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace SdmxHub.Tests.Web;

/// <summary>Random and hostile request lines, as bytes: whatever is asked, the hub answers, and never with 500. <c>SDMXHUB_QUERIES</c> says how many.</summary>
public class HostileUrlTests
{
    static readonly string[] Seeds =
    [
        "/sdmx/v1/data/DF_ONE/A.1.I1?startPeriod=2000&detail=full", "/sdmx/v1/data/AGY,DF_ONE,1.0/A+Q..I1/P1?updatedAfter=2020-01-01T00:00:00Z&includeHistory=true",
        "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0+.0/A.*.I1,Q?c[OBS_VALUE]=ge:1+le:5,10&sort=OBS_VALUE:desc+REF_AREA&offset=2&limit=3",
        "/sdmx/v2/data/*/*/*/*/*?attributes=series&measures=none&dimensionAtObservation=AllDimensions&asOf=2&format=json&reportingYearStartDay=--07-01",
        "/sdmx/v2/availability/dataflow/AGY/DF_ONE/*/A/REF_AREA?mode=available&references=all&c[TIME_PERIOD]=ge:2000", "/sdmx/v1/availableconstraint/DF_ONE/all/all/FREQ?references=codelist",
        "/sdmx/v2/structure/codelist/AGY/CL_AREA/~/NA?references=all&detail=full", "/sdmx/v1/dataflow/AGY/DF_ONE/latest?references=parentsandsiblings", "/api/explore/dataflow/AGY/DF_ONE/*/A?lang=fr",
        "/api/compare?area=1",
    ];

    static readonly string[] Odd =
    [
        "%", "%00", "%0A", "%C3", "%C3%28", "%F0%9F%98%80", "%ED%A0%80", "%2F", "%252F", "..", "../..", "%2e%2e", "*", "**", "+", "++", "~", ",", ",,", "'", "\"", "<script>", "&", "&&", "?", "??", "#", ";", "=",
        "[", "]", "c[", "c[]=", "c[A]=1", "c[[x]]=y", "9999999999999999999999", "-1", "1e999", "NaN", "0000-00-00", "2000-W99", "9999-D366", "0001", "2000-01-01T99:99:99", "P1Y", "\t", "\x7f", "é", "\u202e",
        "1.0.0-", "+.+", "*.*.*", "1.~.+", "ge:", "ge:ge:ge:", "co:", "ne:,ne:", "{", "}", "|", "\\", "^", "`", "null", "undefined", "urn:sdmx:", "AllDimensions", "series_key", "dsd,none,all", "format=", "lang=*", "asOf=draft",
    ];

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await RunningHub.Start(new() { LogLevel = "Error" }, withLog: true); // a fault says where it arose

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task No_url_makes_the_hub_fail()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SDMXHUB_QUERIES"), out var asked) ? asked * 10 : 1500;
        var statuses = new SortedDictionary<int, int>();
        for (var seed = 0; seed < count; seed++)
        {
            var target = Damage(Seeds[seed % Seeds.Length], new Random(seed));
            var status = await Status($"GET {target} HTTP/1.1");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
            Assert.That(status, Is.Not.EqualTo(500).And.Not.EqualTo(0), $"seed {seed}: {target}");
        }

        Assert.That(statuses.Keys, Is.SupersetOf(new[] { 200, 204, 400, 404 }), string.Join(' ', statuses));
    }

    // An old version is answered with a link to the newer one, which repeats the request line.
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/A.\x7f", 204)]
    [TestCase("/sdmx/v1/data/AGY,DF_ONE,1.0/A..\x7f+I1", 200)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0?c[TITLE]=x>;rel=\"x\"", 204)]
    public async Task A_link_repeats_no_character_that_it_may_not_hold(string target, int status) => Assert.That(await Status($"GET {target} HTTP/1.1"), Is.EqualTo(status));

    [TestCase("/sdmx/v1/data/DF_ONE/{0}", 60_000)]
    [TestCase("/sdmx/v1/data/DF_ONE/{0}", 100_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/{0}", 60_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/*?c[REF_AREA]={0}", 60_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/*?c[OBS_VALUE]={0}", 60_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/{0}", 60_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE?sort={0}", 60_000)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE?attributes={0}", 60_000)]
    [TestCase("/sdmx/v2/availability/dataflow/AGY/DF_ONE/*/*/{0}", 60_000)]
    public async Task Endless_parts_are_answered_or_refused(string pattern, int length)
    {
        foreach (var part in (string[])["A.", "A+", "A,", ".", "+", ",", "*", "*.", "%2C", "ge:1+", "x"])
        {
            var target = string.Format(null, pattern, string.Concat(Enumerable.Repeat(part, length / part.Length)));
            var watch = Stopwatch.StartNew();
            Assert.That(await Status($"GET {target} HTTP/1.1"), Is.Not.EqualTo(500).And.Not.EqualTo(0), $"{pattern} with {part}");
            // None takes a second; what looks at every part for each part takes many.
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)), $"{pattern} with {part}");
        }
    }

    static string Damage(string seed, Random random)
    {
        var text = new StringBuilder(seed);
        for (var i = random.Next(0, 4); i > 0; i--)
        {
            var at = random.Next(1, text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Insert(at, Odd[random.Next(Odd.Length)]);
                    break;
                case 1:
                    text.Remove(at, Math.Min(text.Length - at, random.Next(1, 12)));
                    break;
                case 2:
                    text[at] = (char)random.Next(' ' + 1, 256);
                    break;
                default:
                    text.Insert(at, text.ToString(at, Math.Min(text.Length - at, random.Next(1, 30))));
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>Sends a request line as it is; gives the status, or 0 where there is no answer.</summary>
    async Task<int> Status(string line)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_hub.Client.BaseAddress!.Host, _hub.Client.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"{line}\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync() is { } first && first.Split(' ') is [_, var status, ..] ? int.Parse(status, null) : 0;
    }
}

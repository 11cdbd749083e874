using System.Net;
using System.Text;
using System.Xml.Linq;
using Sdmx;

namespace SdmxHub.Tests.Web;

/// <summary>Parameters of data queries, over a running hub.</summary>
public class DataParametersTests
{
    const string One = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0";

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await RunningHub.Start();
        RunningHub.Load(_hub.Store, "DF_ONE", [("A", "3", "I1", 2000, "8"), ("A", "3", "I1", 2001, "9")], "AGY:PA_ONE");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("/sdmx/v1/data/DF_ONE/all/P1?format=csv-1.0", "3.I1.2000 3.I1.2001")]
    [TestCase("/sdmx/v1/data/DF_ONE/.3+1.I1/AGY,P1?startPeriod=2001&format=csv-1.0", "3.I1.2001")]
    [TestCase("/sdmx/v2/data/provisionagreement/AGY/PA_ONE?format=csv", "3.I1.2000 3.I1.2001")]
    [TestCase("/sdmx/v2/data/provisionagreement/AGY/PA_ONE/*/A.1?format=csv", "")]
    [TestCase(One + "?limit=2&format=csv", "1.I1.2000 1.I1.2001")]
    [TestCase(One + "?offset=4&limit=2&format=csv", "1.I1.2004 1.I2.2000")]
    [TestCase(One + "/A.1,A.3?sort=TIME_PERIOD:desc+REF_AREA:desc&limit=4&format=csv", "1.I1.2004 1.I2.2004 1.I1.2003 1.I2.2003")]
    [TestCase(One + "/A.1,A.3?sort=OBS_VALUE:desc&limit=3&format=csv", "3.I1.2001 3.I1.2000 1.I1.2004")]
    [TestCase(One + "?attributes=none&measures=none&offset=2&limit=2&format=csv", "3.I1. NA.I1.")]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?offset=21&format=csv", "NA.I2.2004 2.I1.2010")]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?offset=22&limit=9&format=csv", "2.I1.2010")]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?offset=20&limit=2&format=csv", "NA.I2.2003 NA.I2.2004")]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?attributes=none&measures=none&offset=4&limit=9&format=csv", "NA.I2. 2.I1.")]
    public async Task Data(string path, string rows)
    {
        var (status, body, _) = await _hub.Get(path);

        Assert.That((status, Rows(body)), Is.EqualTo((rows.Length > 0 ? 200 : 204, rows)), body);
    }

    [TestCase("/sdmx/v1/data/DF_ONE?format=csv-1.0", "key=A.1%2B3.I1&startPeriod=2001&endPeriod=2001", "1.I1.2001 3.I1.2001")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.2.I1?format=csv-1.0", "key=A.3.I1", "3.I1.2000 3.I1.2001")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE?format=csv", "key=A.1.I1,A.3.I1&c[TIME_PERIOD]=ge:2000%2Ble:2000", "1.I1.2000 3.I1.2000")]
    [TestCase(One, "c%5BREF_AREA%5D=3&format=csv&limit=1", "3.I1.2000")]
    public async Task A_query_may_be_sent_as_a_form(string path, string form, string rows)
    {
        var response = await _hub.Client.PostAsync(path, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.That((response.StatusCode, Rows(await response.Content.ReadAsStringAsync())), Is.EqualTo((HttpStatusCode.OK, rows)));
    }

    [Test]
    public async Task A_key_of_a_million_letters_can_be_sent()
    {
        var form = "key=A." + string.Join("%2B", Enumerable.Range(1, 200_000).Select(i => i == 77 ? "3" : $"X{i}")) + ".I1";

        var response = await _hub.Client.PostAsync("/sdmx/v1/data/DF_ONE?format=csv-1.0", new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"));

        Assert.That(Rows(await response.Content.ReadAsStringAsync()), Is.EqualTo("3.I1.2000 3.I1.2001"));
    }

    [TestCase("application/json", "{}", HttpStatusCode.BadRequest)]
    [TestCase("application/x-www-form-urlencoded", "kex=A", HttpStatusCode.BadRequest)]
    [TestCase("application/x-www-form-urlencoded", "key=A.B.C.D", HttpStatusCode.UnprocessableEntity)]
    [TestCase("application/x-www-form-urlencoded", "", HttpStatusCode.OK)]
    public async Task A_body_that_is_no_form_is_refused(string type, string body, HttpStatusCode status)
    {
        var response = await _hub.Client.PostAsync(One + "?format=csv", new StringContent(body, Encoding.UTF8, type));

        Assert.That(response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("csv-2.0", "D:1.I1.2000 R:1.I1.2001 R:NA.I1.2005")]
    [TestCase("csv-2.0&attributes=none", "D:1.I1.2000 A:1.I1.2001 A:NA.I1.2005")]
    [TestCase("csv-2.0&c[OBS_VALUE]=lt:5", "D:1.I1.2000 D:1.I1.2001 R:NA.I1.2005")]
    [TestCase("csv-2.0&c[REF_AREA]=NA", "R:NA.I1.2005")]
    public async Task Updated_after_tells_what_was_removed_and_what_was_written(string parameters, string rows)
    {
        await using var hub = await RunningHub.Start();
        var since = Change(hub);

        var (_, body, _) = await hub.Get($"{One}?updatedAfter={since}&format={parameters}");

        Assert.That(string.Join(' ', body.Split("\r\n")[1..^1].Select(l => l.Split(',')).Select(c => $"{c[2]}:{c[4]}.{c[5]}.{c[6]}")), Is.EqualTo(rows));
    }

    [TestCase("/sdmx/v1/data/DF_ONE?updatedAfter={0}&format=csv-1.0", 406, "CSV 1.0")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.NA.?updatedAfter={0}&format=csv-1.0", 200, "2005")]
    [TestCase("/sdmx/v1/data/DF_ONE?updatedAfter={0}", 200, "action=\"Delete\"")]
    [TestCase("/sdmx/v1/data/DF_ONE?includeHistory=true&format=csv-1.0", 406, "")]
    [TestCase(One + "?includeHistory=true&format=csv", 406, "since when")]
    [TestCase(One + "?includeHistory=true&format=json", 200, "\"validTo\":")]
    public async Task A_format_that_cannot_say_what_changed_is_refused(string path, int status, string text)
    {
        await using var hub = await RunningHub.Start();
        var since = Change(hub);

        var (actual, body, _) = await hub.Get(string.Format(null, path, since));

        Assert.That((actual, body.Contains(text)), Is.EqualTo((status, true)), body);
    }

    [Test]
    public async Task History_has_a_data_set_for_each_dissemination_and_for_what_each_removed()
    {
        await using var hub = await RunningHub.Start();
        Change(hub);

        var (_, body, _) = await hub.Get("/sdmx/v1/data/DF_ONE/A.1.I1?includeHistory=true");

        XNamespace message = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";
        Assert.That(XDocument.Parse(body).Descendants(message + "DataSet").Select(d =>
            $"{(string?)d.Attribute("action")} {(d.Attribute("validFromDate") is null ? "" : "from")}{(d.Attribute("validToDate") is null ? "" : "to")} {d.Descendants().Count(e => e.Name.LocalName == "Obs")}"),
            Is.EqualTo(new[] { "Replace from 5", "Replace from 1", "Delete to 1" }));
    }

    /// <summary>A new value, a new observation, then an observation less; gives the instant before.</summary>
    static string Change(RunningHub hub)
    {
        using var head = hub.Store.Head();
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "1", "I1", 2001, "9"), ("A", "NA", "I1", 2005, "1")]);
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "1", "I1", 2000, "0")], action: DatasetAction.Delete);
        return head.At.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null);
    }

    // AREA.INDICATOR.PERIOD of each row.
    static string Rows(string csv)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToList();
        if (lines.Count == 0)
            return "";
        var columns = new[] { "REF_AREA", "INDICATOR", "TIME_PERIOD" }.Select(c => Array.IndexOf(lines[0], c)).ToArray();
        return string.Join(' ', lines.Skip(1).Select(l => string.Join('.', columns.Select(c => l[c]))));
    }
}

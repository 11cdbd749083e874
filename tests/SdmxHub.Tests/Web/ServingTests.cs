using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>The hub over HTTP: statuses, headers and bodies.</summary>
public class ServingTests
{
    const string One = "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0";

    static readonly XNamespace Message = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start() => _hub = await RunningHub.Start();

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/A.1?format=csv-1.0", "/sdmx/v2/data/dataflow/AGY/DF_ONE/1.10/A.1?format=csv-1.0")]
    [TestCase("/sdmx/v1/data/AGY,DF_ONE,1.9/A.1.?format=csv-1.0", "/sdmx/v1/data/AGY,DF_ONE,1.10/A.1.?format=csv-1.0")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.10/A.1?format=csv-1.0", null)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1?format=csv-1.0", null)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.?format=csv-1.0", null)]
    public async Task Who_names_an_old_version_is_told_of_the_newer_one(string path, string? successor)
    {
        var (status, _, response) = await _hub.Get(path);

        Assert.That(status, Is.EqualTo(200));
        Assert.That(response.Headers.TryGetValues("Link", out var link) ? link.Single() : null, Is.EqualTo(successor is null ? null : $"<{successor}>; rel=\"successor-version\""));
        var since = _hub.Store.Log()[0].At.ToUnixTimeSeconds();
        Assert.That(response.Headers.TryGetValues("Deprecation", out var deprecation) ? deprecation.Single() : null, Is.EqualTo(successor is null ? null : $"@{since}"));
    }

    [TestCase("/sdmx/v1/data/DF_ONE?format=csv-1.0", 20)]
    [TestCase("/sdmx/v1/data/AGY,DF_ONE,1.0/A.1+NA.I1?format=csv-1.0", 10)]
    [TestCase("/sdmx/v1/data/AGY,DF_ONE,1.0/A.NA.?format=csv-1.0", 10)]
    [TestCase("/sdmx/v1/data/AGY%2CDF_ONE/A.1%2BNA.%2A/all/?format=csv-1.0", 20)]
    [TestCase("/sdmx/v1/data/DF_ONE/?startPeriod=2001&endPeriod=2002&format=csv-1.0", 8)]
    [TestCase("/sdmx/v1/data/DF_ONE/all/all?lastNObservations=1&format=csv-1.0", 4)]
    [TestCase("/sdmx/v1/data/DF_ONE&format=csv-1.0", 20)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.NO_SUCH+1.I1?format=csv-1.0", 5)]
    [TestCase(One + "?format=csv", 20)]
    [TestCase(One + "/A.NA?format=csv", 10)]
    [TestCase(One + "/A.NA.I1,A.1.I2?format=csv", 10)]
    [TestCase(One + "?c[REF_AREA]=NA&c[TIME_PERIOD]=ge:2001+le:2003&format=csv", 6)]
    [TestCase(One + "?c%5BREF_AREA%5D=NA%2C1&c%5BTIME_PERIOD%5D=ge%3A2001%2Ble%3A2003&format=csv", 12)]
    [TestCase(One + "?c[OBS_VALUE]=gt:3&format=csv", 4)]
    [TestCase(One + "?firstNObservations=2&format=csv", 8)]
    [TestCase("/sdmx/v2/data/*/AGY/*/*?format=csv", 21)]
    [TestCase("/sdmx/v2/data?format=csv", 21)]
    public async Task Data(string path, int rows)
    {
        var (status, body, _) = await _hub.Get(path);

        Assert.That((status, body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1), Is.EqualTo((200, rows)), body);
    }

    [TestCase("/sdmx/v1/data/DF_ONE", null, "application/vnd.sdmx.genericdata+xml;version=2.1")]
    [TestCase("/sdmx/v1/data/DF_ONE", "application/xml", "application/vnd.sdmx.genericdata+xml;version=2.1")]
    [TestCase("/sdmx/v1/data/DF_ONE", "application/vnd.sdmx.structurespecificdata+xml;version=2.1", "application/vnd.sdmx.structurespecificdata+xml;version=2.1")]
    [TestCase("/sdmx/v1/data/DF_ONE", "text/csv", "application/vnd.sdmx.data+csv;version=1.0.0")]
    [TestCase(One, null, "application/vnd.sdmx.data+json;version=2.0.0")]
    [TestCase(One, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/vnd.sdmx.data+json;version=2.0.0")]
    [TestCase("/sdmx/v2/structure/codelist/AGY/CL_FREQ", "*/*", "application/vnd.sdmx.structure+json;version=2.0.0")]
    [TestCase(One, "text/csv", "application/vnd.sdmx.data+csv;version=2.0.0")]
    [TestCase(One, "application/vnd.sdmx.data+csv; labels=both", "application/vnd.sdmx.data+csv;version=2.0.0;labels=both")]
    [TestCase("/sdmx/v1/codelist/AGY/CL_FREQ", null, "application/vnd.sdmx.structure+xml;version=2.1")]
    [TestCase("/sdmx/v2/structure/codelist/AGY/CL_FREQ", "application/xml", "application/vnd.sdmx.structure+xml;version=3.1.0")]
    public async Task The_content_type_is_exact_and_has_no_charset(string path, string? accept, string contentType)
    {
        var response = await _hub.Send(HttpMethod.Get, path, accept is null ? [] : [("Accept", accept)]);

        Assert.That(((int)response.StatusCode, response.Content.Headers.NonValidated["Content-Type"].ToString(), string.Join(", ", response.Headers.Vary)),
            Is.EqualTo((200, contentType, "Accept, Accept-Encoding, Accept-Language")));
    }

    [TestCase("/sdmx/v1/data/DF_ONNE", 404, 100, "Did you mean DF_ONE?")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.2.I1", 404, 100, "Nothing matches")]
    [TestCase("/sdmx/v1/data/DF_ONE/A.2", 403, 150, "FREQ.REF_AREA.INDICATOR")]
    [TestCase("/sdmx/v1/data/DF_ONE?x=1", 400, 140, "'x'")]
    [TestCase("/sdmx/v1/data/DF_ONE?format=parquet", 406, 406, "csv-1.0")]
    [TestCase("/sdmx/v1/data/DF_ONE?asOf=99", 404, 100, "asOf")]
    [TestCase("/sdmx/v1/codelist/AGY/CL_NO", 404, 100, "CL_NO")]
    [TestCase("/sdmx/v1/codelist/AGY/CL_FREQ/~", 400, 140, "version")]
    [TestCase("/sdmx/v1/schema/dataflow/AGY/DF_ONE", 501, 501, "not served yet")]
    [TestCase("/sdmx/v1/nothing", 404, 404, "'nothing'")]
    [TestCase("/sdmx/v1", 404, 404, "Served")]
    public async Task A_fault_of_v1_is_an_error_message_with_the_sdmx_code(string path, int status, int code, string text)
    {
        var (actual, body, _) = await _hub.Get(path);

        var error = XDocument.Parse(body).Root!.Element(Message + "ErrorMessage")!;
        Assert.That((actual, (int)error.Attribute("code")!), Is.EqualTo((status, code)));
        Assert.That(error.Value, Does.Contain(text));
    }

    [TestCase(One + "/A.1.I1.X", 422, "Time is not part of the key")]
    [TestCase(One + "?c[REF_ARA]=1", 422, "Did you mean REF_AREA?")]
    [TestCase(One + "?c[FREQ]=A&c[FREQ]=A", 400, "twice")]
    [TestCase(One + "?format=parquet", 406, "csv-2.0")]
    [TestCase("/sdmx/v2/structure/codelists", 400, "Did you mean codelist?")]
    [TestCase("/sdmx/v2/schema/dataflow/AGY/DF_ONE", 501, "not served yet")]
    [TestCase("/sdmx/v2/nothing", 404, "'nothing'")]
    [TestCase("/sdmx/v7/data", 404, "Served")]
    public async Task A_fault_of_v2_is_an_error_object_with_the_status(string path, int status, string text)
    {
        var (actual, body, _) = await _hub.Get(path);

        var error = JsonDocument.Parse(body).RootElement.GetProperty("errors")[0];
        Assert.That((actual, error.GetProperty("code").GetInt32()), Is.EqualTo((status, status)));
        Assert.That(error.GetProperty("detail").GetString(), Does.Contain(text));
    }

    [TestCase("/sdmx/v1/data/DF_ONNE", "application/json", "application/json")]
    [TestCase("/sdmx/v1/data/DF_ONNE?format=jsondata", "*/*", "application/json")]
    [TestCase("/sdmx/v1/data/DF_ONNE", "text/csv", "application/xml")]
    [TestCase(One + "?x=1", "application/xml", "application/xml")]
    [TestCase(One + "?x=1", "text/csv", "application/json")]
    [TestCase(One + "?format=parquet", "application/xml", "application/json")]
    public async Task The_body_of_a_fault_follows_the_family_asked_for(string path, string accept, string contentType)
    {
        var response = await _hub.Send(HttpMethod.Get, path, ("Accept", accept));

        Assert.That(response.Content.Headers.NonValidated["Content-Type"].ToString(), Is.EqualTo(contentType));
    }

    [TestCase(One + "/A.2.I1?format=csv")]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONNE?format=csv")]
    [TestCase("/sdmx/v2/structure/codelist/AGY/NO?format=xml")]
    public async Task Nothing_found_is_204_in_v2_and_the_reason_a_header(string path)
    {
        var (status, body, response) = await _hub.Get(path);

        Assert.That((status, body, response.Content.Headers.ContentType, response.Headers.Contains("X-SDMX-Reason")), Is.EqualTo((204, "", (object?)null, true)));
    }

    [TestCase(One + "?format=csv")]
    [TestCase("/sdmx/v1/data/DF_ONE")]
    [TestCase("/sdmx/v1/datastructure/AGY/DSD?references=all")]
    public async Task The_same_query_gives_the_same_bytes_and_then_304(string path)
    {
        var (_, body, first) = await _hub.Get(path);
        var (_, again, _) = await _hub.Get(path);
        var (status, empty, second) = await _hub.Get(path, ("If-None-Match", $"W/\"other\", {first.Headers.ETag}"));

        Assert.That(again, Is.EqualTo(body));
        Assert.That((status, empty, second.Headers.ETag, second.Content.Headers.ContentType), Is.EqualTo((304, "", first.Headers.ETag, (object?)null)));
        Assert.That(string.Join(", ", second.Headers.Vary), Does.Contain("Accept-Language"));
    }

    [Test]
    public async Task Another_form_of_the_answer_has_another_tag()
    {
        var csv = (await _hub.Get(One + "?format=csv")).Response.Headers.ETag;
        var labels = (await _hub.Get(One + "?format=csv", ("Accept-Language", "fr"))).Response.Headers.ETag;

        Assert.That(labels, Is.Not.EqualTo(csv));
    }

    [Test]
    public async Task A_date_serves_as_validator_in_both_spellings()
    {
        var (_, _, first) = await _hub.Get(One + "?format=csv");
        var modified = first.Content.Headers.LastModified!.Value;

        var http = await _hub.Get(One + "?format=csv", ("If-Modified-Since", modified.ToString("R")));
        var iso = await _hub.Get(One + "?format=csv", ("If-Modified-Since", modified.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));
        var before = await _hub.Get(One + "?format=csv", ("If-Modified-Since", modified.AddDays(-1).ToString("R")));

        Assert.That((http.Status, iso.Status, before.Status), Is.EqualTo((304, 304, 200)));
    }

    [TestCase("gzip")]
    [TestCase("br")]
    public async Task Vendor_types_are_compressed_under_a_tag_of_their_own(string encoding)
    {
        var (_, plain, uncompressed) = await _hub.Get(One + "?format=csv");

        var response = await _hub.Send(HttpMethod.Get, One + "?format=csv", ("Accept-Encoding", encoding));

        var bytes = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(encoding == "br" ? new BrotliStream(bytes, CompressionMode.Decompress) : new GZipStream(bytes, CompressionMode.Decompress));
        Assert.That(await reader.ReadToEndAsync(), Is.EqualTo(plain));
        Assert.That((response.Content.Headers.ContentEncoding.Single(), response.Headers.ETag!.Tag), Is.EqualTo((encoding, $"{uncompressed.Headers.ETag!.Tag.TrimEnd('"')}-{encoding}\"")));
        var (status, _, _) = await _hub.Get(One + "?format=csv", ("If-None-Match", response.Headers.ETag.Tag), ("Accept-Encoding", encoding));
        Assert.That(status, Is.EqualTo(304));
    }

    [TestCase(One + "?format=csv", 200)]
    [TestCase("/sdmx/v1/codelist/AGY/CL_FREQ", 200)]
    [TestCase("/sdmx/v1/data/DF_ONNE", 404)]
    [TestCase(One + "?x=1", 400)]
    public async Task Head_is_get_without_body(string path, int status)
    {
        var get = await _hub.Send(HttpMethod.Get, path);

        var head = await _hub.Send(HttpMethod.Head, path);

        Assert.That(((int)head.StatusCode, head.Content.Headers.ContentType, head.Headers.ETag, (await head.Content.ReadAsByteArrayAsync()).Length),
            Is.EqualTo((status, get.Content.Headers.ContentType, get.Headers.ETag, 0)));
    }

    [TestCase(One + "?format=csv")]
    [TestCase(One + "?x=1")]
    [TestCase("/sdmx/v2/nothing")]
    [TestCase("/health/live")]
    public async Task Scripts_of_any_origin_may_read_answers_and_faults(string path)
    {
        var (_, _, response) = await _hub.Get(path, ("Origin", "https://example.org"));

        Assert.That(response.Headers.GetValues("Access-Control-Allow-Origin"), Is.EqualTo(new[] { "*" }));
        Assert.That(string.Join(",", response.Headers.GetValues("Access-Control-Expose-Headers")), Does.Contain("ETag").And.Contain("Content-Language"));
    }

    [Test]
    public async Task A_preflight_is_granted()
    {
        var response = await _hub.Send(HttpMethod.Options, One, ("Origin", "https://example.org"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "if-none-match"));

        Assert.That((response.IsSuccessStatusCode, response.Headers.GetValues("Access-Control-Allow-Methods").Any(m => m.Contains("GET"))), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task A_short_answer_tells_its_length()
    {
        var (_, body, response) = await _hub.Get(One + "?format=csv");

        Assert.That((response.Content.Headers.ContentLength, response.Headers.TransferEncodingChunked), Is.EqualTo(((long?)body.Length, (bool?)null)));
    }

    [Test]
    public async Task Options_tells_the_methods()
    {
        var response = await _hub.Send(HttpMethod.Options, One);

        Assert.That(((int)response.StatusCode, string.Join(", ", response.Content.Headers.Allow)), Is.EqualTo((204, "GET, HEAD, OPTIONS, POST")));
    }

    [TestCase("PUT", One)]
    [TestCase("DELETE", "/sdmx/v1/codelist/AGY/CL_FREQ")]
    public async Task Other_methods_are_405_with_those_that_are_allowed(string method, string path)
    {
        var response = await _hub.Send(new HttpMethod(method), path);

        Assert.That(((int)response.StatusCode, string.Join(", ", response.Content.Headers.Allow)), Is.EqualTo((405, path == One ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS")));
    }

    [Test]
    public async Task A_url_of_many_areas_is_answered_and_an_endless_one_is_414()
    {
        var (fits, _, _) = await _hub.Get($"/sdmx/v1/data/DF_ONE/A.{string.Join('+', Enumerable.Range(1, 3000))}.?format=csv");
        var (endless, _, _) = await _hub.Get($"/sdmx/v1/data/DF_ONE/A.{string.Join('+', Enumerable.Range(1, 30000))}.?format=csv");

        Assert.That((fits, endless), Is.EqualTo((200, 414)));
    }

    [Test]
    public async Task An_earlier_revision_is_answered_as_it_was()
    {
        await using var hub = await RunningHub.Start();
        var (_, before, _) = await hub.Get(One + "?format=csv");
        using var head = hub.Store.Head();
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "1", "I1", 2005, "9")]);

        var (_, now, _) = await hub.Get(One + "?format=csv");
        var (_, byRevision, _) = await hub.Get($"{One}?format=csv&asOf={head.Revision}");
        var (_, byInstant, _) = await hub.Get($"{One}?format=csv&asOf={head.At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.ffffff}Z");
        var (beforeAll, _, _) = await hub.Get($"{One}?format=csv&asOf=2001-01-01");

        Assert.That(now, Is.Not.EqualTo(before));
        Assert.That((byRevision, byInstant, beforeAll), Is.EqualTo((before, before, 204)));
    }

    [Test]
    public async Task A_commit_to_another_flow_leaves_the_bytes_and_the_tag()
    {
        await using var hub = await RunningHub.Start();
        var (_, before, first) = await hub.Get(One);
        RunningHub.Load(hub.Store, "DF_TWO", [("A", "1", "I1", 2005, "9")]);

        var (_, after, second) = await hub.Get(One);

        Assert.That((after, second.Headers.ETag), Is.EqualTo((before, first.Headers.ETag)));
    }

    [Test]
    public async Task A_commit_changes_the_tag()
    {
        await using var hub = await RunningHub.Start();
        var (_, _, first) = await hub.Get(One + "?format=csv");
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "1", "I1", 2005, "9")]);

        var (status, _, second) = await hub.Get(One + "?format=csv", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.That((status, second.Headers.ETag), Is.Not.EqualTo((304, first.Headers.ETag)));
        Assert.That(status, Is.EqualTo(200));
    }

    [Test]
    public async Task Who_asks_again_and_again_is_told_of_the_next_state_and_of_no_other_form()
    {
        await using var hub = await RunningHub.Start();
        var tag = ("If-None-Match", (await hub.Get(One + "?format=csv")).Response.Headers.ETag!.Tag);
        var held = new List<int>();
        for (var i = 0; i < 3; i++)
            held.Add((await hub.Get(One + "?format=csv", tag)).Status);
        var (other, _, _) = await hub.Get(One + "?format=csv", tag, ("Accept-Language", "fr"));
        var (_, _, last) = await hub.Get(One + "?format=csv", tag);
        RunningHub.Load(hub.Store, "DF_ONE", [("A", "1", "I1", 2005, "9")]);
        var (next, body, _) = await hub.Get(One + "?format=csv", tag);
        var (again, _, _) = await hub.Get(One + "?format=csv", tag);

        Assert.That(held, Is.EqualTo([304, 304, 304]));
        Assert.That(other, Is.EqualTo(200));
        Assert.That((last.Headers.ETag!.Tag, last.Headers.CacheControl!.ToString(), string.Join(", ", last.Headers.Vary)), Is.EqualTo((tag.Item2, "no-cache", "Accept, Accept-Encoding, Accept-Language")));
        Assert.That((next, again), Is.EqualTo((200, 200)));
        Assert.That(body, Does.Contain("2005,9"));
    }

    [Test]
    public async Task Behind_a_base_path_everything_is_where_it_was()
    {
        await using var hub = await RunningHub.Start(new HubOptions { BasePath = "/hub" });

        var (data, _, _) = await hub.Get("/hub/sdmx/v1/data/DF_ONE/A.1+NA.I1");
        var (_, page, _) = await hub.Get("/hub/");

        Assert.That(data, Is.EqualTo(200));
        Assert.That(page, Does.Contain("href=\"/hub/sdmx/"));
    }

    [Test]
    public async Task The_comparison_is_there_and_says_what_it_needs()
    {
        var (status, body, response) = await _hub.Get("/api/compare");

        Assert.That((status, response.Content.Headers.ContentType?.MediaType), Is.EqualTo((400, "application/problem+json")));
        Assert.That(body, Does.Contain("area"));
    }

    [TestCase("/sdmx/v1/codelist/IAEG-SDGs/NOSUCH", 404)]
    [TestCase("/sdmx/v1/data/NOSUCH", 404)]
    public async Task A_condition_hides_no_fault(string path, int expected)
    {
        var (any, _, _) = await _hub.Get(path, ("If-None-Match", "*"));
        var (since, _, _) = await _hub.Get(path, ("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"));

        Assert.That((any, since), Is.EqualTo((expected, expected)));
    }

    [TestCase("/api/compare?area=1&asOf=*", "expected a date and time")]
    [TestCase("/api/compare?area=1&class=same", "equal-after-rounding")]
    [TestCase("/api/compare?area=1&serie=A", "Did you mean series?")]
    [TestCase("/api/compare?area=1&format=xml", "json, csv")]
    [TestCase("/api/compare?area=1&labels=both", "'labels' is unknown here")]
    [TestCase("/api/compare?area=1&national=DF_ONE", "AGENCY:ID")]
    public async Task A_comparison_that_cannot_be_read_is_refused_with_what_was_expected(string path, string expected)
    {
        var (status, body, _) = await _hub.Get(path);

        Assert.That((status, body.Contains(expected, StringComparison.Ordinal)), Is.EqualTo((400, true)), body);
    }

    [TestCase("?area=1&national=AGY:DF_ONE&global=AGY:DF_TWO", null, "application/json")]
    [TestCase("?area=1&national=AGY:DF_ONE&global=AGY:DF_TWO", "application/json;q=0.5, text/csv", "text/csv")]
    [TestCase("?area=1&national=AGY:DF_ONE&global=AGY:DF_TWO&format=json", "text/csv", "application/json")]
    [TestCase("?area=1&national=AGY:DF_ONE&global=AGY:DF_TWO&format=csv", "text/html,*/*;q=0.8", "text/csv")]
    public async Task A_comparison_has_the_form_asked_for_a_tag_and_a_head(string query, string? accept, string contentType)
    {
        (string, string)[] headers = accept is null ? [] : [("Accept", accept)];
        var (status, body, first) = await _hub.Get("/api/compare" + query, headers);

        var head = await _hub.Send(HttpMethod.Head, "/api/compare" + query, headers);
        var (again, empty, _) = await _hub.Get("/api/compare" + query, [.. headers, ("If-None-Match", first.Headers.ETag!.Tag)]);

        Assert.That((status, first.Content.Headers.ContentType?.MediaType, again, empty), Is.EqualTo((200, contentType, 304, "")), body);
        Assert.That(((int)head.StatusCode, head.Content.Headers.ContentType, head.Headers.ETag), Is.EqualTo((200, first.Content.Headers.ContentType, first.Headers.ETag)));
    }

    [Test, NonParallelizable]
    public async Task A_collector_that_does_not_answer_harms_nobody()
    {
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9");
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_TIMEOUT", "200");
        try
        {
            await using var hub = await RunningHub.Start();

            Assert.That((await hub.Get(One)).Status, Is.EqualTo(200));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT", null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_TIMEOUT", null);
        }
    }

    [Test]
    public async Task The_probes_answer()
    {
        var (live, _, _) = await _hub.Get("/health/live");
        var (ready, body, _) = await _hub.Get("/health/ready");

        Assert.That((live, ready, body), Is.EqualTo((200, 200, """{"status":"ready","revision":3}""")));
    }

    [Test]
    public async Task The_page_lists_flows_with_counts_and_links_that_work()
    {
        var (status, page, _) = await _hub.Get("/");

        var document = XDocument.Parse(page.Replace("<!DOCTYPE html>", "").Replace("<meta charset=\"utf-8\">", "").Replace("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", ""));
        var links = document.Descendants("a").Select(a => a.Attribute("href")!.Value).ToList();
        Assert.That((status, document.Descendants("td").Any(d => d.Value == "Flow <DF_ONE>"), document.Descendants("td").Any(d => d.Value == "20")), Is.EqualTo((200, true, true)));
        foreach (var link in links)
            Assert.That((await _hub.Get(link)).Status, Is.EqualTo(200), link);
    }

    [Test]
    public async Task A_client_that_goes_away_harms_nobody()
    {
        for (var i = 0; i < 5; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(_hub.Client.BaseAddress!.Host, _hub.Client.BaseAddress.Port);
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {One}?format=csv HTTP/1.1\r\nHost: x\r\n\r\n"));
        }

        Assert.That((await _hub.Get(One + "?format=csv")).Status, Is.EqualTo(200));
    }
}

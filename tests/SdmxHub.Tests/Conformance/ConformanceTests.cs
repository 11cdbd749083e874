using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sdmx;
using SdmxHub.Tests.Storage;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Conformance;

/// <summary>Each rule of the standard that <c>rules.tsv</c> holds, as a request to a running hub and its expected answer; printed as <c>docs/conformance.md</c>.</summary>
/// <remarks>
/// <para>A request is a path, a method in front of it if it is not GET, and a header behind it; <c>{r4}</c> is the instant of revision 4, <c>{now}</c> an HTTP date.</para>
/// <para>Expected is the status and any of <c>obs=</c> (how many observations, or lines of a table), <c>code=</c> (of the fault), <c>type=</c> (the content type), <c>has=</c> and
/// <c>not=</c> (what the body holds), <c>header=</c>.</para>
/// </remarks>
public partial class ConformanceTests
{
    RunningHub _hub = null!;

    static IEnumerable<string[]> Rules =>
        File.ReadLines(Facts.InProject("tests", "SdmxHub.Tests", "Conformance", "rules.tsv")).Skip(1).Select(l => l.Split('\t'));

    static IEnumerable<TestCaseData> Cases =>
        Rules.Select((r, i) => new TestCaseData(r[2], r[3]).SetArgDisplayNames($"{i + 1}", r[0], r[1], r[2]));

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await RunningHub.Start();
        // Revision 4: a series of P1 with attributes, quarters. Revision 5: one value less, one changed.
        Load(DatasetAction.Merge, "AGY:PA_ONE", ("..", null, "UNIT=PT"), ("A.3.I1", null, "TITLE=Third, and last"), ("A.3.I1", "2000", "OBS_VALUE=8|OBS_STATUS=E"),
            ("A.3.I1", "2001", "OBS_VALUE=9|OBS_STATUS=A"), ("Q.1.I1", "2000-Q1", "OBS_VALUE=10"), ("Q.1.I1", "2000-Q2", "OBS_VALUE=11"),
            ("Q.1.I1", "2000-Q3", "OBS_VALUE=12"), ("Q.1.I1", "2000-Q4", "OBS_VALUE=13"));
        using var transaction = _hub.Store.Begin("load", "test");
        Append(transaction, DatasetAction.Delete, ("A.1.I1", "2004", ""));
        Append(transaction, DatasetAction.Merge, ("A.1.I2", "2000", "OBS_VALUE=0.5"), ("A.NA.I2", "2004", "OBS_VALUE=4.5"));
        transaction.Commit();
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCaseSource(nameof(Cases))]
    public async Task Rule(string request, string expected)
    {
        var sent = Request().Match(Filled(request));
        var response = await _hub.Send(new HttpMethod(sent.Groups["method"] is { Success: true } method ? method.Value : "GET"), sent.Groups["path"].Value,
            sent.Groups["name"].Success ? [(sent.Groups["name"].Value, sent.Groups["value"].Value)] : []);
        // Before anything reads the header, which would rewrite it.
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : "";
        var body = await response.Content.ReadAsStringAsync();

        foreach (Match check in Expected().Matches(expected))
        {
            var value = check.Groups["value"].Value;
            Assert.That(check.Groups["key"].Value switch
            {
                "" => ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture),
                "obs" => Observations(body, type).ToString(CultureInfo.InvariantCulture),
                "code" => Code(body),
                "type" => type,
                "has" => body.Contains(value) ? value : body,
                "not" => body.Contains(value) ? body : value,
                _ => response.Headers.NonValidated.Contains(value) || response.Content.Headers.NonValidated.Contains(value) ? value : "no such header",
            }, Is.EqualTo(value), $"{request}: {check.Value}\n{body}");
        }
    }

    [Test]
    public void The_page_prints_the_rules()
    {
        var page = new StringBuilder("# Conformance\n\nEvery rule of the standard about what is served so far, as a request to a running hub and its answer. Generated from\n")
            .Append("`tests/SdmxHub.Tests/Conformance/rules.tsv`, which the test `ConformanceTests.Rule` checks one by one (`SDMXHUB_WRITE=1` writes this page).\n");
        foreach (var clause in Rules.GroupBy(r => r[0]))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {clause.Key}\n\n| rule | request | answer |\n|---|---|---|\n");
            foreach (var rule in clause)
                page.Append(CultureInfo.InvariantCulture, $"| {Escape(rule[1])} | `{Escape(rule[2])}` | `{Escape(rule[3])}` |\n");
        }

        var path = Facts.InProject("docs", "conformance.md");
        if (Environment.GetEnvironmentVariable("SDMXHUB_WRITE") == "1")
            File.WriteAllText(path, page.ToString());

        Assert.That(File.ReadAllText(path), Is.EqualTo(page.ToString()));
    }

    static string Escape(string text) => text.Replace("|", "\\|");

    string Filled(string request) => Instant().Replace(request.Replace("{now}", DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture)), m =>
        _hub.Store.InstantOf(long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));

    static int Observations(string body, string type) => type.Contains("csv")
        ? body.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1
        : XDocument.Parse(body).Root!.Elements().Where(e => (string?)e.Attribute("action") != "Delete").Descendants().Count(e => e.Name.LocalName == "Obs");

    static string Code(string body) => body.StartsWith('{')
        ? JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("code").GetRawText()
        : XDocument.Parse(body).Descendants().First(e => e.Name.LocalName == "ErrorMessage").Attribute("code")!.Value;

    void Load(DatasetAction action, string? agreement, params (string Key, string? Period, string Values)[] rows)
    {
        using var transaction = _hub.Store.Begin("load", "test");
        transaction.Agreement = agreement;
        Append(transaction, action, rows);
        transaction.Commit();
    }

    static void Append(SdmxHub.Storage.StoreTransaction transaction, DatasetAction action, params (string Key, string? Period, string Values)[] rows)
    {
        var block = new ObservationBlock();
        block.Begin(SmallFlow.Dataset(transaction.Catalog.Schema(SmallStructures.Flow("DF_ONE"))!, action));
        foreach (var (key, period, values) in rows)
            SmallFlow.Add(block, key, period, [.. values.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(v => (v.Split('=')[0], v.Split('=')[1]))]);
        transaction.Append(block);
    }

    [GeneratedRegex(@"^((?<method>[A-Z]+) )?(?<path>/\S*)( (?<name>[A-Za-z-]+): (?<value>.*))?$")]
    private static partial Regex Request();

    [GeneratedRegex(@"(^|\s)((?<key>obs|code|type|has|not|header)=)?(?<value>\S+)")]
    private static partial Regex Expected();

    [GeneratedRegex(@"\{r(\d+)\}")]
    private static partial Regex Instant();
}

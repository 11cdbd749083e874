using System.Globalization;
using System.Text.Json;

namespace Sdmx.Tests.Issues;

public sealed class IssueLogTests
{
    [Test]
    public void Findings_past_the_memory_come_back_from_disk_in_order()
    {
        using var kept = Log(new IssueLog(), 2_500);
        using var spooled = Log(new IssueLog(memory: 1_000), 2_500);

        Assert.That(spooled.All, Is.EqualTo(kept.All));
        Assert.That(spooled.All.Count(), Is.EqualTo(2_500));
    }

    [Test]
    public void A_walk_sees_what_there_was_when_it_began()
    {
        using var log = Log(new IssueLog(memory: 10), 20);

        var walk = log.All.GetEnumerator();
        walk.MoveNext();
        Log(log, 5);
        var seen = 1;
        while (walk.MoveNext())
            seen++;

        Assert.That(seen, Is.EqualTo(20));
        Assert.That(log.All.Count(), Is.EqualTo(25));
    }

    [Test]
    public void Findings_are_grouped_into_their_causes()
    {
        using var log = Log(new IssueLog(), 1_204);

        var cause = log.Causes.Single();

        Assert.That(cause.Summary, Is.EqualTo("REF_AREA: 3 unknown codes in 1,204 observations"));
        Assert.That(cause.Values.Sum(v => v.Count), Is.EqualTo(1_204));
        Assert.That(cause.Values[0], Is.EqualTo(new CauseValue("X0", 402, "XA")));
    }

    [Test]
    public void A_cause_keeps_a_bounded_number_of_values_and_counts_the_rest()
    {
        using var log = new IssueLog();
        for (var i = 0; i < 5_000; i++)
            log.Add(new Issue(IssueCode.UnknownCode, default, "m") { Component = "C", Value = i.ToString(CultureInfo.InvariantCulture), Key = "A:1" });

        var cause = log.Causes.Single();

        Assert.That((cause.Values.Count, cause.OtherFindings, cause.Count), Is.EqualTo((1_000, 4_000, 5_000)));
    }

    [Test]
    public void Counts_are_by_severity_and_by_code()
    {
        using var log = Log(new IssueLog(), 3);
        log.Add(new Issue(IssueCode.TestMessage, default, "m"));

        Assert.That((log.Total, log.Count(Severity.Error), log.Count(Severity.Warning), log.Count(IssueCode.UnknownCode), log.HasErrors), Is.EqualTo((4, 3, 1, 3, true)));
    }

    [Test]
    public void A_text_report_that_is_cut_says_so()
    {
        using var log = Log(new IssueLog(), 12);
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        IssueReport.WriteText(log, text, most: 10);

        Assert.That(text.ToString(), Does.EndWith("and 2 more: use --report json or --report csv\n"));
    }

    [Test]
    public void Json_holds_every_finding()
    {
        using var log = Log(new IssueLog(memory: 100), 3_000);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
            IssueReport.WriteJson(log, json);

        using var report = JsonDocument.Parse(stream.ToArray());
        var issues = report.RootElement.GetProperty("issues");
        Assert.That(issues.GetArrayLength(), Is.EqualTo(3_000));
        Assert.That(issues[7].GetRawText(), Is.EqualTo(
            """{"code":"SDH2101","rule":"UnknownCode","severity":"error","file":"f.xml","line":8,"column":3,"dataset":0,"key":"A.X:2020","component":"REF_AREA","value":"X1","expected":"CL","nearest":"XA","message":"REF_AREA is wrong"}"""));
    }

    [Test]
    public void Csv_quotes_what_needs_it()
    {
        using var log = new IssueLog();
        log.Add(new Issue(IssueCode.InvalidType, new Location("f.xml", 2, 0), "a \"b\", c") { Value = "x\ny" });
        using var text = new StringWriter(CultureInfo.InvariantCulture);

        IssueReport.WriteCsv(log, text);

        Assert.That(text.ToString(), Is.EqualTo("code,rule,severity,file,line,column,dataset,key,component,value,expected,nearest,message\r\n"
            + "SDH2103,InvalidType,error,f.xml,2,,,,,\"x\ny\",,,\"a \"\"b\"\", c\"\r\n"));
    }

    static IssueLog Log(IssueLog log, int count)
    {
        for (var i = 0; i < count; i++)
        {
            log.Add(new Issue(IssueCode.UnknownCode, new Location("f.xml", i + 1, 3, 0), "REF_AREA is wrong")
            {
                Key = "A.X:2020", Component = "REF_AREA", Value = $"X{i % 3}", Expected = "CL", Nearest = "XA",
            });
        }

        return log;
    }
}

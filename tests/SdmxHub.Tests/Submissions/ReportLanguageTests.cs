using System.Text.Json.Nodes;
using Sdmx;
using SdmxHub.Tests.Cli;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Submissions;

/// <summary>What the rules of the SDG domain mean, in the language of who is told.</summary>
public class ReportLanguageTests
{
    static readonly string Sample = Facts.InProject("samples", "invalid", "outlying-value", "input.xml");

    static readonly string Structures = Facts.InProject("samples", "invalid", "structures.xml");

    [TestCaseSource(typeof(IssueCodes), nameof(IssueCodes.Languages))]
    public async Task A_text_report_tells_it_below_the_cause_and_JSON_in_all_languages(string language)
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(File.ReadAllText(Structures)));
        var sent = await sending.Finish("?mode=check&filename=a.xml", Sending.Body(File.ReadAllText(Sample)));
        var meaning = IssueCodes.Of(IssueCode.OutlyingValue).MeaningIn(language)!;

        var plain = (await sending.Text($"/api/submissions/{sent.Id}/report?format=text")).Split('\n');
        var told = (await sending.Text($"/api/submissions/{sent.Id}/report?format=text&lang={language}")).Split('\n');
        var json = JsonNode.Parse(await sending.Text($"/api/submissions/{sent.Id}/report?format=json"))!;

        var cause = Array.FindIndex(told, l => l.StartsWith("  warning SDH5005 ", StringComparison.Ordinal));
        Assert.That(told[cause + 1], Is.EqualTo($"    {meaning}"));
        Assert.That(told.Where((_, i) => i != cause + 1), Is.EqualTo(plain), "all else stays");
        var causes = json[0]!["findings"]!["causes"]!.AsArray();
        Assert.That(causes.Single(c => c!["code"]!.GetValue<string>() == "SDH5005")!["meaning"]![language]!.GetValue<string>(), Is.EqualTo(meaning));
        Assert.That(causes.Where(c => !c!["code"]!.GetValue<string>().StartsWith("SDH5", StringComparison.Ordinal)).Select(c => c!["meaning"]), Is.All.Null);
    }

    [TestCase("format=text&lang=de", "expected one of ar, en, es, fr, ru, zh")]
    [TestCase("format=csv&lang=ru", "with format=text")]
    public async Task Another_language_or_form_is_refused(string query, string says)
    {
        await using var sending = await Sending.Start();
        var sent = await sending.Finish("?mode=check", Sending.Body(Sending.Csv("1,I1,2005,1")));

        using var response = await sending.Send(HttpMethod.Get, $"/api/submissions/{sent.Id}/report?{query}");

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain(says));
    }

    [Test]
    public async Task The_command_line_tells_it_when_it_checks_loads_and_pushes()
    {
        await using var sending = await Sending.Start();
        await sending.Finish("?mode=publish", Sending.Body(File.ReadAllText(Structures)));
        using var folder = new TemporaryFolder();
        folder.Write("hub.key", sending.Key);
        var meaning = IssueCodes.Of(IssueCode.OutlyingValue).MeaningIn("fr")!;

        var checkedHere = Run.Of("validate", Sample, "--structures", Structures, "--lang", "fr");
        var loaded = Run.Of("load", Sample, "--structures", Structures, "--store", folder.Store, "--lang", "fr");
        var pushed = await Task.Run(() => Run.Of("push", Sample, "--lang", "fr", "--key-file", folder.At("hub.key"), "--to", sending.Hub.Client.BaseAddress!.OriginalString));

        foreach (var run in (Run[])[checkedHere, loaded, pushed])
            Assert.That(run.Lines, Has.Some.EqualTo($"    {meaning}"), run.Output + run.Error);
        Assert.That(Run.Of("validate", Sample, "--lang", "de").Error, Does.Contain("'ru'"));
    }
}

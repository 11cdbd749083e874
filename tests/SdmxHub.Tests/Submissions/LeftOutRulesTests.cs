using System.Text;
using System.Text.Json.Nodes;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;
using SdmxHub.Tests.Cli;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Submissions;

/// <summary>Rules of the SDG domain that a sender, or its agreement, leaves out: on every way in, and told in the report.</summary>
public class LeftOutRulesTests
{
    const string Rule = "SDH5005";

    static readonly string Figures = File.ReadAllText(Facts.InProject("samples", "invalid", "outlying-value", "input.xml"));

    [Test]
    public async Task A_submission_says_what_it_leaves_out_and_its_report_too()
    {
        await using var sending = await Hub();

        var all = await sending.Finish("?mode=check&filename=a.xml", Sending.Body(Figures));
        var without = await sending.Finish($"?mode=check&filename=a.xml&without={Rule.ToLowerInvariant()},SDH5001", Sending.Body(Figures));

        Assert.That(without.Id, Is.Not.EqualTo(all.Id), "the same bytes with other wishes");
        Assert.That((all.Files[0].Outcome!.Warnings, without.Files[0].Outcome!.Warnings, without.Without), Is.EqualTo((1, 0, $"SDH5001, {Rule}")));
        Assert.That(await Report(sending, all.Id), Does.Contain(Rule).And.Not.Contain("left out"));
        Assert.That(await Report(sending, without.Id), Does.Contain($"left out: SDH5001, {Rule}"));
        var json = JsonNode.Parse(await sending.Text($"/api/submissions/{without.Id}/report?format=json"))!;
        Assert.That(json[0]!["without"]!.AsArray().Select(c => c!.GetValue<string>()), Is.EqualTo((string[])["SDH5001", Rule]));
    }

    [Test]
    public async Task A_total_may_be_in_another_message_of_the_package_or_in_the_store()
    {
        await using var sending = await Hub();
        var sample = File.ReadAllText(Facts.InProject("samples", "invalid", "missing-total", "input.xml"));
        var total = sample[..sample.IndexOf("    <Series", StringComparison.Ordinal)] + sample[sample.IndexOf("    <Series FREQ=\"A\" REPORTING_TYPE=\"N\" SERIES=\"WATER\"", StringComparison.Ordinal)..].Replace("\"WATER\"", "\"POVERTY\"", StringComparison.Ordinal);

        var alone = await sending.Finish("?filename=a.xml", Sending.Body(sample));
        var together = await sending.Finish("", Sending.Body(Bytes.Zip(("a.xml", Bytes.Of(sample)), ("z.xml", Bytes.Of(total)))));
        await sending.Finish("?mode=publish", Sending.Body(total));
        var after = await sending.Finish("?filename=b.xml", Sending.Body(sample));

        Assert.That(await Report(sending, alone.Id), Does.Contain("SDH5008: 2 series are parts by SEX of A.N.POVERTY.RW._T"));
        Assert.That(await Report(sending, together.Id), Does.Not.Contain("SDH5008"));
        Assert.That(await Report(sending, after.Id), Does.Not.Contain("SDH5008"));
    }

    [Test]
    public async Task A_package_says_it_in_its_manifest()
    {
        await using var sending = await Hub();

        var ended = await sending.Finish("", Sending.Body(Bytes.Zip(("a.xml", Bytes.Of(Figures)), ("manifest.json", Bytes.Of($"{{\"without\": [\"{Rule}\"], \"agreement\": \"EX:PA_RWANDA\"}}")))));

        Assert.That((ended.Without, ended.Agreement, ended.Files[0].Outcome!.Warnings), Is.EqualTo((Rule, "EX:PA_RWANDA", 0)), ended.Summary);
    }

    [TestCase("SDH2101")]
    [TestCase("5005")]
    [TestCase("SDH5005;SDH5001")]
    public async Task What_cannot_be_left_out_is_refused_with_what_can(string rules)
    {
        await using var sending = await Hub();

        var (status, detail) = await sending.Refused($"?without={rules}", Sending.Body(Figures));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(detail, Does.Contain($"'{rules}' is no rule that can be left out").And.Contain("SDH5001"));
    }

    [Test]
    public async Task An_agreement_leaves_rules_out_for_what_is_sent_under_it()
    {
        await using var sending = await Hub(Annotation(Rule));

        var other = await sending.Finish("?filename=a.xml", Sending.Body(Figures));
        var under = await sending.Finish("?filename=a.xml&agreement=EX:PA_RWANDA", Sending.Body(Figures));

        Assert.That((other.Files[0].Outcome!.Warnings, under.Files[0].Outcome!.Warnings), Is.EqualTo((1, 0)), under.Summary);
        Assert.That(await Report(sending, under.Id), Does.Contain($"left out: {Rule}"));
    }

    [Test]
    public async Task An_agreement_that_leaves_out_what_is_no_rule_is_told()
    {
        await using var sending = await Sending.Start();

        var sent = await sending.Finish("?mode=check&filename=s.xml", Sending.Body(Structures(Annotation("SDH5999"))));

        Assert.That(sent.State, Is.EqualTo(SubmissionState.Checked));
        Assert.That(await Report(sending, sent.Id), Does.Contain("EX:PA_RWANDA(1.0), annotation WITHOUT_RULES: 'SDH5999' is no rule that can be left out"));
    }

    [Test]
    public async Task The_command_line_leaves_rules_out_when_it_pushes_and_adds_to_a_draft()
    {
        await using var sending = await Hub();
        using var folder = new TemporaryFolder();
        var (file, structures) = (folder.Write("a.xml", Figures), folder.Write("s.xml", Structures(Annotation(Rule))));
        folder.Write("hub.key", sending.Key);
        string[] store = ["--store", folder.Store];
        Run.Of(["load", structures, .. store]);
        Run.Of(["draft", "make", "2026.Q1", .. store]);

        var pushed = await Task.Run(() => Run.Of("push", file, "--without", Rule, "--key-file", folder.At("hub.key"), "--to", sending.Hub.Client.BaseAddress!.OriginalString));
        var added = Run.Of(["draft", "add", "2026.Q1", file, "--without", Rule, .. store]);
        var under = Run.Of(["draft", "add", "2026.Q1", file, "--agreement", "EX:PA_RWANDA", .. store]);

        Assert.That((pushed.ExitCode, added.ExitCode, under.ExitCode), Is.EqualTo((0, 0, 0)), pushed.Error + added.Error + under.Error + under.Output);
        foreach (var run in (Run[])[pushed, added, under])
            Assert.That(run.Output, Does.Contain($"left out: {Rule}").And.Contain("0 warnings"));
    }

    static async Task<Sending> Hub(string annotation = "")
    {
        var sending = await Sending.Start();
        var sent = await sending.Finish("?mode=publish&filename=s.xml", Sending.Body(Structures(annotation)));
        Assert.That(sent.State, Is.EqualTo(SubmissionState.Published), sent.Summary);
        return sending;
    }

    /// <summary>The structures of the samples, the agreement about the flow that is of the SDGs.</summary>
    static string Structures(string annotation) => new StringBuilder(File.ReadAllText(Facts.InProject("samples", "invalid", "structures.xml")))
        .Replace("<s:StructureUsage><Ref agencyID=\"EX\" id=\"NATIONAL\"", "<s:StructureUsage><Ref agencyID=\"EX\" id=\"GOALS\"")
        .Replace("<c:KeyValue id=\"AREA\"><c:Value>RW</c:Value></c:KeyValue></s:CubeRegion>\n      </s:ContentConstraint>\n    </s:Constraints>",
            "<c:KeyValue id=\"REF_AREA\"><c:Value>RW</c:Value></c:KeyValue></s:CubeRegion>\n      </s:ContentConstraint>\n    </s:Constraints>")
        .Replace("id=\"PA_RWANDA\" version=\"1.0\"><c:Name>", $"id=\"PA_RWANDA\" version=\"1.0\">{annotation}<c:Name>").ToString();

    static string Annotation(string rules) =>
        $"<c:Annotations><c:Annotation><c:AnnotationTitle>{rules}</c:AnnotationTitle><c:AnnotationType>WITHOUT_RULES</c:AnnotationType></c:Annotation></c:Annotations>";

    static Task<string> Report(Sending sending, long id) => sending.Text($"/api/submissions/{id}/report?format=text");
}

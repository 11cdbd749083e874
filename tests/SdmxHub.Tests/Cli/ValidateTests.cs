using System.Text.Json;

namespace SdmxHub.Tests.Cli;

public class ValidateTests
{
    [Test]
    public void A_right_file_is_fine_and_its_last_line_counts()
    {
        var run = Run.Of("validate", Samples.Rwanda);

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Output);
        Assert.That(run.Lines[^1], Does.Match("^" + System.Text.RegularExpressions.Regex.Escape(Samples.Rwanda) + @": 1487 observations, 269 series, 0 errors, \d+ warnings$"));
    }

    [Test]
    public void Nobody_watching_there_is_no_progress() =>
        Assert.That(Run.Of("validate", Samples.Rwanda).Error, Is.Empty);

    [Test]
    public void A_wrong_file_is_findings()
    {
        var run = Run.Of("validate", Samples.Refused);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("SDH2402"));
        Assert.That(run.Lines[^1], Does.Match(@"united-kingdom-9-5-2\.xml: \d+ observations, \d+ series, [1-9]\d* errors, \d+ warnings$"));
    }

    [Test]
    public void Structures_among_the_files_are_used_and_findings_name_files_as_given()
    {
        var data = Directory.GetFiles(Facts.InProject("samples", "invalid", "unknown-code"), "input.*").Single();

        var run = Run.Of("validate", data, Facts.InProject("samples", "invalid", "structures.xml"));

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Output, Does.Contain("SDH2101").And.Not.Contain("SDH1201"));
        Assert.That(run.Output, Does.Contain(data + ":"));
    }

    [Test]
    public void A_rule_of_the_SDG_domain_is_left_out_and_no_other()
    {
        string[] words = ["validate", Facts.InProject("samples", "invalid", "outside-bounds", "input.xml"), Facts.InProject("samples", "invalid", "structures.xml")];

        Assert.That(Run.Of(words).Output, Does.Contain("SDH5001"));
        Assert.That(Run.Of([.. words, "--without", "SDH5001,SDH5002"]).Output, Does.Not.Contain("warning SDH5001").And.Contain("left out: SDH5001, SDH5002"));
        var other = Run.Of([.. words, "--without", "SDH2101"]);
        Assert.That(other.ExitCode, Is.EqualTo(2));
        Assert.That(other.Error, Does.Contain("'SDH2101' is no rule that can be left out").And.Contain("SDH5001"));
    }

    [Test]
    public void A_missing_file_is_unusable_and_still_counted()
    {
        var run = Run.Of("validate", "no-such-file.xml");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("SDH1001"));
        Assert.That(run.Lines[^1], Is.EqualTo("no-such-file.xml: 0 observations, 0 series, 1 errors, 0 warnings"));
    }

    [Test]
    public void A_structure_that_is_not_held_is_named_with_the_way_to_give_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("unknown.xml", Samples.OfUnknownFlow);

        var run = Run.Of("validate", file);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("SDH1201").And.Contain("DF_NOBODY_HAS").And.Contain("--structures"));
        Assert.That(run.Lines[^1], Does.StartWith(file + ": 0 observations, 0 series, 1 errors"));
    }

    [Test]
    public void A_file_cut_short_is_unusable_and_what_was_read_is_counted()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Samples.Rwanda);
        var file = folder.Write("cut.xml", text[..(text.Length / 2)]);

        var run = Run.Of("validate", file);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("SDH1003"));
        Assert.That(run.Lines[^1], Does.Match(@"cut\.xml: [1-9]\d* observations, [1-9]\d* series, 1 errors, \d+ warnings$"));
    }

    [Test]
    public void Every_file_has_its_line_and_the_worst_decides()
    {
        var run = Run.Of("validate", Samples.Rwanda, "no-such-file.xml", Samples.Refused);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Lines.Count(l => l.EndsWith(" warnings", StringComparison.Ordinal) && l.Contains(" observations, ", StringComparison.Ordinal)), Is.EqualTo(3));
    }

    [Test]
    public void A_report_for_programs_leaves_the_output_to_itself()
    {
        var run = Run.Of("validate", Samples.Refused, "no-such-file.xml", "--report", "json");

        using var json = JsonDocument.Parse(run.Bytes);
        Assert.That(json.RootElement.EnumerateArray().Select(f => f.GetProperty("findings").GetProperty("issues").GetArrayLength()), Has.All.GreaterThan(0));
        Assert.That(run.Error, Does.Contain("no-such-file.xml: 0 observations, 0 series, 1 errors, 0 warnings"));
    }

    [Test]
    public void A_table_of_several_files_has_one_header()
    {
        var run = Run.Of("validate", Samples.Refused, "no-such-file.xml", "--report", "csv");

        Assert.That(run.Lines[0], Does.StartWith("code,rule,severity,file"));
        Assert.That(run.Lines.Count(l => l.StartsWith("code,", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(run.Lines, Has.Some.Contains("no-such-file.xml"));
    }

    [Test]
    public void Standard_input_is_a_file()
    {
        var run = Run.With(File.ReadAllBytes(Samples.Rwanda), "validate", "-");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Output);
        Assert.That(run.Lines[^1], Does.StartWith("-: 1487 observations, 269 series, 0 errors"));
    }

    [Test]
    public void A_folder_is_the_messages_in_it_and_a_pattern_those_it_matches()
    {
        var ofFolder = Run.Of("validate", Facts.InProject("samples", "valid", "rwanda"));
        var ofPattern = Run.Of("validate", Facts.InProject("samples", "valid", "rwanda", "*.xml"));

        Assert.That(ofFolder.Lines[^1], Is.EqualTo(ofPattern.Lines[^1]).And.Contain("rwanda.xml: 1487 observations"));
    }

    [Test]
    public void A_dataflow_that_is_not_held_is_unusable_and_the_held_ones_are_named()
    {
        var run = Run.Of("validate", Samples.Rwanda, "--dataflow", "IAEG-SDGs:DF_NOPE");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("DF_NOPE").And.Contain("IAEG-SDGs:DF_SDG_GLC(1.16)"));
    }
}

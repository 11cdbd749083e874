using Sdmx;

namespace SdmxHub.Tests.Shipped;

public class SamplesTests
{
    static IEnumerable<SampleFile> Valid => SampleFile.All("valid");

    static IEnumerable<SampleFile> Refused => SampleFile.All("refused");

    static IEnumerable<SampleFile> All => [.. Valid, .. Refused];

    [TestCaseSource(nameof(All))]
    public void The_tables_count_what_is_in_the_file(SampleFile file)
    {
        Assert.That(file.Count(), Is.EqualTo((file.StatedObservations, file.StatedSeries)));
    }

    [TestCaseSource(nameof(Valid))]
    public void A_valid_sample_is_read_whole_and_without_a_finding_worse_than_information(SampleFile file)
    {
        var verdict = SampleVerdict.Of(file);

        // By the standard: these are real figures, and some ask for a second look (a maternal mortality of 462 percent).
        Assert.That(verdict.Issues.Where(i => i.Severity > Severity.Information && !i.Code.IsOptional()), Is.Empty);
        Assert.That(verdict.Issues.Count(i => i.Severity >= Severity.Error), Is.Zero);
        Assert.That((verdict.Observations, verdict.Series), Is.EqualTo((file.StatedObservations, file.StatedSeries)));
    }

    [Test]
    public void The_five_conflicts_of_the_british_file_are_five_errors()
    {
        var verdict = SampleVerdict.Of(Refused.Single(f => f.ToString() == "united-kingdom-9-5-2.xml"));

        Assert.That(Errors(verdict), Is.EqualTo((IssueCode[])
            [.. Enumerable.Repeat(IssueCode.ConflictingObservation, 5)]));
    }

    [Test]
    public void The_kazakh_file_has_unknown_codes_and_lacks_mandatory_attributes()
    {
        var verdict = SampleVerdict.Of(Refused.Single(f => f.ToString() == "kazakhstan-9-b-1.xml"));

        var components = verdict.Issues.Where(i => i.Severity == Severity.Error).Select(i => (i.Code, i.Component)).Distinct();
        Assert.That(components, Is.EquivalentTo(((IssueCode, string?)[])
        [
            (IssueCode.UnknownCode, "SERIES"), (IssueCode.UnknownCode, "REF_AREA"),
            (IssueCode.MissingAttribute, "OBS_STATUS"), (IssueCode.MissingAttribute, "UNIT_MULT"),
        ]));
    }

    [Test]
    public void Every_message_has_a_row_in_a_table()
    {
        var messages = ((string[])["valid", "refused"]).SelectMany(k => Directory.EnumerateFiles(Facts.InProject("samples", k), "*", SearchOption.AllDirectories))
            .Where(f => Path.GetFileName(f) != "README.md");

        Assert.That(All.Select(f => Path.GetFullPath(f.Path)), Is.EquivalentTo(messages.Select(Path.GetFullPath)));
    }

    [Test]
    public void The_samples_stay_small()
    {
        var bytes = Directory.EnumerateFiles(Facts.InProject("samples"), "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

        Assert.That(bytes, Is.LessThan(2 << 20));
    }

    static IEnumerable<IssueCode> Errors(SampleVerdict verdict) => verdict.Issues.Where(i => i.Severity >= Severity.Error).Select(i => i.Code);
}

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
}

using Sdmx;
using SdmxHub.Storage;
using SharedFacts;

namespace SdmxHub.Tests.Storage;

public class OutlierTests
{
    [Test]
    public void An_outlier_is_told_with_the_value_that_the_store_holds()
    {
        using var temporary = new TemporaryStore();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-outlier-").FullName;
        try
        {
            var sample = Facts.InProject("samples", "invalid", "outlying-value", "input.xml");
            var before = Path.Combine(folder, "before.xml");
            File.WriteAllText(before, File.ReadAllText(sample).Replace("\"3.76\"", "\"37.60\"", StringComparison.Ordinal));
            Assert.That(Outliers(Facts.InProject("samples", "invalid", "structures.xml"), temporary.Store), Is.Empty);
            Assert.That(Outliers(before, temporary.Store), Is.Empty);

            var found = Outliers(sample, temporary.Store);

            Assert.That(found.Single(), Does.Contain("'3.76'").And.Contain("the store holds '37.60'"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static List<string> Outliers(string file, Store store)
    {
        using var report = Load.Run(file, store, new LoadOptions(), null, CancellationToken.None);
        Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        return [.. report.Issues.All.Where(i => i.Code == IssueCode.OutlyingValue).Select(i => i.Message)];
    }
}

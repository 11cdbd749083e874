using System.Globalization;
using SharedFacts;

namespace Sdmx.Tests.Validation;

/// <summary>Every folder under samples/invalid holds a message with the fault that the folder is called after, and the report it gets.</summary>
/// <remarks>SDMXHUB_WRITE=1 writes the reports anew; read the difference before you keep it.</remarks>
public sealed class InvalidSamplesTests
{
    static readonly string Folder = Facts.InProject("samples", "invalid");

    static readonly bool IsWriting = Environment.GetEnvironmentVariable("SDMXHUB_WRITE") == "1";

    static IEnumerable<string> Cases => Directory.GetDirectories(Folder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    public void The_sample_gets_its_report(string name)
    {
        var input = Directory.GetFiles(Path.Combine(Folder, name), "input.*").Single();
        var expected = Path.Combine(Folder, name, "report.txt");

        using var message = File.OpenRead(input);
        using var result = Validation.Run(Validation.Structures(Path.Combine(Folder, "structures.xml")), message, Path.GetFileName(input));
        var report = Text(result);

        if (IsWriting)
            File.WriteAllText(expected, report);
        Assert.That(report, Is.EqualTo(File.ReadAllText(expected)));
        Assert.That(result.Issues.ByCode.Keys.Select(c => c.Slug()), Does.Contain(name));
    }

    static string Text(Validated result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IssueReport.WriteText(result.Issues, text);
        text.WriteLine($"{result.Observations} observations, {result.Series} series");
        return text.ToString();
    }
}

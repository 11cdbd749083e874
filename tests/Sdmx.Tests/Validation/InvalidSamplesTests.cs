using System.Globalization;
using Sdmx.Formats;
using Sdmx.Validation;
using SharedFacts;

namespace Sdmx.Tests.Validation;

/// <summary>Every folder under samples/invalid holds a message with the fault that the folder is called after, and the report it gets;
/// <c>stored.xml</c> beside it is what the store holds, <c>agreement.txt</c> the agreement it is sent under,
/// <c>map.txt</c> the structure map that it is read through, and <c>map.xml</c> that map.</summary>
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
        var structures = Validation.Structures(Path.Combine(Folder, "structures.xml"));
        var options = new ValidationOptions
        {
            FileName = Path.GetFileName(input), Clock = Validation.Clock, Sender = Sender(structures, Path.Combine(Folder, name, "agreement.txt")),
            History = StoredMessage.History(structures, Path.Combine(Folder, name, "stored.xml")),
        };
        using var result = Validation.Run(Mapped(structures, Path.Combine(Folder, name, "map.xml")), message, options, map: Line(Path.Combine(Folder, name, "map.txt")));
        var report = Text(result);

        if (IsWriting)
            File.WriteAllText(expected, report);
        Assert.That(report, Is.EqualTo(File.ReadAllText(expected)));
        Assert.That(result.Issues.ByCode.Keys.Select(c => c.Slug()), Does.Contain(name));
    }

    static Func<DataSchema, SenderLimits>? Sender(StructureCatalog structures, string file)
    {
        if (!File.Exists(file))
            return null;
        var agreement = structures.OfType<ProvisionAgreement>().Single(a => a.Urn.ShortName == File.ReadAllText(file).Trim());
        return _ => SenderLimits.Of(structures, agreement);
    }

    static string? Line(string file) => File.Exists(file) ? File.ReadAllText(file).Trim() : null;

    static StructureCatalog Mapped(StructureCatalog structures, string file)
    {
        if (!File.Exists(file))
            return structures;
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = structures, Issues = issues };
        var read = structures.With(MessageFile.Open(file, context).ReadStructures(context)!.Artefacts);
        Assert.That(issues.All, Is.Empty);
        return read;
    }

    static string Text(Validated result)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        IssueReport.WriteText(result.Issues, text);
        text.WriteLine($"{result.Observations} observations, {result.Series} series");
        return text.ToString();
    }
}

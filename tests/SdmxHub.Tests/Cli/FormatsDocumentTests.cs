using Sdmx.Formats;

namespace SdmxHub.Tests.Cli;

public class FormatsDocumentTests
{
    [Test]
    public void The_page_on_formats_says_what_the_table_of_formats_is()
    {
        var rows = File.ReadAllLines(Facts.InProject("docs", "formats.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal));

        Assert.That(rows, Is.EqualTo(Format.All.Select(Row)));
    }

    static string Row(Format format)
    {
        var isData = format.Kind == MessageKind.Data;
        var isRead = isData ? format.Open is not null : format.ReadStructures is not null;
        var isWritten = isData ? format.Write is not null : format.WriteStructures is not null;
        return $"| `{format.Id}` | {(isData ? "data" : "structures")} | `{format.MediaType}` | {(isRead ? "yes" : "no")} | {(isWritten ? "yes" : "no")} |";
    }
}

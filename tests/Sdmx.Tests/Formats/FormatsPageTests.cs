using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Formats;

/// <summary>docs/formats.md is the table of formats. SDMXHUB_WRITE=1 writes it anew.</summary>
public sealed class FormatsPageTests
{
    [Test]
    public void The_page_says_what_the_table_says()
    {
        var path = Facts.InProject("docs", "formats.md");
        var page = Page();

        if (Environment.GetEnvironmentVariable("SDMXHUB_WRITE") == "1")
            File.WriteAllText(path, page);

        Assert.That(File.ReadAllText(path), Is.EqualTo(page));
    }

    static string Page()
    {
        var page = new StringBuilder("""
            # Formats

            One table in the code, `Format.All`, drives what is recognised, negotiated and written. This page is made from it (a test compares them;
            `SDMXHUB_WRITE=1 dotnet test` writes it).

            The id is what `convert --to`, `get --format` and the interface's `format` parameter take; the first format of a kind is the one given where nobody asks
            for another. What a file holds is told by its content, never by its name; any format may come compressed, by gzip or as a zip archive of one file.
            How each format is read where files in the wild differ from the standard is decided in [0008](decisions/0008-reading-real-files.md).

            | id | kind | media type | file name | read | written |
            |---|---|---|---|---|---|

            """);
        foreach (var format in Format.All)
        {
            var isRead = format.Open is not null || format.ReadStructures is not null;
            var isWritten = format.Write is not null || format.WriteStructures is not null;
            page.Append($"| `{format.Id}` | {format.Kind} | `{format.MediaType}` | `.{format.Extension}` | {Word(isRead)} | {Word(isWritten)} |\n");
        }

        page.Append("\n## What a format cannot carry\n\nWhat is refused is refused before anything is written: exit code 2 on the command line, 406 over HTTP.\n");
        foreach (var format in Format.All.Where(f => f.Gaps.Count > 0))
            page.Append($"\n`{format.Id}`\n\n{string.Concat(format.Gaps.Select(g => $"- {g}\n"))}");
        return page.ToString();
    }

    static string Word(bool isSo) => isSo ? "yes" : "no";
}

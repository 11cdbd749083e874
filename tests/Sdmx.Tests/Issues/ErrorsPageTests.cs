using System.Text;
using SharedFacts;

namespace Sdmx.Tests.Issues;

/// <summary>docs/errors.md is the table of codes. SDMXHUB_WRITE=1 writes it anew.</summary>
public sealed class ErrorsPageTests
{
    [Test]
    public void The_page_says_what_the_table_says()
    {
        var path = Facts.InProject("docs", "errors.md");
        var page = Page();

        if (Environment.GetEnvironmentVariable("SDMXHUB_WRITE") == "1")
            File.WriteAllText(path, page);

        Assert.That(File.ReadAllText(path), Is.EqualTo(page));
    }

    [Test]
    public void Every_code_has_a_row()
    {
        Assert.That(IssueCodes.All.Select(r => r.Code), Is.EquivalentTo(Enum.GetValues<IssueCode>()));
    }

    static string Page()
    {
        var page = new StringBuilder("""
            # Findings

            Every finding about a message has a code that never changes its meaning. Error and Fatal keep the whole message out; after a Fatal the
            rest of the file was not looked at. This page is made from the table `IssueCodes` (a test compares them; `SDMXHUB_WRITE=1 dotnet test` writes it).

            | code | name | severity | clause | what it says | sample |
            |---|---|---|---|---|---|

            """);
        foreach (var row in IssueCodes.All)
        {
            var sample = Path.Combine("samples", "invalid", row.Code.Slug());
            var link = Directory.Exists(Facts.InProject(sample)) ? $"[{row.Code.Slug()}](../{sample.Replace('\\', '/')}/)" : "";
            page.Append($"| {row.Code.Label()} | {row.Code} | {row.Severity} | {row.Clause} | {row.Meaning} | {link} |\n");
        }

        page.Append("""

            ## In the languages of the United Nations

            The rules of the SDG domain, which stand beside the standard's and may be left out (`--without`), in the other five languages.

            | code | language | what it says |
            |---|---|---|

            """);
        foreach (var row in IssueCodes.All)
        {
            foreach (var text in row.Translations.Texts)
                page.Append($"| {row.Code.Label()} | {text.Language} | {text.Text} |\n");
        }

        return page.ToString();
    }

    [Test]
    public void A_rule_of_the_SDG_domain_is_told_in_the_six_languages()
    {
        foreach (var row in IssueCodes.All.Where(r => r.Code.IsOptional()))
        {
            Assert.That(row.Translations.Texts.Select(t => t.Language), Is.EqualTo((string[])["ar", "zh", "fr", "ru", "es"]), row.Code.Label());
            Assert.That(row.Translations.Texts.Select(t => t.Text).Append(row.Meaning), Is.Unique.And.None.Empty);
        }
    }
}

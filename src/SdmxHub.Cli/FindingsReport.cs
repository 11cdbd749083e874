using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The findings of several files in the form that <c>--report</c> asks for: text, one JSON array, or one CSV table.</summary>
/// <param name="form">The form.</param>
/// <param name="terminal">Where to.</param>
/// <param name="language">In which language rules say what they mean, in text; or null.</param>
sealed class FindingsReport(string form, Terminal terminal, string? language = null)
{
    Utf8JsonWriter? _json;
    bool _hasHeader;

    /// <summary>Writes the findings of one file.</summary>
    public void Write(InputFile file, LoadReport report)
    {
        switch (form)
        {
            case "json":
                LoadReportWriter.WriteJson(file.Label, report, Json());
                break;
            case "csv":
                IssueReport.WriteCsv(report.Issues, terminal.Text, header: !_hasHeader);
                _hasHeader = true;
                break;
            default:
                LoadReportWriter.WriteText(report, terminal.Text, language);
                break;
        }

        terminal.Text.Flush();
    }

    /// <summary>Writes a file's last line: below its text, or beside a report for programs, on the error stream.</summary>
    public void Conclude(string line)
    {
        var output = form == "text" ? terminal.Text : terminal.Error;
        output.WriteLine(line);
        output.Flush();
    }

    /// <summary>Ends the report.</summary>
    public void End()
    {
        if (form != "json")
            return;
        var json = Json();
        json.WriteEndArray();
        json.Flush();
        json.Dispose();
        terminal.Text.WriteLine();
    }

    Utf8JsonWriter Json()
    {
        if (_json is null)
        {
            _json = new Utf8JsonWriter(terminal.Bytes(), LoadReportWriter.JsonOptions);
            _json.WriteStartArray();
        }

        return _json;
    }
}

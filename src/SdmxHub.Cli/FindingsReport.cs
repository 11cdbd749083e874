using System.Text.Json;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The findings of several files in the form that <c>--report</c> asks for: text, one JSON array, or one CSV table.</summary>
sealed class FindingsReport(string form, Terminal terminal)
{
    Utf8JsonWriter? _json;
    bool _hasHeader;

    /// <summary>Writes the findings of one file.</summary>
    public void Write(InputFile file, LoadReport report)
    {
        switch (form)
        {
            case "json":
                WriteJson(file, report);
                break;
            case "csv":
                IssueReport.WriteCsv(report.Issues, terminal.Text, header: !_hasHeader);
                _hasHeader = true;
                break;
            default:
                // Of what was taken, a gap in a series here and there: the causes say enough.
                if (report.Revision is null)
                    IssueReport.WriteText(report.Issues, terminal.Text);
                else
                    IssueReport.WriteCauses(report.Issues, terminal.Text);
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
            _json = new Utf8JsonWriter(terminal.Bytes(), new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _json.WriteStartArray();
        }

        return _json;
    }

    void WriteJson(InputFile file, LoadReport report)
    {
        var json = Json();
        json.WriteStartObject();
        json.WriteString("file", file.Label);
        json.WriteString("format", report.Format);
        json.WriteNumber("observations", report.Observations);
        json.WriteNumber("series", report.Series);
        json.WriteNumber("artefacts", report.Artefacts);
        if (report.Revision is { } revision)
        {
            json.WriteNumber("revision", revision.Number);
            json.WriteNumber("inserted", report.Inserted);
            json.WriteNumber("updated", report.Updated);
            json.WriteNumber("deleted", report.Deleted);
            json.WriteNumber("unchanged", report.Unchanged);
        }

        json.WritePropertyName("findings");
        IssueReport.WriteJson(report.Issues, json);
        json.WriteEndObject();
        json.Flush();
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Writes what came of files in the form that is asked for; every finding, streamed.</summary>
public static class LoadReportWriter
{
    /// <summary>How reports are written as JSON: texts as they are.</summary>
    public static JsonWriterOptions JsonOptions => new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one JSON object: the file, its counts, what changed, its findings.</summary>
    /// <param name="label">What the file is called.</param>
    /// <param name="report">What came of it.</param>
    /// <param name="json">Where to; several files are an array around it, which the caller writes.</param>
    public static void WriteJson(string label, LoadReport report, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", label);
        json.WriteString("format", report.Format);
        json.WriteNumber("observations", report.Observations);
        json.WriteNumber("series", report.Series);
        json.WriteNumber("artefacts", report.Artefacts);
        if (report.MetadataSets is { } sets)
            json.WriteNumber("metadataSets", sets);
        if (report.Revision is { } revision)
        {
            json.WriteNumber("revision", revision.Number);
            json.WriteNumber("inserted", report.Inserted);
            json.WriteNumber("updated", report.Updated);
            json.WriteNumber("deleted", report.Deleted);
            json.WriteNumber("unchanged", report.Unchanged);
        }

        if (!report.Without.IsEmpty)
        {
            json.WriteStartArray("without");
            foreach (var code in report.Without.Codes)
                json.WriteStringValue(code.Label());
            json.WriteEndArray();
        }

        json.WritePropertyName("findings");
        IssueReport.WriteJson(report.Issues, json);
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Writes the findings for people: all of what was not taken; of what was, as a gap in a series here and there, the causes say enough.</summary>
    /// <param name="report">What came of a file.</param>
    /// <param name="output">Where to.</param>
    /// <param name="language">In which language rules say what they mean, or null: see <see cref="IssueReport.WriteText"/>.</param>
    public static void WriteText(LoadReport report, TextWriter output, string? language = null)
    {
        if (report.Revision is null)
            IssueReport.WriteText(report.Issues, output, language: language);
        else
            IssueReport.WriteCauses(report.Issues, output, language);
        if (!report.Without.IsEmpty)
            output.WriteLine($"left out: {report.Without}");
    }
}

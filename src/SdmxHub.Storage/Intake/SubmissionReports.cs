using System.Globalization;
using System.Text;
using System.Text.Json;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The findings about submissions, complete, a file in each form.</summary>
public sealed class SubmissionReports
{
    readonly string _folder;

    internal SubmissionReports(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>The forms: <c>json</c>, an array with an object a file; <c>csv</c>, a finding a row; <c>text</c>, as the command line prints it.</summary>
    public static IReadOnlyList<string> Forms { get; } = ["json", "csv", "text"];

    /// <summary>Where the report of a submission lies, once there is one.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    public string PathOf(long id, string form) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{id}.{form}"));

    /// <summary>Writes what was found, in place of an earlier report; each file appears whole.</summary>
    internal void Write(long id, IReadOnlyList<LoadReport> reports, IReadOnlyList<string> verdicts)
    {
        Write(PathOf(id, "json"), stream =>
        {
            using var json = new Utf8JsonWriter(stream, LoadReportWriter.JsonOptions);
            json.WriteStartArray();
            foreach (var report in reports)
                LoadReportWriter.WriteJson(report.File, report, json);
            json.WriteEndArray();
        });
        WriteText(PathOf(id, "csv"), text =>
        {
            for (var i = 0; i < reports.Count; i++)
                IssueReport.WriteCsv(reports[i].Issues, text, header: i == 0);
        });
        WriteText(PathOf(id, "text"), text =>
        {
            for (var i = 0; i < reports.Count; i++)
            {
                LoadReportWriter.WriteText(reports[i], text);
                text.WriteLine(verdicts[i]);
            }
        });
    }

    static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        write(text);
    });

    static void Write(string path, Action<Stream> write)
    {
        var part = path + ".part";
        using (var file = File.Create(part))
            write(file);
        File.Move(part, path, overwrite: true);
    }
}

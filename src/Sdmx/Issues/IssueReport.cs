using System.Globalization;
using System.Text.Json;

namespace Sdmx;

/// <summary>Writes the findings of a log: as text for people, as JSON, as CSV. Every finding, streamed.</summary>
public static class IssueReport
{
    const int ValuesShown = 5;
    const int FlushBytes = 1 << 16;

    static readonly string[] Columns =
    [
        "code", "rule", "severity", "file", "line", "column", "dataset", "key", "component", "value", "expected", "nearest", "message",
    ];

    /// <summary>Writes causes, then findings, one a line: <c>FILE:line:column: severity SDH2101: message</c>.</summary>
    /// <param name="log">The findings.</param>
    /// <param name="output">Where to.</param>
    /// <param name="most">How many findings to show, for a terminal; the rest is counted in a last line. Null for all.</param>
    /// <param name="language">One of <see cref="IssueCodes.Languages"/>, in which rules told in several say what they mean, below their causes; or null.</param>
    public static void WriteText(IssueLog log, TextWriter output, int? most = null, string? language = null)
    {
        if (log.Total == 0)
            return;
        WriteCauses(log, output, language);
        output.WriteLine();
        var shown = 0;
        foreach (var issue in log.All)
        {
            if (shown == most)
                break;
            WriteLine(issue, output);
            shown++;
        }

        if (shown < log.Total)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"and {log.Total - shown:N0} more: use --report json or --report csv"));
    }

    /// <summary>Writes the causes alone.</summary>
    /// <inheritdoc cref="WriteText"/>
    public static void WriteCauses(IssueLog log, TextWriter output, string? language = null)
    {
        if (log.Total == 0)
            return;
        output.WriteLine($"{Number(log.Total, "finding")} of {Number(log.Causes.Count, "cause")}:");
        foreach (var cause in log.Causes)
            WriteCause(cause, output, language);
    }

    /// <summary>Copies a text that <see cref="WriteText"/> wrote, with what its rules mean in a language below their causes.</summary>
    public static async Task ExplainAsync(TextReader report, string language, TextWriter output, CancellationToken ct)
    {
        while (await report.ReadLineAsync(ct) is { } line)
        {
            await output.WriteLineAsync(line.AsMemory(), ct);
            // a cause is "  severity CODE summary"
            if (line.StartsWith("  ", StringComparison.Ordinal) && line.Split(' ', 5) is ["", "", _, ['S', 'D', 'H', .. var number], _]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && MeaningOf((IssueCode)code, language) is { } meaning)
                await output.WriteLineAsync($"    {meaning}".AsMemory(), ct);
        }
    }

    static string? MeaningOf(IssueCode code, string language) => Enum.IsDefined(code) ? IssueCodes.Of(code).MeaningIn(language) : null;

    /// <summary>Writes one JSON object: <c>counts</c>, <c>causes</c>, <c>issues</c>. What is unknown is left out.</summary>
    /// <remarks>Several files: the caller writes the array around it. The writer is flushed as it fills, so its target must be a stream.</remarks>
    public static void WriteJson(IssueLog log, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("counts");
        foreach (var severity in Enum.GetValues<Severity>().Reverse())
            json.WriteNumber(Name(severity), log.Count(severity));
        json.WriteEndObject();
        json.WriteStartArray("causes");
        foreach (var cause in log.Causes)
            WriteCause(cause, json);
        json.WriteEndArray();
        json.WriteStartArray("issues");
        foreach (var issue in log.All)
        {
            WriteIssue(issue, json);
            if (json.BytesPending > FlushBytes)
                json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the findings as CSV (RFC 4180), one a row.</summary>
    /// <param name="log">The findings.</param>
    /// <param name="output">Where to.</param>
    /// <param name="header">Whether the names of the columns come first; not for the second of several files.</param>
    public static void WriteCsv(IssueLog log, TextWriter output, bool header = true)
    {
        if (header)
            WriteRow(output, Columns);
        foreach (var issue in log.All)
        {
            WriteRow(output,
            [
                issue.Code.Label(), issue.Code.ToString(), Name(issue.Severity), issue.At.File, Positive(issue.At.Line), Positive(issue.At.Column),
                issue.At.Dataset < 0 ? null : Text(issue.At.Dataset), issue.Key, issue.Component, issue.Value, issue.Expected, issue.Nearest, issue.Message,
            ]);
        }
    }

    /// <summary>Writes one finding as the text report does.</summary>
    public static void WriteLine(Issue issue, TextWriter output)
    {
        if (issue.At.File is not null)
            output.Write(issue.At.File + ":");
        if (issue.At.Line > 0)
            output.Write(issue.At.Column > 0 ? $"{Text(issue.At.Line)}:{Text(issue.At.Column)}: " : $"{Text(issue.At.Line)}: ");
        else if (issue.At.File is not null)
            output.Write(' ');
        output.Write($"{Name(issue.Severity)} {issue.Code.Label()}: {Printable(issue.Message)}");
        if (issue.Nearest is not null && !issue.Message.Contains(issue.Nearest, StringComparison.Ordinal))
            output.Write($"; nearest is '{Printable(issue.Nearest)}'");
        output.WriteLine(issue.Key is null ? "" : $" [{Printable(issue.Key)}]");
    }

    static void WriteCause(IssueCause cause, TextWriter output, string? language)
    {
        output.Write($"  {Name(cause.Severity)} {cause.Code.Label()} {cause.Summary}");
        output.WriteLine(cause.Expected is null ? "" : $"; expected {cause.Expected}");
        if (language is not null && MeaningOf(cause.Code, language) is { } meaning)
            output.WriteLine($"    {meaning}");
        foreach (var value in cause.Values.Take(ValuesShown))
        {
            var nearest = value.Nearest is null ? "" : $", nearest is '{value.Nearest}'";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    '{Printable(value.Value)}' ({value.Count:N0}){nearest}"));
        }

        if (cause.Values.Count > ValuesShown || cause.OtherFindings > 0)
        {
            var others = cause.Values.Skip(ValuesShown).Sum(v => v.Count) + cause.OtherFindings;
            var distinct = cause.OtherFindings > 0 ? "more values" : Text(cause.Values.Count - ValuesShown) + " more values";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    and {distinct} in {others:N0} findings"));
        }
    }

    static void WriteCause(IssueCause cause, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", cause.Code.Label());
        json.WriteString("rule", cause.Code.ToString());
        json.WriteString("severity", Name(cause.Severity));
        json.WriteString("summary", cause.Summary);
        if (IssueCodes.Of(cause.Code) is { Translations.IsEmpty: false } row)
        {
            json.WriteStartObject("meaning");
            foreach (var language in IssueCodes.Languages)
                Write(json, language, row.MeaningIn(language));
            json.WriteEndObject();
        }

        Write(json, "component", cause.Component);
        Write(json, "expected", cause.Expected);
        json.WriteNumber("count", cause.Count);
        json.WriteNumber("observations", cause.Observations);
        json.WriteStartArray("values");
        foreach (var value in cause.Values)
        {
            json.WriteStartObject();
            json.WriteString("value", value.Value);
            json.WriteNumber("count", value.Count);
            Write(json, "nearest", value.Nearest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (cause.OtherFindings > 0)
            json.WriteNumber("findingsWithMoreValues", cause.OtherFindings);
        json.WriteEndObject();
    }

    static void WriteIssue(Issue issue, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("code", issue.Code.Label());
        json.WriteString("rule", issue.Code.ToString());
        json.WriteString("severity", Name(issue.Severity));
        Write(json, "file", issue.At.File);
        if (issue.At.Line > 0)
            json.WriteNumber("line", issue.At.Line);
        if (issue.At.Column > 0)
            json.WriteNumber("column", issue.At.Column);
        if (issue.At.Dataset >= 0)
            json.WriteNumber("dataset", issue.At.Dataset);
        Write(json, "key", issue.Key);
        Write(json, "component", issue.Component);
        Write(json, "value", issue.Value);
        Write(json, "expected", issue.Expected);
        Write(json, "nearest", issue.Nearest);
        json.WriteString("message", issue.Message);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    static void WriteRow(TextWriter output, ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                output.Write(',');
            var cell = cells[i] ?? "";
            output.Write(cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }

        output.Write("\r\n");
    }

    // A value may hold line ends, or letters that command a terminal.
    static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    static string Name(Severity severity) => severity switch
    {
        Severity.Information => "information",
        Severity.Warning => "warning",
        Severity.Error => "error",
        Severity.Fatal => "fatal",
        _ => throw new ArgumentOutOfRangeException(nameof(severity)),
    };

    static string Number(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    static string? Positive(int number) => number > 0 ? Text(number) : null;

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

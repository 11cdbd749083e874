using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Storage;

/// <summary>Mends what was sent, as its sender says, and parts what is right from what is wrong: into new messages in SDMX-CSV 2.0. What was sent stays as it is.</summary>
public sealed class SubmissionRepair(Submissions submissions, Submission submission, ReadLimits limits)
{
    static readonly Format Format = Format.Find("csv-2.0")!;

    /// <summary>The repairs that the hub can think of, the most frequent first.</summary>
    public IReadOnlyList<RepairSuggestion> Suggest(CancellationToken ct)
    {
        var reports = Check([.. submission.Files.Select(f => SubmissionWork.FileOf(submissions.Spool, f))], ct);
        try
        {
            return [.. reports.SelectMany(r => RepairSet.Suggest(r.Issues)).GroupBy(s => (s.Component, s.Value))
                .Select(g => g.First() with { Findings = g.Sum(s => s.Findings) }).OrderByDescending(s => s.Findings).ThenBy(s => s.Component, StringComparer.Ordinal).ThenBy(s => s.Value, StringComparer.Ordinal)];
        }
        finally
        {
            Dispose(reports);
        }
    }

    /// <summary>Writes the message anew.</summary>
    /// <param name="repairs">What is to be read as something else.</param>
    /// <param name="wrong">Null for all series; false for those without an error, true for those with one.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>Why it cannot be, as a sentence; null when it is done.</returns>
    public async Task<string?> WriteAsync(IReadOnlyList<Repair> repairs, bool? wrong, Stream output, CancellationToken ct)
    {
        if (submission.Files is not [var file] || file.Kind is MessageKind.Structure or MessageKind.Metadata)
            return "Only a submission of one data message can be written anew; send a package again.";
        using var head = submissions.Store.Head();
        if (!Dataflows.TryResolve(SubmissionWork.UrnOf(ArtefactType.Dataflow, file.Dataflow ?? submission.Dataflow), head.Catalog, out var dataflow, out var fault))
            return $"The given {fault}.";
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = head.Catalog, Issues = issues, Dataflow = dataflow, Limits = limits, FileName = file.Name };
        var message = MessageFile.Open(submissions.Spool.PathOf(file.Sha256), file.Entry, context);
        using var reader = message.Format?.Kind == MessageKind.Data ? message.OpenData(context) : null;
        using var conversion = new Conversion();
        if (reader is not null)
            conversion.Read(reader, repairs.Count > 0 ? new RepairSet(repairs) : null, _ => { }, ct);
        if (reader is null || issues.Count(Severity.Fatal) > 0)
            return $"'{file.Name}' cannot be read to its end as data; its report says why.";
        var options = new WriterOptions { Header = reader.Header };
        if (wrong is null)
        {
            await conversion.WriteAsync(Format, options, null, output, ct);
            return null;
        }

        var (keys, why) = await WrongSeriesAsync(conversion, options, file.Name, ct);
        if (why is null)
            await conversion.WriteAsync(Format, options, key => keys!.Contains(key) != wrong, output, ct);
        return why;
    }

    /// <summary>Which series of a message, as it is mended so far, have an error.</summary>
    async Task<(IReadOnlySet<string>? Keys, string? Why)> WrongSeriesAsync(Conversion conversion, WriterOptions options, string name, CancellationToken ct)
    {
        var path = Path.Combine(submissions.Folder, $"{Guid.NewGuid():N}.part");
        try
        {
            await using (var part = File.Create(path))
                await conversion.WriteAsync(Format, options, null, part, ct);
            var reports = Check([new LoadFile(path) { Name = name }], ct);
            var keys = RepairSet.WrongSeries(reports[0].Issues, out var elsewhere);
            Dispose(reports);
            return elsewhere is { } other ? (null, $"An error belongs to no series, so none can be left out for it: {other.Message}") : (keys, null);
        }
        finally
        {
            File.Delete(path);
        }
    }

    IReadOnlyList<LoadReport> Check(IReadOnlyList<LoadFile> files, CancellationToken ct)
    {
        using var head = submissions.Store.Head();
        return Load.Check(files, head, SubmissionWork.OptionsOf(submissions, submission, limits), null, ct);
    }

    static void Dispose(IReadOnlyList<LoadReport> reports)
    {
        foreach (var report in reports)
            report.Dispose();
    }
}

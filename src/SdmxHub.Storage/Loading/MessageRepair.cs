using Sdmx;
using Sdmx.Formats;
using Sdmx.Mapping;

namespace SdmxHub.Storage;

/// <summary>Mends messages as their sender says, and parts what is right from what is wrong: data messages are written anew in SDMX-CSV 2.0. What was sent stays as it is.</summary>
/// <param name="files">The messages that were sent together.</param>
/// <param name="catalog">The structures; those among the messages count too.</param>
/// <param name="head">What the store holds, or null where there is none.</param>
/// <param name="options">How they are checked.</param>
/// <param name="folder">Where messages are written.</param>
public sealed class MessageRepair(IReadOnlyList<LoadFile> files, StructureCatalog catalog, Snapshot? head, LoadOptions options, string folder)
{
    static readonly Format Format = Format.Find("csv-2.0")!;

    /// <summary>The repairs that the hub can think of, the most frequent first; of several messages each says which it is for.</summary>
    public IReadOnlyList<RepairSuggestion> Suggest(CancellationToken ct)
    {
        var reports = Check(files, ct);
        try
        {
            return
            [
                .. reports.SelectMany((report, i) => RepairSuggestion.Of(report.Issues, MapOf(files[i]) is not null).Select(s => files.Count > 1 ? s with { File = NameOf(files[i]) } : s))
                    .OrderByDescending(s => s.Findings).ThenBy(s => s.File, StringComparer.Ordinal).ThenBy(s => s.Component, StringComparer.Ordinal)
                    .ThenBy(s => s.Value, StringComparer.Ordinal).ThenBy(s => s.Series, StringComparer.Ordinal),
            ];
        }
        finally
        {
            Dispose(reports);
        }
    }

    /// <summary>Writes the data messages anew.</summary>
    /// <param name="repairs">What is to be read as something else.</param>
    /// <param name="wrong">Null for all series; false for those without an error, true for those with one.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>A message for each of the files, in their order; or why it cannot be, as a sentence. The caller disposes them.</returns>
    public async Task<(IReadOnlyList<RepairedMessage> Messages, string? Why)> WriteAsync(IReadOnlyList<Repair> repairs, bool? wrong, CancellationToken ct)
    {
        List<RepairedMessage> messages = [];
        var isKept = false;
        try
        {
            if (Stranger(repairs) is { } stranger)
                return ([], $"No message of the name '{stranger}' was sent.");
            var structures = Structures();
            foreach (var file in files)
            {
                var (message, why) = await RepairedMessage.WriteAsync(file, ContextOf(file, structures), MapOf(file) is not null, new RepairSet(repairs, NameOf(file)), wrong is not null, folder, ct);
                if (message is not null)
                    messages.Add(message);
                if (why is not null)
                    return ([], why);
            }

            if (!messages.Exists(m => m.IsWritten))
                return ([], "No data were sent that a repair could change.");
            var fault = wrong is null ? null : await PartAsync(messages, wrong.Value, structures, ct);
            isKept = fault is null;
            return isKept ? (messages, null) : ([], fault);
        }
        finally
        {
            foreach (var message in isKept ? [] : messages)
                message.Dispose();
        }
    }

    /// <summary>Leaves in each message the series with an error, or the others; why it cannot be, or null.</summary>
    async Task<string?> PartAsync(List<RepairedMessage> messages, bool wrong, StructureCatalog structures, CancellationToken ct)
    {
        var reports = Check([.. messages.Select(m => m.File)], ct);
        try
        {
            for (var i = 0; i < reports.Count; i++)
            {
                var map = messages[i].IsWritten ? MapOf(files[i]) : null;
                var keys = RepairSet.WrongSeries(reports[i].Issues, map is not null, out var elsewhere);
                if (elsewhere is null && map is not null)
                    keys = Trace(messages[i].File, map, structures, keys, out elsewhere, ct);
                if (elsewhere is not null)
                    return $"An error belongs to no series, so none can be left out for it: {elsewhere}";
                await messages[i].LeaveAsync(key => keys.Contains(key) == wrong, ct);
            }

            return null;
        }
        finally
        {
            Dispose(reports);
        }
    }

    /// <summary>The series, as they were sent, that the wrong ones came of, and those that the map has no word for.</summary>
    IReadOnlySet<string> Trace(LoadFile file, string map, StructureCatalog structures, IReadOnlySet<string> wrong, out string? elsewhere, CancellationToken ct)
    {
        var trace = new MapTrace(wrong);
        using var issues = new IssueLog();
        var context = ContextOf(file, structures) with { Issues = issues };
        Dataflows.TryResolve(context.Dataflow, structures, out var dataflow, out _);
        using var reader = MappedReader.Open(map, context with { Dataflow = dataflow }, MessageFile.Open(file.Path, file.Entry, context).OpenData, trace);
        var block = new ObservationBlock();
        while (reader?.Read(block) == true)
            ct.ThrowIfCancellationRequested();
        elsewhere = trace.Elsewhere is { } key ? $"{map} has no word for what is said of '{key}'." : null;
        return trace.Series;
    }

    string? Stranger(IReadOnlyList<Repair> repairs) => repairs.Select(r => r.File).FirstOrDefault(f => f is not null && files.All(o => NameOf(o) != f));

    string? MapOf(LoadFile file) => file.Map ?? options.Map;

    static string NameOf(LoadFile file) => file.Name ?? Path.GetFileName(file.Entry ?? file.Path);

    ReadContext ContextOf(LoadFile file, StructureCatalog structures) => new()
    {
        Catalog = structures, Issues = new IssueLog(), Limits = options.Limits, FileName = NameOf(file), Dataflow = file.Dataflow ?? options.Dataflow,
    };

    /// <summary>The structures with those among the messages.</summary>
    StructureCatalog Structures()
    {
        var all = catalog;
        foreach (var file in files)
        {
            using var issues = new IssueLog();
            var context = ContextOf(file, all) with { Issues = issues };
            var message = MessageFile.Open(file.Path, file.Entry, context);
            if (message.Format?.Kind == MessageKind.Structure && message.ReadStructures(context) is { } read)
                all = all.With(read.Artefacts);
        }

        return all;
    }

    IReadOnlyList<LoadReport> Check(IReadOnlyList<LoadFile> messages, CancellationToken ct) =>
        head is null ? Load.Check(messages, catalog, options, null, ct) : Load.Check(messages, head, options, null, ct);

    static void Dispose(IReadOnlyList<LoadReport> reports)
    {
        foreach (var report in reports)
            report.Dispose();
    }
}

using System.Buffers;
using System.IO.Pipelines;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>The answer to a data request: a data set for each flow that has something to say.</summary>
/// <remarks>Whether it is empty is known before its first byte, because every data set's first block is read at once; what follows is read as it is
/// written. Not thread-safe.</remarks>
public sealed class DataAnswer : IDisposable
{
    /// <summary>The most disseminations that one answer with history tells.</summary>
    public const int MostDisseminations = 100;

    const int MostUnflushed = 1 << 16;

    readonly List<(AnswerReader Reader, ObservationBlock First)> _datasets = [];

    DataAnswer(string dimensionAtObservation) => DimensionAtObservation = dimensionAtObservation;

    /// <summary>The dimension at the observation, one for the message.</summary>
    public string DimensionAtObservation { get; }

    /// <summary>Whether no data set has a row.</summary>
    public bool IsEmpty => _datasets.Count == 0;

    /// <summary>After how many observations the answer is cut short; 0 where it is whole.</summary>
    public long CutAfter { get; private init; }

    /// <summary>Why there is no answer although there are rows; null where nothing stands against one.</summary>
    public SdmxError? Refusal { get; private set; }

    /// <summary>How many series were left out because the version asked for lacks one of their codes.</summary>
    public long Withheld { get; private set; }

    /// <summary>How many observations have been written so far.</summary>
    public long Observations { get; private set; }

    /// <summary>Why <paramref name="format"/> cannot carry what is asked for; null when it can.</summary>
    public static SdmxError? CannotCarry(Format format, StructureCatalog catalog, ValueArray<DataQuery> queries)
    {
        var isTimeSeries = format.MediaType.Contains("timeseries", StringComparison.Ordinal);
        foreach (var query in queries)
        {
            if (isTimeSeries && query.DimensionAtObservation != "TIME_PERIOD")
                return new(SdmxErrorCode.NotAcceptable, "Time series formats have TIME_PERIOD at the observation; ask for the general format.");
            // A query for OBS_VALUE alone asks for nothing that would be lost.
            if ((query.Measures is not { } asked || asked.Any(m => m != "OBS_VALUE")) && format.CannotCarry(catalog.Schema(query.Dataflow)!) is { } reason)
                return new(SdmxErrorCode.NotAcceptable, reason);
        }

        return null;
    }

    /// <summary>Why <paramref name="format"/> cannot carry what there is to say; null when it can. Known once the answer is open.</summary>
    public SdmxError? Loses(Format format)
    {
        if (format.Id == "csv-1.0" && _datasets.Exists(d => d.Reader.Dataset.Action == DatasetAction.Delete))
            return new(SdmxErrorCode.NotAcceptable, "Something was removed, which SDMX-CSV 1.0 cannot say; ask for another format.");
        return format.Extension == "csv" && _datasets.Exists(d => d.Reader.Dataset is { ValidFrom: not null } or { ValidTo: not null })
            ? new(SdmxErrorCode.NotAcceptable, "SDMX-CSV cannot say since when what was disseminated is valid; ask for SDMX-ML or SDMX-JSON.") : null;
    }

    /// <summary>The last revision that touched anything the answer is made from.</summary>
    public static long RevisionOf(Snapshot snapshot, ValueArray<DataQuery> queries)
    {
        var last = snapshot.StructureRevision;
        foreach (var query in queries)
            last = Math.Max(last, snapshot.Cube(query.Dataflow)?.LastRevision ?? 0);
        return last;
    }

    /// <summary>Opens the answer and reads the first block of each data set.</summary>
    /// <param name="snapshot">The state that is asked; must outlive the answer.</param>
    /// <param name="queries">The queries, one per flow, none of which may be null or repeated.</param>
    /// <param name="most">The most observations the answer may have; 0 for any number.</param>
    public static DataAnswer Open(Snapshot snapshot, ValueArray<DataQuery> queries, long most = 0)
    {
        if (most > 0 && IsOver(snapshot, queries, most))
        {
            if (queries.Any(q => q.WithHistory))
                return new("AllDimensions") { Refusal = new(SdmxErrorCode.TooLarge, $"The history has more than {most:N0} observations, which is the most this service gives at once. Narrow the query.") };
            queries = [.. queries.Select(q => q with { Limit = most })];
        }
        else
        {
            most = 0;
        }

        // One message has one dimension at the observation; flows with and without time share the flat form.
        var at = queries.Select(q => q.DimensionAtObservation).Distinct().ToList() is [var only] ? only : "AllDimensions";
        var answer = new DataAnswer(at) { CutAfter = most };
        for (var i = 0; i < queries.Count; i++)
        {
            var query = queries[i] with { DimensionAtObservation = at };
            answer.Add(snapshot, query);
            // Offset and limit are of the answer, not of each data set.
            if ((query.Offset > 0 || query.Limit is not null) && i + 1 < queries.Count)
                queries = [.. queries.Take(i + 1), .. Shifted(queries.Skip(i + 1), query, Count(snapshot, query))];
        }

        return answer;
    }

    /// <summary>Whether an answer has more observations than <paramref name="most"/>: by the index where that knows it, else by reading so many.</summary>
    static bool IsOver(Snapshot snapshot, ValueArray<DataQuery> queries, long most)
    {
        queries = [.. queries.Where(q => q.WithObservations)];
        long inIndex = 0, count = 0;
        foreach (var reader in queries.SelectMany(snapshot.Answer))
        {
            inIndex += reader.MostObservations;
            reader.Dispose();
        }

        if (inIndex <= most || queries.Any(q => q.WithHistory))
            return inIndex > most;
        foreach (var query in queries)
        {
            count += Count(snapshot, query with { Limit = Math.Min(query.Limit ?? long.MaxValue, most + 1) }, fromOffset: true);
            if (count > most)
                return true;
        }

        return false;
    }

    void Add(Snapshot snapshot, DataQuery query)
    {
        if (query.Limit == 0)
            return;
        if (query.WithHistory && snapshot.Disseminations(query) is > MostDisseminations and var count)
        {
            Refusal = new(SdmxErrorCode.TooLarge, $"includeHistory: {query.Dataflow.ShortName} was disseminated {count} times, and at most {MostDisseminations} are told at once. Narrow it with updatedAfter and asOf.");
            return;
        }

        foreach (var reader in snapshot.Answer(query))
            Add(reader);
    }

    void Add(AnswerReader reader)
    {
        var block = BlockPool.Rent();
        var isRead = reader.Read(block);
        if (reader is SnapshotReader plain)
        {
            Withheld += plain.Withheld;
            if (plain.IsTooLargeToSort)
                Refusal = new(SdmxErrorCode.TooLarge, $"sort: the answer has more than {SnapshotReader.MostSorted:N0} observations, which is the most that are sorted by other than series. Narrow the query, or give a limit.");
        }

        if (isRead && block.Count > 0)
        {
            _datasets.Add((reader, block));
            return;
        }

        reader.Dispose();
        BlockPool.Return(block);
    }

    /// <summary>How many observations, or series where none are asked for, the whole answer to a query has, as far as its limit.</summary>
    static long Count(Snapshot snapshot, DataQuery query, bool fromOffset = false)
    {
        using var reader = snapshot.Read(query with
        {
            Sort = [], Offset = fromOffset ? query.Offset : 0, Limit = query.Limit is { } limit ? limit + (fromOffset ? 0 : query.Offset) : null,
        });
        var block = new ObservationBlock();
        long count = 0;
        while (reader.Read(block))
            count += query.WithObservations ? CountObservations(block) : CountSeries(block);
        return count;
    }

    static int CountSeries(ObservationBlock block) => Enumerable.Range(0, block.Count).Count(row => block.Key.ToArray().All(codes => codes[row] >= 0));

    static IEnumerable<DataQuery> Shifted(IEnumerable<DataQuery> queries, DataQuery before, long count)
    {
        var skipped = Math.Min(before.Offset, count);
        return queries.Select(q => q with { Offset = before.Offset - skipped, Limit = before.Limit is { } limit ? Math.Max(0, limit - (count - skipped)) : null });
    }

    /// <summary>The schemas of the data sets, each once.</summary>
    public IEnumerable<DataSchema> Schemas => _datasets.Select(d => d.Reader.Dataset.Schema).Distinct();

    /// <summary>How many observations there are at most, and about how many bytes the message has: from the index, and the first block of each data
    /// set.</summary>
    /// <param name="format">Makes a writer. The answer can no longer be written.</param>
    public (long Observations, long Bytes) Estimate(Func<IBufferWriter<byte>, DataWriter> format)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = format(bytes);
        writer.Begin([.. _datasets.Select(d => d.Reader.Dataset.Schema)]);
        long written = 0, most = 0;
        for (var i = 0; i < _datasets.Count; i++)
        {
            var (reader, block) = _datasets[i];
            writer.BeginDataset(reader.Dataset with { Number = i });
            writer.Write(block);
            written += CountObservations(block);
            most += Math.Max(reader.MostObservations, CountObservations(block));
        }

        writer.End();
        return (most, written == 0 ? bytes.WrittenCount : (long)(bytes.WrittenCount * (double)most / written));
    }

    /// <summary>Writes the message.</summary>
    /// <param name="writer">A writer into <paramref name="output"/>.</param>
    /// <param name="output">Where it goes; flushed after each block but the last, so that a slow client holds back the reading. What is left is the caller's to flush.</param>
    /// <param name="ct">Stops between blocks.</param>
    public async Task WriteAsync(DataWriter writer, PipeWriter output, CancellationToken ct)
    {
        writer.Begin([.. _datasets.Select(d => d.Reader.Dataset.Schema)]);
        for (var i = 0; i < _datasets.Count; i++)
        {
            var (reader, block) = _datasets[i];
            writer.BeginDataset(reader.Dataset with { Number = i });
            for (var isMore = true; isMore;)
            {
                writer.Write(block);
                Observations += CountObservations(block);
                isMore = reader.Read(block);
                // What comes last goes out with the end of the message: a short answer is one packet.
                if (isMore || output.UnflushedBytes >= MostUnflushed)
                    await output.FlushAsync(ct);
                ct.ThrowIfCancellationRequested();
            }
        }

        writer.End();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (reader, block) in _datasets)
        {
            reader.Dispose();
            BlockPool.Return(block);
        }

        _datasets.Clear();
    }

    static int CountObservations(ObservationBlock block) => block.Kinds.AsSpan(0, block.Count).Count(RowKind.Observation);
}

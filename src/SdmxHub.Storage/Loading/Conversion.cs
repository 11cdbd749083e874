using System.Buffers;
using System.IO.Pipelines;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>Turns a data message into one of another format: every row, in order of series and period.</summary>
/// <remarks>Rows are sorted on the way, because every format wants a series in one piece and attributes of groups before what they apply to, and
/// messages need not have them so. Memory is bounded by series and groups. Not thread-safe.</remarks>
public sealed class Conversion : IDisposable
{
    readonly SeriesSorter _sorter = new();
    readonly SortedDictionary<int, Dataset> _datasets = [];
    readonly Dictionary<int, List<ObservationBlock>> _holders = [];

    /// <summary>How many observations were read.</summary>
    public long Observations => _sorter.Observations;

    /// <summary>How many distinct series keys they have.</summary>
    public long Series => _sorter.Series;

    /// <summary>Whether any row was read, of observations or attributes.</summary>
    internal bool HasRows { get; private set; }

    /// <summary>Reads a message to its end.</summary>
    /// <param name="reader">The message.</param>
    /// <param name="repairs">What is to be read as something else, or null.</param>
    /// <param name="progress">Told the position in the message.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>How many observations it has.</returns>
    public long Read(DataReader reader, RepairSet? repairs, Action<long> progress, CancellationToken ct)
    {
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            ct.ThrowIfCancellationRequested();
            repairs?.Apply(block);
            _datasets.TryAdd(block.Dataset.Number, block.Dataset);
            HasRows |= block.Count > 0;
            _sorter.Add(block);
            progress(reader.Position);
        }

        return Observations;
    }

    /// <summary>Why <paramref name="format"/> cannot carry what was read; null when it can.</summary>
    public string? CannotCarry(Format format)
    {
        foreach (var dataset in _datasets.Values)
        {
            if (format.CannotCarry(dataset.Schema) is { } reason)
                return reason;
            // SDMX-CSV 1.0 has no word for an action: what was to be deleted would be loaded.
            if (dataset.Action == DatasetAction.Delete && format.Id == "csv-1.0")
                return "SDMX-CSV 1.0 cannot say that data are to be deleted; csv-2.0 can.";
        }

        return null;
    }

    /// <summary>Writes what was read.</summary>
    /// <param name="format">A format that can carry it.</param>
    /// <param name="options">How.</param>
    /// <param name="leavesOut">Which series are left out, by key; null for none.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="ct">Stops it.</param>
    public async Task WriteAsync(Format format, WriterOptions options, Func<string, bool>? leavesOut, Stream output, CancellationToken ct)
    {
        var pipe = PipeWriter.Create(output, new StreamPipeWriterOptions(leaveOpen: true));
        var writer = format.Write!(pipe, options);
        writer.Begin([.. _datasets.Values.Select(d => d.Schema)]);
        _holders.Clear();
        _sorter.Rewind();
        CollectHolders();
        _sorter.Rewind();
        var block = new ObservationBlock();
        Dataset? current = null;
        while (_sorter.Read(block))
        {
            ct.ThrowIfCancellationRequested();
            if (current?.Number != block.Dataset.Number)
            {
                current = block.Dataset;
                writer.BeginDataset(current);
                foreach (var holders in _holders.GetValueOrDefault(current.Number) ?? [])
                    writer.Write(holders);
            }

            Keep(block, (b, row) => !IsHolder(b, row) && leavesOut?.Invoke(b.KeyText(row)) != true);
            writer.Write(block);
            await pipe.FlushAsync(ct);
        }

        writer.End();
        await pipe.CompleteAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _sorter.Dispose();

    /// <summary>Takes out the attributes of data sets and groups, which are to be written before any series.</summary>
    void CollectHolders()
    {
        var block = new ObservationBlock();
        while (_sorter.Read(block))
        {
            Keep(block, IsHolder);
            if (block.Count == 0)
                continue;
            if (!_holders.TryGetValue(block.Dataset.Number, out var blocks))
                _holders.Add(block.Dataset.Number, blocks = []);
            blocks.Add(block);
            block = new ObservationBlock();
        }
    }

    /// <summary>Leaves in a block only some rows.</summary>
    internal static void Keep(ObservationBlock block, Func<ObservationBlock, int, bool> isKept)
    {
        var kept = 0;
        for (var row = 0; row < block.Count; row++)
        {
            if (!isKept(block, row))
                continue;
            if (kept != row)
                Move(block, row, kept);
            kept++;
        }

        block.Count = kept;
    }

    // Attributes of a holder wider than a series.
    static bool IsHolder(ObservationBlock block, int row)
    {
        if (block.Kinds[row] != RowKind.Attributes)
            return false;
        foreach (var column in block.Key)
        {
            if (column[row] < 0)
                return true;
        }

        return false;
    }

    static void Move(ObservationBlock block, int from, int to)
    {
        block.Kinds[to] = block.Kinds[from];
        block.Periods[to] = block.Periods[from];
        block.Lines[to] = block.Lines[from];
        block.LinePositions[to] = block.LinePositions[from];
        foreach (var column in block.Key)
            column[to] = column[from];
        foreach (var column in block.Values)
            column.Set(to, column.Forms[from], column.Bits[from]);
    }
}

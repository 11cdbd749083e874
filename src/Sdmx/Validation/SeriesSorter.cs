namespace Sdmx.Validation;

/// <summary>Sorts a message's rows by data set, series and period, in bounded memory.</summary>
/// <remarks>First every block is added in message order, then sorted blocks are read, as often as wanted. The order: data set number, key (by the
/// numbers of its codes, open dimensions first, so a holder comes before the series it covers), kind (<see cref="RowKind.Attributes"/> rows first),
/// period, place in the message. It is total and the same on every run. Past the memory budget sorted runs go to temporary files and are merged when
/// they are read; the distinct keys stay in memory, and a bounded number of texts. A series of up to <see cref="ObservationBlock.Capacity"/> rows comes
/// in one block, unless its texts are long. Not thread-safe.</remarks>
public sealed class SeriesSorter : IDisposable
{
    /// <summary>The memory budget for rows: 256 MiB.</summary>
    public const long DefaultMemory = 256L << 20;

    readonly SortedDictionary<int, SortedDataset> _datasets = [];
    readonly Dictionary<CodeTables, SeriesTable> _series = [];
    readonly RowPacker _packer = new();
    readonly Stack<byte[]> _freeChunks = [];
    readonly ObservationBlock _rest = new();
    readonly long _memory;
    SortedDataset[]? _reading;
    long _bytes;
    int _at;

    /// <summary>An empty sorter.</summary>
    /// <param name="memory">The bytes of rows past which they go to disk.</param>
    public SeriesSorter(long memory = DefaultMemory) => _memory = memory;

    /// <summary>How many observations were added.</summary>
    public long Observations { get; private set; }

    /// <summary>How many distinct series were added: full keys, whether their codes are known or not. The same key in two data sets of one
    /// schema counts once; a key that lacks a dimension counts when an observation has it.</summary>
    public long Series
    {
        get
        {
            long count = 0;
            foreach (var table in _series.Values)
                count += table.SeriesCount;
            return count;
        }
    }

    /// <summary>How many data sets were seen, empty ones included.</summary>
    public int Datasets => _datasets.Count;

    /// <summary>Adds the rows of <paramref name="block"/>, which may then be reused.</summary>
    /// <exception cref="InvalidOperationException">Reading has begun.</exception>
    public void Add(ObservationBlock block)
    {
        if (_reading is not null)
            throw new InvalidOperationException("the sorter is being read");
        var dataset = block.Dataset;
        if (!_datasets.TryGetValue(dataset.Number, out var rows))
        {
            if (!_series.TryGetValue(dataset.Codes, out var series))
                _series.Add(dataset.Codes, series = new SeriesTable(dataset.Schema.Dimensions.Count));
            _datasets.Add(dataset.Number, rows = new SortedDataset(dataset, series, _packer, new RowStore(_freeChunks), _rest));
        }

        var before = rows.Bytes;
        rows.Add(block);
        _bytes += rows.Bytes - before;
        Observations += block.Kinds.AsSpan(0, block.Count).Count(RowKind.Observation);
        if (_bytes > _memory)
            Spill();
    }

    /// <summary>Fills <paramref name="block"/> with the next rows of one data set, in order.</summary>
    /// <remarks>Starts reading: nothing more can be added. A data set without rows gives one empty block.</remarks>
    /// <returns><c>false</c> behind the last row; the block is then empty.</returns>
    public bool Read(ObservationBlock block)
    {
        _reading ??= [.. _datasets.Values];
        for (; _at < _reading.Length; _at++)
        {
            if (_reading[_at].Read(block))
                return true;
        }

        block.Count = 0;
        return false;
    }

    /// <summary>Goes back before the first row.</summary>
    public void Rewind()
    {
        _at = 0;
        foreach (var dataset in _datasets.Values)
            dataset.Rewind();
    }

    /// <summary>Removes the temporary files.</summary>
    public void Dispose()
    {
        foreach (var dataset in _datasets.Values)
            dataset.Dispose();
    }

    void Spill()
    {
        SortedDataset? largest = null;
        foreach (var dataset in _datasets.Values)
        {
            if (largest is null || dataset.Bytes > largest.Bytes)
                largest = dataset;
        }

        _bytes -= largest!.Bytes;
        largest.Spill();
    }
}

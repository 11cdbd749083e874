using Sdmx.Formats;
using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

/// <summary>What a store would hold that had loaded one message; there is no store below it to ask.</summary>
sealed class StoredMessage
{
    readonly Dictionary<string, StoredSeries> _series = [];

    StoredMessage(StructureCatalog structures, string file)
    {
        using var issues = new IssueLog();
        using var sorter = new SeriesSorter();
        var context = new ReadContext { Catalog = structures, Issues = issues };
        var block = new ObservationBlock();
        using (var stream = File.OpenRead(file))
        using (var reader = MessageFile.Open(stream, file, context).OpenData(context)!)
        {
            while (reader.Read(block))
                sorter.Add(block);
        }

        while (sorter.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                Add(block, row);
        }
    }

    /// <summary>What is stored of a series; null where there is no file.</summary>
    public static StoredHistory? History(StructureCatalog structures, string file) => File.Exists(file) ? new StoredMessage(structures, file).Of : null;

    StoredSeries? Of(ObservationBlock block, int row) => _series.GetValueOrDefault(block.KeyText(row));

    void Add(ObservationBlock block, int row)
    {
        var key = block.KeyText(row);
        if (!_series.TryGetValue(key, out var series))
            _series.Add(key, series = new StoredSeries(block.Dataset.Schema));
        if (series.UnitMeasure is { } unit && block.Text(unit.Index, row) is { } code)
            series.Unit = code;
        if (block.Kinds[row] == RowKind.Observation)
            series.Add(block.Periods[row], block.Values[0].Forms[row], block.Values[0].Bits[row],
                series.Multiplier is { } multiplier && block.Text(multiplier.Index, row) is { } exponent ? StoredSeries.ExponentOf(exponent) : StoredSeries.NoMultiplier);
    }
}

using System.Globalization;
using Sdmx.Tests.Data;
using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

/// <summary>Sorting takes memory by its budget and by the number of series, not by the number of rows.</summary>
[NonParallelizable]
public sealed class SorterMemoryTests
{
    const int PeriodsPerSeries = 500;

    // each takes some forty bytes, five times its share of the budget
    static readonly long Rows = long.Parse(Environment.GetEnvironmentVariable("SDMXHUB_SORTED_ROWS") ?? "1000000", CultureInfo.InvariantCulture);

    [Test]
    public void Rows_in_any_order_stay_within_the_budget()
    {
        var budget = Math.Min(8 * Rows, SeriesSorter.DefaultMemory);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var sorter = new SeriesSorter(budget);
        long most = 0;

        foreach (var (number, block) in Shuffled().Index())
        {
            sorter.Add(block);
            if (number % 16 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        var (rows, previous) = (0L, (Series: -1, Period: TimePeriod.None));
        var sorted = new ObservationBlock();
        for (var blocks = 0; sorter.Read(sorted); blocks++)
        {
            for (var row = 0; row < sorted.Count; row++, rows++)
            {
                var at = (Series: sorted.Key[2][row], Period: sorted.Periods[row]);
                Assert.That(at.Series > previous.Series || at.Series == previous.Series && at.Period.CompareTo(previous.Period) > 0);
                previous = at;
            }

            if (blocks % 16 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.That(rows, Is.EqualTo(Rows));
        // beside the rows: the keys, the texts, and a block in hand of each of the runs on disk
        Assert.That(most, Is.LessThan(budget + (16 << 20)));
    }

    static IEnumerable<ObservationBlock> Shuffled()
    {
        const long Stride = 1_299_709; // a prime: each row comes once
        var schema = SmallCube.Catalog.Schema(SmallCube.Flow("NATIONAL", "1.5").Urn)!;
        var dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema) };
        var block = new ObservationBlock();
        for (long i = 0; i < Rows; block.Count = 0)
        {
            block.Begin(dataset);
            for (; i < Rows && block.Count < ObservationBlock.Capacity; i++)
            {
                var (series, period) = Math.DivRem(i * Stride % Rows, PeriodsPerSeries);
                var row = block.Count++;
                (block.Kinds[row], block.Periods[row], block.Lines[row]) = (RowKind.Observation, TimePeriod.FromYear(1 + (int)period), (int)i + 1);
                (block.Key[0][row], block.Key[1][row], block.Key[2][row]) = (0, 0, (int)series);
                block.Values[0].Set(row, ValueForm.Decimal + 2, i);
                block.SetText(schema.Find("NOTE")!.Index, row, $"note {i % 7}");
            }

            yield return block;
        }
    }
}

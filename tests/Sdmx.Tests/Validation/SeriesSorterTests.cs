using Sdmx.Tests.Data;
using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

public sealed class SeriesSorterTests
{
    static readonly DataSchema Schema = SmallCube.Catalog.Schema(SmallCube.Flow("NATIONAL", "1.5").Urn)!;

    [Test]
    public void Rows_come_back_by_key_then_attributes_first_then_period_then_message()
    {
        var rows = new Rows(Schema).Add(
            "A.N.Y 2021 OBS_VALUE=4", "A.N.X 2021 OBS_VALUE=2", "A.N.Y UNIT=PT", "A.N.X 2020-A1 OBS_VALUE=1.0", "A.N.X 2020 OBS_VALUE=1E5",
            "A.N.X 2021 OBS_VALUE=3", ".N.X TITLE=t", ".. SOURCE=s");

        Assert.That(Sorted(rows), Is.EqualTo((string[])
        [
            "att .. SOURCE=s", "att .N.X TITLE=t", "obs A.N.X 2020 OBS_VALUE=1E5", "obs A.N.X 2020-A1 OBS_VALUE=1.0", "obs A.N.X 2021 OBS_VALUE=2",
            "obs A.N.X 2021 OBS_VALUE=3", "att A.N.Y UNIT=PT", "obs A.N.Y 2021 OBS_VALUE=4",
        ]));
    }

    [TestCase(1)]
    [TestCase(20_000)]
    public void Spilling_to_disk_changes_nothing(int memory)
    {
        var rows = new Rows(Schema).Add(Random(30_000, seed: 7));

        Assert.That(Sorted(rows, memory), Is.EqualTo(Sorted(rows)));
    }

    [Test]
    public void Nothing_is_lost_or_made_up()
    {
        var texts = Random(10_000, seed: 11);

        var sorted = Sorted(new Rows(Schema).Add(texts), memory: 100_000);

        Assert.That(sorted.Select(s => s[4..]), Is.EquivalentTo(texts));
    }

    [Test]
    public void Rewind_gives_the_same_rows_again()
    {
        var rows = new Rows(Schema).Add(Random(5_000, seed: 3));
        using var sorter = Filled(rows, memory: 50_000);

        var first = Read(sorter);
        sorter.Rewind();

        Assert.That(Read(sorter), Is.EqualTo(first));
    }

    [Test]
    public void Series_are_distinct_full_keys()
    {
        var rows = new Rows(Schema).Add("A.N.X 2020 OBS_VALUE=1", "A.N.X UNIT=PT", "A.N.X 2021 OBS_VALUE=1", "A.N.Q 2020 OBS_VALUE=1", "A.N.Y UNIT=PT", ".N.X TITLE=t");

        using var sorter = Filled(rows);

        Assert.That((sorter.Observations, sorter.Series, sorter.Datasets), Is.EqualTo((3L, 3L, 1)));
    }

    [Test]
    public void Periods_that_are_not_plain_survive_the_disk()
    {
        var rows = new Rows(Schema).Add("A.N.X 2020-01-01T00:00:00.50Z OBS_VALUE=1", "A.N.X 2019-01-01/P1Y OBS_VALUE=1", "A.N.X 2019Z OBS_VALUE=1");

        Assert.That(Sorted(rows, memory: 0), Is.EqualTo(Sorted(rows)));
        Assert.That(Sorted(rows, memory: 0), Has.Some.Contains("2020-01-01T00:00:00.50Z"));
    }

    [Test]
    public void An_empty_data_set_is_seen_once()
    {
        using var sorter = new SeriesSorter();
        var block = new ObservationBlock();
        block.Begin(new Dataset { Number = 3, Schema = Schema, Codes = new CodeTables(Schema) });
        sorter.Add(block);

        var reads = (sorter.Read(block), block.Count, sorter.Read(block));

        Assert.That(reads, Is.EqualTo((true, 0, false)));
        Assert.That(sorter.Datasets, Is.EqualTo(1));
    }

    static string[] Random(int count, int seed)
    {
        var random = new Random(seed);
        string[] areas = ["X", "Y", "Z", "UNKNOWN"];
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
                $"{"AMQ"[random.Next(3)]}.{"NG"[random.Next(2)]}.{areas[random.Next(4)]} {1990 + random.Next(30)} OBS_VALUE={random.Next(-50, 50)}.{i} NOTE=n{random.Next(5)}"),
        ];
    }

    static List<string> Sorted(Rows rows, long memory = SeriesSorter.DefaultMemory)
    {
        using var sorter = Filled(rows, memory);
        return Read(sorter);
    }

    static SeriesSorter Filled(Rows rows, long memory = SeriesSorter.DefaultMemory)
    {
        var sorter = new SeriesSorter(memory);
        foreach (var block in rows.Blocks(997))
            sorter.Add(block);
        return sorter;
    }

    static List<string> Read(SeriesSorter sorter)
    {
        var rows = new List<string>();
        var block = new ObservationBlock();
        while (sorter.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                rows.Add(SmallCube.Text(block, row));
        }

        return rows;
    }
}

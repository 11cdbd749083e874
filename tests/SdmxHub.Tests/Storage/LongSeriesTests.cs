using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.RoundTrip;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.Storage;

/// <summary>Series that are longer or odder than annual figures: days for 20 years, hours, several measures, and what happens to them over revisions.</summary>
public class LongSeriesTests
{
    const int RowsOfChunk = 256;

    static readonly string[] Days = [.. Enumerable.Range(0, 7305).Select(i => new DateOnly(2000, 1, 1).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];

    [Test]
    public void Days_for_20_years_are_some_30_blocks_and_one_more_day_rewrites_one()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, [.. Days.Select((day, i) => $"M.A.x|{day}|{Value(i)}")]);
        Assert.That(Count(temporary, "block", 2), Is.InRange(Days.Length / RowsOfChunk, Days.Length / RowsOfChunk + 2));
        Assert.That(Bytes(temporary, 2), Is.LessThan(Days.Length * 4), "bytes of all blocks");

        var more = temporary.Load(DatasetAction.Merge, "M.A.x|2020-01-01|OBS_VALUE=17.25");
        var corrected = temporary.Load(DatasetAction.Merge, "M.A.x|2010-06-15|OBS_VALUE=18.5");

        Assert.That((more.Inserted, more.Updated, corrected.Inserted, corrected.Updated), Is.EqualTo((1L, 0L, 0L, 1L)));
        foreach (var revision in (long[])[more.Number, corrected.Number])
        {
            Assert.That((Count(temporary, "block", revision), Superseded(temporary, revision)), Is.EqualTo((1L, 1L)), "one block, and the one before it");
            Assert.That(Bytes(temporary, revision), Is.LessThan(2048));
        }

        Assert.That(temporary.ReadHead(), Has.Count.EqualTo(Days.Length + 1));
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public void A_long_series_comes_from_a_shuffled_file_and_a_day_more_from_another()
    {
        using var temporary = new TemporaryStore();
        PutWithFrequencies(temporary);
        string[] series = ["D.A.x", "D.B.x", "D.B.y"];
        string[] rows = [.. series.SelectMany(s => Days.Select((day, i) => $"{s.Replace('.', ',')},{day},{(IsClosed(i) ? ",closed" : Value(i)["OBS_VALUE=".Length..] + ",")}"))];
        var expected = series.Order(StringComparer.Ordinal).SelectMany(s => Days.Select((day, i) => $"{s}|{day}|{Value(i)}")).ToList();
        new Random(1).Shuffle(rows);

        LoadFile(temporary, rows);
        var all = temporary.ReadHead();
        var inserted = LoadFile(temporary, ["D,B,y,2020-01-01,1E-05,"]);

        Assert.That(all, Is.EqualTo(expected));
        Assert.That(inserted, Is.EqualTo(1));
        using var head = temporary.Store.Head();
        Assert.That((Count(temporary, "block", head.Revision), Superseded(temporary, head.Revision)), Is.EqualTo((1L, 1L)));
        Assert.That(temporary.ReadHead()[^1], Is.EqualTo("D.B.y|2020-01-01|OBS_VALUE=1E-05"));
    }

    [Test]
    public void Every_state_of_a_long_series_can_be_read_again()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var states = new Dictionary<long, List<string>> { [1] = [] };
        void Do(DatasetAction action, IEnumerable<(string Day, string Values)> rows)
        {
            var all = rows.ToList();
            foreach (var (day, values) in all)
            {
                if (action == DatasetAction.Delete)
                    model.Remove(day);
                else
                    model[day] = values;
            }

            var revision = temporary.Load(action, [.. all.Select(r => $"M.A.x|{r.Day}|{r.Values}")]);
            Assert.That(states.TryAdd(revision.Number, [.. model.Select(r => $"M.A.x|{r.Key}|{r.Value}")]), "each makes a revision");
        }

        var chunk = Days.Where(d => Chunk.NumberOf(Period(d)) == Chunk.NumberOf(Period("2010-06-15"))).ToList();
        Do(DatasetAction.Merge, Days.Select((day, i) => (day, Value(i))));
        Do(DatasetAction.Delete, [("2010-06-15", "")]);
        Do(DatasetAction.Delete, chunk.Select(day => (day, "")));
        Do(DatasetAction.Merge, [("2010-06-15", "OBS_VALUE=1.0")]);
        Do(DatasetAction.Replace, chunk.Select(day => (day, "OBS_VALUE=NaN|NOTE=again")));
        Do(DatasetAction.Merge, Days.Where((_, i) => i % 100 == 0).Select(day => (day, "OBS_VALUE=123456789012345678901234567890.5|NOTE=again")));
        Do(DatasetAction.Delete, Days.Select(day => (day, "")));
        Do(DatasetAction.Merge, Days.Select((day, i) => (day, Value(i))));
        Do(DatasetAction.Replace, [(Days[^1], "NOTE=without a value")]);
        temporary.Store.Compact(CancellationToken.None);

        for (var i = 0; i < 2; i++)
        {
            foreach (var (revision, rows) in states)
            {
                using var snapshot = temporary.Store.At(revision)!;
                Assert.That(TemporaryStore.Read(snapshot), Is.EqualTo(rows), $"revision {revision}");
                Assert.That(snapshot.Cube(SmallFlow.Flow())?.Observations ?? 0, Is.EqualTo(rows.Count));
            }

            Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
            temporary.Reopen();
        }
    }

    [Test]
    public void Hours_and_times_of_day_beside_other_frequencies_come_back_by_every_format([ValueSource(nameof(Formats))] string format)
    {
        using var temporary = new TemporaryStore();
        PutWithFrequencies(temporary);
        List<string> rows =
        [
            .. Enumerable.Range(0, 2000).Select(i => $"H.A.x|{new DateTime(2019, 12, 1).AddHours(i):yyyy-MM-ddTHH:mm:ss}|OBS_VALUE={i}.5"),
            .. Enumerable.Range(0, 500).Select(i => $"I.A.x|{new DateTime(2020, 1, 1, 8, 30, 0).AddSeconds(i):yyyy-MM-ddTHH:mm:ss}.25|OBS_VALUE=1E-{i}"),
            .. Days.Take(600).Select((day, i) => $"D.A.x|{day}|{Value(i)}"),
            .. ((string[])["2020", "2020-Q1", "2020-01", "2020-W01", "2020-01-01", "2020-01-01T08:30:00", "2020-01-01T08:30:00.25", "2020-01-01T08:30:00Z",
                "2020-01-01T08:30:00+01:00", "2020-01-01T24:00:00", "2020-01-01T09:00:00/PT15M", "2020-01-01/P3D"]).Select((p, i) => $"_Z.A.x|{p}|OBS_VALUE={i}"),
        ];
        temporary.Load(DatasetAction.Merge, [.. rows]);
        using var head = temporary.Store.Head();
        using var copy = new StoreCopy(head);

        copy.Take(SmallFlow.Flow(), format, "TIME_PERIOD");

        copy.AssertEqual(SmallFlow.Flow());
        Assert.That(TemporaryStore.Read(head), Is.EquivalentTo(rows));
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public void Several_measures_of_numbers_and_texts_are_kept_and_read_apart()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        var catalog = StructureCatalog.Empty.With(SmallFlow.Artefacts().Select(a => a is DataStructure dsd ? dsd with
        {
            Measures = [.. dsd.Measures, .. ((string[])["LOW", "VERDICT"]).Select(id => new Measure { Id = id, ConceptIdentity = dsd.Measures[0].ConceptIdentity })],
        } : a));
        string[] rows = ["A.A.x|2001|OBS_VALUE=1.0|LOW=0.9|VERDICT=good", "A.A.x|2002|LOW=NaN", "A.A.x|2003|VERDICT=no figure, \u201Eyet\u201C|NOTE=n", "A.A.x|2004|OBS_VALUE=4"];
        Append(temporary, catalog, DatasetAction.Merge, rows);
        Append(temporary, catalog, DatasetAction.Merge, "A.A.x|2002|OBS_VALUE=2|VERDICT=fair", "A.A.x|2004|LOW=-1E400");
        Append(temporary, catalog, DatasetAction.Delete, "A.A.x|2001|VERDICT=-");

        Assert.That(Read(2), Is.EqualTo(rows));
        Assert.That(Read(3), Is.EqualTo([rows[0], "A.A.x|2002|OBS_VALUE=2|LOW=NaN|VERDICT=fair", rows[2], "A.A.x|2004|OBS_VALUE=4|LOW=-1E400"]));
        Assert.That(Read(4)[0], Is.EqualTo("A.A.x|2001|OBS_VALUE=1.0|LOW=0.9"));
        Assert.That(Read(4, ["VERDICT"])[1], Is.EqualTo("A.A.x|2002|VERDICT=fair"));
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);

        // The store cannot keep such a structure yet (SDMX-ML 2.1 cannot say it); what it keeps of the data does not depend on that.
        List<string> Read(long revision, ValueArray<string>? measures = null)
        {
            using var snapshot = temporary.Store.At(revision)!;
            var state = snapshot.Generation;
            using var with = new Snapshot(temporary.Store, new Generation(state.Revision, state.AtMicroseconds, state.CatalogRevision, state.StructureRevision, catalog, state.Cubes));
            return TemporaryStore.Read(with, measures is null ? null : new DataQuery { Dataflow = SmallFlow.Flow(), Measures = measures, Attributes = [] });
        }
    }

    static void PutWithFrequencies(TemporaryStore temporary)
    {
        using var transaction = temporary.Store.Begin("structures", "test");
        transaction.Put(SmallFlow.Artefacts().Select(a => a is Codelist { Id: "CL_FREQ" } list
            ? list with { Codes = ((string[])["A", "D", "H", "I", "_Z"]).Select(c => new Code { Id = c, Name = new(c) }).ToValueArray() } : a));
        transaction.Commit();
    }

    static IEnumerable<string> Formats => StoreCopy.Formats;

    static bool IsClosed(int i) => i % 1000 == 999;

    static string Value(int i) => IsClosed(i) ? "NOTE=closed" : $"OBS_VALUE={100 + i % 37}.{i % 10}0";

    static TimePeriod Period(string text) => TimePeriod.TryParse(text, out var period) ? period : throw new ArgumentException(text);

    static void Append(TemporaryStore temporary, StructureCatalog catalog, DatasetAction action, params string[] rows)
    {
        using var transaction = temporary.Store.Begin("load", "test");
        var block = new ObservationBlock();
        block.Begin(SmallFlow.Dataset(catalog.Schema(SmallFlow.Flow())!, action));
        foreach (var parts in rows.Select(r => r.Split('|')))
            SmallFlow.Add(block, parts[0], parts[1], [.. parts[2..].Select(p => (p.Split('=')[0], p.Split('=')[1]))]);
        transaction.Append(block);
        transaction.Commit();
    }

    static long LoadFile(TemporaryStore temporary, string[] rows)
    {
        var message = new StringBuilder("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,KIND,TIME_PERIOD,OBS_VALUE,NOTE\n");
        foreach (var row in rows)
            message.Append(CultureInfo.InvariantCulture, $"dataflow,T:FLOW(1.0),M,{row}\n");
        using var folder = new Cli.TemporaryFolder();
        using var report = SdmxHub.Storage.Load.Run(folder.Write("m.csv", message.ToString()), temporary.Store, new LoadOptions(), null, CancellationToken.None);
        Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Take(3).Select(i => i.Message)));
        return report.Inserted;
    }

    static long Count(TemporaryStore temporary, string table, long revision) => Scalar(temporary, $"SELECT count(*) FROM {table} WHERE tx_from = {revision}");

    static long Superseded(TemporaryStore temporary, long revision) => Scalar(temporary, $"SELECT count(*) FROM block_hist WHERE tx_to = {revision}");

    static long Bytes(TemporaryStore temporary, long revision) => Scalar(temporary, $"SELECT sum(length(data)) FROM block WHERE tx_from = {revision}");

    static long Scalar(TemporaryStore temporary, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={temporary.File};Pooling=False;Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}

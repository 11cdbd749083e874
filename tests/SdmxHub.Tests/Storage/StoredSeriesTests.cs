using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>What the rules are told of the series that the store holds.</summary>
public class StoredSeriesTests
{
    [Test]
    public void It_is_what_a_query_gives_at_the_revision_for_every_series_in_any_block([Values(1, 2, 3)] int seed)
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        var random = new Random(seed);
        for (var release = 0; release < 4; release++)
            temporary.Load(DatasetAction.Append, [.. Rows(random, 400).DistinctBy(r => string.Join('|', r.Split('|')[..2]))]);
        var pinned = temporary.Store.Log().Count - 2;
        temporary.Load(DatasetAction.Delete, "A.A.k1||", "M.B.k2||");

        foreach (var revision in (int[])[temporary.Store.Log().Count, pinned])
        {
            using var snapshot = temporary.Store.Pinned(revision);
            var stored = Query(snapshot);
            var values = new StoredValues(snapshot);
            var found = 0;
            foreach (var block in Blocks(snapshot.Catalog.Schema(SmallFlow.Flow())!, random))
            {
                for (var row = 0; row < block.Count; row++)
                {
                    var key = block.KeyText(row);
                    var numbers = values.SeriesOf(block, row) is { } series ? string.Join(' ', Enumerable.Range(0, series.Count).Select(i => $"{series.Periods[i]}={DecimalText.Format(series.Mantissas[i], series.Forms[i] - ValueForm.Decimal)}")) : null;
                    Assert.That(numbers ?? "", Is.EqualTo(stored.GetValueOrDefault(key, "")), key);
                    found += numbers is null ? 0 : 1;
                }
            }

            Assert.That(found, Is.GreaterThan(100));
        }
    }

    [Test]
    public void The_store_says_what_the_sample_says()
    {
        using var temporary = new TemporaryStore();
        Findings(temporary.Store, Facts.InProject("samples", "invalid", "structures.xml"));
        Findings(temporary.Store, Facts.InProject("samples", "invalid", "other-scale", "stored.xml"));

        var scale = Findings(temporary.Store, Facts.InProject("samples", "invalid", "other-scale", "input.xml"), isTrial: true);
        var unit = Findings(temporary.Store, Facts.InProject("samples", "invalid", "other-unit", "input.xml"), isTrial: true);

        Assert.That(scale, Is.EqualTo(Told("other-scale")));
        Assert.That(unit, Is.EqualTo(Told("other-unit")));
    }

    [Test]
    public void Real_figures_sent_again_tell_nothing_and_with_another_multiplier_all()
    {
        using var temporary = new TemporaryStore();
        using (var transaction = temporary.Store.Begin("structures", "test"))
        {
            transaction.Put(Shipped.ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        var folder = Directory.CreateTempSubdirectory("sdmxhub-scale-").FullName;
        try
        {
            var sample = Facts.InProject("samples", "valid", "kyrgyzstan", "kyrgyzstan.csv");
            var header = File.ReadLines(sample).First().Split(',');
            var multiplier = Array.IndexOf(header, "UNIT_MULT");
            var other = Path.Combine(folder, "other.csv");
            File.WriteAllLines(other, File.ReadLines(sample).Select((line, i) => i == 0 ? line : Put(line, multiplier, "6")));
            Findings(temporary.Store, sample);

            var again = Findings(temporary.Store, sample, isTrial: true);
            var wrong = Findings(temporary.Store, other, isTrial: true);

            Assert.That(again.Where(f => f.Contains("the store has", StringComparison.Ordinal)), Is.Empty);
            using var head = temporary.Store.Head();
            var series = head.Cube(new Urn(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLC", "1.16"))!.Series;
            Assert.That(wrong.Count(f => f.StartsWith("UNIT_MULT is '6'", StringComparison.Ordinal) && f.Contains("times what the store has", StringComparison.Ordinal)), Is.EqualTo(series));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Put(string line, int column, string value)
    {
        var cells = line.Split(',');
        cells[column] = value;
        return string.Join(',', cells);
    }

    static IEnumerable<string> Told(string sample) => File.ReadLines(Facts.InProject("samples", "invalid", sample, "report.txt"))
        .Where(l => l.StartsWith("input.xml:", StringComparison.Ordinal)).Select(l => l[(l.IndexOf("SDH", StringComparison.Ordinal) + 9)..l.LastIndexOf(" [", StringComparison.Ordinal)]);

    static List<string> Findings(Store store, string file, bool isTrial = false)
    {
        var reports = Load.Run([new LoadFile(file)], store, new LoadOptions { IsTrial = isTrial }, null, CancellationToken.None);
        using var report = reports[0];
        Assert.That(report.Issues.HasErrors, Is.False, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        return [.. report.Issues.All.Where(i => i.Severity == Severity.Warning && i.Code.IsOptional()).Select(i => i.Message)];
    }

    static IEnumerable<string> Rows(Random random, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var frequency = random.Next(2) == 0 ? "A" : "M";
            var year = random.Next(1960, 2030);
            var period = frequency == "A" ? $"{year}" : $"{year}-{random.Next(1, 13):00}";
            yield return $"{frequency}.{SmallFlow.Areas[random.Next(SmallFlow.Areas.Length)]}.k{random.Next(8)}|{period}|OBS_VALUE={(random.Next(9) == 0 ? "x" : $"{random.Next(1000)}.{random.Next(10)}")}";
        }
    }

    static Dictionary<string, string> Query(Snapshot snapshot) => TemporaryStore.Read(snapshot).Select(r => r.Split('|')).Where(r => r[1].Length > 0 && r[2].StartsWith("OBS_VALUE=", StringComparison.Ordinal) && r[2] != "OBS_VALUE=x")
        .GroupBy(r => r[0]).ToDictionary(g => g.Key, g => string.Join(' ', g.Select(r => $"{r[1]}={r[2][10..]}")));

    /// <summary>All keys there could be, some of codes that are not stored, in blocks of several sizes, in the order of the numbers of their codes.</summary>
    static IEnumerable<ObservationBlock> Blocks(DataSchema schema, Random random)
    {
        var dataset = SmallFlow.Dataset(schema, DatasetAction.Append);
        var keys = from frequency in SmallFlow.Frequencies from area in SmallFlow.Areas from kind in Enumerable.Range(0, 10) select $"{frequency}.{area}.k{kind}";
        foreach (var some in keys.Chunk(random.Next(1, 60)))
        {
            var block = new ObservationBlock();
            block.Begin(dataset);
            foreach (var key in some)
            {
                SmallFlow.Add(block, key, "2000", ("OBS_VALUE", "1"));
                SmallFlow.Add(block, key, "2001", ("OBS_VALUE", "1"));
            }

            yield return block;
        }
    }
}

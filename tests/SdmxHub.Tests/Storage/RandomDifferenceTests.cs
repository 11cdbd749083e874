using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Seeded random histories: the delta between any two revisions, either way, turns the first exactly into the second, and its counts are those of the model.</summary>
public class RandomDifferenceTests
{
    const int Revisions = 12;
    const int Pairs = 8;

    [Test]
    public void A_delta_turns_one_revision_into_the_other([Range(1, 20)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        var expected = RandomChanges.History(temporary, random, Revisions);
        long[] numbers = [.. expected.Keys.Order()];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (from, to) = (numbers[random.Next(numbers.Length)], numbers[random.Next(numbers.Length)]);
            using Snapshot first = temporary.Store.At(from)!, second = temporary.Store.At(to)!;
            var difference = Difference.Between(first, second);

            var shown = expected[to].Copy();
            Assert.That(Applied(expected[from], difference, RandomChanges.Reveal(shown)), Is.EqualTo(shown.Answer()), $"seed {seed}, {from} to {to}");
            AssertCounts(expected[from], expected[to], difference);
        }
    }

    /// <summary>What a fresh store holds after one state and then the delta.</summary>
    static List<string> Applied(PlainModel from, Difference difference, string[] revealing)
    {
        using var fresh = new TemporaryStore();
        fresh.PutSmallFlow();
        fresh.Load(DatasetAction.Replace, [.. from.Everything()]);
        using (var transaction = fresh.Store.Begin("load", "delta"))
        {
            foreach (var flow in difference.Flows)
            {
                foreach (var action in (DatasetAction[])[DatasetAction.Delete, DatasetAction.Replace])
                    Append(transaction, difference.Flow(flow).Read(action, 0)!);
            }

            transaction.Commit();
        }

        fresh.Load(DatasetAction.Merge, revealing);
        return fresh.ReadHead();
    }

    static void Append(StoreTransaction transaction, DeltaReader delta)
    {
        var block = new ObservationBlock();
        while (delta.Read(block))
            transaction.Append(block);
    }

    static void AssertCounts(PlainModel before, PlainModel after, Difference difference)
    {
        var (was, now) = (Observations(before), Observations(after));
        var (wasSeries, nowSeries) = (Series(before), Series(after));
        var changes = difference.Flows.Select(f => difference.Flow(f).Summarize(3)).FirstOrDefault();
        Assert.That(changes?.Inserted ?? 0, Is.EqualTo(now.Keys.Except(was.Keys).Count()));
        Assert.That(changes?.Deleted ?? 0, Is.EqualTo(was.Keys.Except(now.Keys).Count()));
        Assert.That(changes?.Updated ?? 0, Is.EqualTo(now.Count(o => was.TryGetValue(o.Key, out var old) && old != o.Value)));
        Assert.That(changes?.SeriesAdded ?? 0, Is.EqualTo(nowSeries.Keys.Except(wasSeries.Keys).Count()));
        Assert.That(changes?.SeriesWithdrawn ?? 0, Is.EqualTo(wasSeries.Keys.Except(nowSeries.Keys).Count()));
        Assert.That(changes?.SeriesRevised ?? 0, Is.EqualTo(nowSeries.Count(s => wasSeries.TryGetValue(s.Key, out var old) && old != s.Value)));
        if (changes is not null)
        {
            Assert.That(changes.Unchanged, Is.EqualTo(now.Count(o => was.TryGetValue(o.Key, out var old) && old == o.Value)));
            Assert.That(changes.SeriesUnchanged, Is.EqualTo(nowSeries.Count(s => wasSeries.TryGetValue(s.Key, out var old) && old == s.Value)));
        }
    }

    static Dictionary<(string, TimePeriod), string> Observations(PlainModel model) =>
        (from key in model.Rows from row in key.Value where row.Key != TimePeriod.None select (Id: (key.Key, row.Key), Text: Text(row.Value))).ToDictionary(r => r.Id, r => r.Text);

    static Dictionary<string, string> Series(PlainModel model) =>
        model.Rows.Where(k => !k.Key.Split('.').Contains("")).ToDictionary(k => k.Key, k => string.Join('\n', k.Value.Select(r => $"{r.Key} {Text(r.Value)}")));

    static string Text(SortedDictionary<string, string> values) => string.Join('|', values);
}

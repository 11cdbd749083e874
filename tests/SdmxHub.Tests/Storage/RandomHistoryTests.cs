using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Seeded random histories against <see cref="PlainModel"/>: every action, deletes at every level, re-inserts, attributes at every level,
/// several data sets in one revision, rows in any order.</summary>
public class RandomHistoryTests
{
    const int Revisions = 40;

    [Test]
    public void Every_revision_answers_what_the_model_says([Range(1, 30)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        temporary.PutSmallFlow();
        var model = new PlainModel();
        var expected = new Dictionary<long, List<string>> { [1] = [] };
        var pinned = new List<Snapshot>();
        for (var i = 0; i < Revisions; i++)
        {
            var before = model.Everything();
            var head = expected.Keys.Max();
            using var transaction = temporary.Store.Begin("load", "test");
            for (var set = random.Next(1, 4); set > 0; set--)
                RandomChanges.Append(transaction, model, random);
            var revision = transaction.Commit();

            var isChanged = !before.SequenceEqual(model.Everything());
            Assert.That(revision.Number, Is.EqualTo(isChanged ? head + 1 : head), "only a change makes a revision");
            Assert.That(temporary.ReadHead(), Is.EqualTo(model.Answer()), $"seed {seed}, step {i}");
            expected[revision.Number] = model.Answer();
            pinned.AddRange([temporary.Store.Head(), temporary.Store.At(random.NextInt64(1, revision.Number + 1))!]);
        }

        foreach (var snapshot in pinned)
            Assert.That(TemporaryStore.Read(snapshot), Is.EqualTo(expected[snapshot.Revision]), $"revision {snapshot.Revision}, pinned before others came");
        AssertAll(temporary, expected);
        temporary.Reopen();
        AssertAll(temporary, expected);
    }

    static void AssertAll(TemporaryStore temporary, Dictionary<long, List<string>> expected)
    {
        foreach (var (number, answer) in expected)
        {
            using var snapshot = temporary.Store.At(number)!;
            Assert.That(TemporaryStore.Read(snapshot), Is.EqualTo(answer), $"as of revision {number}");
            var summary = snapshot.Cube(SmallFlow.Flow());
            Assert.That(summary?.Observations ?? 0, Is.EqualTo(answer.Count(r => r.Split('|')[1] != "")));
            Assert.That(summary?.Series ?? 0, Is.EqualTo(answer.Select(r => r.Split('|')[0]).Where(k => !k.Split('.').Contains("")).Distinct().Count()));
            var periods = answer.Select(r => r.Split('|')[1]).Where(p => p != "").Select(p => TimePeriod.TryParse(p, out var t) ? t : default).ToList();
            Assert.That(summary?.First ?? default, Is.EqualTo(periods.Order().FirstOrDefault()));
            Assert.That(summary?.Last ?? default, Is.EqualTo(periods.Order().LastOrDefault()));
        }

        Assert.That(temporary.Store.Log().Select(r => r.Number), Is.EqualTo(expected.Keys.Order()));
    }
}

using Sdmx;

namespace SdmxHub.Tests.Storage;

/// <summary>Seeded random histories against <see cref="PlainModel"/>: every action, deletes at every level, re-inserts, attributes at every level,
/// several data sets in one revision, rows in any order.</summary>
public class RandomHistoryTests
{
    const int Revisions = 40;

    static readonly string[] Periods = ["2000", "2001", "2002", "2005", "2047", "2048", "2001-Q1", "2001-Q2", "2001-01", "2001-12-31", "2001Z", "2001-A1",
                                        "2001-01-01T10:00:00.5", "2001-01-01T10:00:00", "2000-01-01/P2Y"];
    static readonly string[] Numbers = ["1", "2", "100.0", "100", "-0.5", "1E5", "1E-05", "NaN", "0.000", "123456789012345678", "12.25", "1234567890123456789.5", "<5"];

    [Test]
    public void Every_revision_answers_what_the_model_says([Range(1, 30)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        temporary.PutSmallFlow();
        var model = new PlainModel();
        var expected = new Dictionary<long, List<string>> { [1] = [] };
        for (var i = 0; i < Revisions; i++)
        {
            var before = model.Everything();
            var head = expected.Keys.Max();
            using var transaction = temporary.Store.Begin("load", "test");
            for (var set = random.Next(1, 4); set > 0; set--)
                AppendRandom(transaction, model, random);
            var revision = transaction.Commit();

            var isChanged = !before.SequenceEqual(model.Everything());
            Assert.That(revision.Number, Is.EqualTo(isChanged ? head + 1 : head), "only a change makes a revision");
            Assert.That(temporary.ReadHead(), Is.EqualTo(model.Answer()), $"seed {seed}, step {i}");
            expected[revision.Number] = model.Answer();
        }

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

    static void AppendRandom(SdmxHub.Storage.StoreTransaction transaction, PlainModel model, Random random)
    {
        var action = random.Next(10) switch
        {
            < 3 => DatasetAction.Merge, 3 => DatasetAction.Append, 4 => DatasetAction.Information, < 7 => DatasetAction.Replace, _ => DatasetAction.Delete,
        };
        var rows = new List<string>();
        for (var i = random.Next(1, action == DatasetAction.Delete ? 4 : 15); i > 0; i--)
        {
            var (key, period, values) = action == DatasetAction.Delete ? RandomDelete(random) : RandomRow(random);
            model.Apply(action, key, period, values);
            rows.Add($"{key}|{period}|{string.Join('|', values.Select(v => $"{v.Component}={v.Value}"))}");
        }

        TemporaryStore.Append(transaction, action, [.. rows]);
    }

    static (string Key, string Period, (string Component, string Value)[] Values) RandomRow(Random random)
    {
        string area = Pick(random, SmallFlow.Areas), frequency = Pick(random, SmallFlow.Frequencies);
        var series = $"{frequency}.{area}.{Pick(random, ["x", "y"])}";
        return random.Next(10) switch
        {
            0 => ("..", "", [("SOURCE", Pick(random, ["s1", "s2", "5"]))]),
            1 => ($".{area}.", "", [("AREA_NOTE", Pick(random, ["n1", "n2"]))]),
            2 => (series, "", random.Next(4) == 0 ? [] : [("UNIT", Pick(random, ["PT", "KG"]))]),
            _ => (series, Pick(random, Periods), Subset(random, [("OBS_VALUE", Pick(random, Numbers)), ("STATUS", Pick(random, ["A", "P", "E"])), ("NOTE", Pick(random, ["abc", "d", "7.0"]))])),
        };
    }

    static (string Key, string Period, (string Component, string Value)[] Values) RandomDelete(Random random)
    {
        string area = Pick(random, [.. SmallFlow.Areas, "never"]), frequency = Pick(random, SmallFlow.Frequencies);
        var series = $"{frequency}.{area}.{Pick(random, ["x", "y"])}";
        return random.Next(16) switch
        {
            0 => ("..", "", []),
            1 => ($".{area}.", "", []),
            2 => (series, "", []),
            3 => ($"{frequency}..", "", [("OBS_VALUE", "0"), ("UNIT", "-")]),
            4 => ($".{area}.", "", [("AREA_NOTE", "-")]),
            5 => ("..", "", [("SOURCE", "-")]),
            6 => ($".{area}.", Pick(random, Periods), []),
            7 => (series, "", [("UNIT", "-")]),
            < 11 => (series, Pick(random, Periods), [("STATUS", "A")]),
            _ => (series, Pick(random, Periods), []),
        };
    }

    static (string Component, string Value)[] Subset(Random random, (string Component, string Value)[] values) => [.. values.Where(_ => random.Next(3) > 0)];

    static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}

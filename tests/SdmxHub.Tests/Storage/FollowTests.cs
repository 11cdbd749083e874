using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Who follows an answer by updatedAfter, or rebuilds it from its history, has what the whole answer says: over random histories and queries.</summary>
public class FollowTests
{
    const int Revisions = 12;

    [Test]
    public void What_was_removed_and_written_since_makes_the_old_answer_the_new_one([Range(1, 20)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        var last = RandomChanges.History(temporary, random, Revisions).Keys.Max();
        using var head = temporary.Store.Head();
        for (var i = 0; i < 12; i++)
        {
            var query = RandomQuery(random);
            var since = random.NextInt64(1, last + 1);
            using var before = temporary.Store.At(since)!;
            var copy = new Copy();
            copy.Take(before.Read(query));

            foreach (var part in head.Answer(query with { UpdatedAfter = temporary.Store.InstantOf(since) }))
                copy.Take(part);

            AssertSame(copy, head, query, $"seed {seed}, query {i} {query}, since {since}");
        }
    }

    [Test]
    public void The_history_makes_every_answer_there_was([Range(1, 10)] int seed)
    {
        using var temporary = new TemporaryStore();
        var random = new Random(seed);
        RandomChanges.History(temporary, random, Revisions);
        using var head = temporary.Store.Head();
        for (var i = 0; i < 5; i++)
        {
            var query = RandomQuery(random);
            var copy = new Copy();
            var states = new List<string>();
            foreach (var part in head.Answer(query with { WithHistory = true }))
            {
                var isEnd = part.Dataset is { Action: DatasetAction.Replace, ValidFrom: not null, ValidTo: null };
                Assert.That(isEnd || part.Dataset is { Action: DatasetAction.Delete, ValidFrom: null, ValidTo: not null }, Is.True);
                copy.Take(part);
                if (!isEnd)
                    continue;
                states.Add(part.Dataset.ValidFrom!);
                using var then = temporary.Store.AsOf(DateTimeOffset.Parse(part.Dataset.ValidFrom!, null))!;
                AssertSame(copy, then, query, $"seed {seed}, query {i} {query}, as of {then.Revision}");
            }

            Assert.That(states, Has.Count.EqualTo(head.Disseminations(query)).And.Ordered.And.Unique);
        }
    }

    [Test]
    public void A_release_of_several_submissions_is_one_dissemination()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.A.x|2000|OBS_VALUE=1");
        using (var transaction = temporary.Store.Begin(new RevisionOrigin("load", "test")))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=1");
            transaction.Next(new RevisionOrigin("load", "test"));
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.A.x|2002|OBS_VALUE=1");
            transaction.Commit("R1");
        }

        using var head = temporary.Store.Head();

        Assert.That(head.Disseminations(new DataQuery { Dataflow = SmallFlow.Flow() }), Is.EqualTo(2));
    }

    [Test]
    public void Of_an_answer_of_series_a_series_goes()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.A.x|2000|OBS_VALUE=1", "A.B.x|2000|OBS_VALUE=1");
        var since = temporary.Load(DatasetAction.Merge, "A.C.x|2000|OBS_VALUE=1");
        temporary.Load(DatasetAction.Delete, "A.B.x||");
        using var head = temporary.Store.Head();

        var parts = head.Answer(new DataQuery { Dataflow = SmallFlow.Flow(), WithObservations = false, Measures = [], Attributes = [], UpdatedAfter = since.At });

        Assert.That(parts.Select(p => (p.Dataset.Action, string.Join(' ', Rows(p).Select(r => r.Key)))).ToList(), Is.EqualTo(new[] { (DatasetAction.Delete, "A.B.x"), (DatasetAction.Merge, "") }));
    }

    static DataQuery RandomQuery(Random random) => new()
    {
        Dataflow = SmallFlow.Flow(),
        Keys = random.Next(2) == 0 ? [] : [new([default, [RandomChanges.Pick(random, SmallFlow.Areas), RandomChanges.Pick(random, SmallFlow.Areas)]])],
        Filters = random.Next(6) switch
        {
            0 => [new("STATUS", [[new(FilterOperator.Eq, "A")], [new(FilterOperator.Eq, "P")]])],
            1 => [new("OBS_VALUE", [[new(FilterOperator.Gt, "1")]])],
            2 => [new("KIND", [[new(FilterOperator.Ne, "y")]])],
            _ => [],
        },
        Period = random.Next(3) > 0 ? [] : [new([[new(FilterOperator.Ge, TimePeriod.FromYear(2001))]])],
    };

    static void AssertSame(Copy copy, Snapshot snapshot, DataQuery query, string what)
    {
        var whole = new Copy();
        whole.Take(snapshot.Read(query));
        Assert.That(copy.Observations, Is.EqualTo(whole.Observations), what);
        // Groups that nothing in the answer belongs to may have been told of.
        foreach (var (key, values) in whole.Attributes.Where(a => a.Value.Count > 0))
            Assert.That(copy.Attributes.GetValueOrDefault(key), Is.EqualTo(values), $"{what}, attributes of {key}");
    }

    static IEnumerable<(string Key, string Period, Dictionary<string, string> Values)> Rows(AnswerReader reader)
    {
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                var values = block.Dataset.Schema.Values.Select(v => (v.Id, Text: block.Text(v.Index, row))).Where(v => v.Text is not null).ToDictionary(v => v.Id, v => v.Text!);
                yield return (block.KeyText(row), block.Kinds[row] == RowKind.Attributes ? "" : block.Periods[row].ToString(), values);
            }
        }
    }

    /// <summary>What a client keeps.</summary>
    sealed class Copy
    {
        public SortedDictionary<string, string> Observations { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, SortedDictionary<string, string>> Attributes { get; } = [];

        public void Take(AnswerReader part)
        {
            var isDelete = part.Dataset.Action == DatasetAction.Delete;
            foreach (var (key, period, values) in Rows(part))
            {
                if (period.Length > 0 && isDelete)
                    Assert.That(Observations.Remove($"{key}|{period}"), Is.True, $"{key} {period} is deleted, and was not there");
                else if (period.Length > 0)
                    Observations[$"{key}|{period}"] = string.Join('|', values.OrderBy(v => v.Key).Select(v => $"{v.Key}={v.Value}"));
                else
                    Change(key, values, isDelete);
            }
        }

        void Change(string key, Dictionary<string, string> values, bool isDelete)
        {
            if (!Attributes.TryGetValue(key, out var held))
                Attributes.Add(key, held = new(StringComparer.Ordinal));
            foreach (var (id, value) in values)
            {
                if (isDelete)
                    held.Remove(id);
                else
                    held[id] = value;
            }
        }
    }
}

using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Seeded random interleavings of drafts, submissions, withdrawals, publications, undos, direct loads and new processes against a plain model: every
/// preview, difference, conflict, old revision and release agrees.</summary>
public class RandomDraftTests
{
    const int Steps = 40;

    static readonly string[] Years = ["2000", "2001", "2002"];
    static readonly string[] Quarters = ["2001-Q1", "2001-Q2"];

    // SDMXHUB_DRAFTS says how many, SDMXHUB_SEED from which on.
    static IEnumerable<int> Seeds => Enumerable.Range(Number("SDMXHUB_SEED", 1), Number("SDMXHUB_DRAFTS", 12));

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    [Test]
    public void Drafts_and_loads_do_what_the_model_says([ValueSource(nameof(Seeds))] int seed)
    {
        using var run = new Run(new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            run.Step();
            run.AssertAll($"seed {seed}, step {step}");
        }
    }

    /// <summary>A row of the model: an observation, or the attributes of a holder.</summary>
    readonly record struct Cell(string Key, TimePeriod Period);

    sealed class ModelDraft(Draft draft, PlainModel basis)
    {
        public Draft Draft = draft;
        public PlainModel Base = basis;
        public List<(int Number, long Base, DatasetAction Action, string[] Rows)> Submissions = [];

        public IEnumerable<PlainModel> States()
        {
            var model = Base;
            foreach (var (_, _, action, rows) in Submissions)
            {
                model = model.Copy();
                foreach (var (key, period, values) in rows.Select(Parse))
                    model.Apply(action, key, period, values);
                yield return model;
            }
        }
    }

    sealed class Run(Random random) : IDisposable
    {
        readonly TemporaryIntake _intake = new();
        readonly Dictionary<long, PlainModel> _history = new() { [1] = new PlainModel() };
        readonly Dictionary<Cell, long> _changed = [];
        readonly List<ModelDraft> _drafts = [];
        readonly Dictionary<string, (long Before, long After)> _releases = [];
        readonly Dictionary<long, long> _hidden = [];
        int _names;

        PlainModel Now => _history[_history.Keys.Max()];

        long Head => _history.Keys.Max();

        public void Step()
        {
            var draft = _drafts.Count > 0 ? _drafts[random.Next(_drafts.Count)] : null;
            switch (random.Next(draft is null ? 3 : 14))
            {
                case 0:
                    var name = $"R{++_names}";
                    _drafts.Add(new(_intake.Drafts.Create(name, "me")!, Now.Copy()));
                    // The preview is made with the first look.
                    _intake.ReadPreview(_drafts[^1].Draft);
                    break;
                case 1 or 2:
                    DirectLoad();
                    break;
                case < 8:
                    Stage(draft!);
                    break;
                case 8 when draft!.Submissions.Count > 1:
                    var gone = draft.Submissions[random.Next(draft.Submissions.Count)];
                    draft.Submissions.Remove(gone);
                    Assert.That(_intake.Drafts.Withdraw(draft.Draft, gone.Number, CancellationToken.None), Is.True);
                    draft.Base = Now.Copy();
                    break;
                case 9:
                    _intake.Drafts.Drop(draft!.Draft);
                    _drafts.Remove(draft);
                    break;
                case 10:
                    var accept = random.Next(2) == 0;
                    _intake.Drafts.Refresh(draft!.Draft, accept, CancellationToken.None);
                    draft.Base = Now.Copy();
                    if (accept)
                        draft.Submissions = [.. draft.Submissions.Select(s => s with { Base = Head })];
                    break;
                case 11 when _releases.Count > 0:
                    Undo();
                    break;
                case 12:
                    _intake.Reopen();
                    break;
                default:
                    if (draft!.Submissions.Count > 0)
                        Publish(draft);
                    break;
            }
        }

        public void AssertAll(string message)
        {
            Assert.That(_intake.Temporary.ReadHead(), Is.EqualTo(Now.Answer()), message);
            foreach (var (number, model) in _history)
            {
                using var snapshot = _intake.Store.At(number);
                Assert.That(snapshot is null, Is.EqualTo(_hidden.ContainsKey(number)), $"{message}: revision {number}");
                if (snapshot is not null)
                    Assert.That(TemporaryStore.Read(snapshot), Is.EqualTo(model.Answer()), $"{message}: revision {number}");
            }

            foreach (var (name, (before, after)) in _releases)
                Assert.That((_intake.Store.Release(name)!.Base, _intake.Store.Release(name)!.Revision), Is.EqualTo((before, after)), message);
            foreach (var draft in _drafts)
                AssertDraft(draft, message);
        }

        public void Dispose() => _intake.Dispose();

        void AssertDraft(ModelDraft draft, string message)
        {
            var preview = draft.States().LastOrDefault(draft.Base);
            Assert.That(_intake.ReadPreview(draft.Draft), Is.EqualTo(preview.Answer()), $"{message}: preview of {draft.Draft.Name}");
            using var difference = _intake.Drafts.Changes(draft.Draft, CancellationToken.None);
            var changed = Differing(draft.Base, preview).Where(c => c.Period != TimePeriod.None).ToList();
            var counts = difference.Flows.Select(f => difference.Flow(f).Summarize(5)).ToList();
            Assert.That(counts.Sum(c => c.Inserted + c.Updated + c.Deleted), Is.EqualTo(changed.Count), $"{message}: changes of {draft.Draft.Name}");
            if (draft.Submissions.Count > 0)
                Assert.That(Cells(_intake.Publish(draft.Draft, isTrial: true).Conflicts), Is.EqualTo(Conflicts(draft)), $"{message}: conflicts of {draft.Draft.Name}");
        }

        void DirectLoad()
        {
            var (action, rows) = RandomRows();
            var model = Now.Copy();
            foreach (var (key, period, values) in rows.Select(Parse))
                model.Apply(action, key, period, values);
            var revision = _intake.Temporary.Load(action, rows);
            if (Differing(Now, model).Any())
                Add(revision.Number, model);
        }

        void Stage(ModelDraft draft)
        {
            var (action, rows) = RandomRows();
            using var open = _intake.Drafts.Changes(draft.Draft, CancellationToken.None);
            draft.Submissions.Add((_intake.Stage(draft.Draft, action, rows), open.From.Revision, action, rows));
        }

        void Publish(ModelDraft draft)
        {
            var conflicts = Conflicts(draft);
            var outcome = _intake.Publish(draft.Draft);
            Assert.That(Cells(outcome.Conflicts), Is.EqualTo(conflicts));
            if (conflicts.Count > 0)
            {
                Assert.That(outcome.Revision, Is.Null);
                return;
            }

            var (start, before) = (Head, draft.Base);
            var made = new List<long>();
            foreach (var state in draft.States())
            {
                var next = Now.Copy();
                if (Take(next, before, state))
                {
                    made.Add(Head + 1);
                    Add(Head + 1, next);
                }

                before = state;
            }

            foreach (var number in made.SkipLast(1))
                _hidden[number] = made[^1];
            _releases[draft.Draft.Name] = (start, Head);
            _drafts.Remove(draft);
        }

        void Undo()
        {
            var (name, (before, after)) = _releases.ElementAt(random.Next(_releases.Count));
            var next = Now.Copy();
            var isChanged = Take(next, _history[after], _history[before]);
            var conflicts = Differing(Now, next).Where(c => _changed.GetValueOrDefault(c) > after).Select(Text).Order(StringComparer.Ordinal).ToList();

            var outcome = _intake.Drafts.Undo(_intake.Store.Release(name)!, "me", isTrial: false, CancellationToken.None);

            Assert.That(Cells(outcome.Conflicts), Is.EqualTo(conflicts), $"undo of {name}");
            if (conflicts.Count == 0 && isChanged)
                Add(outcome.Revision!.Number, next);
        }

        void Add(long number, PlainModel model)
        {
            foreach (var cell in Differing(Now, model))
                _changed[cell] = number;
            Assert.That(number, Is.EqualTo(Head + 1));
            _history[number] = model;
        }

        /// <summary>The rows that publishing would change in the head, and that changed there since the submission that changes them was checked.</summary>
        List<string> Conflicts(ModelDraft draft)
        {
            var (before, now, found, own) = (draft.Base, Now.Copy(), new List<string>(), new HashSet<Cell>());
            foreach (var (state, submission) in draft.States().Zip(draft.Submissions))
            {
                var next = now.Copy();
                Take(next, before, state);
                foreach (var cell in Differing(now, next))
                {
                    // What an earlier submission of the draft changed is its own.
                    if (own.Add(cell) && _changed.GetValueOrDefault(cell) > submission.Base)
                        found.Add(Text(cell));
                }

                (before, now) = (state, next);
            }

            return [.. found.Order(StringComparer.Ordinal)];
        }

        (DatasetAction, string[]) RandomRows()
        {
            var action = random.Next(4) switch { 0 => DatasetAction.Delete, 1 => DatasetAction.Replace, _ => DatasetAction.Merge };
            var rows = new Dictionary<string, string>();
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var frequency = Pick(["A", "Q"]);
                var series = $"{frequency}.{Pick(SmallFlow.Areas[..3])}.x";
                var period = random.Next(6) == 0 ? "" : Pick(frequency == "A" ? Years : Quarters);
                var values = (period.Length > 0, action) switch
                {
                    (true, DatasetAction.Delete) => "",
                    (true, _) => $"OBS_VALUE={random.Next(5)}|STATUS={Pick(["A", "P"])}",
                    _ => $"UNIT={Pick(["PT", "KG"])}",
                };
                rows[$"{series}|{period}"] = $"{series}|{period}|{values}";
            }

            return (action, [.. rows.Values]);
        }

        string Pick(string[] choices) => choices[random.Next(choices.Length)];
    }

    static (string Key, string Period, (string Component, string Value)[] Values) Parse(string row)
    {
        var parts = row.Split('|');
        return (parts[0], parts[1], [.. parts[2..].Where(p => p.Length > 0).Select(p => (p.Split('=')[0], p.Split('=')[1]))]);
    }

    static List<string> Cells(IEnumerable<Conflict> conflicts) => [.. conflicts.Select(c => $"{c.Key}|{c.Period}").Order(StringComparer.Ordinal)];

    static string Text(Cell cell) => $"{cell.Key}|{(cell.Period == TimePeriod.None ? "" : cell.Period.ToString())}";

    /// <summary>The rows that differ between two states.</summary>
    static IEnumerable<Cell> Differing(PlainModel a, PlainModel b)
    {
        var (before, after) = (Rows(a), Rows(b));
        return before.Keys.Union(after.Keys).Where(c => before.GetValueOrDefault(c) != after.GetValueOrDefault(c));
    }

    static Dictionary<Cell, string> Rows(PlainModel model) =>
        (from key in model.Rows from row in key.Value select (new Cell(key.Key, row.Key), string.Join('|', row.Value))).ToDictionary();

    /// <summary>Makes a state take over what differs between two others: observations whole, attributes value by value.</summary>
    static bool Take(PlainModel model, PlainModel before, PlainModel after)
    {
        var old = Rows(model);
        foreach (var cell in Differing(before, after).ToList())
        {
            var (was, now) = (Values(before, cell), Values(after, cell));
            var period = cell.Period == TimePeriod.None ? "" : cell.Period.ToString();
            if (period.Length > 0 && now is null)
                model.Apply(DatasetAction.Delete, cell.Key, period, []);
            else if (period.Length > 0)
                model.Apply(DatasetAction.Replace, cell.Key, period, [.. now!.Select(v => (v.Key, v.Value))]);
            foreach (var (component, _) in period.Length > 0 || was is null ? [] : was.Where(v => now?.ContainsKey(v.Key) != true).ToList())
                model.Apply(DatasetAction.Delete, cell.Key, "", [(component, "")]);
            foreach (var (component, value) in period.Length > 0 || now is null ? [] : now.Where(v => was?.GetValueOrDefault(v.Key) != v.Value).ToList())
                model.Apply(DatasetAction.Merge, cell.Key, "", [(component, value)]);
        }

        var (then, here) = (old, Rows(model));
        return then.Count != here.Count || then.Any(r => here.GetValueOrDefault(r.Key) != r.Value);
    }

    static SortedDictionary<string, string>? Values(PlainModel model, Cell cell) => model.Rows.GetValueOrDefault(cell.Key)?.GetValueOrDefault(cell.Period);
}

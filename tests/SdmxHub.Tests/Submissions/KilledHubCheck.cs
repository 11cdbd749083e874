using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Submissions;

/// <summary>Holds what a hub says after a kill against what was acknowledged before, and settles what was left open.</summary>
sealed class KilledHubCheck(KilledClient client, IReadOnlyList<KilledSender> senders, Random random)
{
    const int SentAgain = 5;
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly List<SentSubmission> _submissions = [.. senders.SelectMany(s => s.Submissions)];
    readonly List<SentDraft> _drafts = [.. senders.SelectMany(s => s.Drafts)];

    /// <summary>Each submission's state, by how many have it; after <see cref="Run"/>.</summary>
    public Dictionary<SubmissionState, int> States { get; private set; } = [];

    /// <summary>How many submissions were not done when the hub started; after <see cref="Run"/>.</summary>
    public int TakenUp { get; private set; }

    /// <summary>Asks for everything, and tells the client each fault.</summary>
    public async Task Run()
    {
        TakenUp = (await All()).Values.Count(s => !s.IsEnded);
        foreach (var draft in _drafts.Where(d => d.Made == Sought.Asked))
            await KilledSender.Make(client, draft);
        await CheckDrafts();
        // Those without an answer, and some with one, as a sender does that lost it.
        foreach (var submission in _submissions.Where(s => s.Id is null).Concat(Some()).ToList())
            await SendAgain(submission);
        var ended = await Ended();
        await CheckFigures(ended);
        foreach (var submission in _submissions)
            CheckState(submission, ended);
        foreach (var (id, _) in ended.Where(e => !_submissions.Exists(s => s.Id == e.Key)))
            client.Check(false, $"submission {id} is of nobody");
        await CheckLog(ended);
        await CheckContents(ended);
        States = ended.Values.GroupBy(s => s.State).ToDictionary(g => g.Key, g => g.Count());
    }

    async Task CheckDrafts()
    {
        var known = JsonNode.Parse(await client.Get("/api/drafts"))!.AsArray()
            .ToDictionary(d => d!["name"]!.GetValue<string>(), d => Enum.Parse<DraftState>(d!["state"]!.GetValue<string>()));
        var releases = JsonNode.Parse(await client.Get("/api/releases"))!.AsArray().Select(r => r!["name"]!.GetValue<string>()).ToHashSet();
        foreach (var draft in _drafts)
        {
            if (!known.TryGetValue(draft.Name, out var state))
            {
                client.Check(false, $"the draft {draft.Name} was acknowledged and is gone");
                continue;
            }

            client.Check(Fits(draft.Published, state == DraftState.Published) && Fits(draft.Dropped, state == DraftState.Dropped),
                $"the draft {draft.Name} is {state}; publishing: {draft.Published}, dropping: {draft.Dropped}");
            var isReleased = releases.Contains(draft.Name);
            client.Check((state == DraftState.Published) == isReleased, $"the draft {draft.Name} is {state}, but there is {(isReleased ? "a" : "no")} release");
            var (status, body) = await client.Send(HttpMethod.Get, $"/api/drafts/{draft.Name}");
            client.Check(status == (state == DraftState.Open ? 200 : 404), $"the draft {draft.Name} is {state}, and answered with {status}: {body}");
            draft.Published = state == DraftState.Published ? Sought.Done : Sought.Not;
            draft.Dropped = state == DraftState.Dropped ? Sought.Done : Sought.Not;
        }
    }

    async Task SendAgain(SentSubmission submission)
    {
        if (await KilledSender.Send(client, submission) != 404)
            return;
        client.Check(submission.Id is null, $"submission {submission.Number} is {submission.Id}, and sent again it is not known");
        if (submission.Id is not null)
            return;
        foreach (var sender in senders)
            sender.Submissions.Remove(submission);
        _submissions.Remove(submission);
    }

    /// <summary>A publication is there whole or not at all, and is gone whole or not at all when it was undone.</summary>
    async Task CheckFigures(Dictionary<long, Submission> ended)
    {
        var figures = await Figures();
        foreach (var draft in _drafts.Where(d => d.Undone == Sought.Asked))
        {
            var isThere = Of(draft, ended).Any(s => figures.ContainsKey(s.Number));
            draft.Undone = isThere ? Sought.Not : Sought.Done;
        }

        foreach (var submission in _submissions)
        {
            var state = ended.GetValueOrDefault(submission.Id!.Value)?.State;
            var expected = state == SubmissionState.Published && submission.Draft?.Undone != Sought.Done ? SentSubmission.Figures : 0;
            var found = figures.GetValueOrDefault(submission.Number);
            client.Check(found == expected,
                $"submission {submission.Number} is {state}, undoing: {submission.Draft?.Undone}, and {found} figures of it are served, not {expected}");
        }
    }

    void CheckState(SentSubmission submission, Dictionary<long, Submission> ended)
    {
        if (!ended.TryGetValue(submission.Id!.Value, out var found))
        {
            client.Check(false, $"submission {submission.Number} was acknowledged as {submission.Id} and is gone");
            return;
        }

        var isStopped = found.State is SubmissionState.Cancelled or SubmissionState.Withdrawn;
        client.Check(submission.Cancelled != Sought.Done || isStopped, $"submission {submission.Number} was cancelled and is {found.State}");
        if (isStopped && submission.Cancelled != Sought.Not)
            return;
        var fits = !submission.IsValid ? found.State == SubmissionState.Refused
            : submission.Draft is { } draft ? FitsDraft(draft, found.State)
            : found.State == (submission.Query == "mode=check" ? SubmissionState.Checked : SubmissionState.Published);
        client.Check(fits, $"submission {submission.Number} ({submission.Query}) is {found.State}: {found.Summary}");
    }

    // It may have come to its turn when the draft was no longer open.
    static bool FitsDraft(SentDraft draft, SubmissionState state) =>
        draft.IsOpen ? state == SubmissionState.Staged
        : state == SubmissionState.Refused || state == (draft.Published == Sought.Done ? SubmissionState.Published : SubmissionState.Withdrawn);

    async Task CheckLog(Dictionary<long, Submission> ended)
    {
        var made = JsonNode.Parse(await client.Get("/api/log"))!.AsArray().Where(r => r!["submission"] is not null)
            .GroupBy(r => r!["submission"]!.GetValue<long>()).ToDictionary(g => g.Key, g => g.Count());
        foreach (var (id, found) in ended)
        {
            client.Check(made.GetValueOrDefault(id) == (found.State == SubmissionState.Published ? 1 : 0),
                $"submission {id} is {found.State}, and made {made.GetValueOrDefault(id)} revisions");
        }
    }

    /// <summary>An open draft holds what is staged in it, and shows it.</summary>
    async Task CheckContents(Dictionary<long, Submission> ended)
    {
        foreach (var draft in _drafts.Where(d => d.IsOpen))
        {
            var staged = Of(draft, ended).Where(s => ended[s.Id!.Value].State == SubmissionState.Staged).ToList();
            var listed = JsonNode.Parse(await client.Get($"/api/drafts/{draft.Name}"))!["submissions"]!.AsArray()
                .Select(s => s!["submission"]!.GetValue<long>());
            client.Check(staged.Select(s => s.Id!.Value).Order().SequenceEqual(listed.Order()),
                $"the draft {draft.Name} lists other submissions than are staged in it");
            if (staged.Count == 0)
                continue;
            var shown = await Figures($"&draft={draft.Name}");
            client.Check(staged.TrueForAll(s => shown.GetValueOrDefault(s.Number) == SentSubmission.Figures),
                $"the draft {draft.Name} does not show what is staged in it");
        }
    }

    IEnumerable<SentSubmission> Of(SentDraft draft, Dictionary<long, Submission> ended) =>
        _submissions.Where(s => s.Draft == draft && ended.GetValueOrDefault(s.Id!.Value)?.State is SubmissionState.Published or SubmissionState.Staged);

    IEnumerable<SentSubmission> Some()
    {
        var known = _submissions.Where(s => s.Id is not null).ToList();
        return known.Count == 0 ? [] : Enumerable.Range(0, SentAgain).Select(_ => known[random.Next(known.Count)]);
    }

    /// <summary>The submissions when nothing more happens to them.</summary>
    async Task<Dictionary<long, Submission>> Ended()
    {
        for (var patience = TimeProvider.System.GetTimestamp(); ; await Task.Delay(50))
        {
            var all = await All();
            if (all.Values.All(s => s.IsEnded))
                return all;
            if (TimeProvider.System.GetElapsedTime(patience) > Patience)
                throw new AssertionException("Submissions do not end: "
                    + string.Join(", ", all.Values.Where(s => !s.IsEnded).Select(s => $"{s.Id} is {s.State}")));
        }
    }

    async Task<Dictionary<long, Submission>> All()
    {
        var all = new Dictionary<long, Submission>();
        for (var query = "?limit=1000"; query.Length > 0;)
        {
            var page = JsonSerializer.Deserialize(await client.Get("/api/submissions" + query), SubmissionJson.Default.SubmissionPage)!;
            foreach (var submission in page.Submissions)
                all.Add(submission.Id, submission);
            query = page.Next is { } next ? $"?limit=1000&before={next}" : "";
        }

        return all;
    }

    /// <summary>How many figures are served of each submission's year; those with another value than its own count for none.</summary>
    async Task<Dictionary<int, int>> Figures(string more = "")
    {
        var answer = await client.Get($"/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/M.*.*?format=csv-2.0{more}");
        return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(r => r.Split(','))
            .Where(r => r[6].StartsWith(r[7].Trim() + "-", StringComparison.Ordinal))
            .GroupBy(r => int.Parse(r[7], CultureInfo.InvariantCulture)).ToDictionary(g => g.Key, g => g.Count());
    }

    static bool Fits(Sought sought, bool isDone) => sought switch
    {
        Sought.Not => !isDone,
        Sought.Asked => true,
        Sought.Done => isDone,
        _ => throw new ArgumentOutOfRangeException(nameof(sought)),
    };
}

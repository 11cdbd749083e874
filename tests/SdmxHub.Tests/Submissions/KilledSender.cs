using System.Net;
using System.Text.Json.Nodes;

namespace SdmxHub.Tests.Submissions;

/// <summary>A sender that keeps a hub busy, by seed, and notes before each request what it asks for and after each answer what it was told.</summary>
/// <remarks>It works on drafts of its own. One at a time uses it.</remarks>
/// <param name="name">Its name, of which it makes those of its drafts.</param>
/// <param name="seed">What it does.</param>
/// <param name="next">Gives a number for a submission that no other has.</param>
sealed class KilledSender(string name, int seed, Func<int> next)
{
    const int MaxOpenDrafts = 3;

    readonly Random _random = new(seed);

    /// <summary>Everything that it sent.</summary>
    public List<SentSubmission> Submissions { get; } = [];

    /// <summary>Every draft that it asked for.</summary>
    public List<SentDraft> Drafts { get; } = [];

    /// <summary>Works until an answer fails.</summary>
    /// <exception cref="HttpRequestException">The hub is gone.</exception>
    public async Task Work(KilledClient client)
    {
        while (true)
            await Step(client);
    }

    /// <summary>Sends a submission, the first time or again.</summary>
    /// <returns>The status: 202 when it is new, 200 when it was known, 404 when its draft is not open.</returns>
    public static async Task<int> Send(KilledClient client, SentSubmission submission)
    {
        var (status, body) = await client.Send(HttpMethod.Post, $"/api/submissions?{submission.Query}", submission.Message(), "text/csv", submission.Key);
        if (status == 404 && submission.Draft is { IsOpen: false })
            return status;
        client.Check(status is 200 or 202, $"submission {submission.Number} was answered with {status}: {body}");
        var id = JsonNode.Parse(body)!["id"]!.GetValue<long>();
        client.Check(submission.Id is null || submission.Id == id, $"submission {submission.Number} was {submission.Id}, and sent again it is {id}");
        client.Check(submission.Id is null || status == 200, $"submission {submission.Number} was sent again and taken as a new one");
        submission.Id = id;
        return status;
    }

    /// <summary>Asks for a draft, the first time or again.</summary>
    public static async Task Make(KilledClient client, SentDraft draft)
    {
        var wasAsked = draft.Made == Sought.Asked;
        draft.Made = Sought.Asked;
        var (status, body) = await client.Send(HttpMethod.Post, "/api/drafts", $$"""{"name": "{{draft.Name}}"}""", "application/json");
        client.Check(status == 201 || (wasAsked && status == 409), $"making the draft {draft.Name} was answered with {status}: {body}");
        draft.Made = Sought.Done;
    }

    async Task Step(KilledClient client)
    {
        var open = Drafts.Where(d => d.IsOpen).ToList();
        var draft = open.Count > 0 ? open[_random.Next(open.Count)] : null;
        switch (_random.Next(12))
        {
            case 0 or 1 when open.Count < MaxOpenDrafts:
                Drafts.Add(new($"{name}-{Drafts.Count + 1}"));
                await Make(client, Drafts[^1]);
                break;
            case 2 or 3 or 4 or 5 when draft is not null:
                await Submit(client, $"draft={draft.Name}", draft);
                break;
            case 6 or 7 when draft is not null:
                await Publish(client, draft);
                break;
            case 8 when Drafts.LastOrDefault(d => d is { Published: Sought.Done, Undone: Sought.Not }) is { } released:
                await Undo(client, released);
                break;
            case 9 when draft is not null && _random.Next(3) == 0:
                await Drop(client, draft);
                break;
            case 10 when Submissions.LastOrDefault(s => s is { Id: not null, Cancelled: Sought.Not }) is { } submission && _random.Next(2) == 0:
                await Cancel(client, submission);
                break;
            case 11 when _random.Next(2) == 0:
                await Submit(client, "mode=check", null);
                break;
            default:
                await Submit(client, "mode=publish", null);
                break;
        }
    }

    async Task Submit(KilledClient client, string query, SentDraft? draft)
    {
        var submission = new SentSubmission(next(), query, draft, IsValid: _random.Next(8) > 0);
        Submissions.Add(submission);
        await Send(client, submission);
    }

    static async Task Publish(KilledClient client, SentDraft draft)
    {
        draft.Published = Sought.Asked;
        var (status, body) = await client.Send(HttpMethod.Post, $"/api/drafts/{draft.Name}/publish");
        client.Check(status == 200 || (status == 409 && body.Contains("has no submission", StringComparison.Ordinal)),
            $"publishing {draft.Name} was answered with {status}: {body}");
        draft.Published = status == 200 ? Sought.Done : Sought.Not;
    }

    static async Task Undo(KilledClient client, SentDraft draft)
    {
        draft.Undone = Sought.Asked;
        var (status, body) = await client.Send(HttpMethod.Post, $"/api/releases/{draft.Name}/undo");
        client.Check(status == 200, $"undoing {draft.Name} was answered with {status}: {body}");
        draft.Undone = Sought.Done;
    }

    static async Task Drop(KilledClient client, SentDraft draft)
    {
        draft.Dropped = Sought.Asked;
        var (status, body) = await client.Send(HttpMethod.Delete, $"/api/drafts/{draft.Name}");
        client.Check(status == 204, $"dropping {draft.Name} was answered with {status}: {body}");
        draft.Dropped = Sought.Done;
    }

    /// <summary>Takes a submission back: at once, by stopping the work on it (202: it may all the same be done first), or too late (409).</summary>
    static async Task Cancel(KilledClient client, SentSubmission submission)
    {
        submission.Cancelled = Sought.Asked;
        var (status, body) = await client.Send(HttpMethod.Delete, $"/api/submissions/{submission.Id}");
        client.Check(status is 200 or 202 or 409, $"cancelling submission {submission.Number} was answered with {status}: {body}");
        submission.Cancelled = status == 200 ? Sought.Done : Sought.Asked;
    }
}

/// <summary>Requests to a hub that will be killed.</summary>
/// <param name="address">Its address.</param>
/// <param name="key">The sender's key.</param>
/// <param name="faults">Where faults are told.</param>
sealed class KilledClient(Uri address, string key, Action<string> faults) : IDisposable
{
    readonly HttpClient _http = new()
    {
        BaseAddress = address, Timeout = TimeSpan.FromSeconds(60), DefaultRequestHeaders = { Authorization = new("Bearer", key) },
    };

    public async Task<(int Status, string Body)> Send(HttpMethod method, string path, string? body = null, string? type = null, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : Sending.Body(body, type) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Check(response.StatusCode < HttpStatusCode.InternalServerError, $"{method} {path} was answered with {(int)response.StatusCode}: {text}");
        return ((int)response.StatusCode, text);
    }

    /// <summary>The answer to a question that must have one.</summary>
    public async Task<string> Get(string path)
    {
        var (status, body) = await Send(HttpMethod.Get, path);
        return status is 200 or 204 ? body : throw new AssertionException($"GET {path} was answered with {status}: {body}");
    }

    public void Check(bool holds, string fault)
    {
        if (!holds)
            faults(fault);
    }

    public void Dispose() => _http.Dispose();
}

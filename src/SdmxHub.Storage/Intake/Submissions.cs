using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SdmxHub.Storage;

/// <summary>What was sent to a store: kept, found, listed, and taken in order by whoever works on it.</summary>
/// <remarks>Thread-safe. What is kept here survives the process.</remarks>
public sealed class Submissions
{
    const string Columns = "submission_id, mode, state, actor, options, files, received_us, ended_us, base_tx, revision, summary";
    const string Insert = """
        INSERT INTO submission (mode, state, actor, idempotency_key, fingerprint, options, files, received_us) VALUES (?1, 'received', ?2, ?3, ?4, ?5, ?6, ?7)
        RETURNING submission_id
        """;
    const string SelectOne = $"SELECT {Columns} FROM submission WHERE submission_id = ?1";
    const string SelectByKey = "SELECT submission_id, fingerprint FROM submission WHERE actor = ?1 AND idempotency_key = ?2";
    const string SelectAgain = $"SELECT {Columns} FROM submission WHERE actor = ?1 AND fingerprint = ?2 ORDER BY submission_id DESC LIMIT 1";
    const string SelectPage = $"""
        SELECT {Columns} FROM submission
        WHERE submission_id < ?1 AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR mode = ?3) AND (?4 IS NULL OR actor = ?4)
          AND (?5 IS NULL OR options ->> 'draft' = ?5)
        ORDER BY submission_id DESC LIMIT ?6
        """;
    const string TakeFirst = """
        UPDATE submission SET state = 'checking' WHERE submission_id = (SELECT min(submission_id) FROM submission WHERE state = 'received') RETURNING submission_id
        """;
    const string UpdateState = "UPDATE submission SET state = ?3, ended_us = nullif(?4, 0) WHERE submission_id = ?1 AND state = ?2 RETURNING submission_id";
    const string UpdateEnded = """
        UPDATE submission SET state = iif(state = 'checking', ?2, state), files = ?3, ended_us = ?4, base_tx = nullif(?5, 0),
          revision = coalesce(nullif(?6, 0), revision), summary = ?7
        WHERE submission_id = ?1 AND state IN ('checking', 'staged', 'published', 'withdrawn')
        """;
    const string ResumeAll = "UPDATE submission SET state = 'received' WHERE state = 'checking' OR (state IN ('staged', 'published') AND summary IS NULL)";
    const string SelectFiles = "SELECT files FROM submission";

    readonly Intake _intake;

    /// <summary>The submissions of an intake.</summary>
    public Submissions(Intake intake)
    {
        _intake = intake;
        Spool = new Spool(Path.Combine(intake.Folder, "files"));
        Reports = new SubmissionReports(Path.Combine(intake.Folder, "reports"));
    }

    /// <summary>The files.</summary>
    public Spool Spool { get; }

    /// <summary>The findings.</summary>
    public SubmissionReports Reports { get; }

    /// <summary>The folder of the intake.</summary>
    public string Folder => _intake.Folder;

    /// <summary>The store that they are for.</summary>
    public Store Store => _intake.Store;

    /// <summary>Where instants come from.</summary>
    public TimeProvider Clock => _intake.Clock;

    /// <summary>Keeps a submission, unless it is one that was kept before: the same key of the same sender, or the same bytes with the same
    /// wishes while what the first says still holds.</summary>
    /// <param name="sent">What was sent; its files lie in the spool.</param>
    /// <param name="key">The sender's own key for it, or null.</param>
    /// <param name="isNew">Whether it was kept; else what is returned is the earlier one.</param>
    /// <returns>Null when the key was used for something else.</returns>
    public Submission? Add(Submission sent, string? key, out bool isNew)
    {
        var fingerprint = Fingerprint(sent);
        using var head = Store.Head();
        var (submission, added) = _intake.Change(session =>
        {
            if (key is not null && ByKey(session, sent.Actor, key) is { } known)
                return (known.Fingerprint == fingerprint ? Find(session, known.Id) : null, false);
            if (key is null && Again(session, sent.Actor, fingerprint) is { } again && StillHolds(again, head.Revision))
                return (again, false);
            var options = JsonSerializer.Serialize(new(sent.Draft, sent.Dataflow, sent.Note, sent.Agreement, sent.Scopes.ToString(), sent.Without, sent.Map), IntakeJson.Default.SubmissionOptions);
            using var row = session.Prepare(Insert).Bind(1, Word(sent.Mode)).Bind(2, sent.Actor).Bind(3, key).Bind(4, fingerprint).Bind(5, options)
                .Bind(6, JsonSerializer.Serialize(sent.Files, IntakeJson.Default.IReadOnlyListSubmittedFile)).Bind(7, _intake.Now());
            row.Step();
            var id = row.Long(0);
            row.Step();
            return (Find(session, id), true);
        });
        isNew = added;
        return submission;
    }

    /// <summary>Whether a sender used a key of its own before.</summary>
    /// <param name="actor">The sender.</param>
    /// <param name="key">The key; null is none that was used.</param>
    public bool Knows(string actor, string? key) => key is not null && _intake.Read(session => ByKey(session, actor, key)) is not null;

    /// <summary>The submission of that number, or null.</summary>
    public Submission? Find(long id) => _intake.Read(session => Find(session, id));

    /// <summary>Submissions, the newest first.</summary>
    /// <param name="filter">Which.</param>
    public SubmissionPage List(SubmissionFilter filter) => _intake.Read(session =>
    {
        using var rows = session.Prepare(SelectPage).Bind(1, filter.Before ?? long.MaxValue).Bind(2, filter.State is { } state ? Word(state) : null)
            .Bind(3, filter.Mode is { } mode ? Word(mode) : null).Bind(4, filter.Actor).Bind(5, filter.Draft).Bind(6, filter.Limit + 1);
        var found = new List<Submission>();
        while (rows.Step())
            found.Add(Read(rows));
        var page = found.Take(filter.Limit).ToList();
        return new SubmissionPage(page, found.Count > filter.Limit ? page[^1].Id : null);
    });

    /// <summary>Takes the first that waits, to work on it; null when none does.</summary>
    public Submission? Take() => _intake.Change(session =>
    {
        using var row = session.Prepare(TakeFirst);
        return row.Step() ? Find(session, row.Long(0)) : null;
    });

    /// <summary>Lets one that was taken wait again.</summary>
    public void Release(long id) => Turn(id, SubmissionState.Checking, SubmissionState.Received);

    /// <summary>Cancels one that still waits.</summary>
    /// <returns>Whether it did.</returns>
    public bool Cancel(long id) => Turn(id, SubmissionState.Received, SubmissionState.Cancelled);

    /// <summary>Ends one that was taken.</summary>
    /// <param name="ended">It, with its state and what came of it.</param>
    public void End(Submission ended) => _intake.Change(session =>
    {
        var summary = JsonSerializer.Serialize(new(ended.Summary, ended.Changes), IntakeJson.Default.SubmissionSummary);
        session.Prepare(UpdateEnded).Bind(1, ended.Id).Bind(2, Word(ended.State)).Bind(3, JsonSerializer.Serialize(ended.Files, IntakeJson.Default.IReadOnlyListSubmittedFile))
            .Bind(4, _intake.Now()).Bind(5, ended.CheckedAgainst ?? 0).Bind(6, ended.Revision ?? 0).Bind(7, summary).Run();
        return true;
    });

    /// <summary>After a start: lets those wait again that an earlier process was at, and removes files that it left half-way.</summary>
    /// <remarks>Only for the one process that works on the folder.</remarks>
    public void Resume()
    {
        var named = _intake.Change(session =>
        {
            session.Execute(ResumeAll);
            var hashes = new HashSet<string>(StringComparer.Ordinal);
            using var rows = session.Prepare(SelectFiles);
            while (rows.Step())
                hashes.UnionWith(JsonSerializer.Deserialize(rows.Blob(0), IntakeJson.Default.IReadOnlyListSubmittedFile)!.Select(f => f.Sha256));
            return hashes;
        });
        Spool.Clean(named);
    }

    static Submission? Find(Session session, long id)
    {
        using var rows = session.Prepare(SelectOne).Bind(1, id);
        return rows.Step() ? Read(rows) : null;
    }

    static (long Id, string Fingerprint)? ByKey(Session session, string actor, string key)
    {
        using var rows = session.Prepare(SelectByKey).Bind(1, actor).Bind(2, key);
        return rows.Step() ? (rows.Long(0), rows.Text(1)) : null;
    }

    static Submission? Again(Session session, string actor, string fingerprint)
    {
        using var rows = session.Prepare(SelectAgain).Bind(1, actor).Bind(2, fingerprint);
        return rows.Step() ? Read(rows) : null;
    }

    // What ended badly may go better now, and what the store has moved on from is worth doing again: to go back to these figures, say.
    static bool StillHolds(Submission submission, long head) => submission.State switch
    {
        SubmissionState.Received or SubmissionState.Checking or SubmissionState.Staged => true,
        SubmissionState.Checked => submission.CheckedAgainst == head,
        SubmissionState.Published => submission.Revision == head,
        SubmissionState.Refused or SubmissionState.Withdrawn or SubmissionState.Cancelled or SubmissionState.Failed => false,
        _ => throw new ArgumentOutOfRangeException(nameof(submission)),
    };

    static string Fingerprint(Submission sent)
    {
        var text = new StringBuilder($"{Word(sent.Mode)}\n{sent.Draft}\n{sent.Dataflow}\n{sent.Agreement}\n{sent.Scopes}\n{(sent.Without is null ? "" : $"without {sent.Without}\n")}{(sent.Map is null ? "" : $"map {sent.Map}\n")}");
        foreach (var file in sent.Files)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{file.Sha256}\n{file.Entry}\n{file.Kind}\n{file.Dataflow}\n{(file.Map is null ? "" : $"map {file.Map}\n")}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    static Submission Read(Statement row)
    {
        var options = JsonSerializer.Deserialize(row.Blob(4), IntakeJson.Default.SubmissionOptions)!;
        var summary = row.IsNull(10) ? null : JsonSerializer.Deserialize(row.Blob(10), IntakeJson.Default.SubmissionSummary);
        return new()
        {
            Id = row.Long(0),
            Mode = Enum.Parse<SubmissionMode>(row.Text(1), ignoreCase: true),
            State = StateOf(row.Text(2), isToldOf: summary is not null),
            Actor = row.Text(3),
            Draft = options.Draft,
            Dataflow = options.Dataflow,
            Agreement = options.Agreement,
            Without = options.Without,
            Map = options.Map,
            Scopes = Scopes.Read(options.Scopes),
            Note = options.Note,
            Files = JsonSerializer.Deserialize(row.Blob(5), IntakeJson.Default.IReadOnlyListSubmittedFile)!,
            Received = Store.Instant(row.Long(6)),
            Ended = row.IsNull(7) ? null : Store.Instant(row.Long(7)),
            CheckedAgainst = row.IsNull(8) ? null : row.Long(8),
            Revision = row.IsNull(9) ? null : row.Long(9),
            Summary = summary?.Text,
            Changes = summary?.Changes,
        };
    }

    // In its draft, perhaps even published with it, but what came of it is still to be written down.
    static SubmissionState StateOf(string word, bool isToldOf)
    {
        var state = Enum.Parse<SubmissionState>(word, ignoreCase: true);
        return state is SubmissionState.Staged or SubmissionState.Published && !isToldOf ? SubmissionState.Checking : state;
    }

    static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    bool Turn(long id, SubmissionState from, SubmissionState to) => _intake.Change(session =>
    {
        using var row = session.Prepare(UpdateState).Bind(1, id).Bind(2, Word(from)).Bind(3, Word(to)).Bind(4, to == SubmissionState.Received ? 0 : _intake.Now());
        return row.Step();
    });
}

/// <summary>Which submissions to list. What is null does not matter.</summary>
public sealed record SubmissionFilter
{
    /// <summary>Those in this state.</summary>
    public SubmissionState? State { get; init; }

    /// <summary>Those of this mode.</summary>
    public SubmissionMode? Mode { get; init; }

    /// <summary>Those of this sender.</summary>
    public string? Actor { get; init; }

    /// <summary>Those for the draft of this name.</summary>
    public string? Draft { get; init; }

    /// <summary>Those with a lower number.</summary>
    public long? Before { get; init; }

    /// <summary>The most of them, at least 1.</summary>
    public int Limit { get; init; } = 50;
}

using System.Text.Json;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The tables <c>draft</c> and <c>staged</c>.</summary>
static class DraftTable
{
    const string InsertDraft = "INSERT INTO draft (name, owner, state, created_us) VALUES (?1, ?2, 'open', ?3) RETURNING draft_id";
    const string SelectDrafts = "SELECT draft_id, name, owner, state, created_us, publish_at_us, ended_us, release, base_tx, preview FROM draft ORDER BY draft_id";
    const string UpdateSchedule = "UPDATE draft SET publish_at_us = ?2, release = ?3 WHERE draft_id = ?1";
    const string TakePlanBack = "UPDATE draft SET publish_at_us = NULL WHERE draft_id = ?1";
    const string UpdatePreview = "UPDATE draft SET base_tx = ?2, preview = ?3 WHERE draft_id = ?1";
    const string UpdateEnd = "UPDATE draft SET state = ?2, ended_us = ?3, release = ?4, publish_at_us = NULL, preview = NULL WHERE draft_id = ?1";
    const string InsertStaged = """
        INSERT INTO staged (draft_id, seq, submission_id, actor, file_name, files, embargo_us, base_tx, revision, staged_us, agreement, scopes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """;
    const string SelectStaged = "SELECT seq, submission_id, actor, file_name, base_tx, staged_us, files, embargo_us, revision, agreement, scopes FROM staged WHERE draft_id = ?1 ORDER BY seq";
    const string UpdateStaged = "UPDATE staged SET base_tx = ?3, revision = ?4 WHERE draft_id = ?1 AND seq = ?2";
    const string UpdateSubmission = """
        UPDATE submission SET state = ?2, revision = nullif(?3, 0) WHERE submission_id = ?1 AND state IN ('checking', 'staged')
        """;
    const string DeleteStaged = "DELETE FROM staged WHERE draft_id = ?1 AND seq = ?2";

    /// <summary>Tells a submission what has become of it in its draft.</summary>
    public static void Tell(Session session, long? submission, SubmissionState state, long? revision) =>
        session.Prepare(UpdateSubmission).Bind(1, submission ?? 0).Bind(2, state.ToString().ToLowerInvariant()).Bind(3, revision ?? 0).Run();

    public static long Add(Session session, string name, string owner, long at)
    {
        using var rows = session.Prepare(InsertDraft).Bind(1, name).Bind(2, owner).Bind(3, at);
        rows.Step();
        var id = rows.Long(0);
        rows.Step();
        return id;
    }

    /// <summary>Every draft, oldest first.</summary>
    public static List<Draft> Read(Session session)
    {
        var drafts = new List<Draft>();
        using var rows = session.Prepare(SelectDrafts);
        while (rows.Step())
        {
            drafts.Add(new(rows.Long(0), rows.Text(1), rows.Text(2), Enum.Parse<DraftState>(rows.Text(3), ignoreCase: true), Store.Instant(rows.Long(4)))
            {
                PublishAt = rows.IsNull(5) ? null : Store.Instant(rows.Long(5)),
                Ended = rows.IsNull(6) ? null : Store.Instant(rows.Long(6)),
                Release = rows.IsNull(7) ? rows.Text(1) : rows.Text(7),
                Base = rows.IsNull(8) ? null : rows.Long(8),
                Preview = rows.IsNull(9) ? null : rows.Text(9),
            });
        }

        return drafts;
    }

    public static void Schedule(Session session, long draft, DateTimeOffset? at, string? release) =>
        session.Prepare(UpdateSchedule).Bind(1, draft).Bind(2, at is { } instant ? Store.Microseconds(instant) : null).Bind(3, release).Run();

    public static void Unschedule(Session session, long draft) => session.Prepare(TakePlanBack).Bind(1, draft).Run();

    public static void SetPreview(Session session, long draft, long revision, string file) =>
        session.Prepare(UpdatePreview).Bind(1, draft).Bind(2, revision).Bind(3, file).Run();

    public static void End(Session session, long draft, DraftState state, long at, string? release) =>
        session.Prepare(UpdateEnd).Bind(1, draft).Bind(2, state.ToString().ToLowerInvariant()).Bind(3, at).Bind(4, release).Run();

    public static void Add(Session session, long draft, StagedSubmission staged) =>
        session.Prepare(InsertStaged).Bind(1, draft).Bind(2, staged.Number).Bind(3, staged.Submission).Bind(4, staged.Actor).Bind(5, staged.FileName)
            .Bind(6, JsonSerializer.Serialize(staged.Files, IntakeJson.Default.IReadOnlyListStagedFile)).Bind(7, staged.Embargo is { } embargo ? Store.Microseconds(embargo) : null)
            .Bind(8, staged.Base).Bind(9, staged.Revision).Bind(10, Store.Microseconds(staged.At)).Bind(11, staged.Agreement?.ToString()).Bind(12, staged.Scopes.ToString()).Run();

    /// <summary>A draft's submissions, in order.</summary>
    public static List<StagedSubmission> ReadStaged(Session session, long draft)
    {
        var all = new List<StagedSubmission>();
        using var rows = session.Prepare(SelectStaged).Bind(1, draft);
        while (rows.Step())
        {
            all.Add(new((int)rows.Long(0), rows.IsNull(1) ? null : rows.Long(1), rows.Text(2), rows.Text(3), rows.Long(4), Store.Instant(rows.Long(5)))
            {
                Files = JsonSerializer.Deserialize(rows.Blob(6), IntakeJson.Default.IReadOnlyListStagedFile)!,
                Embargo = rows.IsNull(7) ? null : Store.Instant(rows.Long(7)),
                Revision = rows.Long(8),
                Agreement = rows.IsNull(9) ? null : Urn.TryParse(rows.Text(9), out var agreement) ? agreement : null,
                Scopes = Scopes.Read(rows.Text(10)),
            });
        }

        return all;
    }

    public static void Update(Session session, long draft, StagedSubmission staged) =>
        session.Prepare(UpdateStaged).Bind(1, draft).Bind(2, staged.Number).Bind(3, staged.Base).Bind(4, staged.Revision).Run();

    public static void Remove(Session session, long draft, int number) => session.Prepare(DeleteStaged).Bind(1, draft).Bind(2, number).Run();
}

namespace SdmxHub.Storage;

/// <summary>The table <c>release</c>, and the revisions that belong to one.</summary>
static class ReleaseTable
{
    const string Insert = "INSERT INTO release (name, tx, created_us) VALUES (?1, ?2, ?3)";
    const string Join = "UPDATE tx SET release_id = (SELECT release_id FROM release WHERE name = ?1) WHERE tx = ?2";
    const string SelectWasHead = "SELECT count(*) FROM tx LEFT JOIN release ON release.release_id = tx.release_id WHERE tx.tx = ?1 AND (release.tx IS NULL OR release.tx = tx.tx)";
    const string SelectAll = """
        SELECT name, release.tx, coalesce(min(tx.tx) - 1, release.tx), created_us
        FROM release LEFT JOIN tx ON tx.release_id = release.release_id GROUP BY release.release_id ORDER BY release.release_id
        """;

    /// <summary>Names a state.</summary>
    /// <param name="session">The writer's.</param>
    /// <param name="name">The name.</param>
    /// <param name="head">The revision that it names.</param>
    /// <param name="at">The instant, in microseconds.</param>
    /// <param name="revisions">Those that came with it.</param>
    public static void Add(Session session, string name, long head, long at, IEnumerable<Revision> revisions)
    {
        session.Prepare(Insert).Bind(1, name).Bind(2, head).Bind(3, at).Run();
        foreach (var revision in revisions)
            session.Prepare(Join).Bind(1, name).Bind(2, revision.Number).Run();
    }

    /// <summary>Whether a revision was ever the newest.</summary>
    public static bool WasHead(Session session, long revision)
    {
        using var rows = session.Prepare(SelectWasHead).Bind(1, revision);
        return rows.Step() && rows.Long(0) > 0;
    }

    /// <summary>Every release, oldest first.</summary>
    public static IReadOnlyList<Release> Read(Session session)
    {
        var releases = new List<Release>();
        using var rows = session.Prepare(SelectAll);
        while (rows.Step())
            releases.Add(new(rows.Text(0), rows.Long(1), rows.Long(2), Store.Instant(rows.Long(3))));
        return releases;
    }

    /// <summary>The release of that name, or null.</summary>
    public static Release? Find(Session session, string name) => Read(session).FirstOrDefault(r => r.Name == name);
}

namespace SdmxHub.Storage;

/// <summary>Verifies a whole store: what the tables must hold, whatever was loaded and whenever the machine stopped.</summary>
/// <remarks>Reads one state of the store from beginning to end while others go on reading and writing. The database's own structure; revisions without
/// gaps; components, codes and keys without gaps or doubles; texts against their hashes; every block's checksum and content; each block's history
/// without gap or overlap; what each revision says that it changed; the index in memory against the blocks; the artefacts' intervals; rows that
/// belong to nothing.</remarks>
public static class StoreCheck
{
    const string IntegrityCheck = "PRAGMA integrity_check(100)";

    /// <summary>Checks everything.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The database refuses to be read at all.</exception>
    public static StoreCheckReport Run(Store store, IProgress<StoreProgress>? progress, CancellationToken ct) => store.Reading(session =>
    {
        var report = new StoreCheckReport();
        session.Execute("BEGIN");
        try
        {
            CheckDatabase(session, report);
            report.Revision = RevisionCheck.Run(session, report);
            ArtefactCheck.Run(session, report, ct);
            OrphanCheck.Run(session, report);
            TextCheck.Run(session, report, ct);
            // The head as this transaction sees it, not what is committed meanwhile.
            using var snapshot = (report.Revision == 0 ? store.Head() : store.At(report.Revision))
                ?? throw new StoreException("Another process committed just now. Check again.");
            foreach (var generation in snapshot.Generation.Cubes.Values)
            {
                CubeCheck.Run(session, generation, report);
                new BlockCheck(session, generation, report, progress, ct).Run();
            }

            return report;
        }
        finally
        {
            session.Execute("COMMIT");
        }
    });

    static void CheckDatabase(Session session, StoreCheckReport report)
    {
        using var rows = session.Prepare(IntegrityCheck);
        while (rows.Step())
        {
            if (rows.Text(0) is not "ok" and var fault)
                report.Add($"the database file: {fault}");
        }
    }
}

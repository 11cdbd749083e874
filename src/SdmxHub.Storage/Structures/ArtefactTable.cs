using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The structures of every revision: the table <c>artefact</c>.</summary>
static class ArtefactTable
{
    const string Close = "UPDATE artefact SET tx_to = ?2 WHERE urn = ?1 AND tx_to IS NULL";
    const string Insert = "INSERT INTO artefact (urn, tx_from, body) VALUES (?1, ?2, ?3)";
    const string SelectAt = "SELECT body FROM artefact WHERE tx_from <= ?1 AND (tx_to IS NULL OR tx_to > ?1)";
    const string SelectFirst = "SELECT coalesce(min(tx_from), 0) FROM artefact WHERE urn = ?1";
    const string SelectLastChangeOf = "SELECT coalesce(max(max(tx_from, coalesce(tx_to, 0))), 0) FROM artefact WHERE urn = ?1";
    const string SelectLastChange = "SELECT max(max(tx_from), max(CASE WHEN tx_to <= ?1 THEN tx_to ELSE 0 END)) FROM artefact WHERE tx_from <= ?1";
    const string ButMetadata = " AND urn NOT LIKE 'urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataSet=%'";

    /// <summary>The revision that brought an artefact; 0 when it was never there.</summary>
    public static long FirstChange(Session session, Urn urn)
    {
        using var rows = session.Prepare(SelectFirst).Bind(1, urn.ToString());
        return rows.Step() ? rows.Long(0) : 0;
    }

    /// <summary>The last revision that changed or removed an artefact; 0 when it was never there.</summary>
    public static long LastChange(Session session, Urn urn)
    {
        using var rows = session.Prepare(SelectLastChangeOf).Bind(1, urn.ToString());
        return rows.Step() ? rows.Long(0) : 0;
    }

    /// <summary>The last revision up to <paramref name="revision"/> that changed a structure or, unless <paramref name="butMetadata"/>, a metadata set; 0 when none did.</summary>
    public static long LastChange(Session session, long revision, bool butMetadata = false)
    {
        using var rows = session.Prepare(butMetadata ? SelectLastChange + ButMetadata : SelectLastChange).Bind(1, revision);
        return rows.Step() ? rows.Long(0) : 0;
    }

    /// <summary>Every structure in force at <paramref name="revision"/>.</summary>
    public static StructureCatalog Read(Session session, long revision)
    {
        var artefacts = new List<Artefact>();
        using var rows = session.Prepare(SelectAt).Bind(1, revision);
        while (rows.Step())
            artefacts.Add(ArtefactBody.Decode(rows.Blob(0)));
        return StructureCatalog.Empty.With(artefacts);
    }

    /// <summary>Writes what <paramref name="revision"/> changes; null removes.</summary>
    public static void Write(Session session, long revision, IReadOnlyDictionary<Urn, Artefact?> changes)
    {
        foreach (var (urn, artefact) in changes)
        {
            session.Prepare(Close).Bind(1, urn.ToString()).Bind(2, revision).Run();
            if (artefact is not null)
                session.Prepare(Insert).Bind(1, urn.ToString()).Bind(2, revision).Bind(3, ArtefactBody.Encode(artefact)).Run();
        }
    }
}

namespace SdmxHub.Storage;

/// <summary>Rows that belong to no cube, which no query would ever meet, or to an agreement that is not there.</summary>
static class OrphanCheck
{
    const string Select = """
        WITH known AS (SELECT cube_id FROM cube), agreements AS (SELECT agreement_id FROM agreement UNION ALL SELECT 0)
        SELECT 'component', count(*), 0 FROM component WHERE cube_id NOT IN known
        UNION ALL SELECT 'code', count(*), 0 FROM code WHERE cube_id NOT IN known
        UNION ALL SELECT 'series', count(*), 0 FROM series WHERE cube_id NOT IN known
        UNION ALL SELECT 'block', count(*), 0 FROM block WHERE cube_id NOT IN known
        UNION ALL SELECT 'block_hist', count(*), 0 FROM block_hist WHERE cube_id NOT IN known
        UNION ALL SELECT 'tx_cube', count(*), 0 FROM tx_cube WHERE cube_id NOT IN known
        UNION ALL SELECT 'series', count(*), 1 FROM series WHERE agreement_id NOT IN agreements
        UNION ALL SELECT 'tx_cube', count(*), 1 FROM tx_cube WHERE agreement_id NOT IN agreements
        """;

    public static void Run(Session session, StoreCheckReport report)
    {
        using var rows = session.Prepare(Select);
        while (rows.Step())
        {
            if (rows.Long(1) is not 0 and var count)
                report.Add($"{count} rows of the table {rows.Text(0)} {(rows.Long(2) == 0 ? "belong to no cube" : "name an agreement that is not there")}");
        }
    }
}

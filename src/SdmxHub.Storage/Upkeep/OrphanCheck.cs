namespace SdmxHub.Storage;

/// <summary>Rows that belong to no cube: no query would ever meet them.</summary>
static class OrphanCheck
{
    const string Select = """
        WITH known AS (SELECT cube_id FROM cube)
        SELECT 'component', count(*) FROM component WHERE cube_id NOT IN known
        UNION ALL SELECT 'code', count(*) FROM code WHERE cube_id NOT IN known
        UNION ALL SELECT 'series', count(*) FROM series WHERE cube_id NOT IN known
        UNION ALL SELECT 'block', count(*) FROM block WHERE cube_id NOT IN known
        UNION ALL SELECT 'block_hist', count(*) FROM block_hist WHERE cube_id NOT IN known
        UNION ALL SELECT 'tx_cube', count(*) FROM tx_cube WHERE cube_id NOT IN known
        """;

    public static void Run(Session session, StoreCheckReport report)
    {
        using var rows = session.Prepare(Select);
        while (rows.Step())
        {
            if (rows.Long(1) is not 0 and var count)
                report.Add($"{count} rows of the table {rows.Text(0)} belong to no cube");
        }
    }
}

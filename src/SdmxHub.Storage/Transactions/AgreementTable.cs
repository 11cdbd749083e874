namespace SdmxHub.Storage;

/// <summary>The table <c>agreement</c>, and whose series are: <c>AGENCY:ID</c> of provision agreements, without version.</summary>
static class AgreementTable
{
    const string SelectId = "SELECT agreement_id FROM agreement WHERE name = ?1";
    const string Insert = "INSERT INTO agreement (name) VALUES (?1) RETURNING agreement_id";
    const string SelectOwner = "SELECT name FROM agreement WHERE agreement_id = (SELECT agreement_id FROM series WHERE cube_id = ?1 AND series_id = ?2)";
    const string SelectRows = """
        SELECT series_id FROM series WHERE cube_id = ?1 AND agreement_id = (SELECT agreement_id FROM agreement WHERE name = ?2)
        """;
    const string Claim = "UPDATE series SET agreement_id = ?3 WHERE cube_id = ?1 AND series_id = ?2";
    const string SelectOfRevision = """
        SELECT a.name FROM tx_cube t JOIN cube c USING (cube_id) JOIN agreement a ON a.agreement_id = t.agreement_id WHERE t.tx = ?1 AND c.dataflow = ?2
        """;

    /// <summary>The number of an agreement, which is given one when it has none; 0 for null.</summary>
    public static long IdOf(Session session, string? name)
    {
        if (name is null)
            return 0;
        using (var known = session.Prepare(SelectId).Bind(1, name))
        {
            if (known.Step())
                return known.Long(0);
        }

        using var added = session.Prepare(Insert).Bind(1, name);
        added.Step();
        var id = added.Long(0);
        added.Step();
        return id;
    }

    /// <summary>The agreement that a series belongs to, or null.</summary>
    public static string? OwnerOf(Session session, long cube, int row)
    {
        using var rows = session.Prepare(SelectOwner).Bind(1, cube).Bind(2, row + 1);
        return rows.Step() ? rows.Text(0) : null;
    }

    /// <summary>Marks the rows among the first <paramref name="count"/> that belong to an agreement.</summary>
    public static bool[] RowsOf(Session session, long cube, string name, int count)
    {
        var marks = new bool[count];
        using var rows = session.Prepare(SelectRows).Bind(1, cube).Bind(2, name);
        while (rows.Step())
        {
            if (rows.Long(0) <= count)
                marks[rows.Long(0) - 1] = true;
        }

        return marks;
    }

    /// <summary>Gives a series to an agreement, whose ever it was.</summary>
    public static void Give(Session session, long cube, int row, long agreement) =>
        session.Prepare(Claim).Bind(1, cube).Bind(2, row + 1).Bind(3, agreement).Run();

    /// <summary>The agreement under which a revision changed a flow, or null.</summary>
    public static string? OfRevision(Session session, long tx, string flow)
    {
        using var rows = session.Prepare(SelectOfRevision).Bind(1, tx).Bind(2, flow);
        return rows.Step() ? rows.Text(0) : null;
    }
}

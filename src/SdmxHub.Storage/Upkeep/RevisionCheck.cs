namespace SdmxHub.Storage;

/// <summary>Revisions are numbered from 1 without gaps, their instants rise, and the head is the last one.</summary>
static class RevisionCheck
{
    const string SelectHead = "SELECT tx FROM store_head WHERE id = 1";
    const string SelectRevisions = "SELECT tx, commit_ts_us FROM tx ORDER BY tx";
    const string SelectStray = "SELECT count(*) FROM tx_cube WHERE tx NOT IN (SELECT tx FROM tx)";

    /// <summary>Checks them and gives the number of the last one.</summary>
    public static long Run(Session session, StoreCheckReport report)
    {
        var head = session.Scalar(SelectHead);
        long last = 0, instant = long.MinValue;
        using (var rows = session.Prepare(SelectRevisions))
        {
            while (rows.Step())
            {
                if (rows.Long(0) != last + 1)
                    report.Add($"revision {rows.Long(0)} follows {last}");
                if (rows.Long(1) <= instant)
                    report.Add($"revision {rows.Long(0)} is not later than the one before");
                (last, instant) = (rows.Long(0), rows.Long(1));
            }
        }

        if (head != last)
            report.Add($"the head is revision {head}, but the last one is {last}");
        if (session.Scalar(SelectStray) is not 0 and var stray)
            report.Add($"{stray} records of changes belong to no revision");
        return last;
    }
}

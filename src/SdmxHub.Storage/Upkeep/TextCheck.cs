namespace SdmxHub.Storage;

/// <summary>Texts are numbered from 1 without gaps, and each is what its hash says.</summary>
static class TextCheck
{
    const string Select = "SELECT text_id, hash, value FROM text ORDER BY text_id";

    public static void Run(Session session, StoreCheckReport report, CancellationToken ct)
    {
        long last = 0;
        using var rows = session.Prepare(Select);
        while (rows.Step())
        {
            ct.ThrowIfCancellationRequested();
            if (rows.Long(0) != last + 1)
                report.Add($"text {rows.Long(0)} follows {last}");
            last = rows.Long(0);
            if (rows.Long(1) != TextIds.Hash(rows.Text(2)))
                report.Add($"text {last} is not the one that its hash belongs to");
        }
    }
}

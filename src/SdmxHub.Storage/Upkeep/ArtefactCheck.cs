using System.Xml;

namespace SdmxHub.Storage;

/// <summary>Each artefact's versions follow each other without overlap and can be read.</summary>
static class ArtefactCheck
{
    const string Select = "SELECT urn, tx_from, tx_to, body FROM artefact ORDER BY urn, tx_from";

    public static void Run(Session session, StoreCheckReport report, CancellationToken ct)
    {
        var (urn, end) = ("", 0L);
        using var rows = session.Prepare(Select);
        while (rows.Step())
        {
            ct.ThrowIfCancellationRequested();
            report.Artefacts++;
            var (name, from) = (rows.Text(0), rows.Long(1));
            var to = rows.IsNull(2) ? long.MaxValue : rows.Long(2);
            if (to <= from || from < 1 || from > report.Revision || (to != long.MaxValue && to > report.Revision))
                report.Add($"{name} is in force from revision {from} to {to}");
            if (name == urn && from < end)
                report.Add($"{name} has two versions in revision {from}");
            (urn, end) = (name, to);
            if (Fault(rows, name) is { } fault)
                report.Add($"{name} of revision {from} cannot be read: {fault}");
        }
    }

    static string? Fault(Statement rows, string name)
    {
        try
        {
            var urn = ArtefactBody.Decode(rows.Blob(3)).Urn.ToString();
            return urn == name ? null : $"it is {urn}";
        }
        catch (Exception fault) when (fault is StoreException or InvalidDataException or XmlException)
        {
            return fault.Message;
        }
    }
}

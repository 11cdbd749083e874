using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One block: its checksum, its rows in order and in the right chunk, its revisions, its codes and texts.</summary>
sealed class BlockContentCheck
{
    const string SelectTexts = "SELECT coalesce(max(text_id), 0) FROM text";

    readonly Cube _cube;
    readonly long _texts;

    public BlockContentCheck(Session session, Cube cube) => (_cube, _texts) = (cube, session.Scalar(SelectTexts));

    /// <summary>Unpacks the block of a table's row.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Read(Statement row, Chunk chunk)
    {
        try
        {
            BlockCodec.Decode(row.Blob(6), chunk);
        }
        catch (Exception fault) when (fault is StoreException or IndexOutOfRangeException or OverflowException or ArgumentOutOfRangeException)
        {
            chunk.Clear();
            return fault.Message;
        }

        var (number, tx, count) = (row.Long(1), row.Long(2), row.Long(3));
        if (count != chunk.Count)
            return $"it says {count} rows and has {chunk.Count}";
        var hasPeriods = number > 0 && count > 0;
        if (Spelling(row, 4) != (hasPeriods ? chunk.Periods[0].ToString() : "") || Spelling(row, 5) != (hasPeriods ? chunk.Periods[chunk.Count - 1].ToString() : ""))
            return "it says another first or last period than it has";
        return Times(chunk, number) ?? Revisions(chunk, tx) ?? Values(chunk);
    }

    static string Spelling(Statement row, int column) => row.IsNull(column) ? "" : row.Text(column);

    static string? Times(Chunk chunk, long number)
    {
        for (var i = 0; number > 0 && i < chunk.Count; i++)
        {
            if (i > 0 && chunk.Periods[i].CompareTo(chunk.Periods[i - 1]) <= 0)
                return $"{chunk.Periods[i]} is out of order";
            if (Chunk.NumberOf(chunk.Periods[i]) != number)
                return $"{chunk.Periods[i]} belongs to another chunk";
        }

        foreach (var tombstone in chunk.Tombstones)
        {
            if (number > 0 && chunk.Find(tombstone.Period) >= 0)
                return $"{tombstone.Period} is there and removed";
        }

        return null;
    }

    static string? Revisions(Chunk chunk, long tx)
    {
        long last = 0;
        foreach (var revision in chunk.Tx.AsSpan(0, chunk.Count))
            last = Math.Max(last, revision);
        foreach (var tombstone in chunk.Tombstones)
            last = Math.Max(last, tombstone.Tx);
        return last == tx ? null : $"its last change is of revision {last}";
    }

    string? Values(Chunk chunk)
    {
        foreach (var column in chunk.Columns)
        {
            if (column.Component < 1 || column.Component > _cube.Components.Length)
                return $"it has a component {column.Component}, which is not there";
            var component = _cube.Components[column.Component - 1];
            for (var row = 0; row < chunk.Count; row++)
            {
                var (form, bits) = (column.Forms[row], column.Bits[row]);
                var isHeld = form switch
                {
                    ValueForm.Code => bits >= 1 && bits <= component.Codes.Count,
                    ValueForm.Text => bits >= 1 && bits <= _texts,
                    ValueForm.Absent or StoredForm.Double => true,
                    _ => form is >= ValueForm.Decimal and <= ValueForm.Decimal + ValueForm.MaxScale,
                };
                if (!isHeld)
                    return $"{component.Id} has a value of form {form} with number {bits}";
            }
        }

        return null;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What a transaction does to rows.</summary>
readonly record struct ChangeCount(long Inserted, long Updated, long Deleted)
{
    public bool IsEmpty => Inserted == 0 && Updated == 0 && Deleted == 0;

    public static ChangeCount operator +(ChangeCount a, ChangeCount b) => new(a.Inserted + b.Inserted, a.Updated + b.Updated, a.Deleted + b.Deleted);

    public static ChangeCount operator -(ChangeCount a, ChangeCount b) => new(a.Inserted - b.Inserted, a.Updated - b.Updated, a.Deleted - b.Deleted);
}

/// <summary>Gives each row of a chunk the revision that last changed it.</summary>
static class ChunkStamp
{
    /// <summary>Compares a chunk with what it was before the transaction: rows that differ get <paramref name="tx"/>, the others what they had;
    /// rows that are gone become tombstones.</summary>
    /// <returns>How many rows differ. An unchanged row makes no version, however often it is sent.</returns>
    public static ChangeCount Stamp(Chunk before, Chunk after, long tx)
    {
        long inserted = 0, updated = 0, deleted = 0;
        List<Tombstone>? gone = null;
        var old = 0;
        for (var row = 0; row < after.Count; row++)
        {
            for (; old < before.Count && before.Periods[old].CompareTo(after.Periods[row]) < 0; old++, deleted++)
                (gone ??= []).Add(new(before.Periods[old], tx));
            if (old == before.Count || before.Periods[old] != after.Periods[row])
            {
                after.Tx[row] = tx;
                inserted++;
                continue;
            }

            var same = IsSame(before, old, after, row);
            after.Tx[row] = same ? before.Tx[old] : tx;
            updated += same ? 0 : 1;
            old++;
        }

        for (; old < before.Count; old++, deleted++)
            (gone ??= []).Add(new(before.Periods[old], tx));
        after.Tombstones.Clear();
        foreach (var tombstone in before.Tombstones)
        {
            if (after.Find(tombstone.Period) < 0)
                after.Tombstones.Add(tombstone);
        }

        if (gone is not null)
            after.Tombstones.AddRange(gone);
        after.Tombstones.Sort(static (a, b) => a.Period.CompareTo(b.Period));
        return new(inserted, updated, deleted);
    }

    static bool IsSame(Chunk before, int old, Chunk after, int row)
    {
        foreach (var column in after.Columns)
        {
            var form = column.Forms[row];
            var other = before.Find(column.Component);
            if (form != (other?.Forms[old] ?? ValueForm.Absent) || (form != ValueForm.Absent && column.Bits[row] != other!.Bits[old]))
                return false;
        }

        foreach (var column in before.Columns)
        {
            if (column.Forms[old] != ValueForm.Absent && after.Find(column.Component) is null)
                return false;
        }

        return true;
    }
}

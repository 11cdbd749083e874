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
    const int MaxOnStack = 512;

    /// <summary>Compares a chunk with what it was before the transaction: rows that differ get <paramref name="tx"/>, the others what they had;
    /// rows that are gone become tombstones.</summary>
    /// <returns>How many rows differ. An unchanged row makes no version, however often it is sent.</returns>
    public static ChangeCount Stamp(Chunk before, Chunk after, long tx)
    {
        if (before.Count == 0 && before.Tombstones.Count == 0)
        {
            after.Tx.AsSpan(0, after.Count).Fill(tx);
            after.Tombstones.Clear();
            return new(after.Count, 0, 0);
        }

        Span<int> olds = after.Count <= MaxOnStack ? stackalloc int[MaxOnStack] : new int[after.Count];
        olds = olds[..after.Count];
        var deleted = Match(before, after, olds, tx);
        Span<bool> differs = after.Count <= MaxOnStack ? stackalloc bool[MaxOnStack] : new bool[after.Count];
        differs = differs[..after.Count];
        Compare(before, after, olds, differs);
        long inserted = 0, updated = 0;
        for (var row = 0; row < olds.Length; row++)
        {
            after.Tx[row] = differs[row] ? tx : before.Tx[olds[row]];
            inserted += olds[row] < 0 ? 1 : 0;
            updated += differs[row] && olds[row] >= 0 ? 1 : 0;
        }

        return new(inserted, updated, deleted);
    }

    /// <summary>Finds each row's place before, or -1, and leaves a tombstone for each row that is gone.</summary>
    static long Match(Chunk before, Chunk after, Span<int> olds, long tx)
    {
        List<Tombstone>? gone = null;
        var old = 0;
        for (var row = 0; row < olds.Length; row++)
        {
            var order = -1;
            for (; old < before.Count && (order = before.Periods[old].CompareTo(after.Periods[row])) < 0; old++)
                (gone ??= []).Add(new(before.Periods[old], tx));
            olds[row] = old < before.Count && order == 0 ? old++ : -1;
        }

        for (; old < before.Count; old++)
            (gone ??= []).Add(new(before.Periods[old], tx));
        after.Tombstones.Clear();
        foreach (var tombstone in before.Tombstones)
        {
            if (after.Find(tombstone.Period) < 0)
                after.Tombstones.Add(tombstone);
        }

        if (gone is null)
            return 0;
        after.Tombstones.AddRange(gone);
        after.Tombstones.Sort(static (a, b) => a.Period.CompareTo(b.Period));
        return gone.Count;
    }

    /// <summary>Marks the rows that are new or have another value, column by column.</summary>
    static void Compare(Chunk before, Chunk after, ReadOnlySpan<int> olds, Span<bool> differs)
    {
        var isAligned = before.Count >= olds.Length;
        for (var row = 0; row < olds.Length; row++)
        {
            differs[row] = olds[row] < 0;
            isAligned &= olds[row] == row;
        }

        foreach (var column in after.Columns)
        {
            var other = before.Find(column.Component);
            if (isAligned && other is not null && IsSame(column, other, olds.Length))
                continue;
            for (var row = 0; row < olds.Length; row++)
            {
                if (differs[row])
                    continue;
                var form = column.Forms[row];
                differs[row] = form != (other is null ? ValueForm.Absent : other.Forms[olds[row]])
                    || (form != ValueForm.Absent && column.Bits[row] != other!.Bits[olds[row]]);
            }
        }

        foreach (var column in before.Columns)
        {
            if (after.Find(column.Component) is not null)
                continue;
            for (var row = 0; row < olds.Length; row++)
                differs[row] |= olds[row] >= 0 && column.Forms[olds[row]] != ValueForm.Absent;
        }
    }

    static bool IsSame(ChunkColumn column, ChunkColumn other, int rows) =>
        column.Forms.AsSpan(0, rows).SequenceEqual(other.Forms.AsSpan(0, rows)) && column.Bits.AsSpan(0, rows).SequenceEqual(other.Bits.AsSpan(0, rows));
}

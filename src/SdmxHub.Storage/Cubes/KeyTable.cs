namespace SdmxHub.Storage;

/// <summary>Finds the row of a series or holder by its key: open addressing over the cube's columns.</summary>
/// <remarks>One writer, many readers: a slot is written after its row's columns, and a larger table is whole before it is seen.
/// A reader must ignore rows behind its generation's count.</remarks>
sealed class KeyTable(CodeColumn[] columns)
{
    volatile int[] _slots = new int[64]; // row + 1; 0 is free
    int _count;

    /// <summary>The row with <paramref name="key"/>, or -1.</summary>
    public int Find(ReadOnlySpan<int> key)
    {
        var slots = _slots;
        for (var at = Hash(key) & slots.Length - 1; ; at = at + 1 & slots.Length - 1)
        {
            var row = Volatile.Read(ref slots[at]) - 1;
            if (row < 0 || IsAt(row, key))
                return row;
        }
    }

    /// <summary>Enters a row whose columns are written and whose key is not in the table.</summary>
    public void Add(int row)
    {
        if ((_count + 1) * 4L > _slots.Length * 3L)
            Fill(_slots.Length * 2, row);
        Enter(_slots, row);
        _count++;
    }

    /// <summary>Makes the table anew for the first <paramref name="rows"/> rows.</summary>
    public void Rebuild(int rows)
    {
        var size = 64;
        while (rows * 2 >= size)
            size *= 2;
        Fill(size, rows);
        _count = rows;
    }

    void Fill(int size, int rows)
    {
        var slots = new int[size];
        for (var row = 0; row < rows; row++)
            Enter(slots, row);
        _slots = slots;
    }

    void Enter(int[] slots, int row)
    {
        Span<int> key = stackalloc int[columns.Length];
        for (var d = 0; d < key.Length; d++)
            key[d] = columns[d][row];
        var at = Hash(key) & slots.Length - 1;
        while (slots[at] != 0)
            at = at + 1 & slots.Length - 1;
        Volatile.Write(ref slots[at], row + 1);
    }

    bool IsAt(int row, ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (columns[d][row] != key[d])
                return false;
        }

        return true;
    }

    static int Hash(ReadOnlySpan<int> key)
    {
        ulong hash = 0xCBF29CE484222325;
        foreach (var code in key)
            hash = (hash ^ (uint)code) * 0x9E3779B97F4A7C15 ^ hash >> 29;
        return (int)(hash >> 32);
    }
}

namespace Sdmx.Validation;

/// <summary>The distinct series keys of one schema, numbered in the order they were met.</summary>
/// <remarks>Keys compare by their code numbers, so the order of two keys never changes while further ones arrive.
/// Memory: four bytes a dimension and about thirteen more a key.</remarks>
sealed class SeriesTable(int dimensions)
{
    int[] _keys = new int[Math.Max(dimensions, 1) * 16];
    int[] _slots = new int[64];
    int[] _ranks = [];
    bool[] _isSeries = new bool[16];
    int _last = -1;

    /// <summary>How many keys there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of them are series: full keys, and incomplete ones that an observation has.</summary>
    internal int SeriesCount { get; private set; }

    /// <summary>The key numbered <paramref name="number"/>.</summary>
    internal ReadOnlySpan<int> Key(int number) => _keys.AsSpan(number * dimensions, dimensions);

    /// <summary>The number of a row's key, which gets the next one when it is new.</summary>
    internal int Resolve(ObservationBlock block, int row)
    {
        var columns = block.Key;
        if (_last < 0 || !IsAt(_last, columns, row))
            _last = Find(columns, row);
        if (!_isSeries[_last] && (block.Kinds[row] == RowKind.Observation || !Key(_last).Contains(-1)))
        {
            _isSeries[_last] = true;
            SeriesCount++;
        }

        return _last;
    }

    /// <summary>Per key number, its place in the order of keys.</summary>
    internal int[] Ranks()
    {
        if (_ranks.Length == Count)
            return _ranks;
        var numbers = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        numbers.AsSpan().Sort((a, b) => Key(a).SequenceCompareTo(Key(b)));
        _ranks = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
            _ranks[numbers[i]] = i;
        return _ranks;
    }

    int Find(ReadOnlySpan<int[]> columns, int row)
    {
        var mask = _slots.Length - 1;
        var slot = (int)Hash(columns, row) & mask;
        for (; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (IsAt(_slots[slot] - 1, columns, row))
                return _slots[slot] - 1;
        }

        Append(columns, row);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Rehash();
        return Count - 1;
    }

    void Append(ReadOnlySpan<int[]> columns, int row)
    {
        if ((Count + 1) * dimensions > _keys.Length)
            Array.Resize(ref _keys, _keys.Length * 2);
        if (Count == _isSeries.Length)
            Array.Resize(ref _isSeries, Count * 2);
        for (var d = 0; d < columns.Length; d++)
            _keys[Count * dimensions + d] = columns[d][row];
        Count++;
    }

    void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var hash = 2166136261u;
            foreach (var code in Key(number))
                hash = Mix(hash, code);
            var slot = (int)Finish(hash) & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = number + 1;
        }

        _slots = slots;
    }

    bool IsAt(int number, ReadOnlySpan<int[]> columns, int row)
    {
        var key = Key(number);
        for (var d = 0; d < columns.Length; d++)
        {
            if (columns[d][row] != key[d])
                return false;
        }

        return true;
    }

    static uint Hash(ReadOnlySpan<int[]> columns, int row)
    {
        var hash = 2166136261u;
        foreach (var column in columns)
            hash = Mix(hash, column[row]);
        return Finish(hash);
    }

    static uint Mix(uint hash, int code) => (hash ^ (uint)code) * 0x9E3779B1u + (hash >> 15);

    static uint Finish(uint hash) => hash ^ (hash >> 16);
}

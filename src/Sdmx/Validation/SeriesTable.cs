using System.Numerics;

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

    /// <summary>The number of a key, which gets the next one when it is new.</summary>
    /// <param name="key">The key.</param>
    /// <param name="kind">What has the key.</param>
    internal int Resolve(ReadOnlySpan<int> key, RowKind kind)
    {
        if (_last < 0 || !Key(_last).SequenceEqual(key))
            _last = Find(key);
        if (!_isSeries[_last] && (kind == RowKind.Observation || !key.Contains(-1)))
        {
            _isSeries[_last] = true;
            SeriesCount++;
        }

        return _last;
    }

    /// <summary>The number of a key; -1 where it was not met.</summary>
    internal int IndexOf(ReadOnlySpan<int> key) => _slots[SlotOf(key)] - 1;

    /// <summary>Per key number, its place in the order of keys.</summary>
    internal int[] Ranks()
    {
        if (_ranks.Length == Count)
            return _ranks;
        var numbers = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        var starts = Starts();
        Array.Sort(starts, numbers);
        for (var (from, to) = (0, 0); from < numbers.Length; from = to)
        {
            while (to < numbers.Length && starts[to] == starts[from])
                to++;
            numbers.AsSpan(from, to - from).Sort((a, b) => Key(a).SequenceCompareTo(Key(b)));
        }

        _ranks = new int[Count];
        for (var i = 0; i < numbers.Length; i++)
            _ranks[numbers[i]] = i;
        return _ranks;
    }

    // As many of a key's first codes as fit in one number, which compares like them: sorting numbers is ten times faster (benchmark `sort`).
    ulong[] Starts()
    {
        var starts = new ulong[Count];
        for (var (d, bits) = (0, 64); d < dimensions; d++)
        {
            var (least, most) = (int.MaxValue, int.MinValue);
            for (var at = d; at < Count * dimensions; at += dimensions)
                (least, most) = (Math.Min(least, _keys[at]), Math.Max(most, _keys[at]));
            var width = 64 - BitOperations.LeadingZeroCount((ulong)((long)most - least));
            bits -= width;
            if (bits < 0)
                break;
            for (var number = 0; number < starts.Length && width > 0; number++)
                starts[number] |= (ulong)((long)_keys[number * dimensions + d] - least) << bits;
        }

        return starts;
    }

    int Find(ReadOnlySpan<int> key)
    {
        var slot = SlotOf(key);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;
        Append(key);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Rehash();
        return Count - 1;
    }

    // Where the key stands, or would.
    int SlotOf(ReadOnlySpan<int> key)
    {
        var mask = _slots.Length - 1;
        var slot = (int)Hash(key) & mask;
        while (_slots[slot] != 0 && !Key(_slots[slot] - 1).SequenceEqual(key))
            slot = (slot + 1) & mask;
        return slot;
    }

    void Append(ReadOnlySpan<int> key)
    {
        if ((Count + 1) * dimensions > _keys.Length)
            Array.Resize(ref _keys, _keys.Length * 2);
        if (Count == _isSeries.Length)
            Array.Resize(ref _isSeries, Count * 2);
        key.CopyTo(_keys.AsSpan(Count * dimensions));
        Count++;
    }

    void Rehash()
    {
        var slots = new int[_slots.Length * 2];
        var mask = slots.Length - 1;
        for (var number = 0; number < Count; number++)
        {
            var slot = (int)Hash(Key(number)) & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = number + 1;
        }

        _slots = slots;
    }

    static uint Hash(ReadOnlySpan<int> key)
    {
        var hash = 2166136261u;
        foreach (var code in key)
            hash = (hash ^ (uint)code) * 0x9E3779B1u + (hash >> 15);
        return hash ^ (hash >> 16);
    }
}

using System.Numerics;

namespace Sdmx.Validation;

/// <summary>The distinct series keys of one schema, numbered in the order they were met.</summary>
/// <remarks>Keys compare by their code numbers, so the order of two keys never changes while further ones arrive.
/// Memory: four bytes a dimension and some 21 to 37 more a key.</remarks>
sealed class SeriesTable(int dimensions)
{
    const int ChunkBits = 8;
    const int ChunkMask = (1 << ChunkBits) - 1;

    readonly uint[] _factors = FactorsOf(dimensions);
    int[][] _keys = []; // so many together: nothing moves when there are more
    ulong[] _slots = new ulong[64]; // of a key, its hash and behind it one more than its number: most others are told apart without a look at them
    int[] _ranks = [];
    bool[] _isSeries = new bool[16];
    int _last = -1;

    /// <summary>How many keys there are.</summary>
    internal int Count { get; private set; }

    /// <summary>How many of them are series: full keys, and incomplete ones that an observation has.</summary>
    internal int SeriesCount { get; private set; }

    /// <summary>The key numbered <paramref name="number"/>.</summary>
    internal ReadOnlySpan<int> Key(int number) => _keys[number >> ChunkBits].AsSpan((number & ChunkMask) * dimensions, dimensions);

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
    internal int IndexOf(ReadOnlySpan<int> key) => IndexOf(key, Hash(key));

    /// <summary>The number of a key whose hash is known; -1 where it was not met.</summary>
    internal int IndexOf(ReadOnlySpan<int> key, uint hash) => (int)(uint)_slots[SlotOf(key, hash)] - 1;

    /// <summary>The hash of a key: a sum, so that one code more or less changes it by a multiplication.</summary>
    internal uint Hash(ReadOnlySpan<int> key)
    {
        var hash = 0u;
        for (var d = 0; d < key.Length; d++)
            hash += (uint)key[d] * _factors[d];
        return hash;
    }

    /// <summary>The hash of a key with another code in one dimension.</summary>
    internal uint Hash(uint hash, int dimension, int code, int other) => hash + (uint)(other - code) * _factors[dimension];

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
            for (var number = 0; number < Count; number++)
                (least, most) = (Math.Min(least, Key(number)[d]), Math.Max(most, Key(number)[d]));
            var width = 64 - BitOperations.LeadingZeroCount((ulong)((long)most - least));
            bits -= width;
            if (bits < 0)
                break;
            for (var number = 0; number < starts.Length && width > 0; number++)
                starts[number] |= (ulong)((long)Key(number)[d] - least) << bits;
        }

        return starts;
    }

    int Find(ReadOnlySpan<int> key)
    {
        var hash = Hash(key);
        var slot = SlotOf(key, hash);
        if (_slots[slot] != 0)
            return (int)(uint)_slots[slot] - 1;
        Append(key);
        _slots[slot] = (ulong)hash << 32 | (uint)Count;
        if (Count * 2 > _slots.Length)
            Spread();
        return Count - 1;
    }

    // Where the key stands, or would.
    int SlotOf(ReadOnlySpan<int> key, uint hash)
    {
        var mask = _slots.Length - 1;
        var slot = Slot(hash, mask);
        while (_slots[slot] != 0 && ((uint)(_slots[slot] >> 32) != hash || !Key((int)(uint)_slots[slot] - 1).SequenceEqual(key)))
            slot = (slot + 1) & mask;
        return slot;
    }

    void Append(ReadOnlySpan<int> key)
    {
        if (Count == _isSeries.Length)
            Array.Resize(ref _isSeries, Count * 2);
        var chunk = Count >> ChunkBits;
        if (chunk == _keys.Length)
            Array.Resize(ref _keys, Math.Max(chunk * 2, 1));
        _keys[chunk] ??= new int[dimensions << ChunkBits];
        key.CopyTo(_keys[chunk].AsSpan((Count++ & ChunkMask) * dimensions));
    }

    // Twice the room, and each key where it then belongs.
    void Spread()
    {
        var slots = new ulong[_slots.Length * 2];
        var mask = slots.Length - 1;
        foreach (var held in _slots)
        {
            if (held == 0)
                continue;
            var slot = Slot((uint)(held >> 32), mask);
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            slots[slot] = held;
        }

        _slots = slots;
    }

    // The low bits of a sum of products are those of the codes' low bits alone: its high bits come down.
    static int Slot(uint hash, int mask)
    {
        hash = (hash ^ (hash >> 16)) * 0x7FEB352Du;
        return (int)(hash ^ (hash >> 15)) & mask;
    }

    // Odd numbers without a pattern, the same on each run.
    static uint[] FactorsOf(int dimensions)
    {
        var factors = new uint[dimensions];
        for (var d = 0; d < dimensions; d++)
        {
            var mixed = (ulong)(d + 1) * 0x9E3779B97F4A7C15ul;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ul;
            factors[d] = (uint)(mixed >> 32) | 1;
        }

        return factors;
    }
}

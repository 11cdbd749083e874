using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sdmx;

/// <summary>Numbers of codes by the bytes of their ids in UTF-8: open addressing over one pool of bytes.</summary>
/// <remarks>Hashes are seeded by the process, for ids come from strangers too. Reading is thread-safe while nothing is added.</remarks>
sealed class Utf8CodeTable
{
    Entry[] _entries;
    int[] _slots; // 1 + the entry's index; 0: free
    byte[] _pool = [];
    int _poolLength;
    int _count;

    /// <summary>An empty table with room for some codes.</summary>
    public Utf8CodeTable(int capacity)
    {
        _entries = new Entry[Math.Max(capacity, 8)];
        _slots = NewSlots(_entries.Length);
    }

    readonly record struct Entry(int Hash, int Start, int Length, int Number);

    /// <summary>The number of the code, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        var hash = HashOf(id);
        for (var slot = hash; ; slot++)
        {
            var index = _slots[slot & (_slots.Length - 1)] - 1;
            if (index < 0)
                return -1;
            ref readonly var entry = ref _entries[index];
            if (entry.Hash == hash && id.SequenceEqual(_pool.AsSpan(entry.Start, entry.Length)))
                return entry.Number;
        }
    }

    /// <summary>Adds a code that is not there.</summary>
    public void Add(ReadOnlySpan<byte> id, int number)
    {
        if (_count == _entries.Length)
            Grow();
        if (_poolLength + id.Length > _pool.Length)
            Array.Resize(ref _pool, Math.Max(_poolLength + id.Length, _pool.Length * 2));
        id.CopyTo(_pool.AsSpan(_poolLength));
        var hash = HashOf(id);
        _entries[_count++] = new(hash, _poolLength, id.Length, number);
        _poolLength += id.Length;
        Place(hash, _count);
    }

    /// <summary>A hash of eight bytes at a time, for most ids are short (benchmark <c>parse</c>).</summary>
    static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = Seed ^ (uint)id.Length;
        for (; id.Length > 8; id = id[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(id));
        var rest = id.Length switch
        {
            8 => BinaryPrimitives.ReadUInt64LittleEndian(id),
            >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(id) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(id[^4..]) << 32,
            > 0 => id[0] | (ulong)id[id.Length / 2] << 8 | (ulong)id[^1] << 16,
            _ => 0UL,
        };
        hash = Mix(hash ^ rest);
        return (int)(hash ^ hash >> 32);
    }

    static ulong Mix(ulong bits)
    {
        var high = Math.BigMul(bits, 0x9E3779B97F4A7C15, out var low);
        return (high ^ low) + Seed;
    }

    static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    static int[] NewSlots(int entries) => new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)entries * 2)];

    void Place(int hash, int value)
    {
        var slot = hash;
        while (_slots[slot & (_slots.Length - 1)] != 0)
            slot++;
        _slots[slot & (_slots.Length - 1)] = value;
    }

    void Grow()
    {
        Array.Resize(ref _entries, _count * 2);
        _slots = NewSlots(_entries.Length);
        for (var i = 0; i < _count; i++)
            Place(_entries[i].Hash, i + 1);
    }
}

namespace Sdmx.Validation;

/// <summary>Strips in memory, in message order: the number of the series, how many bytes, the bytes (<see cref="RowPacker"/>), in chunks.</summary>
/// <param name="free">Chunks that no store uses.</param>
sealed class RowStore(Stack<byte[]> free)
{
    const int FirstChunk = 1 << 12;
    const int LargestChunk = 1 << 20;

    // two numbers before a strip; and what PackedInput wants behind it
    const int Margin = 32;

    // what Order takes for each strip
    const int OrderBytes = 2 * sizeof(long);

    readonly List<byte[]> _chunks = [];
    readonly List<int> _ends = [];
    readonly PackedOutput _record = new();

    /// <summary>How many strips there are.</summary>
    internal int Count { get; private set; }

    /// <summary>The memory taken, about.</summary>
    internal long Bytes { get; private set; }

    /// <summary>The strip at a place, and what follows it.</summary>
    internal ReadOnlySpan<byte> this[long place] => _chunks[(int)(place >> 32)].AsSpan((int)place);

    /// <summary>Adds a strip of the series numbered <paramref name="series"/>.</summary>
    /// <returns>Its place.</returns>
    internal long Add(int series, ReadOnlySpan<byte> packed)
    {
        if (_chunks.Count == 0 || _chunks[^1].Length - _ends[^1] < packed.Length + Margin)
            AddChunk(packed.Length + Margin);
        _record.Clear();
        _record.Write((uint)series);
        _record.Write((uint)packed.Length);
        var start = _ends[^1];
        var into = _chunks[^1].AsSpan(start);
        _record.Written.CopyTo(into);
        packed.CopyTo(into[_record.Written.Length..]);
        var size = _record.Written.Length + packed.Length;
        _ends[^1] += size;
        Bytes += size + OrderBytes;
        Count++;
        return Place(_chunks.Count - 1, start);
    }

    /// <summary>The places of all strips, in the order they were added.</summary>
    internal IEnumerable<long> Places()
    {
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            for (var at = 0; at < _ends[chunk]; at += Strip.Read(_chunks[chunk].AsSpan(at)).Size)
                yield return Place(chunk, at);
        }
    }

    /// <summary>Empties the store; its chunks are free for others.</summary>
    internal void Clear()
    {
        foreach (var chunk in _chunks.Where(c => c.Length == LargestChunk))
            free.Push(chunk);
        _chunks.Clear();
        _ends.Clear();
        (Count, Bytes) = (0, 0);
    }

    static long Place(int chunk, int at) => (long)chunk << 32 | (uint)at;

    void AddChunk(int bytes)
    {
        var size = Math.Max(bytes, _chunks.Count == 0 ? FirstChunk : Math.Min(_chunks[^1].Length * 2, LargestChunk));
        _chunks.Add(size == LargestChunk && free.TryPop(out var chunk) ? chunk : new byte[size]);
        _ends.Add(0);
    }
}

/// <summary>A strip as it lies in a <see cref="RowStore"/> or a file.</summary>
/// <param name="series">The number of its key.</param>
/// <param name="packed">Its rows, and what follows them.</param>
/// <param name="size">How many bytes it takes, with what stands before the rows.</param>
readonly ref struct Strip(int series, ReadOnlySpan<byte> packed, int size)
{
    internal int Series { get; } = series;

    internal ReadOnlySpan<byte> Packed { get; } = packed;

    internal int Size { get; } = size;

    internal static Strip Read(ReadOnlySpan<byte> bytes)
    {
        var input = new PackedInput(bytes);
        var (series, length) = ((int)input.Read(), (int)input.Read());
        return new Strip(series, bytes[input.At..], input.At + length);
    }
}

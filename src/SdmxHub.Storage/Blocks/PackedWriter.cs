using System.Buffers.Binary;

namespace SdmxHub.Storage;

/// <summary>Bytes under construction: a reused buffer that grows.</summary>
sealed class PackedWriter
{
    byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public Span<byte> Reserve(int count)
    {
        if (_bytes.Length - Length < count)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    public Span<byte> At(int offset, int count) => _bytes.AsSpan(offset, count);

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    public void Fixed64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Seven bits a byte, the lowest first; the top bit says that more follow.</summary>
    public void Varint(ulong value)
    {
        Ensure(1);
        Put(value);
    }

    /// <summary>A signed number: small ones of either sign are short.</summary>
    public void ZigZag(long value) => Varint(Sign(value));

    /// <summary>Numbers one behind the other: as <see cref="Varint"/>.</summary>
    public void Varints(ReadOnlySpan<long> values)
    {
        Ensure(values.Length);
        foreach (var value in values)
            Put((ulong)value);
    }

    /// <summary>Signed numbers one behind the other: as <see cref="ZigZag"/>.</summary>
    public void ZigZags(ReadOnlySpan<long> values)
    {
        Ensure(values.Length);
        foreach (var value in values)
            Put(Sign(value));
    }

    /// <summary>The first number, then how far each lies from the one before: as <see cref="ZigZag"/>.</summary>
    public void Distances(ReadOnlySpan<long> values)
    {
        Ensure(values.Length);
        long before = 0;
        foreach (var value in values)
        {
            Put(Sign(unchecked(value - before)));
            before = value;
        }
    }

    static ulong Sign(long value) => (ulong)(value << 1) ^ (ulong)(value >> 63);

    /// <summary>Makes room for some numbers, which take ten bytes each at most.</summary>
    void Ensure(int numbers)
    {
        if (_bytes.Length - Length < numbers * 10)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + numbers * 10));
    }

    void Put(ulong value)
    {
        var at = Length;
        for (; value >= 0x80; value >>= 7)
            _bytes[at++] = (byte)(value | 0x80);
        _bytes[at++] = (byte)value;
        Length = at;
    }
}

/// <summary>Reads what <see cref="PackedWriter"/> wrote.</summary>
ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    int _at;

    public readonly bool IsAtEnd => _at == _bytes.Length;

    public byte Byte() => _bytes[_at++];

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var span = _bytes.Slice(_at, count);
        _at += count;
        return span;
    }

    public long Fixed64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public ulong Varint()
    {
        ulong value = _bytes[_at];
        if (value < 0x80)
        {
            _at++;
            return value;
        }

        value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = _bytes[_at++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
                return value;
        }
    }

    public int Count() => checked((int)Varint());

    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }
}

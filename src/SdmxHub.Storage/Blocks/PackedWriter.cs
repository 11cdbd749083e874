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
        if (_bytes.Length - Length < 10)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>A signed number: small ones of either sign are short.</summary>
    public void ZigZag(long value) => Varint((ulong)(value << 1) ^ (ulong)(value >> 63));
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

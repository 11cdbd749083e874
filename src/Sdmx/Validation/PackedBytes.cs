using System.Buffers.Binary;
using System.Text;

namespace Sdmx.Validation;

/// <summary>Numbers and texts as bytes, one behind the other.</summary>
sealed class PackedOutput
{
    byte[] _bytes = new byte[1 << 12];
    int _at;

    /// <summary>What was written since <see cref="Clear"/>.</summary>
    internal Span<byte> Written => _bytes.AsSpan(0, _at);

    internal void Clear() => _at = 0;

    /// <summary>Makes room; numbers of the room's size are then written without a look.</summary>
    internal void Ensure(int bytes)
    {
        if (_bytes.Length - _at < bytes)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _at + bytes));
    }

    internal void WriteByte(byte value) => _bytes[_at++] = value;

    internal void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes.AsSpan(_at));
        _at += bytes.Length;
    }

    /// <summary>Writes a number in as few bytes as it needs, at most ten.</summary>
    internal void Write(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes[_at++] = (byte)(value | 0x80);
        _bytes[_at++] = (byte)value;
    }

    /// <summary>Writes a number that may be negative.</summary>
    internal void WriteSigned(long value) => Write(ZigZag(value));

    /// <summary>Writes the lowest <paramref name="width"/> bytes of each number; there must be room for eight more bytes.</summary>
    internal void WriteFixed(ReadOnlySpan<ulong> values, int width)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(_at), value);
            _at += width;
        }
    }

    /// <summary>Writes a text in UTF-8, without its length.</summary>
    internal void WriteText(string text)
    {
        Ensure(Encoding.UTF8.GetMaxByteCount(text.Length) + 64);
        _at += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_at));
    }

    /// <summary>Small numbers of either sign as small numbers without.</summary>
    internal static ulong ZigZag(long value) => (ulong)(value << 1 ^ value >> 63);
}

/// <summary>Reads what <see cref="PackedOutput"/> wrote; behind the last byte at least eight more must follow.</summary>
ref struct PackedInput(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>How many bytes were read.</summary>
    internal int At { get; private set; }

    internal byte ReadByte() => _bytes[At++];

    internal ReadOnlySpan<byte> ReadBytes(int count)
    {
        At += count;
        return _bytes.Slice(At - count, count);
    }

    internal ulong Read()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = _bytes[At++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }

    internal long ReadSigned() => ZagZig(Read());

    /// <summary>Reads numbers of <paramref name="width"/> bytes.</summary>
    internal void ReadFixed(Span<long> values, int width)
    {
        var mask = width == 8 ? ulong.MaxValue : (1UL << width * 8) - 1;
        foreach (ref var value in values)
        {
            value = (long)(BinaryPrimitives.ReadUInt64LittleEndian(_bytes[At..]) & mask);
            At += width;
        }
    }

    /// <summary>The number whose <see cref="PackedOutput.ZigZag"/> this is.</summary>
    internal static long ZagZig(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace Sdmx;

/// <summary>Bytes on their way out: gathered in one buffer and handed on in large pieces. What every data writer writes through.</summary>
/// <remarks>Without a target the bytes stay until <see cref="Take"/>. Not thread-safe.</remarks>
sealed class Utf8Output(IBufferWriter<byte>? target)
{
    const int Size = 16 * 1024;
    const int Least = 256;

    // Lent until the end: most answers are small, and each has a writer of its own.
    byte[] _buffer = target is null ? [] : ArrayPool<byte>.Shared.Rent(Size);
    int _count;

    /// <summary>Writes one byte.</summary>
    public void Byte(byte value)
    {
        if (_count == _buffer.Length)
            MakeRoom(1);
        _buffer[_count++] = value;
    }

    /// <summary>Writes bytes as they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)] // benchmark xml-write
    public void Raw(ReadOnlySpan<byte> utf8)
    {
        if (utf8.TryCopyTo(_buffer.AsSpan(_count)))
            _count += utf8.Length;
        else
            RawWithRoom(utf8);
    }

    void RawWithRoom(ReadOnlySpan<byte> utf8)
    {
        if (target is not null && utf8.Length > Size)
        {
            Flush();
            target.Write(utf8);
            return;
        }

        MakeRoom(utf8.Length);
        utf8.CopyTo(_buffer.AsSpan(_count));
        _count += utf8.Length;
    }

    /// <summary>Writes a whole number.</summary>
    public void Number(long value)
    {
        // One or two digits: indexes of periods are nothing else (benchmark json-write).
        if ((ulong)value >= 100 || _buffer.Length - _count < 2)
        {
            Decimal(value, 0);
            return;
        }

        var (tens, ones) = Math.DivRem((uint)value, 10u);
        if (tens > 0)
            _buffer[_count++] = (byte)('0' + tens);
        _buffer[_count++] = (byte)('0' + ones);
    }

    /// <summary>Writes the canonical spelling of a decimal number.</summary>
    public void Decimal(long mantissa, int scale)
    {
        if (_buffer.Length - _count < DecimalText.MaxLength)
            MakeRoom(DecimalText.MaxLength);
        _count += DecimalText.Format(mantissa, scale, _buffer.AsSpan(_count));
    }

    /// <summary>Writes a period as it was read; it never holds anything that must be escaped, in any format.</summary>
    public void Period(TimePeriod period)
    {
        if (period is { Kind: PeriodKind.GregorianYear, IsPlain: true } && _buffer.Length - _count >= 4)
        {
            Year((int)period.Ordinal, _buffer.AsSpan(_count, 4));
            _count += 4;
            return;
        }

        int length;
        while (!period.TryFormat(_buffer.AsSpan(_count), out length))
            MakeRoom(PeriodText.MaxLength);
        _count += length;
    }

    static void Year(int year, Span<byte> to)
    {
        var (century, rest) = Math.DivRem((uint)year, 100u);
        to[3] = (byte)('0' + rest % 10);
        to[2] = (byte)('0' + rest / 10);
        to[1] = (byte)('0' + century % 10);
        to[0] = (byte)('0' + century / 10);
    }

    /// <summary>Writes a text, escaped; half a surrogate pair becomes U+FFFD.</summary>
    public void Text(ReadOnlySpan<char> text, Escaping escaping)
    {
        var quoted = escaping == Escaping.Csv && Escapes.MustQuote(text);
        if (quoted)
            Byte((byte)'"');
        while ((escaping != Escaping.Csv || quoted) && Escapes.IndexOf(text, escaping) is >= 0 and var at)
        {
            Transcode(text[..at]);
            var replacement = Escapes.Replacement(text[at], escaping);
            if (replacement.IsEmpty)
                NumericEscape(text[at]);
            else
                Raw(replacement);
            text = text[(at + 1)..];
        }

        Transcode(text);
        if (quoted)
            Byte((byte)'"');
    }

    /// <summary>Hands everything written so far to the target.</summary>
    public void Flush()
    {
        if (target is null || _count == 0)
            return;
        target.Write(_buffer.AsSpan(0, _count));
        _count = 0;
    }

    /// <summary>Hands on the last bytes and gives the buffer back.</summary>
    public void End()
    {
        Flush();
        if (_buffer.Length == Size)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    /// <summary>What was written since the last time, without a target; good until the next byte.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _count);

    /// <summary>Forgets what was written, without a target.</summary>
    public void Clear() => _count = 0;

    /// <summary>What was written since the last time, without a target.</summary>
    public byte[] Take()
    {
        var bytes = _buffer.AsSpan(0, _count).ToArray();
        _count = 0;
        return bytes;
    }

    void Transcode(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            Utf8.FromUtf16(text, _buffer.AsSpan(_count), out var read, out var written);
            _count += written;
            text = text[read..];
            if (text.Length > 0)
                MakeRoom(Math.Min(text.Length * 3, Size));
        }
    }

    // JSON's \u00XX
    void NumericEscape(char c)
    {
        Raw("\\u00"u8);
        Byte((byte)('0' + (c >> 4)));
        Byte((byte)((c & 15) < 10 ? '0' + (c & 15) : 'a' + (c & 15) - 10));
    }

    void MakeRoom(int bytes)
    {
        Flush();
        if (_buffer.Length - _count < bytes)
            Array.Resize(ref _buffer, Math.Max(Math.Max(_buffer.Length * 2, Least), _count + bytes));
    }
}

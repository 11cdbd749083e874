using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Sdmx.Csv;

/// <summary>The text of a stream that rows are cut from: whole characters of well-formed UTF-8 in one buffer, filled behind and freed in front,
/// larger only while one row needs it.</summary>
/// <remarks>Behind <see cref="End"/> there are always <see cref="Padding"/> bytes that may be read but mean nothing, so that vectors need no tail.
/// A byte order mark is left out. Not thread-safe.</remarks>
sealed class CsvWindow(Stream input, ReadLimits limits, int size)
{
    /// <summary>The size that suits real messages.</summary>
    public const int DefaultSize = 1 << 17;

    /// <summary>The bytes that may be read behind the end.</summary>
    public const int Padding = 64;

    readonly long _mostKept = 4L * limits.MaxText + DefaultSize;
    int _filled; // bytes read, the first of a character that is not whole yet included
    bool _hasStarted;
    bool _isAtEnd;

    /// <summary>The buffer; replaced by <see cref="Fill"/>.</summary>
    public byte[] Bytes { get; private set; } = new byte[size + Padding];

    /// <summary>Where the text ends.</summary>
    public int End { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the bytes behind <see cref="End"/> are no UTF-8.</summary>
    public bool IsMisencoded { get; private set; }

    /// <summary>Whether more was to be kept than the limit on text allows.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads more text, and moves that from <paramref name="keep"/> on to the front.</summary>
    /// <returns><c>false</c> when it is known that there is no more; nothing has moved then. At the end it may be <c>true</c> without more text, once.</returns>
    /// <remarks>At least as much is read as is kept, so that going over an unfinished row anew stays cheap however the stream cuts it.</remarks>
    public bool Fill(int keep)
    {
        var before = End - keep;
        if (_isAtEnd || IsMisencoded || (IsTooLong = before > _mostKept))
            return false;
        MakeRoom(keep);
        while (End == before && !_isAtEnd && !IsMisencoded)
        {
            ReadBytes(Math.Max(before, 4));
            TakeText();
        }

        return true;
    }

    void MakeRoom(int keep)
    {
        var kept = Bytes.AsSpan(keep, _filled - keep);
        if (kept.Length > (Bytes.Length - Padding) / 2)
            Bytes = new byte[(Bytes.Length - Padding) * 2 + Padding];
        kept.CopyTo(Bytes);
        (End, _filled) = (End - keep, kept.Length);
    }

    void ReadBytes(int least)
    {
        var room = Bytes.AsSpan(_filled, Bytes.Length - Padding - _filled);
        least = Math.Min(least, room.Length);
        var read = input.ReadAtLeast(room, least, throwOnEndOfStream: false);
        _isAtEnd = read < least;
        _filled += read;
        BytesRead += read;
        if (!_hasStarted && Bytes.AsSpan(0, _filled).StartsWith("\uFEFF"u8))
        {
            Bytes.AsSpan(3, _filled - 3).CopyTo(Bytes);
            _filled -= 3;
        }

        _hasStarted = true;
    }

    void TakeText()
    {
        var fresh = Bytes.AsSpan(End, _filled - End);
        var whole = fresh.Length - (_isAtEnd ? 0 : UnfinishedTail(fresh));
        IsMisencoded = !Utf8.IsValid(fresh[..whole]);
        End += IsMisencoded ? ValidLength(fresh) : whole;
    }

    static int UnfinishedTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            if ((bytes[^back] & 0xC0) != 0x80)
                return Rune.DecodeFromUtf8(bytes[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }

    static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        while (Rune.DecodeFromUtf8(bytes[length..], out _, out var consumed) == OperationStatus.Done)
            length += consumed;
        return length;
    }
}

using System.Runtime.ExceptionServices;

namespace Sdmx.Xml;

/// <summary>The bytes of a stream that a tokenizer looks at: one buffer, filled behind and freed in front, larger only while one token needs it.</summary>
/// <remarks>Behind <see cref="End"/> there are always <see cref="Padding"/> zero bytes: a look-ahead, or a vector, may read there, and finds what is in no XML.</remarks>
sealed class Utf8Window(Stream input, ReadLimits limits, int size)
{
    /// <summary>The size that suits real messages.</summary>
    public const int DefaultSize = 1 << 18;

    /// <summary>The zero bytes behind the end.</summary>
    public const int Padding = 32;

    readonly long _maxPerNode = SafeXml.MaxNode(limits);
    long _atNode;
    ExceptionDispatchInfo? _failure;

    /// <summary>The buffer; replaced by <see cref="Fill"/>.</summary>
    public byte[] Bytes { get; private set; } = new byte[size + Padding];

    /// <summary>Where the bytes end.</summary>
    public int End { get; private set; }

    /// <summary>How many bytes were read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether <see cref="Fill"/> will throw: the stream has failed, or the message is too long.</summary>
    public bool IsStopped => _failure is not null || BytesRead > limits.MaxBytes;

    /// <summary>The bytes from <paramref name="start"/> on.</summary>
    public ReadOnlySpan<byte> From(int start) => Bytes.AsSpan(start, End - start);

    /// <summary>Starts the count of the bytes that one node takes, at a position.</summary>
    public void StartNode(int position) => _atNode = BytesRead - End + position;

    /// <summary>Reads more, and moves the bytes from <paramref name="keep"/> on to the front.</summary>
    /// <returns><c>false</c> at the end of the stream, and where it fails: see <see cref="IsStopped"/>.</returns>
    /// <remarks>At least as much is read as is kept, so that going over an unfinished token anew stays cheap however the stream cuts it.</remarks>
    public bool Fill(int keep)
    {
        _failure?.Throw();
        if (BytesRead - _atNode > _maxPerNode)
            throw new XmlLimitException("One element's attributes, or one text, are longer than the limit on text allows.", 0, 0);
        if (BytesRead > limits.MaxBytes)
            throw new XmlLimitException("The message is longer than the limit on its size (MaxBytes) allows.", 0, 0);
        var kept = End - keep;
        MakeRoom(keep, kept);
        End = kept;
        var room = Math.Min(Bytes.Length - Padding - End, Math.Min(_atNode + _maxPerNode, limits.MaxBytes) + 1 - BytesRead);
        var read = Read((int)room, (int)Math.Min(Math.Max(kept, 1), room));
        Bytes.AsSpan(End, Padding).Clear();
        return read > 0;
    }

    /// <summary>Reads up to <paramref name="room"/> bytes; what came before a failure of the stream is still looked at.</summary>
    int Read(int room, int wanted)
    {
        var read = 0;
        try
        {
            while (read < wanted && input.Read(Bytes.AsSpan(End, room - read)) is > 0 and var count)
            {
                read += count;
                End += count;
                BytesRead += count;
            }
        }
        catch (Exception fault) when (fault is IOException or InvalidDataException)
        {
            _failure = ExceptionDispatchInfo.Capture(fault);
        }

        return read;
    }

    void MakeRoom(int keep, int kept)
    {
        var from = Bytes.AsSpan(keep, kept);
        if (kept > (Bytes.Length - Padding) / 2)
            Bytes = new byte[(Bytes.Length - Padding) * 2 + Padding];
        from.CopyTo(Bytes);
    }
}

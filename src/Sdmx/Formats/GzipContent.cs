using System.IO.Compression;

namespace Sdmx.Formats;

/// <summary>The content of a gzip file, which must be whole.</summary>
/// <remarks><see cref="GZipStream"/> takes a file that is cut short for one that ends there. So a member with known bytes is put behind the file:
/// where these do not come out at the end, the file does not end where a member ends.</remarks>
/// <exception cref="InvalidDataException">From reading: the file is damaged or cut short.</exception>
sealed class GzipContent(Stream file) : PulledStream
{
    static readonly byte[] Mark = "SdmxHub gzip end"u8.ToArray();

    readonly GZipStream _content = new(new MarkedStream(file, PackedMark()), CompressionMode.Decompress);
    readonly byte[] _buffer = new byte[1 << 16];
    int _start;
    int _end;
    bool _isAtEnd;

    public override int Read(Span<byte> buffer)
    {
        while (!_isAtEnd && _end - _start <= Mark.Length)
            Fill();
        var count = Math.Min(buffer.Length, Math.Max(0, _end - _start - (_isAtEnd ? 0 : Mark.Length)));
        _buffer.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _content.Dispose();
        base.Dispose(disposing);
    }

    void Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        var count = Unpack();
        _end += count;
        if (count > 0)
            return;
        if (!_buffer.AsSpan(0, _end).EndsWith(Mark))
            throw new InvalidDataException("the file is cut short, or something follows the compressed content.");
        _end -= Mark.Length;
        _isAtEnd = true;
    }

    // The runtime's own words speak of archive entries and methods of compression, which a gzip file has not.
    int Unpack()
    {
        try
        {
            return _content.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException)
        {
            throw new InvalidDataException("what it holds cannot be unpacked, or it is cut short.");
        }
    }

    static byte[] PackedMark()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Mark);
        return packed.ToArray();
    }

    /// <summary>The file, then the mark; disposing of it leaves the file open.</summary>
    sealed class MarkedStream(Stream file, byte[] mark) : PulledStream
    {
        int _marked;

        public override int Read(Span<byte> buffer)
        {
            if (file.Read(buffer) is > 0 and var count)
                return count;
            count = Math.Min(buffer.Length, mark.Length - _marked);
            mark.AsSpan(_marked, count).CopyTo(buffer);
            _marked += count;
            return count;
        }
    }
}

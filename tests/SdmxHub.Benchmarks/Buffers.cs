using System.Buffers;

namespace SdmxHub.Benchmarks;

/// <summary>Where messages go that nobody reads: every writer, the hub's or a baseline, fills the same window, over and over.</summary>
sealed class WindowSink : Stream, IBufferWriter<byte>
{
    byte[] _window = new byte[1 << 16];
    long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>How many bytes came.</summary>
    public override long Length => _written;

    public override long Position { get => _written; set => throw new NotSupportedException(); }

    public void Advance(int count) => _written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        buffer.CopyTo(Room(buffer.Length));
        _written += buffer.Length;
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    byte[] Room(int sizeHint) => sizeHint <= _window.Length ? _window : _window = new byte[sizeHint];
}

/// <summary>Bytes on their way to a file.</summary>
sealed class FileBuffer(string path) : IBufferWriter<byte>, IDisposable
{
    readonly FileStream _file = File.Create(path);
    byte[] _buffer = new byte[1 << 20];

    public void Advance(int count) => _file.Write(_buffer, 0, count);

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    public void Dispose() => _file.Dispose();

    byte[] Room(int sizeHint) => sizeHint <= _buffer.Length ? _buffer : _buffer = new byte[sizeHint];
}

using System.Buffers;

namespace SdmxHub.Benchmarks;

/// <summary>Takes bytes and forgets them; only their number is kept.</summary>
sealed class NullBuffer : IBufferWriter<byte>
{
    byte[] _buffer = new byte[1 << 16];

    /// <summary>How many bytes came.</summary>
    public long Written { get; private set; }

    public void Advance(int count) => Written += count;

    public Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint);

    byte[] Room(int sizeHint) => sizeHint <= _buffer.Length ? _buffer : _buffer = new byte[sizeHint];
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

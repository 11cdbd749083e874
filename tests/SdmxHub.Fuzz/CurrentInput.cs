using System.IO.MemoryMappedFiles;

namespace SdmxHub.Fuzz;

/// <summary>The input under execution and how many executions there were, in a mapped file: it is there still when the process that wrote it has died.</summary>
sealed class CurrentInput(string path) : IDisposable
{
    /// <summary>The longest input.</summary>
    public const int MaxLength = 8 << 10;

    const int Header = 16;

    readonly MemoryMappedFile _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Header + MaxLength);
    MemoryMappedViewAccessor? _view;

    MemoryMappedViewAccessor View => _view ??= _file.CreateViewAccessor();

    /// <summary>How many executions have begun.</summary>
    public long Executions => View.ReadInt64(0);

    /// <summary>The input of the last.</summary>
    public byte[] Bytes
    {
        get
        {
            var bytes = new byte[View.ReadInt32(8)];
            View.ReadArray(Header, bytes, 0, bytes.Length);
            return bytes;
        }
    }

    /// <summary>Begins an execution.</summary>
    public void Begin(long execution, byte[] bytes, int length)
    {
        View.WriteArray(Header, bytes, 0, length);
        View.Write(8, length);
        View.Write(0, execution);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _view?.Dispose();
        _file.Dispose();
    }
}

namespace Sdmx;

/// <summary>Files for what does not fit in memory.</summary>
static class TemporaryFile
{
    const int BufferSize = 1 << 16;

    /// <summary>A new empty file in the system's temporary folder; the operating system removes it when it is closed.</summary>
    internal static FileStream Create() =>
        new(Path.Combine(Path.GetTempPath(), "sdmxhub-" + Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Read | FileShare.Delete,
            BufferSize = BufferSize,
            Options = FileOptions.DeleteOnClose,
        });

    /// <summary>A second, independent reader of a file that is still being written.</summary>
    internal static FileStream OpenAgain(FileStream file) =>
        new(file.Name, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = BufferSize,
        });
}

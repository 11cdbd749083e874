using System.Buffers;
using System.Security.Cryptography;

namespace SdmxHub.Storage;

/// <summary>The files that were sent, by the SHA-256 of their bytes: the same content lies there once, and stays as evidence.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class Spool
{
    const string Partial = ".part";
    const int BufferSize = 1 << 16;

    readonly string _folder;

    // The clock of the disk, which stamps files. A minute for what is not quite the same clock.
    readonly DateTime _start = DateTime.UtcNow - TimeSpan.FromMinutes(1);

    internal Spool(string folder)
    {
        _folder = folder;
        Directory.CreateDirectory(folder);
    }

    /// <summary>Where the file of that content lies, if it is there.</summary>
    /// <param name="sha256">The hash in hexadecimal digits, as <see cref="SpooledFile.Sha256"/> gives it.</param>
    public string PathOf(string sha256) => Path.Combine(_folder, sha256);

    /// <summary>Takes a body in: to a file, while it is hashed. The caller keeps it or, by disposing, lets it go.</summary>
    /// <param name="body">The bytes, read to their end.</param>
    /// <param name="mostBytes">The most bytes that are taken.</param>
    /// <param name="ct">Stops; nothing is left then.</param>
    /// <returns>Null when the body has more bytes than allowed; nothing is left then.</returns>
    /// <exception cref="IOException">The disk is full or fails; nothing is left then.</exception>
    public async Task<SpooledFile?> TakeAsync(Stream body, long mostBytes, CancellationToken ct)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + Partial);
        try
        {
            await using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous, BufferSize = 0 });
            if (await CopyAsync(body, file, mostBytes, ct) is { } sha256)
                return new SpooledFile(this, path, sha256, file.Length);
        }
        catch
        {
            File.Delete(path);
            throw;
        }

        File.Delete(path);
        return null;
    }

    /// <summary>Removes what an earlier process left half-way, and files that no submission names. What comes in meanwhile stays.</summary>
    internal void Clean(IReadOnlySet<string> named)
    {
        foreach (var file in Directory.EnumerateFiles(_folder).Where(f => !named.Contains(Path.GetFileName(f)) && File.GetLastWriteTimeUtc(f) < _start))
            File.Delete(file);
    }

    static async Task<string?> CopyAsync(Stream body, FileStream file, long mostBytes, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long total = 0;
            while (await body.ReadAsync(buffer, ct) is > 0 and var count)
            {
                total += count;
                if (total > mostBytes)
                    return null;
                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), ct);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // What is acknowledged survives a power cut.
        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>A body that was taken in, before anybody decided to keep it.</summary>
public sealed class SpooledFile : IDisposable
{
    readonly Spool _spool;

    internal SpooledFile(Spool spool, string path, string sha256, long bytes) => (_spool, Path, Sha256, Bytes) = (spool, path, sha256, bytes);

    /// <summary>Where it lies.</summary>
    public string Path { get; private set; }

    /// <summary>The SHA-256 of its bytes, in lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>How many bytes it has.</summary>
    public long Bytes { get; }

    /// <summary>Keeps it, unless the same content lies there already.</summary>
    public void Keep()
    {
        var kept = _spool.PathOf(Sha256);
        if (Path != kept)
            File.Move(Path, kept, overwrite: true);
        Path = kept;
    }

    /// <summary>Removes it, unless it was kept.</summary>
    public void Dispose()
    {
        if (Path != _spool.PathOf(Sha256))
            File.Delete(Path);
    }
}

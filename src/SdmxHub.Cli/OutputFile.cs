namespace SdmxHub.Cli;

/// <summary>A result on its way: it reaches its place whole, or not at all.</summary>
/// <remarks>A file is written under another name beside it and renamed at the end. Standard output gets the bytes as they come, unless <c>isSpooled</c>.</remarks>
sealed class OutputFile : IAsyncDisposable
{
    readonly string? _path;
    readonly string? _temporary;
    readonly Stream? _standardOutput;

    /// <summary>Opens a result.</summary>
    /// <param name="path">The file's path, or <c>-</c> for standard output.</param>
    /// <param name="terminal">Whose standard output.</param>
    /// <param name="isSpooled">Whether standard output too gets nothing before <see cref="KeepAsync"/>.</param>
    public OutputFile(string path, Terminal terminal, bool isSpooled = false)
    {
        if (path == "-")
        {
            _standardOutput = terminal.Bytes();
            _temporary = isSpooled ? Path.GetTempFileName() : null;
        }
        else
        {
            _path = path;
            _temporary = $"{path}.{Guid.NewGuid():N}.part";
        }

        Stream = _temporary is null ? _standardOutput! : File.Create(_temporary);
    }

    /// <summary>Where to write.</summary>
    public Stream Stream { get; }

    /// <summary>The result is complete: puts it in its place.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        await Stream.FlushAsync(ct);
        if (_temporary is null)
            return;
        await Stream.DisposeAsync();
        if (_path is not null)
        {
            File.Move(_temporary, _path, overwrite: true);
            return;
        }

        await using var spooled = File.OpenRead(_temporary);
        await spooled.CopyToAsync(_standardOutput!, ct);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_temporary is null)
            return;
        await Stream.DisposeAsync();
        File.Delete(_temporary);
    }
}

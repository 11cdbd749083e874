using System.IO.Compression;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The messages in a file: itself, or those of a zip archive of several.</summary>
static class PackageFiles
{
    const string Manifest = "manifest.json";

    /// <summary>Lists them; null, and why, when the archive cannot be used.</summary>
    public static IReadOnlyList<LoadFile>? Of(InputFile input, ReadLimits limits, out string? fault)
    {
        fault = null;
        if (!File.Exists(input.Path))
        {
            fault = $"there is no file {input.Label}";
            return null;
        }

        using var file = File.OpenRead(input.Path);
        Span<byte> start = stackalloc byte[4];
        start = start[..file.ReadAtLeast(start, 4, throwOnEndOfStream: false)];
        file.Position = 0;
        if (!MessageArchive.IsArchive(start))
            return [new LoadFile(input.Path) { Name = input.Label }];
        if (MessageArchive.List(file, limits, out fault) is not { } entries)
        {
            fault = $"{input.Label}: {fault?.TrimEnd('.')}";
            return null;
        }

        return entries.Count == 1 ? [new LoadFile(input.Path) { Name = input.Label }]
            : [.. entries.Where(e => e.Name != Manifest).Select(e => new LoadFile(input.Path) { Entry = e.Name, Name = e.Name })];
    }

    /// <summary>Writes messages as what they were: one as a message, several as an archive, what was not written anew as it stood there.</summary>
    public static async Task WriteAsync(InputFile input, IReadOnlyList<RepairedMessage> messages, Stream output, CancellationToken ct)
    {
        if (messages is [{ File: { Entry: null, Name: var name } only, IsWritten: true }] && name == input.Label)
        {
            await using var message = File.OpenRead(only.Path);
            await message.CopyToAsync(output, ct);
            return;
        }

        await using var sent = await ZipFile.OpenReadAsync(input.Path, ct);
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var entry in sent.Entries.Where(e => e.Length > 0 || e.Name.Length > 0))
        {
            var written = messages.FirstOrDefault(m => m.IsWritten && m.File.Name == entry.FullName);
            await using var from = written is null ? await entry.OpenAsync(ct) : File.OpenRead(written.File.Path);
            // The content tells what it is, not the name: so a manifest stays right.
            await using var to = await archive.CreateEntry(entry.FullName).OpenAsync(ct);
            await from.CopyToAsync(to, ct);
        }
    }
}

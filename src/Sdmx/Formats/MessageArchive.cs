using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Sdmx.Formats;

/// <summary>Opens a zip archive that holds one message.</summary>
static class MessageArchive
{
    const int MaxEntries = 1000;

    /// <summary>The message's bytes, or null with the reason.</summary>
    public static Stream? Open(Stream file, ReadLimits limits, IReadOnlyList<IDisposable> owned, out string? fault)
    {
        ZipArchive? archive = null;
        try
        {
            fault = TooMany(file);
            if (fault is not null)
                return null;
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry[] messages = [.. archive.Entries.Where(e => !IsFolder(e) && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))];
            fault = FaultOf(messages);
            if (fault is null)
            {
                var size = Math.Min(messages[0].CompressedLength, file.Length);
                var content = new CheckedContent(messages[0].Open(), messages[0].Length, messages[0].Crc32);
                return new LimitedStream(content, () => size, [archive, .. owned], limits);
            }
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            fault = $"The archive is damaged: {e.Message}";
        }

        archive?.Dispose();
        return null;
    }

    static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/');

    static string? FaultOf(ZipArchiveEntry[] messages)
    {
        if (messages.FirstOrDefault(e => IsUnsafe(e.FullName)) is { } unsafeEntry)
            return $"The archive has an entry that points outside it, '{unsafeEntry.FullName}'.";
        if (messages.Length != 1)
            return messages.Length == 0 ? "The archive is empty."
                : $"The archive holds {messages.Length.ToString(CultureInfo.InvariantCulture)} files ({string.Join(", ", messages.Take(5).Select(e => e.FullName))}{(messages.Length > 5 ? ", ..." : "")}); it must hold one message.";
        return messages[0].IsEncrypted ? "The archive is encrypted." : null;
    }

    static bool IsUnsafe(string name) =>
        name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains("..");

    /// <summary>Reads the number of entries from the archive's last record, before a hostile directory of millions is loaded.</summary>
    static string? TooMany(Stream file)
    {
        Span<byte> tail = new byte[(int)Math.Min(file.Length, ushort.MaxValue + 22)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var record = tail.LastIndexOf("PK\x05\x06"u8);
        return record >= 0 && record + 12 <= tail.Length && BinaryPrimitives.ReadUInt16LittleEndian(tail[(record + 10)..]) > MaxEntries
            ? "The archive holds far more than one file." : null;
    }
}

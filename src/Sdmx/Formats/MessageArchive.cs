using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Sdmx.Formats;

/// <summary>A file in a zip archive.</summary>
/// <param name="Name">Its name with folders, as <c>data/figures.xml</c>.</param>
/// <param name="Length">Its bytes when unpacked, as the archive states them; reading more than that is refused.</param>
public readonly record struct ArchiveEntry(string Name, long Length);

/// <summary>Zip archives that hold messages. What is hostile about one is refused by its directory, before anything is unpacked.</summary>
public static class MessageArchive
{
    const int MaxEntries = 1000;
    const int MaxDirectory = 4 << 20;
    const int EndLength = 22;
    const long FreeBytes = 1 << 20;

    /// <summary>Whether a file is a zip archive, by its first bytes.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    /// <summary>The files in an archive, in its order; null with the reason where it is damaged or hostile.</summary>
    /// <param name="file">A stream that can seek.</param>
    /// <param name="limits">The limits: on the bytes of all files together, and on how far each may expand.</param>
    /// <param name="fault">Why there is no list, as a sentence for people.</param>
    public static IReadOnlyList<ArchiveEntry>? List(Stream file, ReadLimits limits, out string? fault)
    {
        using var archive = Read(file, out fault);
        if (archive is null)
            return null;
        var entries = Messages(archive);
        fault = FaultOf(entries) ?? FaultOf(entries, limits);
        return fault is null ? [.. entries.Select(e => new ArchiveEntry(e.FullName, e.Length))] : null;
    }

    /// <summary>Opens a file in an archive; null with the reason. The stream is at the file's first byte and owns nothing but itself.</summary>
    /// <param name="file">A stream that can seek; stays the caller's.</param>
    /// <param name="entry">The name of the file in the archive.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="fault">Why it cannot be opened, as a sentence for people.</param>
    public static Stream? Open(Stream file, string entry, ReadLimits limits, out string? fault) => Open(file, entry, limits, [], out _, out fault);

    /// <summary>Opens a file in an archive, or the only one when none is named.</summary>
    internal static Stream? Open(Stream file, string? entry, ReadLimits limits, IReadOnlyList<IDisposable> owned, out long length, out string? fault)
    {
        length = 0;
        var archive = Read(file, out fault);
        if (archive is null)
            return null;
        try
        {
            var entries = Messages(archive);
            fault = FaultOf(entries) ?? (entry is null ? NotOne(entries) : null);
            var message = fault is null ? entries.Find(e => entry is null || e.FullName == entry) : null;
            fault ??= message is null ? $"The archive has no file '{entry}'." : null;
            if (message is not null)
            {
                var size = Math.Min(message.CompressedLength, file.Length);
                length = message.Length;
                return new LimitedStream(new CheckedContent(message.Open(), length, message.Crc32), () => size, [archive, .. owned], limits);
            }
        }
        catch (Exception e) when (IsDamage(e))
        {
            fault = Damaged(e);
        }

        archive.Dispose();
        return null;
    }

    static ZipArchive? Read(Stream file, out string? fault)
    {
        ZipArchive? archive = null;
        try
        {
            fault = TooMany(file);
            archive = fault is null ? new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true) : null;
            // The directory is read when it is first asked for.
            _ = archive?.Entries;
            return archive;
        }
        catch (Exception e) when (IsDamage(e))
        {
            archive?.Dispose();
            fault = Damaged(e);
            return null;
        }
    }

    static List<ZipArchiveEntry> Messages(ZipArchive archive) =>
        [.. archive.Entries.Where(e => !e.FullName.EndsWith('/') && !e.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal))];

    static string? FaultOf(List<ZipArchiveEntry> entries)
    {
        if (entries.Find(e => IsUnsafe(e.FullName)) is { } unsafeEntry)
            return $"The archive has an entry that points outside it, '{unsafeEntry.FullName}'.";
        if (entries.Count == 0)
            return "The archive is empty.";
        if (entries.GroupBy(e => e.FullName, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            return $"The archive has two files of the name '{twice.Key}'.";
        return entries.Exists(e => e.IsEncrypted) ? "The archive is encrypted." : null;
    }

    static string? FaultOf(List<ZipArchiveEntry> entries, ReadLimits limits)
    {
        if (entries.Sum(e => (decimal)e.Length) > limits.MaxBytes)
            return Text($"The files in the archive are together larger than {limits.MaxBytes:N0} bytes.");
        return entries.Find(e => e.Length > FreeBytes && e.Length / limits.MaxExpansion > e.CompressedLength) is { } bomb
            ? Text($"The file '{bomb.FullName}' in the archive grows to more than {limits.MaxExpansion} times its size.") : null;
    }

    static string? NotOne(List<ZipArchiveEntry> entries) => entries.Count == 1 ? null
        : Text($"The archive holds {entries.Count} files ({string.Join(", ", entries.Take(5).Select(e => e.FullName))}{(entries.Count > 5 ? ", ..." : "")}); it must hold one message.");

    static bool IsUnsafe(string name) =>
        name.StartsWith('/') || name.Contains('\\') || name.Contains(':') || name.Split('/').Contains("..");

    /// <summary>Reads the number of entries from the archive's last record, and how long its directory can be, before a hostile one of millions is loaded.</summary>
    static string? TooMany(Stream file)
    {
        Span<byte> tail = new byte[(int)Math.Min(file.Length, ushort.MaxValue + EndLength)];
        var start = file.Length - tail.Length;
        file.Position = start;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.LastIndexOf("PK\x05\x06"u8);
        if (at < 0 || at + EndLength > tail.Length)
            return null;
        var record = tail[at..];
        long directory = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (directory == uint.MaxValue && !TryLongDirectory(file, tail[..at], out directory))
            return "The archive is damaged: its directory is not where it says.";
        // The runtime reads entry after entry from there, whatever number is stated.
        return BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) > MaxEntries || start + at - directory > MaxDirectory
            ? Text($"The archive holds more than {MaxEntries} files, or far too long names.") : null;
    }

    /// <summary>Finds the directory of an archive of more than 4 GiB (APPNOTE 4.3.14 and 4.3.15).</summary>
    static bool TryLongDirectory(Stream file, ReadOnlySpan<byte> beforeEnd, out long directory)
    {
        const int LocatorLength = 20;
        directory = 0;
        if (beforeEnd.Length < LocatorLength || !beforeEnd[^LocatorLength..].StartsWith("PK\x06\x07"u8))
            return false;
        var at = BinaryPrimitives.ReadInt64LittleEndian(beforeEnd[^(LocatorLength - 8)..]);
        Span<byte> record = stackalloc byte[56];
        if (at < 0 || at > file.Length - record.Length)
            return false;
        file.Position = at;
        file.ReadExactly(record);
        file.Position = 0;
        directory = BinaryPrimitives.ReadInt64LittleEndian(record[48..]);
        return record.StartsWith("PK\x06\x06"u8) && directory >= 0 && directory <= at;
    }

    static bool IsDamage(Exception fault) => fault is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException;

    static string Damaged(Exception fault) => $"The archive is damaged: {fault.Message}";

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

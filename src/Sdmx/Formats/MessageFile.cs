namespace Sdmx.Formats;

/// <summary>A file, or a seekable stream, that holds one SDMX message, perhaps compressed (gzip, or a zip archive of one file).</summary>
/// <remarks>What it holds is told by its content, never by its name. It may be opened any number of times, one after the other; a given stream is read
/// from where it stood, and stays the caller's. Not thread-safe.</remarks>
public sealed class MessageFile
{
    readonly string? _path;
    readonly string? _entry;
    readonly Stream? _stream;
    readonly long _start;
    readonly ReadLimits _limits;

    MessageFile(string? path, string? entry, Stream? stream, string name, ReadLimits limits)
    {
        (_path, _entry, _stream, Name, _limits) = (path, entry, stream, name, limits);
        _start = stream?.Position ?? 0;
    }

    /// <summary>The name, for findings.</summary>
    public string Name { get; }

    /// <summary>The size as it lies there, in bytes; of one of several messages in an archive, unpacked.</summary>
    public long Size { get; private set; }

    /// <summary>The format; null where the content is nothing the hub reads, which is then logged as Fatal.</summary>
    public Format? Format { get; private set; }

    /// <summary>Finds out what a file holds.</summary>
    /// <param name="path">The file. Its name in findings is the context's, else the last part of the path.</param>
    /// <param name="context">Where findings go, and the limits.</param>
    public static MessageFile Open(string path, ReadContext context) => Open(path, null, context);

    /// <summary>Finds out what a file, or one of those in a zip archive, holds.</summary>
    /// <param name="path">The file. Its name in findings is the context's, else the last part of the path.</param>
    /// <param name="entry">The message's name in the archive that the file is; null when the file holds one message only.</param>
    /// <param name="context">Where findings go, and the limits.</param>
    public static MessageFile Open(string path, string? entry, ReadContext context) =>
        new MessageFile(path, entry, null, context.FileName ?? Path.GetFileName(entry ?? path), context.Limits).Sniff(context);

    /// <summary>Finds out what a stream holds.</summary>
    /// <param name="stream">A stream that can seek, at the message's first byte.</param>
    /// <param name="name">The name in findings.</param>
    /// <param name="context">Where findings go, and the limits.</param>
    public static MessageFile Open(Stream stream, string name, ReadContext context) =>
        new MessageFile(null, null, stream, name, context.Limits).Sniff(context);

    /// <summary>Opens the data of the message; null when it has none that can be read, which is then logged as Fatal.</summary>
    public DataReader? OpenData(ReadContext context)
    {
        if (Format is not { } format)
            return null;
        if (format.Open is { } open)
            return OpenContent(context) is { } content ? open(content, context with { FileName = Name }) : null;
        context.Issues.Add(new(IssueCode.UnsupportedFormat, new(Name, 0, 0), format.Kind switch
        {
            MessageKind.Data => $"The file is {format.Id}, which the hub does not read yet. It reads {Readable}.",
            MessageKind.Structure => $"The file is a structure message ({format.Id}), where data are expected. Give structures with --structures.",
            _ => $"The file is a metadata message ({format.Id}), where data are expected.",
        }));
        return null;
    }

    /// <summary>Reads the structures of the message; null when it is no structure message that can be read, which is then logged as Fatal.</summary>
    public StructureMessage? ReadStructures(ReadContext context) => Read(MessageKind.Structure, "structures", context);

    /// <summary>Reads the metadata sets of the message; null when it is no metadata message that can be read, which is then logged as Fatal.</summary>
    public StructureMessage? ReadMetadata(ReadContext context) => Read(MessageKind.Metadata, "metadata sets", context);

    StructureMessage? Read(MessageKind kind, string words, ReadContext context)
    {
        if (Format is not { } format)
            return null;
        if (format.Kind != kind || format.ReadStructures is not { } read)
        {
            context.Issues.Add(new(IssueCode.UnsupportedFormat, new(Name, 0, 0), $"The file is {format.Id}, where {words} are expected. The hub reads {Readable}."));
            return null;
        }

        using var content = OpenContent(context);
        try
        {
            return content is null ? null : read(content, context with { FileName = Name });
        }
        catch (Exception fault) when (IssueOf(fault) is { } issue)
        {
            context.Issues.Add(issue);
            return null;
        }
    }

    /// <summary>The formats that are read, for messages to people.</summary>
    internal static string Readable =>
        string.Join(", ", Format.All.Where(f => f.Open is not null || f.ReadStructures is not null).Select(f => f.Id)) + "; also compressed by gzip or zip";

    MessageFile Sniff(ReadContext context)
    {
        using var content = OpenContent(context);
        if (content is null)
            return this;
        try
        {
            var (format, issue) = MessageSniffer.Sniff(content, context.Limits);
            Format = format;
            if (issue is { } found)
                context.Issues.Add(found with { At = found.At with { File = Name } });
        }
        catch (Exception fault) when (IssueOf(fault) is { } issue)
        {
            context.Issues.Add(issue);
        }

        return this;
    }

    /// <summary>The message's bytes, decompressed; null when they cannot be had, which is then logged as Fatal.</summary>
    Stream? OpenContent(ReadContext context)
    {
        Stream file;
        IDisposable[] owned;
        try
        {
            file = _stream ?? new FileStream(_path!, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            owned = _stream is null ? [file] : [];
            if (_stream is not null)
                _stream.Position = _start;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            context.Issues.Add(new(IssueCode.UnreadableFile, new(Name, 0, 0), $"The file cannot be opened: {fault.Message}"));
            return null;
        }

        Size = file.Length - _start;
        Span<byte> magic = stackalloc byte[4];
        magic = magic[..file.ReadAtLeast(magic, 4, throwOnEndOfStream: false)];
        file.Position = _start;
        if (magic.Length >= 2 && magic[0] == 0x1F && magic[1] == 0x8B)
            return new LimitedStream(new GzipContent(file), () => file.Position - _start, owned, _limits);
        if (!MessageArchive.IsArchive(magic))
            return new LimitedStream(file, null, owned, _limits);
        if (MessageArchive.Open(file, _entry, _limits, owned, out var length, out var reason) is { } content)
        {
            Size = _entry is null ? Size : length;
            return content;
        }

        context.Issues.Add(new(IssueCode.BrokenArchive, new(Name, 0, 0), reason!));
        foreach (var part in owned)
            part.Dispose();
        return null;
    }

    Issue? IssueOf(Exception fault) => fault switch
    {
        ContentLimitException => new(IssueCode.LimitExceeded, new(Name, 0, 0), fault.Message),
        InvalidDataException => new(IssueCode.BrokenArchive, new(Name, 0, 0), $"The compressed file is damaged: {fault.Message}"),
        IOException or UnauthorizedAccessException => new(IssueCode.UnreadableFile, new(Name, 0, 0), $"The file cannot be read: {fault.Message}"),
        _ => null,
    };
}

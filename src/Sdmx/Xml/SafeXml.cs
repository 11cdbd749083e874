using System.Xml;

namespace Sdmx.Xml;

/// <summary>Opens XML that comes from strangers: the one place that makes <see cref="XmlReaderSettings"/>.</summary>
/// <remarks>Document types are refused, nothing outside the file is ever fetched, and depth, text and size are bounded.</remarks>
static class SafeXml
{
    /// <summary>A reader over <paramref name="input"/>, which the caller keeps; comments and processing instructions are left out.</summary>
    /// <param name="input">The message, at its first byte.</param>
    /// <param name="limits">What it may ask of the machine.</param>
    /// <param name="keepWhitespace">Whether text that is only white space is shown; a name may be one.</param>
    /// <remarks>Its methods throw <see cref="XmlException"/> when the text is ill-formed, has a DTD or passes a limit; <see cref="IssueOf"/>
    /// tells which. It also gives line and column (<see cref="IXmlLineInfo"/>).</remarks>
    public static XmlReader Open(Stream input, ReadLimits limits, bool keepWhitespace = false)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.MaxBytes,
            MaxCharactersFromEntities = 0,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = !keepWhitespace,
            CloseInput = false,
        };
        var metered = new MeteredStream(input, 4L * limits.MaxText + (1 << 16));
        return new LimitedXmlReader(XmlReader.Create(metered, settings), metered, limits);
    }

    /// <summary>The finding that <paramref name="fault"/> is: a DTD, a limit, an encoding, or else ill-formed text.</summary>
    /// <remarks>The runtime gives its XML faults no code, so their message has to tell them apart.</remarks>
    public static Issue IssueOf(XmlException fault, string? fileName)
    {
        var at = new Location(fileName, fault.LineNumber, fault.LinePosition);
        if (fault is XmlLimitException || fault.Message.Contains("MaxCharacters", StringComparison.Ordinal))
            return new(IssueCode.LimitExceeded, at, fault.Message);
        if (fault.Message.Contains("DTD", StringComparison.OrdinalIgnoreCase))
            return new(IssueCode.DtdForbidden, at, "The message has a document type definition (<!DOCTYPE ...>), which SDMX does not use. Take it out.");
        return fault.Message.Contains("encoding", StringComparison.OrdinalIgnoreCase)
            ? new(IssueCode.WrongEncoding, at, $"The bytes are not text in the encoding they are declared in: {fault.Message}")
            : new(IssueCode.IllFormed, at, $"The XML is ill-formed: {fault.Message}");
    }
}

/// <summary>A limit of <see cref="ReadLimits"/> was passed.</summary>
sealed class XmlLimitException(string message, int line, int column) : XmlException(message, null, line, column);

/// <summary>Counts the bytes that one node takes, and stops a node that never ends before it fills the memory.</summary>
sealed class MeteredStream(Stream input, long maxPerNode) : Stream
{
    long _atNode;

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    /// <summary>Starts the count for the next node.</summary>
    public void StartNode() => _atNode = BytesRead;

    public override int Read(Span<byte> buffer)
    {
        if (BytesRead - _atNode > maxPerNode)
            throw new XmlLimitException("One element's attributes, or one text, are longer than the limit on text allows.", 0, 0);
        var count = input.Read(buffer);
        BytesRead += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

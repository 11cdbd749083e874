using System.Runtime.ExceptionServices;
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
    public static LocatedXmlReader Open(Stream input, ReadLimits limits, bool keepWhitespace = false) => Open(input, default, limits, keepWhitespace);

    /// <summary>A reader of data: the fast one where the message is in UTF-8, as nearly all are.</summary>
    /// <param name="input">The message, at its first byte.</param>
    /// <param name="limits">What it may ask of the machine.</param>
    /// <param name="window">How many bytes are looked at together; 0: the runtime's reader, whatever the encoding.</param>
    public static LocatedXmlReader OpenData(Stream input, ReadLimits limits, int window)
    {
        if (window == 0)
            return Open(input, limits);
        var bytes = new Utf8Window(input, limits, window);
        // a stream that fails at once fails in Read, not here
        return Utf8Declaration.TryRead(bytes, out var start) || (bytes.IsStopped && bytes.End == 0) ? new Utf8XmlReader(bytes, start, limits) : Open(input, bytes.From(0).ToArray(), limits, keepWhitespace: false);
    }

    /// <summary>The most bytes that one node may take: every character four, and a buffer more.</summary>
    public static long MaxNode(ReadLimits limits) => 4L * limits.MaxText + (1 << 16);

    static LimitedXmlReader Open(Stream input, ReadOnlyMemory<byte> head, ReadLimits limits, bool keepWhitespace)
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
        var metered = new MeteredStream(head, input, MaxNode(limits));
        try
        {
            return new LimitedXmlReader(XmlReader.Create(metered, settings), metered, limits);
        }
        catch (Exception fault) when (fault is XmlException or IOException or InvalidDataException)
        {
            // the runtime looks at the first bytes at once; what is wrong with them is for Read to say, like all else
            return new LimitedXmlReader(XmlReader.Create(TextReader.Null), metered, limits, ExceptionDispatchInfo.Capture(fault));
        }
    }

    /// <summary>The finding that <paramref name="fault"/> is: a DTD, a limit, an encoding, or else ill-formed text.</summary>
    /// <param name="fault">What the reader threw.</param>
    /// <param name="fileName">The file's name.</param>
    /// <param name="xml">The reader: it knows where it stands when the fault does not say.</param>
    /// <remarks>The runtime gives its XML faults no code, so their message has to tell them apart: by its beginning, for names from the message
    /// may stand in it.</remarks>
    public static Issue IssueOf(XmlException fault, string? fileName, XmlReader xml)
    {
        var at = new Location(fileName, fault.LineNumber, fault.LinePosition);
        if (at.Line == 0 && xml is IXmlLineInfo position)
            at = at with { Line = Math.Max(1, position.LineNumber), Column = position.LinePosition };
        if (fault is XmlLimitException || Begins("The input document has exceeded a limit"))
            return new(IssueCode.LimitExceeded, at, fault.Message);
        if (Begins("For security reasons DTD") || Begins(UnexpectedDtd))
            return new(IssueCode.DtdForbidden, at, "The message has a document type definition (<!DOCTYPE ...>), which SDMX does not use. Take it out.");
        return Begins(WrongBytes) || Begins("System does not support") || fault.Message.Contains("for the 'encoding' attribute", StringComparison.Ordinal)
            ? new(IssueCode.WrongEncoding, at, $"The bytes are not text in the encoding they are declared in: {fault.Message}")
            : new(IssueCode.IllFormed, at, $"The XML is ill-formed: {fault.Message}");

        bool Begins(string text) => fault.Message.StartsWith(text, StringComparison.Ordinal);
    }

    /// <summary>How the runtime's reader, and <see cref="Utf8XmlReader"/> as it, begins to say that bytes are no text.</summary>
    public const string WrongBytes = "Invalid character in the given encoding.";

    /// <summary>The same of a document type that is not where one may be.</summary>
    public const string UnexpectedDtd = "Unexpected DTD declaration.";
}

/// <summary>A limit of <see cref="ReadLimits"/> was passed.</summary>
sealed class XmlLimitException(string message, int line, int column) : XmlException(message, null, line, column);

/// <summary>Counts the bytes that one node takes, and stops a node that never ends before it fills the memory.</summary>
/// <param name="head">Bytes that were read already; they come first.</param>
/// <param name="input">The rest.</param>
/// <param name="maxPerNode">The most bytes that one node may take.</param>
sealed class MeteredStream(ReadOnlyMemory<byte> head, Stream input, long maxPerNode) : PulledStream
{
    long _atNode;

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    /// <summary>Starts the count for the next node.</summary>
    public void StartNode() => _atNode = BytesRead;

    public override int Read(Span<byte> buffer)
    {
        if (BytesRead - _atNode > maxPerNode)
            throw new XmlLimitException("One element's attributes, or one text, are longer than the limit on text allows.", 0, 0);
        var count = head.IsEmpty ? input.Read(buffer) : Math.Min(head.Length, buffer.Length);
        if (!head.IsEmpty)
        {
            head.Span[..count].CopyTo(buffer);
            head = head[count..];
        }

        BytesRead += count;
        return count;
    }
}

using System.Xml;

namespace Sdmx.Xml;

/// <summary>An <see cref="XmlReader"/> that says where it stands and how much it has read, and keeps <see cref="ReadLimits"/>.</summary>
/// <remarks>Two kinds: <see cref="Utf8XmlReader"/> for what messages are made of, and the runtime's own behind <see cref="LimitedXmlReader"/>
/// for any other encoding, and as the oracle of the first.</remarks>
abstract class LocatedXmlReader : XmlReader, IXmlLineInfo
{
    /// <summary>How many bytes of the input have been read so far, its buffer included.</summary>
    public abstract long BytesRead { get; }

    /// <summary>The line of the current node, from 1.</summary>
    public abstract int LineNumber { get; }

    /// <summary>The position in the line, in UTF-16 characters from 1; of a tag, its name's.</summary>
    public abstract int LinePosition { get; }

    /// <inheritdoc/>
    public bool HasLineInfo() => true;
}

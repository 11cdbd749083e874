using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>An <see cref="XmlReader"/> that also bounds depth and the number of attributes, which the runtime's settings do not.</summary>
/// <param name="inner">The runtime's reader.</param>
/// <param name="input">The bytes that it reads.</param>
/// <param name="limits">The limits.</param>
/// <param name="failure">Why the first bytes cannot be read; null where they can.</param>
sealed class LimitedXmlReader(XmlReader inner, MeteredStream input, ReadLimits limits, ExceptionDispatchInfo? failure = null) : LocatedXmlReader
{
    readonly IXmlLineInfo _position = (IXmlLineInfo)inner;

    public override long BytesRead => input.BytesRead;

    public override int AttributeCount => inner.AttributeCount;

    public override string BaseURI => inner.BaseURI;

    public override int Depth => inner.Depth;

    public override bool EOF => inner.EOF;

    public override bool HasValue => inner.HasValue;

    public override bool IsEmptyElement => inner.IsEmptyElement;

    public override string LocalName => inner.LocalName;

    public override string NamespaceURI => inner.NamespaceURI;

    public override XmlNameTable NameTable => inner.NameTable;

    public override XmlNodeType NodeType => inner.NodeType;

    public override string Prefix => inner.Prefix;

    public override ReadState ReadState => inner.ReadState;

    public override string Value => inner.Value;

    public override string XmlLang => inner.XmlLang;

    public override XmlReaderSettings? Settings => inner.Settings;

    public override int LineNumber => _position.LineNumber;

    public override int LinePosition => _position.LinePosition;

    public override bool Read()
    {
        failure?.Throw();
        input.StartNode();
        if (!ReadNode())
            return false;
        if (inner.NodeType == XmlNodeType.Element)
        {
            if (inner.Depth >= limits.MaxDepth)
                throw Limit($"Elements are nested deeper than {limits.MaxDepth}.");
            if (inner.AttributeCount > limits.MaxComponents)
                throw Limit($"<{inner.Name}> has {inner.AttributeCount} attributes; the limit is {limits.MaxComponents}.");
        }

        return true;
    }

    bool ReadNode()
    {
        try
        {
            return inner.Read();
        }
        catch (ArgumentOutOfRangeException fault)
        {
            // how the runtime's reader fails where bytes that are no text stand in an XML declaration
            throw new XmlException(SafeXml.WrongBytes, fault, LineNumber, LinePosition);
        }
    }

    public override string GetAttribute(int i) => inner.GetAttribute(i);

    public override string? GetAttribute(string name) => inner.GetAttribute(name);

    public override string? GetAttribute(string name, string? namespaceURI) => inner.GetAttribute(name, namespaceURI);

    public override string? LookupNamespace(string prefix) => inner.LookupNamespace(prefix);

    public override bool MoveToAttribute(string name) => inner.MoveToAttribute(name);

    public override bool MoveToAttribute(string name, string? ns) => inner.MoveToAttribute(name, ns);

    public override void MoveToAttribute(int i) => inner.MoveToAttribute(i);

    public override bool MoveToElement() => inner.MoveToElement();

    public override bool MoveToFirstAttribute() => inner.MoveToFirstAttribute();

    public override bool MoveToNextAttribute() => inner.MoveToNextAttribute();

    public override bool ReadAttributeValue() => inner.ReadAttributeValue();

    public override void ResolveEntity() => inner.ResolveEntity();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    XmlLimitException Limit(FormattableString message) =>
        new(message.ToString(CultureInfo.InvariantCulture), LineNumber, LinePosition);
}

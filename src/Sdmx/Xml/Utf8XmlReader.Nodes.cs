using System.Text;
using System.Xml;

namespace Sdmx.Xml;

// what the current node is, as XmlReader says it and as bytes
sealed partial class Utf8XmlReader
{
    /// <inheritdoc/>
    public override int AttributeCount => _count;

    /// <inheritdoc/>
    public override string BaseURI => "";

    /// <inheritdoc/>
    public override int Depth => _depth - (_node == XmlNodeType.Element && !_isEmpty ? 1 : 0);

    /// <inheritdoc/>
    public override bool EOF => _eof;

    /// <inheritdoc/>
    public override bool IsEmptyElement => _isEmpty;

    /// <inheritdoc/>
    public override string LocalName => CurrentName?.LocalName ?? "";

    /// <inheritdoc/>
    public override string NamespaceURI => CurrentName is { } name ? NamespaceOf(name, _attribute >= 0) : "";

    /// <inheritdoc/>
    public override XmlNameTable NameTable { get; } = new NameTable();

    /// <inheritdoc/>
    public override XmlNodeType NodeType => _attribute >= 0 ? XmlNodeType.Attribute : _node;

    /// <inheritdoc/>
    public override string Prefix => CurrentName?.Prefix ?? "";

    /// <inheritdoc/>
    public override ReadState ReadState => _eof ? ReadState.EndOfFile : _node == XmlNodeType.None ? ReadState.Initial : ReadState.Interactive;

    /// <inheritdoc/>
    public override string Value => _attribute >= 0 ? ValueOf(_attribute)
        : _node is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace ? TextValue() : "";

    /// <inheritdoc/>
    public override string XmlLang => Bound(LanguageBinding) ?? "";

    Utf8Name? CurrentName => _attribute >= 0 ? _attributes[_attribute].Name : _name;

    /// <summary>The name of an attribute.</summary>
    public Utf8Name NameAt(int attribute) => _attributes[attribute].Name;

    /// <summary>The value of an attribute in UTF-8; until the next value is asked for.</summary>
    public ReadOnlySpan<byte> ValueAt(int attribute)
    {
        ref readonly var at = ref _attributes[attribute];
        return at.IsRaw ? DecodeValue(at) : new(_bytes, at.Start, at.Length);
    }

    /// <summary>The number of the attribute, or -1.</summary>
    public int Find(ReadOnlySpan<byte> qualifiedName)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_attributes[i].Name.Bytes.AsSpan().SequenceEqual(qualifiedName))
                return i;
        }

        return -1;
    }

    /// <inheritdoc/>
    public override string GetAttribute(int i) => ValueOf(i);

    /// <inheritdoc/>
    public override string? GetAttribute(string name) => Find(name) is >= 0 and var found ? ValueOf(found) : null;

    /// <inheritdoc/>
    public override string? GetAttribute(string name, string? namespaceURI) => Find(name, namespaceURI) is >= 0 and var found ? ValueOf(found) : null;

    /// <inheritdoc/>
    public override string? LookupNamespace(string prefix) => Bound(prefix);

    /// <inheritdoc/>
    public override bool MoveToAttribute(string name) => Move(Find(name));

    /// <inheritdoc/>
    public override bool MoveToAttribute(string name, string? ns) => Move(Find(name, ns));

    /// <inheritdoc/>
    public override void MoveToAttribute(int i) => Move(i);

    /// <inheritdoc/>
    public override bool MoveToElement()
    {
        var moved = _attribute >= 0;
        _attribute = -1;
        return moved;
    }

    /// <inheritdoc/>
    public override bool MoveToFirstAttribute() => Move(_count > 0 ? 0 : -1);

    /// <inheritdoc/>
    public override bool MoveToNextAttribute() => Move(_attribute + 1 < _count ? _attribute + 1 : -1);

    /// <inheritdoc/>
    public override bool ReadAttributeValue() => false;

    /// <inheritdoc/>
    public override void ResolveEntity() => throw new InvalidOperationException("There are no entities without a document type.");

    bool Move(int attribute)
    {
        if (attribute < 0)
            return false;
        _attribute = attribute;
        return true;
    }

    int Find(string qualifiedName)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_attributes[i].Name.QualifiedName == qualifiedName)
                return i;
        }

        return -1;
    }

    int Find(string localName, string? namespaceUri)
    {
        for (var i = 0; i < _count; i++)
        {
            var name = _attributes[i].Name;
            if (name.LocalName == localName && NamespaceOf(name, isAttribute: true) == (namespaceUri ?? ""))
                return i;
        }

        return -1;
    }

    string ValueOf(int attribute) => Encoding.UTF8.GetString(ValueAt(attribute));
}

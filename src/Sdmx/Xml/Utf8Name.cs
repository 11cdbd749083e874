using System.Text;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>A qualified name that a message uses, with what is remembered of its use.</summary>
sealed class Utf8Name
{
    /// <summary>A name whose grammar has been checked.</summary>
    public Utf8Name(ReadOnlySpan<byte> name)
    {
        Bytes = name.ToArray();
        Lead = [(byte)' ', .. name, (byte)'=', (byte)'"'];
        QualifiedName = Encoding.UTF8.GetString(name);
        Wide = name.Length - QualifiedName.Length;
        var colon = QualifiedName.IndexOf(':');
        (Prefix, LocalName) = colon < 0 ? ("", QualifiedName) : (QualifiedName[..colon], QualifiedName[(colon + 1)..]);
        IsDeclaration = Prefix == "xmlns" || QualifiedName == "xmlns";
        IsInNamespace = IsDeclaration || colon >= 0;
    }

    /// <summary>The name as it stands in the message.</summary>
    public byte[] Bytes { get; }

    /// <summary>How an attribute of this name mostly begins: <c> NAME="</c> behind one blank.</summary>
    public byte[] Lead { get; }

    /// <summary>By how many its bytes exceed its characters.</summary>
    public int Wide { get; }

    /// <summary>With prefix.</summary>
    public string QualifiedName { get; }

    /// <summary>The prefix, or empty.</summary>
    public string Prefix { get; }

    /// <summary>Without prefix.</summary>
    public string LocalName { get; }

    /// <summary>Whether an attribute of this name declares a namespace.</summary>
    public bool IsDeclaration { get; }

    /// <summary>Whether an attribute of this name is in a namespace.</summary>
    public bool IsInNamespace { get; }

    /// <summary>The attribute that came next the last time: behind this attribute, or first in this element.</summary>
    public Utf8Name? NextAttribute { get; set; }

    /// <summary>The element that came next the last time: behind the start tag of this one.</summary>
    public Utf8Name? NextElement { get; set; }

    /// <summary>The element that came next the last time: behind the end tag of this one.</summary>
    public Utf8Name? NextAfterEnd { get; set; }

    /// <summary>The start tag that had an attribute of this name last.</summary>
    public long Tag { get; set; }

    /// <summary>The state of the namespaces by which the prefix was last found bound.</summary>
    public int BoundBy { get; set; } = -1;

    /// <summary>The layout that <see cref="Slot"/> is of.</summary>
    public SchemaLayout? Layout { get; set; }

    /// <summary>The component's slot in <see cref="Layout"/>, or -1.</summary>
    public int Slot { get; set; }
}

/// <summary>The names of a message, each once.</summary>
sealed class Utf8Names
{
    // whoever makes up a new name for each element must not fill the memory
    const int MaxNames = 10_000;

    readonly Dictionary<byte[], Utf8Name> _names = new(BytesComparer.Instance);
    readonly Dictionary<byte[], Utf8Name>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    public Utf8Names() => _byBytes = _names.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Forgets the names when they are too many; between two tags only.</summary>
    /// <returns>Whether it did. Names from before must then not be met again: a name is one object.</returns>
    public bool Trim()
    {
        if (_names.Count <= MaxNames)
            return false;
        _names.Clear();
        return true;
    }

    /// <summary>The name, or null where it was not met before.</summary>
    public Utf8Name? Find(ReadOnlySpan<byte> name) => _byBytes.TryGetValue(name, out var known) ? known : null;

    /// <summary>Adds a name that is well-formed.</summary>
    public Utf8Name Add(ReadOnlySpan<byte> name)
    {
        var added = new Utf8Name(name);
        _names.Add(added.Bytes, added);
        return added;
    }

    sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] name) => GetHashCode(name.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> name)
        {
            var hash = new HashCode();
            hash.AddBytes(name);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

/// <summary>The bytes that names are made of.</summary>
static class Utf8NameGrammar
{
    /// <summary>Whether a byte may be one of a qualified name: for those above 0x7F the character decides.</summary>
    public static bool IsNameByte(byte b) => NameBytes[b];

    static readonly bool[] NameBytes = [.. Enumerable.Range(0, 256).Select(b => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b) || "_.-:".Contains((char)b, StringComparison.Ordinal))];

    /// <summary>Whether it is a qualified name by XML 1.0 (fourth edition, as the runtime's reader has it) and Namespaces in XML.</summary>
    public static bool IsQualified(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        var colon = text.IndexOf(':');
        return colon < 0 ? IsUnqualified(text) : IsUnqualified(text.AsSpan(0, colon)) && IsUnqualified(text.AsSpan(colon + 1));
    }

    /// <summary>Whether a name may begin so.</summary>
    public static bool IsQualifiedSoFar(ReadOnlySpan<byte> name) => IsQualified(name) || IsQualified([.. name, (byte)'a']);

    static bool IsUnqualified(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || !XmlConvert.IsStartNCNameChar(name[0]))
            return false;
        foreach (var c in name)
        {
            if (!XmlConvert.IsNCNameChar(c))
                return false;
        }

        return true;
    }
}

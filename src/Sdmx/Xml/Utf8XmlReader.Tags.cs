using System.Text;
using System.Xml;

namespace Sdmx.Xml;

sealed partial class Utf8XmlReader
{
    struct TagAttribute
    {
        public Utf8Name Name;
        public int Start;
        public int Length;
        public bool IsPlain; // nothing but ASCII, to be taken as it stands
        public bool IsRaw; // holds references or white space that must be replaced
    }

    TagAttribute[] _attributes = new TagAttribute[32];
    int _count;
    long _tag;
    Utf8Name? _lastElement;
    Utf8Name? _lastEnded; // where the last tag was an end tag

    Step StartTag()
    {
        if (_hadRoot && _depth == 0 && !IsEnd(_position + 1))
            throw Fault("There are multiple root elements.", _position);
        var (line, lineStart, lineWide) = (_line, _lineStart, _lineWide);
        var position = _position + 1;
        _tag++;
        _count = 0;
        if (ElementName(ref position) is not { } name || !Attributes(name, ref position, out var special))
        {
            (_line, _lineStart, _lineWide, _count) = (line, lineStart, lineWide, 0);
            return Step.Incomplete;
        }

        Show(XmlNodeType.Element, name, line, (int)(_position + 1 - lineStart) - lineWide + 1);
        _isEmpty = _bytes[position] == '/';
        _position = position + (_isEmpty ? 2 : 1);
        EnterScope(name, special);
        if (_depth >= _limits.MaxDepth)
            throw Limit($"Elements are nested deeper than {_limits.MaxDepth}.");
        if (_count > _limits.MaxComponents)
            throw Limit($"<{name.QualifiedName}> has {_count} attributes; the limit is {_limits.MaxComponents}.");
        _hadRoot = true;
        if (!_isEmpty)
        {
            if (_depth == _open.Length)
                Array.Resize(ref _open, _depth * 2);
            _open[_depth++] = (name, _nodeLine, _nodePosition);
        }

        return Step.Node;
    }

    Utf8Name? ElementName(ref int position)
    {
        var expected = _lastEnded is not null ? _lastEnded.NextAfterEnd : _lastElement?.NextElement;
        Utf8Name? name;
        if (expected is not null && _bytes.AsSpan(position).StartsWith(expected.Bytes) && EndsName(_bytes[position + expected.Bytes.Length]))
        {
            name = expected;
            position += name.Bytes.Length;
            _lineWide += name.Wide;
        }
        else
        {
            name = ReadName(ref position);
            if (name is null)
                return null;
            if (_lastEnded is not null)
                _lastEnded.NextAfterEnd = name;
            else
                _lastElement?.NextElement = name;
        }

        (_lastElement, _lastEnded) = (name, null);
        return name;
    }

    static bool EndsName(byte b) => b is (byte)' ' or (byte)'>' or (byte)'/';

    /// <summary>Goes over attributes up to the end of the tag.</summary>
    /// <param name="before">The element's name.</param>
    /// <param name="position">The position, then that of <c>&gt;</c> or <c>/</c>.</param>
    /// <param name="special">Whether there are attributes of namespaces.</param>
    /// <returns><c>false</c> when the window ends first.</returns>
    bool Attributes(Utf8Name before, ref int position, out bool special)
    {
        special = false;
        while (true)
        {
            var quote = (byte)'"';
            if (before.NextAttribute is { } name && _bytes.AsSpan(position).StartsWith(name.Lead))
            {
                // the usual case: the attribute that came here the last time
                position += name.Lead.Length;
                _lineWide += name.Wide;
            }
            else
            {
                var spaced = SkipSpace(ref position);
                if (IsTagEnd(position) is { } ends)
                    return ends;
                if (!spaced && Utf8NameGrammar.IsNameByte(_bytes[position]))
                    throw Fault("White space is missing before an attribute.", position);
                if (ReadName(ref position) is not { } read || !TakeEquals(ref position, out quote))
                    return false;
                before.NextAttribute = name = read;
            }

            if (!TakeValue(name, ref position, quote))
                return false;
            special |= name.IsInNamespace;
            before = name;
        }
    }

    /// <summary>Whether the tag ends here: null when it does not, <c>false</c> when the window ends.</summary>
    bool? IsTagEnd(int position) => _bytes[position] switch
    {
        (byte)'>' => true,
        (byte)'/' => _bytes[position + 1] == '>' ? true : IsEnd(position + 1) ? false : throw Fault("'>' is missing behind '/'.", position + 1),
        0 when IsEnd(position) => false,
        _ => null,
    };

    bool TakeEquals(ref int position, out byte quote)
    {
        SkipSpace(ref position);
        quote = 0;
        if (_bytes[position] != '=')
            return IsEnd(position) ? false : throw Fault("'=' is missing behind an attribute's name.", position);
        position++;
        SkipSpace(ref position);
        quote = _bytes[position];
        if (quote is not ((byte)'"' or (byte)'\''))
            return IsEnd(position) ? false : throw Fault("An attribute's value is not in quotes.", position);
        position++;
        return true;
    }

    bool TakeValue(Utf8Name name, ref int position, byte quote)
    {
        var start = position;
        var end = Utf8Scan.ValueEnd(_bytes, position, quote);
        var isRaw = false;
        var isPlain = _bytes[end] == quote;
        if (!isPlain && !FinishValue(ref end, quote, out isRaw))
            return false;
        if (name.Tag == _tag)
            throw Fault($"'{name.QualifiedName}' is a duplicate attribute name.", start);
        name.Tag = _tag;
        if (_count == _attributes.Length)
            Array.Resize(ref _attributes, _count * 2);
        ref var attribute = ref _attributes[_count++];
        (attribute.Name, attribute.Start, attribute.Length, attribute.IsPlain, attribute.IsRaw) = (name, start, end - start, isPlain, isRaw);
        position = end + 1;
        return true;
    }

    /// <summary>Goes over what is not plain ASCII in a value, up to the quote.</summary>
    bool FinishValue(ref int end, byte quote, out bool isRaw)
    {
        isRaw = false;
        for (; _bytes[end] != quote; end = Utf8Scan.ValueEnd(_bytes, end, quote))
        {
            var b = _bytes[end];
            if (b == '<')
                throw Fault("'<' stands in an attribute's value.", end);
            isRaw |= b < 0x80;
            if (!(b == '&' ? Reference(ref end, out _) : Character(ref end)))
                return false;
        }

        return true;
    }

    Step EndTag()
    {
        if (_depth == 0)
            throw Fault("An end tag has no start tag.", _position);
        var name = _open[_depth - 1].Name;
        var position = _position + 2;
        if (!_bytes.AsSpan(position).StartsWith(name.Bytes))
            return Mismatch(name, position);
        position += name.Bytes.Length;
        var (line, lineStart, lineWide) = (_line, _lineStart, _lineWide);
        _lineWide += name.Wide;
        if (_bytes[position] != '>')
        {
            if (Utf8NameGrammar.IsNameByte(_bytes[position]))
                return Mismatch(name, _position + 2);
            SkipSpace(ref position);
            if (_bytes[position] != '>')
            {
                (_line, _lineStart, _lineWide) = (line, lineStart, lineWide);
                return IsEnd(position) ? Step.Incomplete : throw Fault("An end tag does not end with '>'.", position);
            }
        }

        Show(XmlNodeType.EndElement, name, line, (int)(_position + 2 - lineStart) - lineWide + 1);
        _position = position + 1;
        _depth--;
        _lastEnded = name;
        LeaveScope();
        return Step.Node;
    }

    Step Mismatch(Utf8Name name, int position)
    {
        var given = _window.From(position);
        if (given.Length <= name.Bytes.Length && name.Bytes.AsSpan().StartsWith(given))
            return Step.Incomplete;
        var (_, line, column) = _open[_depth - 1];
        var end = Encoding.UTF8.GetString(_bytes.AsSpan(position, NameEnd(position) - position));
        throw Fault($"The '{name.QualifiedName}' start tag on line {line} position {column} does not match the end tag of '{end}'.", position, name.Bytes.Length + 1);
    }
}

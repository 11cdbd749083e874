using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using System.Xml;

namespace Sdmx.Xml;

sealed partial class Utf8XmlReader
{
    byte[] _decoded = new byte[256];

    /// <summary>Passes the character at a position, or all above ASCII that stand together.</summary>
    /// <returns><c>false</c> when the window ends first.</returns>
    bool Character(ref int position)
    {
        var b = _bytes[position];
        if (b >= 0x80)
            return WideCharacters(ref position);
        if (b is (byte)'\n' or (byte)'\r')
        {
            if (b == '\r' && IsEnd(position + 1))
                return false;
            NewLine(ref position);
            return true;
        }

        if (b < ' ' && b != '\t')
            return IsEnd(position) ? false : throw Fault($"The character 0x{b:X2} may not stand in XML.", position);
        position++;
        return true;
    }

    bool WideCharacters(ref int position)
    {
        var run = _window.From(position);
        var length = run.IndexOfAnyInRange((byte)0, (byte)0x7F);
        if (length >= 0)
            run = run[..length];
        if (!Utf8.IsValid(run))
        {
            // faults come in the order of the text: an illegal character before bad bytes is found first
            for (var at = 0; at < run.Length;)
            {
                var status = Rune.DecodeFromUtf8(run[at..], out var rune, out var bytes);
                if (status == OperationStatus.NeedMoreData && length < 0)
                    return false;
                if (status != OperationStatus.Done)
                    throw BadBytes(position + at);
                if (rune.Value is 0xFFFE or 0xFFFF)
                    break;
                at += bytes;
            }
        }

        if (run.IndexOf("\uFFFE"u8) >= 0 || run.IndexOf("\uFFFF"u8) >= 0)
            throw Fault("U+FFFE or U+FFFF may not stand in XML.", position);
        _lineWide += run.Length - Encoding.UTF8.GetCharCount(run);
        position += run.Length;
        return true;
    }

    /// <summary>Passes a reference.</summary>
    bool Reference(ref int position, out int character)
    {
        character = 0;
        var start = position + 1;
        var rest = _window.From(start);
        var length = rest.IndexOfAnyExcept(ReferenceBytes);
        if (length < 0)
            return rest.Length > MaxReference ? throw Fault("A reference does not end.", position) : false;
        if (rest[length] != ';' || !TryResolve(rest[..length], out character))
            throw Fault("A reference is to no character or entity that XML has.", start + length);
        position = start + length + 1;
        return true;
    }

    // longer ones have leading zeros
    const int MaxReference = 1 << 16;

    static readonly SearchValues<byte> ReferenceBytes = SearchValues.Create("#0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    static bool TryResolve(ReadOnlySpan<byte> reference, out int character)
    {
        character = reference switch
        {
            _ when reference.SequenceEqual("amp"u8) => '&',
            _ when reference.SequenceEqual("lt"u8) => '<',
            _ when reference.SequenceEqual("gt"u8) => '>',
            _ when reference.SequenceEqual("quot"u8) => '"',
            _ when reference.SequenceEqual("apos"u8) => '\'',
            _ => 0,
        };
        if (character != 0)
            return true;
        if (!reference.StartsWith("#"u8))
            return false;
        var isHex = reference.StartsWith("#x"u8);
        var digits = reference[(isHex ? 2 : 1)..].TrimStart((byte)'0');
        return digits.Length is > 0 and < 8
            && int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out character)
            && IsCharacter(character);
    }

    static bool IsCharacter(int c) => c is '\t' or '\n' or '\r' or (>= ' ' and < 0xD800) or (>= 0xE000 and < 0xFFFE) or (>= 0x10000 and <= 0x10FFFF);

    /// <summary>Reads a qualified name; null when the window may end inside it.</summary>
    Utf8Name? ReadName(ref int position)
    {
        if (!HasName(position))
            return null;
        var end = NameEnd(position);
        var text = _bytes.AsSpan(position, end - position);
        var name = _names.Find(text);
        if (name is null)
        {
            if (!Utf8NameGrammar.IsQualified(text))
                throw Fault($"'{Encoding.UTF8.GetString(text)}' is no name.", position);
            name = _names.Add(text);
        }

        _lineWide += name.Wide;
        position = end;
        return name;
    }

    int NameEnd(int position)
    {
        while (Utf8NameGrammar.IsNameByte(_bytes[position]))
            position++;
        return position;
    }

    /// <summary>Whether the window holds the whole name at a position, or what is there instead; its bytes are then good.</summary>
    bool HasName(int position)
    {
        var end = NameEnd(position);
        if (IsEnd(end))
            return false;
        var name = _bytes.AsSpan(position, end - position);
        if (Utf8.IsValid(name))
            return true;
        var good = GoodLength(name);
        throw good > 0 && !Utf8NameGrammar.IsQualifiedSoFar(name[..good]) ? NewFault($"'{Encoding.UTF8.GetString(name[..good])}' is no name.", position) : BadBytes(position + good);
    }

    /// <summary>How many bytes are well-formed up to the first that is not.</summary>
    static int GoodLength(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        while (Rune.DecodeFromUtf8(bytes[good..], out _, out var length) == OperationStatus.Done)
            good += length;
        return good;
    }

    /// <summary>An attribute's value with references resolved and white space made blanks (XML 1.0, 3.3.3).</summary>
    ReadOnlySpan<byte> DecodeValue(in TagAttribute attribute) => Decode(attribute.Start, attribute.Length, isText: false, hasReferences: true);

    ReadOnlySpan<byte> DecodeText() => Decode(_text, _textLength, isText: true, hasReferences: _node != XmlNodeType.CDATA);

    ReadOnlySpan<byte> Decode(int start, int length, bool isText, bool hasReferences)
    {
        if (_decoded.Length < length)
            _decoded = new byte[length];
        var count = 0;
        for (var position = start; position < start + length;)
        {
            var b = _bytes[position];
            if (b == '&' && hasReferences)
            {
                Reference(ref position, out var character);
                count += new Rune(character).EncodeToUtf8(_decoded.AsSpan(count));
                continue;
            }

            if (b == '\r')
            {
                b = (byte)'\n';
                if (_bytes[position + 1] == '\n' && position + 1 < start + length)
                    position++;
            }

            _decoded[count++] = !isText && b is ((byte)'\n' or (byte)'\t') ? (byte)' ' : b;
            position++;
        }

        return _decoded.AsSpan(0, count);
    }

    void ThrowRootText(ref int position)
    {
        if (_bytes[position] < 0x80 || Character(ref position))
            throw Fault("Text stands outside the root element.", position);
    }

    /// <summary>The message ends where it must not. Bytes that are no text come before that.</summary>
    void ThrowAtEnd(ReadOnlySpan<byte> rest)
    {
        // the runtime's reader passes over a last character that is cut
        var whole = rest;
        for (var at = Math.Max(0, rest.Length - 3); at < rest.Length; at++)
        {
            if (rest[at] >= 0xC0 && Rune.DecodeFromUtf8(rest[at..], out _, out _) == OperationStatus.NeedMoreData)
                whole = rest[..at];
        }

        if (!Utf8.IsValid(whole))
            throw BadBytes(_position);
        if (_hadRoot && _depth == 0 && !whole.ContainsAnyExcept(" \t\r\n"u8))
            return;
        throw NewFault(_hadRoot ? "The message ends inside an element or markup." : "The root element is missing.", _position);
    }

    XmlException BadBytes(int position) => NewFault(SafeXml.WrongBytes, position);

    /// <summary>A fault of form at a position, unless the bytes there are no text, which comes first.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="position">Where.</param>
    /// <param name="length">How many bytes are looked at.</param>
    XmlException Fault(string message, int position, int length = 1)
    {
        var before = _position;
        // a character may be cut by the window; not one of a tag that has been taken
        if (position >= before && _window.End - position < length + 3)
        {
            Fill();
            position -= before;
        }

        var text = _window.From(position);
        for (var good = 0; good < Math.Min(length, text.Length);)
        {
            var status = Rune.DecodeFromUtf8(text[good..], out _, out var bytes);
            if (status == OperationStatus.InvalidData)
                return BadBytes(position + good);
            good += bytes;
        }

        return NewFault(message, position);
    }

    XmlException NewFault(string message, int position) => new(message, null, _line, Math.Max(ColumnOf(position), 1));

    XmlLimitException Limit(FormattableString message) => new(message.ToString(CultureInfo.InvariantCulture), LineNumber, LinePosition);
}

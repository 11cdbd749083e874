using System.Buffers;
using System.Text;
using System.Xml;

namespace Sdmx.Xml;

sealed partial class Utf8XmlReader
{
    /// <summary>Passes white space, and counts lines.</summary>
    /// <returns>Whether there was any.</returns>
    bool SkipSpace(ref int position)
    {
        var start = position;
        var bytes = _bytes;
        while (true)
        {
            switch (bytes[position])
            {
                case (byte)' ' or (byte)'\t':
                    position++;
                    break;
                case (byte)'\n' or (byte)'\r':
                    NewLine(ref position);
                    // indentation
                    if (bytes[position] == ' ')
                        position = Utf8Scan.BlanksEnd(bytes, position);
                    break;
                default:
                    return position > start;
            }
        }
    }

    /// <summary>Passes the end of a line: CR, LF or both.</summary>
    void NewLine(ref int position)
    {
        if (_bytes[position] == '\r' && _bytes[position + 1] == '\n')
            position++;
        position++;
        _line++;
        (_lineStart, _lineWide) = (position, 0);
    }

    /// <summary>Goes over text up to a tag.</summary>
    Step Text()
    {
        var (line, lineStart, lineWide) = (_line, _lineStart, _lineWide);
        var start = _position;
        var position = start;
        SkipSpace(ref position);
        // the line's end may be the first half of CR LF
        var isWhole = !IsEnd(position);
        var hasText = false;
        var isRaw = position > start;
        if (isWhole && _bytes[position] != '<')
        {
            if (_depth == 0)
                ThrowRootText(ref position);
            isWhole = FinishText(ref position, out hasText);
            isRaw = true;
        }

        if (!isWhole)
        {
            (_line, _lineStart, _lineWide) = (line, lineStart, lineWide);
            return Step.Incomplete;
        }

        _position = position;
        if (!hasText && !(IsPreserving && _depth > 0))
            return Step.Nothing;
        Show(hasText ? XmlNodeType.Text : XmlNodeType.SignificantWhitespace, null, line, (int)(start - lineStart) - lineWide + 1);
        (_text, _textLength, _textIsRaw) = (start, position - start, isRaw);
        return Step.Node;
    }

    bool FinishText(ref int position, out bool hasText)
    {
        hasText = false;
        while (true)
        {
            switch (_bytes[position])
            {
                case (byte)'<':
                    return true;
                case (byte)'&':
                    if (!Reference(ref position, out var character))
                        return false;
                    hasText |= character is not (' ' or '\t' or '\r' or '\n');
                    break;
                case (byte)']' when _bytes[position + 1] == ']' && _bytes[position + 2] == '>':
                    throw Fault("']]>' stands in text.", position);
                case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n':
                    SkipSpace(ref position);
                    break;
                default:
                    if (!Character(ref position))
                        return false;
                    hasText = true;
                    break;
            }
        }
    }

    /// <summary>A comment, character data, or what may not be.</summary>
    Step Declaration()
    {
        var rest = _window.From(_position);
        if (rest.StartsWith("<!--"u8))
            return PassOver(4, "--"u8, isComment: true);
        if (_depth > 0 && rest.StartsWith("<![CDATA["u8))
            return PassOver(9, "]]>"u8, isComment: false);
        if (_depth == 0 && rest.Length > 3 && rest[2] is not ((byte)'-' or (byte)'['))
        {
            // Bytes that are no text come first.
            var next = _position + 2;
            return rest[2] >= 0x80 && !Character(ref next) ? Step.Incomplete : throw Fault(SafeXml.UnexpectedDtd, _position);
        }

        if (_depth > 0 && rest.Length > 9 && rest.StartsWith("<!DOCTYPE"u8) && EndsWord(rest[9..]) is var ends and not false)
            return ends is null ? Step.Incomplete : throw Fault(SafeXml.UnexpectedDtd, _position);
        if ("<!--"u8.StartsWith(rest) || "<!DOCTYPE"u8.StartsWith(rest) || (_depth > 0 && "<![CDATA["u8.StartsWith(rest)))
            return Step.Incomplete;
        throw Fault("'<!' begins neither a comment nor character data.", _position, 9);
    }

    /// <summary>Whether a word ends before the first character; null when there is only a part of it.</summary>
    static bool? EndsWord(ReadOnlySpan<byte> rest) =>
        Rune.DecodeFromUtf8(rest, out var next, out _) == OperationStatus.NeedMoreData ? null : !next.IsBmp || !XmlConvert.IsNCNameChar((char)next.Value);

    Step Instruction()
    {
        var (line, lineStart, lineWide) = (_line, _lineStart, _lineWide);
        var position = _position + 2;
        var target = ReadName(ref position);
        if (target is not null && (target.Prefix.Length > 0 || target.LocalName.Equals("xml", StringComparison.OrdinalIgnoreCase)))
            throw Fault($"'{target.QualifiedName}' is no name of a processing instruction here.", _position + 2);
        (_line, _lineStart, _lineWide) = (line, lineStart, lineWide);
        if (target is null || (_bytes[position] == '?' && IsEnd(position + 1)))
            return Step.Incomplete;
        if (_bytes[position] is not ((byte)'?' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') || (_bytes[position] == '?' && _bytes[position + 1] != '>'))
            throw Fault("A processing instruction's name is followed by what is neither a blank nor '?>'.", position);
        return PassOver(2, "?>"u8, isComment: false);
    }

    /// <summary>Passes over markup up to its end.</summary>
    Step PassOver(int lead, ReadOnlySpan<byte> end, bool isComment)
    {
        var (line, lineStart, lineWide) = (_line, _lineStart, _lineWide);
        var start = _position + lead;
        var position = start;
        while (!_bytes.AsSpan(position).StartsWith(end))
        {
            if (Character(ref position))
                continue;
            (_line, _lineStart, _lineWide) = (line, lineStart, lineWide);
            return Step.Incomplete;
        }

        var length = position - start;
        position += end.Length;
        if (isComment && _bytes[position] != '>')
        {
            (_line, _lineStart, _lineWide) = (line, lineStart, lineWide);
            return IsEnd(position) ? Step.Incomplete : throw Fault("'--' stands in a comment.", position);
        }

        _position = isComment ? position + 1 : position;
        if (end.Length < 3)
            return Step.Nothing;
        Show(XmlNodeType.CDATA, null, line, (int)(start - lineStart) - lineWide + 1);
        (_text, _textLength, _textIsRaw) = (start, length, true);
        return Step.Node;
    }
}

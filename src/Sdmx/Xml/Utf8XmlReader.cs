using System.Text;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>Reads XML in UTF-8 without a character ever becoming UTF-16: what data messages are read by.</summary>
/// <remarks>
/// <para>To the readers an <see cref="XmlReader"/> with the settings of <see cref="SafeXml"/>: document types refused, comments, processing
/// instructions and white space left out. Names and attributes are also there as bytes. It finds the same faults of form as the runtime's reader
/// (XML 1.0, fourth edition; Namespaces in XML 1.0), by the same <see cref="IssueCode"/>, in other words.</para>
/// <para>Each token is looked at whole in the window; where the window ends first, more is read and the token is begun anew. So nothing inside
/// a token knows of the window's borders, and what a token changes is set only when it is complete.</para>
/// </remarks>
sealed partial class Utf8XmlReader : LocatedXmlReader
{
    readonly Utf8Window _window;
    readonly ReadLimits _limits;
    readonly Utf8Names _names = new();
    byte[] _bytes;
    int _position;
    int _line = 1;
    long _lineStart; // where the line starts in the window; below 0 when that has left it
    int _lineWide; // by how many bytes the line exceeds its characters so far

    XmlNodeType _node = XmlNodeType.None;
    Utf8Name? _name;
    int _nodeLine;
    int _nodePosition;
    bool _isEmpty;
    int _text;
    int _textLength;
    bool _textIsRaw;
    (Utf8Name Name, int Line, int Position)[] _open = new (Utf8Name, int, int)[16];
    int _depth;
    bool _hadRoot;
    int _attribute = -1;

    /// <summary>A reader that goes on at <paramref name="start"/>, behind byte order mark and declaration.</summary>
    public Utf8XmlReader(Utf8Window window, int start, ReadLimits limits)
    {
        (_window, _limits, _bytes, _position) = (window, limits, window.Bytes, start);
        _lineStart = window.From(0).StartsWith("\uFEFF"u8) ? 3 : 0;
    }

    enum Step
    {
        /// <summary>A node that is shown.</summary>
        Node,

        /// <summary>Something that is left out.</summary>
        Nothing,

        /// <summary>The window ends inside the token.</summary>
        Incomplete,
    }

    /// <inheritdoc/>
    public override long BytesRead => _window.BytesRead;

    /// <inheritdoc/>
    public override int LineNumber => _nodeLine;

    /// <inheritdoc/>
    public override int LinePosition => _nodePosition;

    /// <inheritdoc/>
    public override bool Read()
    {
        if (EOF)
            return false;
        if (_isEmpty && _node == XmlNodeType.Element)
            LeaveScope();
        (_count, _attribute, _isEmpty) = (0, -1, false);
        (_readStart, _readLine, _readColumn) = (_position, _line, ColumnOf(_position));
        _window.StartNode(_position);
        while (true)
        {
            var step = Next();
            if (step == Step.Node)
                return true;
            if (step == Step.Incomplete && !Fill())
                return TakeEnd();
        }
    }

    Step Next() => _bytes[_position] != '<' ? Text() : _bytes[_position + 1] switch
    {
        (byte)'/' => EndTag(),
        (byte)'!' => Declaration(),
        (byte)'?' => Instruction(),
        _ => StartTag(),
    };

    bool Fill()
    {
        var keep = _position;
        var read = _window.Fill(keep) || (_window.IsStopped && _window.Fill(0));
        _bytes = _window.Bytes;
        _lineStart -= keep;
        (_position, _readStart) = (0, -1);
        DropPattern();
        return read;
    }

    /// <summary>Takes the end of the message: the end of its root, or a fault.</summary>
    bool TakeEnd()
    {
        var rest = _window.From(_position);
        if (!_hadRoot || _depth > 0 || rest.ContainsAnyExcept(" \t\r\n"u8))
            ThrowAtEnd(rest);
        SkipSpace(ref _position);
        (_node, _nodeLine, _nodePosition, _name) = (XmlNodeType.None, _line, ColumnOf(_position), null);
        _eof = true;
        return false;
    }

    bool _eof;

    void Show(XmlNodeType node, Utf8Name? name, int line, int position) => (_node, _name, _nodeLine, _nodePosition) = (node, name, line, position);

    int ColumnOf(int position) => (int)(position - _lineStart) - _lineWide + 1;

    /// <summary>Whether a zero byte at a position is the window's end and not the message's.</summary>
    bool IsEnd(int position) => position >= _window.End;

    string TextValue() => _textIsRaw ? Encoding.UTF8.GetString(DecodeText()) : Encoding.UTF8.GetString(_bytes, _text, _textLength);
}

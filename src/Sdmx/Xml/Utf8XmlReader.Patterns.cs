using System.Xml;

namespace Sdmx.Xml;

// elements that are like the one before them, read as a whole
sealed partial class Utf8XmlReader
{
    readonly Utf8Pattern _pattern = new();
    int _readStart; // where the reading of the current node began, with what is left out before it; -1 where that has left the window
    int _readLine;
    int _readColumn;
    bool _isInPattern;
    int _patternLine; // what _readLine and _readColumn were when it was begun
    int _patternColumn;
    PatternLines _lines;

    /// <summary>How a pattern goes on from line to line.</summary>
    /// <param name="Lead">The line breaks before the element.</param>
    /// <param name="All">The line breaks in it.</param>
    /// <param name="Column">Where the element's name stands: in its line, or behind the pattern's start where that is in the same line.</param>
    /// <param name="Wide">By how many bytes its last line exceeds its characters.</param>
    /// <param name="EndTag">By how many characters the name in the end tag stands before the pattern's end; 0: there is no end tag.</param>
    readonly record struct PatternLines(int Lead, int All, int Column, int Wide, int EndTag);

    /// <summary>The values in which the element of <see cref="ReadAlike"/> differs from the one before it.</summary>
    public int ChangeCount => _pattern.ChangeCount;

    /// <summary>Begins a pattern with the element whose start tag is the current node, to be ended behind the same element.</summary>
    public void BeginPattern()
    {
        _isInPattern = _readStart >= 0;
        (_patternLine, _patternColumn) = (_readLine, _readColumn);
        var lead = _nodeLine - _readLine;
        _lines = new(lead, 0, lead > 0 ? _nodePosition : _nodePosition - _readColumn, 0, 0);
        _pattern.Begin(_readStart);
    }

    /// <summary>Says that an attribute's value goes to a slot: the next element may have another one.</summary>
    public void AddToPattern(int attribute, int slot)
    {
        ref readonly var at = ref _attributes[attribute];
        if (_isInPattern && at.IsPlain && at.Length > 0)
            _pattern.Add(at.Start, at.Length, slot);
    }

    /// <summary>Ends the pattern behind the current node: the next element may be like it.</summary>
    public void EndPattern()
    {
        // an end tag is found by its distance from the end
        if (!_isInPattern || (!_isEmpty && _nodeLine != _line))
            return;
        _isInPattern = false;
        var breaks = _line - _patternLine;
        _pattern.Finish(_position, breaks > 0 ? _lineStart : -1);
        var wide = breaks > 0 ? _lineWide : _pattern.Length - (ColumnOf(_position) - _patternColumn);
        _lines = _lines with { All = breaks, Wide = wide, EndTag = _isEmpty ? 0 : ColumnOf(_position) - _nodePosition };
    }

    /// <summary>Gives the pattern up.</summary>
    public void DropPattern()
    {
        _isInPattern = false;
        _pattern.Drop();
    }

    /// <summary>Reads the next element if it follows the pattern at once and differs from it only in values of slots.</summary>
    /// <returns>Whether it did: it is then read up to its end, and the pattern of the next.</returns>
    /// <param name="line">The element's line.</param>
    /// <param name="column">Its name's position in the line.</param>
    public bool ReadAlike(out int line, out int column)
    {
        (line, column) = (0, 0);
        var start = _position;
        if (_pattern.End != start || !_pattern.Match(_bytes))
            return false;
        line = _line + _lines.Lead;
        column = _lines.Lead > 0 ? _lines.Column : ColumnOf(start) + _lines.Column;
        _position = _pattern.End;
        if (_lines.All > 0)
            (_line, _lineStart, _lineWide) = (_line + _lines.All, start + _pattern.LastLine, _lines.Wide);
        else
            _lineWide += _lines.Wide;
        (_nodeLine, _nodePosition) = _lines.EndTag == 0 ? (line, column) : (_line, ColumnOf(_position) - _lines.EndTag);
        return true;
    }

    /// <summary>The slot of a changed value, and the value.</summary>
    public ReadOnlySpan<byte> ChangeAt(int change, out int slot)
    {
        (slot, var start, var length) = _pattern.Change(change);
        return new(_bytes, start, length);
    }
}

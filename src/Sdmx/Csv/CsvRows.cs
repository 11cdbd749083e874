using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Sdmx.Csv;

/// <summary>Cuts the rows of comma-separated values out of UTF-8 (RFC 4180): quoted cells, doubled quotes, line breaks in cells, CRLF, LF or CR.</summary>
/// <remarks>Cells are bytes of one buffer, good until the next <see cref="Read"/>. Rows without any character are passed over. A fault ends the
/// reading: see <see cref="Fault"/>. A row that the window ends in is cut anew when more is there. Not thread-safe.</remarks>
sealed class CsvRows(Stream input, ReadLimits limits, int size = CsvWindow.DefaultSize)
{
    const byte Quote = (byte)'"';
    const byte LineFeed = (byte)'\n';
    const byte CarriageReturn = (byte)'\r';

    readonly CsvWindow _window = new(input, limits, size);
    int[] _ends = new int[64]; // per cell, from the start of the row, where what ends it stands
    int[] _changes = new int[64];
    int _changeCount;
    int _replacedEnd; // where the cell that was cut last ended in the row before
    int _row;
    int _next;
    int _shared = -1; // where the row before starts, if it is still there and may be shared with
    int _sharedEnd; // behind the line break that ends it
    int _line = 1;
    int _lineBreaks;
    byte[] _joined = new byte[256]; // cells of the row in which doubled quotes are made one
    int _joinedLength;
    Rest _rest;

    /// <summary>The cell that the window ends in.</summary>
    /// <param name="Start">Where its text starts.</param>
    /// <param name="IsQuoted">Whether it is quoted.</param>
    /// <param name="End">Behind its closing quote, if the last byte is one; else -1.</param>
    /// <param name="Doubled">How many doubled quotes it has.</param>
    readonly record struct Rest(int Start, bool IsQuoted, int End, int Doubled);

    /// <summary>The character between cells.</summary>
    public byte Separator { get; set; } = (byte)',';

    /// <summary>How many cells the row has.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the row has as many cells as the one before, and <see cref="Changes"/> names all in which they differ.</summary>
    public bool IsAlike { get; private set; }

    /// <summary>The cells, in order, that may be others than in the row before; all others are the same, byte for byte.</summary>
    /// <remarks>The rows of one series differ in a period and a figure: comparing all else is cheaper than cutting it (benchmark <c>csv-read</c>).</remarks>
    public ReadOnlySpan<int> Changes => _changes.AsSpan(0, _changeCount);

    /// <summary>The line the row starts at.</summary>
    public int Line { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead => _window.BytesRead;

    /// <summary>What ended the reading, or null.</summary>
    public Issue? Fault { get; private set; }

    /// <summary>A cell, unquoted.</summary>
    public ReadOnlySpan<byte> this[int cell]
    {
        get
        {
            var start = cell == 0 ? 0 : _ends[cell - 1] + 1;
            var text = _window.Bytes.AsSpan(_row + start, _ends[cell] - start);
            if (text.IsEmpty || text[0] != Quote)
                return text;
            text = text[1..^1];
            return text.Contains(Quote) ? Join(text) : text;
        }
    }

    /// <summary>The first bytes of the file, to find the separator by; short when the file is.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        while (_window.End < count && _window.Fill(0))
        {
        }

        return _window.Bytes.AsSpan(0, Math.Min(count, _window.End));
    }

    /// <summary>Reads the next row.</summary>
    /// <returns><c>false</c> at the end, or at a <see cref="Fault"/>.</returns>
    public bool Read()
    {
        if (Fault is not null || !SkipLineBreaks())
        {
            Count = 0;
            return false;
        }

        (Line, _joinedLength) = (_line, 0);
        var before = Count;
        while (!Scan(_shared < 0 ? 0 : before))
        {
            if (Fault is not null)
                return false;
            if (Fill())
                continue;
            if (!EndText())
                return false;
            break;
        }

        IsAlike = _shared >= 0 && Count == before;
        // line breaks in cells are counted where cells are cut
        (_shared, _sharedEnd) = (_lineBreaks > 0 ? -1 : _row, _next + 1);
        _line += _lineBreaks;
        return true;
    }

    bool Fill()
    {
        if (!_window.Fill(_row))
            return false;
        (_row, _shared) = (0, -1);
        return true;
    }

    /// <summary>Goes to the next character that is no line break; false at the end.</summary>
    bool SkipLineBreaks()
    {
        _row = _next;
        while (true)
        {
            for (; _row < _window.End && _window.Bytes[_row] is LineFeed or CarriageReturn; _row++)
            {
                if (_window.Bytes[_row] == LineFeed || !IsLineFeed(_row + 1))
                    _line++;
            }

            if (_row < _window.End)
                return true;
            if (!Fill())
                break;
        }

        if (_window.IsMisencoded)
        {
            Line = _line;
            FailEncoding();
        }

        return false;
    }

    bool IsLineFeed(int at)
    {
        var ahead = at - _row;
        if (at == _window.End && Fill())
            at = ahead;
        return at < _window.End && _window.Bytes[at] == LineFeed;
    }

    /// <summary>Cuts the row, as far as the window goes.</summary>
    /// <param name="before">How many cells the row before has, if it may be compared with.</param>
    /// <returns>False where the window ends before the row, or at a fault.</returns>
    bool Scan(int before)
    {
        (Count, _changeCount, _lineBreaks) = (0, 0, 0);
        var (bytes, end, cell) = (_window.Bytes, _window.End, _row);
        if (PassSame(before, 0, ref cell))
            return true;
        var (chunk, marks) = (cell, MarksAt(cell));
        while (true)
        {
            while (marks == 0 && chunk + 64 < end)
                marks = MarksAt(chunk += 64);
            var at = chunk + BitOperations.TrailingZeroCount(marks);
            if (at >= end)
            {
                _rest = new(cell, false, -1, 0);
                CheckLength(cell, end - cell, 0);
                return false;
            }

            marks &= marks - 1;
            if (bytes[at] == Quote)
            {
                if (at != cell)
                    continue; // within a cell it is a character like any other
                at = ReadQuoted(cell + 1);
                if (at < 0)
                    return false;
                marks = MarksAt(chunk = at + 1);
            }
            else if (!AddCell(cell, at - cell, at, 0))
            {
                return false;
            }

            if (bytes[at] != Separator)
            {
                _next = at;
                return true;
            }

            if (Count > limits.MaxComponents)
                return FailCount();
            cell = at + 1;
            if (Count >= before)
                continue;
            if (PassSame(before, _replacedEnd + 1, ref cell))
                return true;
            if (cell != at + 1)
                marks = MarksAt(chunk = cell);
        }
    }

    /// <summary>Passes over the cells that the row has in common with the one before.</summary>
    /// <param name="before">How many cells that has.</param>
    /// <param name="was">Where the next of them starts in that row.</param>
    /// <param name="cell">Where it starts in this one; then the first that differs.</param>
    /// <returns>Whether the row ends with them.</returns>
    bool PassSame(int before, int was, ref int cell)
    {
        if (Count >= before)
            return false;
        var bytes = _window.Bytes.AsSpan();
        var same = bytes[cell.._window.End].CommonPrefixLength(bytes[(_shared + was).._sharedEnd]);
        var passed = _ends.AsSpan(Count, before - Count);
        if (passed.IndexOfAnyInRange(was + same, int.MaxValue) is >= 0 and var other)
            passed = passed[..other];
        if (passed.IsEmpty)
            return false;
        if (cell - _row - was is not 0 and var shift)
        {
            foreach (ref var to in passed)
                to += shift;
        }

        Count += passed.Length;
        _next = _row + passed[^1];
        cell = _next + 1;
        return Count == before;
    }

    /// <summary>The bytes from a position on that may end a cell or quote it: bit n is byte n (benchmark <c>csv-read</c>).</summary>
    ulong MarksAt(int at)
    {
        ref readonly var first = ref _window.Bytes[at];
        return Marks(Vector256.LoadUnsafe(in first)) | (ulong)Marks(Vector256.LoadUnsafe(in first, 32)) << 32;
    }

    uint Marks(Vector256<byte> bytes) => (Vector256.Equals(bytes, Vector256.Create(Separator)) | Vector256.Equals(bytes, Vector256.Create(LineFeed))
        | Vector256.Equals(bytes, Vector256.Create(CarriageReturn)) | Vector256.Equals(bytes, Vector256.Create(Quote))).ExtractMostSignificantBits();

    /// <summary>Reads a quoted cell from behind its first quote.</summary>
    /// <returns>The position of what ends it; -1 where the window ends first, or at a fault.</returns>
    int ReadQuoted(int start)
    {
        var (at, doubled, end) = (start, 0, _window.End);
        while (true)
        {
            var found = _window.Bytes.AsSpan(at, end - at).IndexOf(Quote);
            at = found < 0 ? end : at + found + 1;
            if (at == end)
            {
                _rest = new(start, true, found < 0 ? -1 : end, doubled);
                CheckLength(start, end - (found < 0 ? 0 : 1) - start, doubled);
                return -1;
            }

            if (_window.Bytes[at] != Quote)
                break;
            doubled++;
            at++;
        }

        _lineBreaks += _window.Bytes.AsSpan(start, at - 1 - start).Count(LineFeed);
        if (!AddCell(start, at - 1 - start, at, doubled))
            return -1;
        if (_window.Bytes[at] == Separator || _window.Bytes[at] is LineFeed or CarriageReturn)
            return at;
        Fail(IssueCode.IllFormed, "A quoted cell is followed by more text; a quote inside a cell must be doubled.");
        return -1;
    }

    /// <summary>Ends the last row, which no line break ends.</summary>
    bool EndText()
    {
        if (_window.IsTooLong)
            Fail(IssueCode.LimitExceeded, "The row is longer than the limit on text allows.");
        else if (_window.IsMisencoded)
            FailEncoding();
        else if (_rest is { IsQuoted: true, End: < 0 })
            Fail(IssueCode.IllFormed, "A quoted cell of the row that starts here is never closed: is the file cut short?");
        else
            AddCell(_rest.Start, _rest.IsQuoted ? _rest.End - 1 - _rest.Start : _window.End - _rest.Start, _window.End, _rest.Doubled);
        _next = _window.End;
        return Fault is null;
    }

    bool AddCell(int start, int length, int end, int doubled)
    {
        if (length > limits.MaxText && !CheckLength(start, length, doubled))
            return false;
        if (Count == _ends.Length)
        {
            Array.Resize(ref _ends, Count * 2);
            Array.Resize(ref _changes, Count * 2);
        }

        _replacedEnd = _ends[Count];
        _changes[_changeCount++] = Count;
        _ends[Count++] = end - _row;
        return true;
    }

    bool CheckLength(int start, int length, int doubled)
    {
        if (length - doubled <= limits.MaxText || Encoding.UTF8.GetCharCount(_window.Bytes, start, length) - doubled <= limits.MaxText)
            return true;
        Fail(IssueCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"A cell is longer than {limits.MaxText} characters."));
        return false;
    }

    ReadOnlySpan<byte> Join(ReadOnlySpan<byte> text)
    {
        // cells that were joined before stay where they are
        if (_joined.Length - _joinedLength < text.Length)
            (_joined, _joinedLength) = (new byte[Math.Max(_joined.Length * 2, text.Length)], 0);
        var start = _joinedLength;
        while (text.IndexOf(Quote) is >= 0 and var quote)
        {
            text[..(quote + 1)].CopyTo(_joined.AsSpan(_joinedLength));
            _joinedLength += quote + 1;
            text = text[(quote + 2)..];
        }

        text.CopyTo(_joined.AsSpan(_joinedLength));
        _joinedLength += text.Length;
        return _joined.AsSpan(start, _joinedLength - start);
    }

    bool FailCount()
    {
        Fail(IssueCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The row has more than {limits.MaxComponents} cells."));
        return false;
    }

    void FailEncoding() => Fail(IssueCode.WrongEncoding, "The bytes from this row on are not UTF-8 text; SDMX-CSV is UTF-8.");

    void Fail(IssueCode code, string message) => Fault = new(code, new(null, Line == 0 ? 1 : Line, 1), message);
}

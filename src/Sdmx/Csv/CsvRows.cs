using System.Buffers;
using System.Globalization;
using System.Text.Unicode;

namespace Sdmx.Csv;

/// <summary>Reads the rows of comma-separated values from UTF-8 (RFC 4180): quoted cells, doubled quotes, line breaks in cells, CRLF, LF or CR.</summary>
/// <remarks>Cells are spans over one buffer, good until the next <see cref="Read"/>. Rows without any character are passed over. A fault ends the
/// reading: see <see cref="Fault"/>. Not thread-safe.</remarks>
sealed class CsvRows(Stream input, ReadLimits limits)
{
    readonly byte[] _bytes = new byte[1 << 16];
    char[] _chars = new char[1 << 16];
    (int Start, int Length)[] _cells = new (int, int)[64];
    int _byteCount;
    int _row;
    int _end;
    int _next;
    int _line = 1;
    bool _isAtEnd;
    bool _isMisencoded;
    bool _hasStarted;

    /// <summary>The character between cells.</summary>
    public char Separator { get; set; } = ',';

    /// <summary>How many cells the row has.</summary>
    public int Count { get; private set; }

    /// <summary>The line the row starts at.</summary>
    public int Line { get; private set; }

    /// <summary>How many bytes have been read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>What ended the reading, or null.</summary>
    public Issue? Fault { get; private set; }

    /// <summary>A cell, unquoted.</summary>
    public ReadOnlySpan<char> this[int cell] => _chars.AsSpan(_row + _cells[cell].Start, _cells[cell].Length);

    /// <summary>The first characters of the file, to find the separator by; short when the file is.</summary>
    public ReadOnlySpan<char> Peek(int count)
    {
        while (_end < count && More())
        {
        }

        return _chars.AsSpan(0, Math.Min(count, _end));
    }

    /// <summary>Reads the next row.</summary>
    /// <returns><c>false</c> at the end, or at a <see cref="Fault"/>.</returns>
    public bool Read()
    {
        Count = 0;
        if (Fault is not null)
            return false;
        var at = SkipBlankLines();
        if (at < 0)
        {
            CheckEncoding();
            return false;
        }

        Line = _line;
        while (Fault is null)
        {
            at = ReadCell(at);
            if (Fault is not null)
                return false;
            if (at < 0 || _chars[_row + at] != Separator)
            {
                _next = at < 0 ? _end : _row + at;
                CheckEncoding();
                return Fault is null;
            }

            at++;
        }

        return false;
    }

    /// <summary>Goes to the next character that is no line break; -1 at the end.</summary>
    int SkipBlankLines()
    {
        _row = _next;
        while (true)
        {
            while (_row < _end && _chars[_row] is ('\n' or '\r'))
            {
                if (_chars[_row] == '\n' || !NextIs(1, '\n'))
                    _line++;
                _row++;
            }

            if (_row < _end)
                return 0;
            if (!More())
                return -1;
        }
    }

    /// <summary>Reads one cell; positions are relative to the row, which moves when the buffer is filled.</summary>
    /// <returns>The position of what ends the cell; -1 at the end of the file.</returns>
    int ReadCell(int at)
    {
        if (Count == limits.MaxComponents + 1)
        {
            Fail(IssueCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"The row has more than {limits.MaxComponents} cells."));
            return -1;
        }

        return NextIs(at, '"') ? ReadQuoted(at + 1) : ReadPlain(at);
    }

    int ReadPlain(int start)
    {
        var at = start;
        while (true)
        {
            var found = _chars.AsSpan(_row + at, _end - _row - at).IndexOfAny(Separator, '\n', '\r');
            if (found >= 0)
                return AddCell(start, at + found - start) ? at + found : -1;
            at = _end - _row;
            if (!CheckLength(at - start))
                return -1;
            if (!More())
            {
                AddCell(start, at - start);
                return -1;
            }
        }
    }

    int ReadQuoted(int start)
    {
        var (at, write) = (start, start);
        while (true)
        {
            var rest = _chars.AsSpan(_row + at, _end - _row - at);
            var found = rest.IndexOf('"');
            var part = found < 0 ? rest : rest[..found];
            CountLines(part);
            if (write != at)
                part.CopyTo(_chars.AsSpan(_row + write));
            write += part.Length;
            at += part.Length;
            if (!CheckLength(write - start))
                return -1;
            if (found < 0)
            {
                if (More())
                    continue;
                if (_isMisencoded)
                    FailEncoding();
                else
                    Fail(IssueCode.IllFormed, "A quoted cell of the row that starts here is never closed: is the file cut short?");
                return -1;
            }

            at++;
            if (!NextIs(at, '"'))
                return EndQuoted(start, write, at);
            _chars[_row + write++] = '"';
            at++;
        }
    }

    int EndQuoted(int start, int end, int at)
    {
        if (!AddCell(start, end - start))
            return -1;
        if (_row + at == _end)
            return -1;
        if (_chars[_row + at] == Separator || _chars[_row + at] is '\n' or '\r')
            return at;
        Fail(IssueCode.IllFormed, "A quoted cell is followed by more text; a quote inside a cell must be doubled.");
        return -1;
    }

    bool AddCell(int start, int length)
    {
        if (!CheckLength(length))
            return false;
        if (Count == _cells.Length)
            Array.Resize(ref _cells, Count * 2);
        _cells[Count++] = (start, length);
        return true;
    }

    bool CheckLength(int length)
    {
        if (length <= limits.MaxText)
            return true;
        Fail(IssueCode.LimitExceeded, string.Create(CultureInfo.InvariantCulture, $"A cell is longer than {limits.MaxText} characters."));
        return false;
    }

    void CountLines(ReadOnlySpan<char> part)
    {
        foreach (var c in part)
        {
            if (c == '\n')
                _line++;
        }
    }

    bool NextIs(int at, char c)
    {
        while (_row + at >= _end)
        {
            if (!More())
                return false;
        }

        return _chars[_row + at] == c;
    }

    /// <summary>Reads more characters behind those of the row; false at the end, or where the bytes are no UTF-8.</summary>
    bool More()
    {
        if (_isAtEnd || _isMisencoded || Fault is not null)
            return false;
        MakeRoom();
        if (Fault is not null)
            return false;
        var count = input.Read(_bytes, _byteCount, _bytes.Length - _byteCount);
        BytesRead += count;
        _byteCount += count;
        var skip = _hasStarted || !_bytes.AsSpan(0, _byteCount).StartsWith("\uFEFF"u8) ? 0 : 3;
        _hasStarted |= _byteCount >= 3 || count == 0;
        var status = Utf8.ToUtf16(_bytes.AsSpan(skip, _byteCount - skip), _chars.AsSpan(_end), out var read, out var written, replaceInvalidSequences: false, isFinalBlock: count == 0);
        _isMisencoded = status == OperationStatus.InvalidData;
        _isAtEnd = count == 0 && status == OperationStatus.Done;
        _bytes.AsSpan(skip + read, _byteCount - skip - read).CopyTo(_bytes);
        _byteCount -= skip + read;
        _end += written;
        return written > 0 || (!_isAtEnd && !_isMisencoded && More());
    }

    void MakeRoom()
    {
        if (_row > 0)
        {
            _chars.AsSpan(_row, _end - _row).CopyTo(_chars);
            _end -= _row;
            _next = Math.Max(0, _next - _row);
            _row = 0;
        }

        if (_chars.Length - _end >= _bytes.Length)
            return;
        if (_end > 4L * limits.MaxText + _bytes.Length)
            Fail(IssueCode.LimitExceeded, "The row is longer than the limit on text allows.");
        else
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _end + _bytes.Length));
    }

    void CheckEncoding()
    {
        if (_isMisencoded && Fault is null && _next >= _end)
            FailEncoding();
    }

    void FailEncoding() => Fail(IssueCode.WrongEncoding, "The bytes from this row on are not UTF-8 text; SDMX-CSV is UTF-8.");

    void Fail(IssueCode code, string message) => Fault = new(code, new(null, Line == 0 ? 1 : Line, 1), message);
}

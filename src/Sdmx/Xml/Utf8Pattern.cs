namespace Sdmx.Xml;

/// <summary>The bytes of an element as a pattern for the one behind it, and where in them the values stand that may be others.</summary>
/// <remarks>Observations of a series differ in a period and a figure: comparing all else at once is cheaper than reading it
/// (benchmark <c>parse</c>). The pattern stays in the window; positions of values are counted from its start.</remarks>
sealed class Utf8Pattern
{
    int[] _changes = new int[16];
    Field[] _fields = new Field[16];
    int _count;
    int _start;

    struct Field
    {
        public int Start;
        public int End; // where the closing quote stands
        public int Slot;
    }

    /// <summary>Where the pattern ends in the window; -1: there is none.</summary>
    public int End { get; private set; } = -1;

    /// <summary>Its length.</summary>
    public int Length => End - _start;

    /// <summary>How many values of the element that <see cref="Match"/> has met are others than in the one before.</summary>
    public int ChangeCount { get; private set; }

    /// <summary>Where its last line starts, counted from its start.</summary>
    public int LastLine { get; private set; }

    /// <summary>Starts a pattern at a position of the window.</summary>
    public void Begin(int start) => (_start, _count, End) = (start, 0, -1);

    /// <summary>Lets a value change: one of plain characters that is not empty.</summary>
    public void Add(int start, int length, int slot)
    {
        if (_count == _fields.Length)
        {
            Array.Resize(ref _fields, _count * 2);
            Array.Resize(ref _changes, _count * 2);
        }

        _fields[_count++] = new Field { Start = start - _start, End = start - _start + length, Slot = slot };
    }

    /// <summary>Ends the pattern at a position of the window.</summary>
    /// <param name="end">The position.</param>
    /// <param name="lastLine">Where its last line starts in the window; before its start where it has no line break.</param>
    public void Finish(int end, long lastLine) => (End, LastLine) = (end, (int)Math.Max(lastLine - _start, 0));

    /// <summary>Gives the pattern up: it is no longer in the window, or must not be met again.</summary>
    public void Drop() => End = -1;

    /// <summary>The slot and the place in the window of a value that has changed.</summary>
    public (int Slot, int Start, int Length) Change(int change)
    {
        ref readonly var field = ref _fields[_changes[change]];
        return (field.Slot, _start + field.Start, field.End - field.Start);
    }

    /// <summary>Compares what stands behind the pattern with it.</summary>
    /// <returns>Whether only values differ; what was compared is then the pattern. Else there is none any more.</returns>
    public bool Match(byte[] bytes)
    {
        var (position, length, field, at, shift, lineShift) = (End, End - _start, 0, 0, 0, 0);
        (ChangeCount, End) = (0, -1);
        while (true)
        {
            at += Utf8Scan.SameLength(bytes, _start + at, position + at + shift, length - at);
            for (; field < _count && (_fields[field].End < at || at == length); field++)
            {
                _fields[field].Start += shift;
                _fields[field].End += shift;
            }

            if (at == length)
                break;
            if (field == _count || at < _fields[field].Start)
                return false;
            ref var changed = ref _fields[field];
            var start = position + changed.Start + shift;
            var quote = bytes[_start + changed.End];
            var end = Utf8Scan.ValueEnd(bytes, start, quote);
            if (bytes[end] != quote || end == start)
                return false;
            at = changed.End;
            (changed.Start, changed.End) = (start - position, end - position);
            shift = changed.End - at;
            lineShift = at < LastLine ? shift : lineShift;
            _changes[ChangeCount++] = field++;
        }

        (_start, End) = (position, position + length + shift);
        LastLine += lineShift;
        return true;
    }
}

namespace Sdmx;

/// <summary>The kind of place in a message that values are given at.</summary>
enum FrameKind : byte
{
    /// <summary>The data set itself.</summary>
    Dataset,

    /// <summary>A group.</summary>
    Group,

    /// <summary>A series.</summary>
    Series,

    /// <summary>An observation, or a row of a table.</summary>
    Observation,
}

/// <summary>What one element or row gives: codes of dimensions, a period, values. Reused.</summary>
sealed class ValueFrame(FrameKind kind, SchemaLayout layout)
{
    readonly int[] _columns = new int[layout.Schema.Values.Count];

    /// <summary>Where in a message it stands.</summary>
    public FrameKind Kind { get; } = kind;

    /// <summary>Per dimension the code's number, or -1.</summary>
    public int[] Key { get; } = NewKey(layout.DimensionCount);

    /// <summary>How many dimensions it gives.</summary>
    public int KeyCount { get; set; }

    /// <summary>Whether it gives a period, readable or not.</summary>
    public bool HasTime { get; set; }

    /// <summary>The period; none where it cannot be read.</summary>
    public TimePeriod Period { get; set; }

    /// <summary>The period's text where it cannot be read, until that is reported.</summary>
    public string? UnreadPeriod { get; set; }

    /// <summary>Per value column, the form.</summary>
    public byte[] Forms { get; } = new byte[layout.Schema.Values.Count];

    /// <summary>Per value column, the bits; of a text, nothing.</summary>
    public long[] Bits { get; } = new long[layout.Schema.Values.Count];

    /// <summary>Per value column, the text where its form is text.</summary>
    public string?[] Texts { get; } = new string?[layout.Schema.Values.Count];

    /// <summary>The columns it gives, in the order it gave them.</summary>
    public ReadOnlySpan<int> Columns => _columns.AsSpan(0, ColumnCount);

    /// <summary>How many columns it gives.</summary>
    public int ColumnCount { get; private set; }

    /// <summary>How many of them belong to holders above the observation.</summary>
    public int HeldCount { get; private set; }

    /// <summary>Its line.</summary>
    public int Line { get; private set; }

    /// <summary>Its position in the line.</summary>
    public int Position { get; private set; }

    /// <summary>Whether it gives the column.</summary>
    public bool Has(int column) => Forms[column] != ValueForm.Absent;

    /// <summary>Sets a value.</summary>
    public void Set(int column, byte form, long bits, string? text)
    {
        if (Forms[column] == ValueForm.Absent)
        {
            _columns[ColumnCount++] = column;
            if (layout.IsHeld[column])
                HeldCount++;
        }

        (Forms[column], Bits[column]) = (form, bits);
        if (text is not null || Texts[column] is not null)
            Texts[column] = text;
    }

    /// <summary>Empties it for the element at a new place.</summary>
    public void Start(int line, int position)
    {
        if (KeyCount > 0)
            Array.Fill(Key, -1);
        KeyCount = 0;
        foreach (var column in Columns)
            (Forms[column], Texts[column]) = (ValueForm.Absent, null);
        (ColumnCount, HeldCount) = (0, 0);
        if (HasTime)
            ForgetTime();
        Move(line, position);
    }

    /// <summary>Takes the period away.</summary>
    public void ForgetTime() => (HasTime, Period, UnreadPeriod) = (false, TimePeriod.None, null);

    /// <summary>Takes a value away.</summary>
    public void Remove(int column)
    {
        var place = Columns.IndexOf(column);
        if (place < 0)
            return;
        Columns[(place + 1)..].CopyTo(_columns.AsSpan(place));
        ColumnCount--;
        if (layout.IsHeld[column])
            HeldCount--;
        (Forms[column], Texts[column]) = (ValueForm.Absent, null);
    }

    /// <summary>Gives all it has to the element at a new place.</summary>
    public void Move(int line, int position) => (Line, Position) = (line, position);

    static int[] NewKey(int count)
    {
        var key = new int[count];
        Array.Fill(key, -1);
        return key;
    }
}

namespace Sdmx;

/// <summary>What one row of a block says.</summary>
public enum RowKind : byte
{
    /// <summary>An observation: a full key, its period (where the structure has time), measures and observation attributes.</summary>
    Observation,

    /// <summary>Attributes above the observation: the key of their holder, open (-1) where the holder does not name the dimension;
    /// no period. A full key is a series; without values it only says that the series is there.
    /// In a <see cref="DatasetAction.Delete"/> set without values: delete everything under the key.</summary>
    Attributes,
}

/// <summary>How one value is held. See <see cref="Column"/>.</summary>
public static class ValueForm
{
    /// <summary>No value.</summary>
    public const byte Absent = 0;

    /// <summary>A code; the bits are its number in the <see cref="CodeTable"/>.</summary>
    public const byte Code = 1;

    /// <summary>A text; the bits are its index in <see cref="ObservationBlock.Texts"/>.
    /// Also a number whose spelling mantissa and scale do not give back: <c>1E5</c>, <c>+1</c>, <c>007</c>, <c>NaN</c>.</summary>
    public const byte Text = 2;

    /// <summary>A decimal number with scale 0; the bits are the mantissa. Scale n is <c>Decimal + n</c>, up to <see cref="MaxScale"/>.
    /// The value is mantissa / 10^scale, and its canonical spelling is the one that was sent: <c>100.0</c> is (1000, 1).</summary>
    public const byte Decimal = 16;

    /// <summary>The largest scale.</summary>
    public const int MaxScale = 18;
}

/// <summary>One measure's or attribute's values in a block: per row a form (<see cref="ValueForm"/>) and 64 bits.</summary>
public sealed class Column
{
    /// <summary>The forms, a row each.</summary>
    public readonly byte[] Forms = new byte[ObservationBlock.Capacity];

    /// <summary>The bits, a row each; meaningless where the form is <see cref="ValueForm.Absent"/>.</summary>
    public readonly long[] Bits = new long[ObservationBlock.Capacity];

    /// <summary>Whether any row may have a value; a column that is not used is never touched.</summary>
    public bool IsUsed;

    /// <summary>Sets the value of <paramref name="row"/>.</summary>
    public void Set(int row, byte form, long bits)
    {
        IsUsed |= form != ValueForm.Absent;
        Forms[row] = form;
        Bits[row] = bits;
    }
}

/// <summary>Up to 4,096 rows of one data set, column by column: what crosses every border from reader to validator to store to writer.</summary>
/// <remarks>Reused: the reader or the store refills the same block. Arrays have <see cref="Capacity"/> elements; only the first
/// <see cref="Count"/> count. Not thread-safe.</remarks>
public sealed class ObservationBlock
{
    /// <summary>The most rows.</summary>
    public const int Capacity = 4096;

    int[][] _keys = [];
    Column[] _values = [];
    int _count;
    int _most; // rows since the block began

    /// <summary>The data set all rows belong to. Null only before the first <see cref="Begin"/>.</summary>
    public Dataset Dataset { get; private set; } = null!;

    /// <summary>The number of rows.</summary>
    public int Count
    {
        get => _count;
        set => (_count, _most) = (value, Math.Max(_most, value));
    }

    /// <summary>What each row says.</summary>
    public RowKind[] Kinds { get; } = new RowKind[Capacity];

    /// <summary>Per dimension of the key, the number of each row's code in <see cref="CodeTables.Dimensions"/>; -1: open or missing.</summary>
    public ReadOnlySpan<int[]> Key => _keys;

    /// <summary>Each row's period; <see cref="TimePeriod.None"/> where it has none or none that can be read.</summary>
    public TimePeriod[] Periods { get; } = new TimePeriod[Capacity];

    /// <summary>Per value column of the schema (measures, then attributes), the values.</summary>
    public ReadOnlySpan<Column> Values => _values;

    /// <summary>The texts that columns of this block point to.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>Each row's line in the file, from 1; 0 where there is no file.</summary>
    public int[] Lines { get; } = new int[Capacity];

    /// <summary>Each row's position in its line, from 1; 0 where there is none.</summary>
    public int[] LinePositions { get; } = new int[Capacity];

    /// <summary>Empties the block and turns it to <paramref name="dataset"/>.</summary>
    public void Begin(Dataset dataset)
    {
        if (Dataset is null || !ReferenceEquals(Dataset.Schema, dataset.Schema))
        {
            _keys = [.. dataset.Schema.Dimensions.Select(_ => new int[Capacity])];
            _values = [.. dataset.Schema.Values.Select(_ => new Column())];
        }

        // No more than was touched, a row that was begun and not counted among it: most blocks of answers are small.
        var touched = Math.Min(_most + 1, Capacity);
        (Dataset, _count, _most) = (dataset, 0, 0);
        Texts.Clear();
        foreach (var column in _values)
        {
            if (column.IsUsed)
                column.Forms.AsSpan(0, touched).Clear();
            column.IsUsed = false;
        }
    }

    /// <summary>Gives the rows so far to <paramref name="dataset"/>, whose schema has the same structure and codes: a reader learns the flow
    /// only from the first full key, which group rows may precede; or something else is to be done with them.</summary>
    public void Adopt(Dataset dataset) => Dataset = dataset;

    /// <summary>Keeps <paramref name="text"/> in <see cref="Texts"/> and sets it as the value of a row.</summary>
    public void SetText(int column, int row, string text)
    {
        _values[column].Set(row, ValueForm.Text, Texts.Count);
        Texts.Add(text);
    }

    /// <summary>The value as it was sent: the code's id, the text, the number's spelling; null when absent.</summary>
    public string? Text(int column, int row)
    {
        var values = _values[column];
        return values.Forms[row] switch
        {
            ValueForm.Absent => null,
            ValueForm.Code => Dataset.Codes.Values[column]![(int)values.Bits[row]],
            ValueForm.Text => Texts[(int)values.Bits[row]],
            var form => DecimalText.Format(values.Bits[row], form - ValueForm.Decimal),
        };
    }

    /// <summary>Copies the key of a row, and gives the first row behind it that has another, or <see cref="Count"/>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="key">As long as <see cref="Key"/>.</param>
    public int TakeKey(int row, Span<int> key)
    {
        for (var d = 0; d < key.Length; d++)
            key[d] = _keys[d][row];
        if (row + 1 < Count && !HasSameKey(row, row + 1))
            return row + 1;
        // in windows that grow: else a dimension that never changes is looked through to the block's end for every series
        for (var (from, to) = (row, Math.Min(row + 32, Count)); ; (from, to) = (to, Math.Min(to + (to - row) * 2, Count)))
        {
            var end = to;
            for (var d = 0; d < key.Length; d++)
            {
                var other = _keys[d].AsSpan(from, end - from).IndexOfAnyExcept(key[d]);
                end = other < 0 ? end : from + other;
            }

            if (end < to || to == Count)
                return end;
        }
    }

    bool HasSameKey(int row, int other)
    {
        foreach (var column in _keys)
        {
            if (column[row] != column[other])
                return false;
        }

        return true;
    }

    /// <summary>Adds rows of another block of the same data set behind its own; there must be room.</summary>
    internal void Append(ObservationBlock other, int from, int count)
    {
        other.Kinds.AsSpan(from, count).CopyTo(Kinds.AsSpan(Count));
        other.Periods.AsSpan(from, count).CopyTo(Periods.AsSpan(Count));
        other.Lines.AsSpan(from, count).CopyTo(Lines.AsSpan(Count));
        other.LinePositions.AsSpan(from, count).CopyTo(LinePositions.AsSpan(Count));
        for (var d = 0; d < _keys.Length; d++)
            other._keys[d].AsSpan(from, count).CopyTo(_keys[d].AsSpan(Count));
        for (var c = 0; c < _values.Length; c++)
        {
            var (source, column) = (other._values[c], _values[c]);
            if (!source.IsUsed)
                continue;
            column.IsUsed = true;
            source.Forms.AsSpan(from, count).CopyTo(column.Forms.AsSpan(Count));
            source.Bits.AsSpan(from, count).CopyTo(column.Bits.AsSpan(Count));
            TakeTexts(other, column, count);
        }

        Count += count;
    }

    /// <summary>Takes over the order of <paramref name="rows"/>, which are all rows of another block of the same data set.</summary>
    internal void Arrange(ObservationBlock other, ReadOnlySpan<int> rows)
    {
        Arrange(other.Kinds, Kinds, rows);
        Arrange(other.Periods, Periods, rows);
        Arrange(other.Lines, Lines, rows);
        Arrange(other.LinePositions, LinePositions, rows);
        for (var d = 0; d < _keys.Length; d++)
            Arrange(other._keys[d], _keys[d], rows);
        for (var c = 0; c < _values.Length; c++)
        {
            var (source, column) = (other._values[c], _values[c]);
            if (!source.IsUsed)
                continue;
            column.IsUsed = true;
            Arrange(source.Forms, column.Forms, rows);
            Arrange(source.Bits, column.Bits, rows);
        }

        Texts.AddRange(other.Texts);
        Count = rows.Length;
    }

    static void Arrange<T>(T[] from, T[] to, ReadOnlySpan<int> rows)
    {
        for (var row = 0; row < rows.Length; row++)
            to[row] = from[rows[row]];
    }

    // turns the texts of the other block, to which the next rows point, to texts of this one
    void TakeTexts(ObservationBlock other, Column column, int count)
    {
        var last = -1L;
        for (var row = Count; row < Count + count; row++)
        {
            if (column.Forms[row] != ValueForm.Text)
                continue;
            if (column.Bits[row] != last)
                Texts.Add(other.Texts[(int)(last = column.Bits[row])]);
            column.Bits[row] = Texts.Count - 1;
        }
    }

    /// <summary>The row's series key as <c>A.N.SI_POV_DAY1</c>; open dimensions are empty.</summary>
    public string KeyText(int row)
    {
        var codes = Dataset.Codes.Dimensions;
        return string.Join('.', _keys.Select((column, d) => column[row] < 0 ? "" : codes[d][column[row]]));
    }
}

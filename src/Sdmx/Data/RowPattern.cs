using System.Runtime.InteropServices;

namespace Sdmx;

/// <summary>Rows that are written alike: what they share is laid out once, with places for the values in which they differ.</summary>
/// <remarks>A writer begins with the rows of one key, lays out one of them by <see cref="Fixed"/>, <see cref="Period"/> and <see cref="Value"/>,
/// and has all of them written (benchmarks csv-write, json-write, xml-write). Not thread-safe.</remarks>
sealed class RowPattern
{
    const int MaxShared = 256; // longer texts are not copied first

    readonly List<Place> _places = [];
    bool[] _isOfOneForm = []; // per column, over the rows
    ValueCells _cells = null!;
    ObservationBlock? _block;
    int _row;
    int _end;

    /// <summary>Where a value goes that differs from row to row.</summary>
    /// <param name="Values">The column, or null: the period.</param>
    /// <param name="Column">Its number.</param>
    /// <param name="IsBare">Whether numbers stand as they are.</param>
    /// <param name="Start">How many of the fixed bytes stand before it.</param>
    readonly record struct Place(Column? Values, int Column, bool IsBare, int Start);

    /// <summary>What is the same in every row.</summary>
    public Utf8Output Fixed { get; } = new(null);

    /// <summary>Whether the rows have a period.</summary>
    public bool HasPeriod => _block is not null && HasPeriodAt(_block, _row);

    /// <summary>Begins with one row that has nothing of its own.</summary>
    public void Begin()
    {
        (_block, _row, _end) = (null, 0, 1);
        _places.Clear();
        Fixed.Clear();
    }

    /// <summary>Begins with observations from <paramref name="row"/> on that have one key, up to <paramref name="end"/> at most.</summary>
    /// <returns>The first row that needs another pattern: a value, or the period, is there in one and not in the other.</returns>
    public int Begin(ObservationBlock block, int row, int end, ValueCells cells)
    {
        (_block, _row, _cells) = (block, row, cells);
        _places.Clear();
        Fixed.Clear();
        if (_isOfOneForm.Length < block.Values.Length)
            _isOfOneForm = new bool[block.Values.Length];
        return _end = end - row > 1 ? EndOfLike(block, row, end) : end;
    }

    /// <summary>Whether the rows have a value in this column.</summary>
    public bool Has(int column) => _block?.Values[column] is { IsUsed: true } values && values.Forms[_row] != ValueForm.Absent;

    /// <summary>Lays out the period.</summary>
    public void Period()
    {
        if (_end - _row == 1)
            _cells.WritePeriod(_block!.Periods[_row], Fixed);
        else
            _places.Add(new(null, 0, false, Fixed.Written.Length));
    }

    /// <summary>Lays out a value that the rows have.</summary>
    public void Value(int column)
    {
        if (IsShared(_block!, column))
            _cells.Write(_block!, column, _row, Fixed);
        else
            _places.Add(new(_block!.Values[column], column, _cells.IsBare(column), Fixed.Written.Length));
    }

    /// <summary>Writes all rows; of the first, without its first <paramref name="skipped"/> bytes.</summary>
    public void Write(Utf8Output output, int skipped = 0)
    {
        var places = CollectionsMarshal.AsSpan(_places);
        if (places.IsEmpty)
        {
            for (var row = _row; row < _end; row++, skipped = 0)
                output.Raw(Fixed.Written[skipped..]);
            return;
        }

        // the end of a row and the start of the next are one piece
        var length = Fixed.Written.Length;
        Fixed.Raw(Fixed.Written[..places[0].Start]);
        output.Raw(Fixed.Written[skipped..places[0].Start]);
        for (var row = _row; row < _end - 1; row++)
            WriteRow(row, places, Fixed.Written, output);
        WriteRow(_end - 1, places, Fixed.Written[..length], output);
    }

    // From its first place to its end.
    void WriteRow(int row, ReadOnlySpan<Place> places, ReadOnlySpan<byte> bytes, Utf8Output output)
    {
        for (var i = 0; i < places.Length; i++)
        {
            ref readonly var place = ref places[i];
            if (place.Values is not { } values)
                _cells.WritePeriod(_block!.Periods[row], output);
            else if (place.IsBare && values.Forms[row] >= ValueForm.Decimal)
                output.Decimal(values.Bits[row], values.Forms[row] - ValueForm.Decimal);
            else
                _cells.Write(_block!, place.Column, row, output);
            output.Raw(bytes[place.Start..(i + 1 < places.Length ? places[i + 1].Start : bytes.Length)]);
        }
    }

    int EndOfLike(ObservationBlock block, int row, int end)
    {
        var other = block.Kinds.AsSpan(row, end - row).IndexOfAnyExcept(RowKind.Observation);
        end = other < 0 ? end : row + other;
        for (var column = 0; column < block.Values.Length; column++)
        {
            var values = block.Values[column];
            if (!values.IsUsed)
                continue;
            var forms = values.Forms.AsSpan(row, end - row);
            other = forms.IndexOfAnyExcept(forms[0]);
            // Up to where an absent value ends the rows they are of one form.
            _isOfOneForm[column] = other < 0 || forms[0] == ValueForm.Absent;
            if (!_isOfOneForm[column])
                other = forms.IndexOf(ValueForm.Absent);
            end = other < 0 ? end : row + other;
        }

        var next = row + 1;
        while (next < end && HasPeriodAt(block, next) == HasPeriodAt(block, row))
            next++;
        return next;
    }

    static bool HasPeriodAt(ObservationBlock block, int row) => block.Periods[row].Kind != PeriodKind.None;

    bool IsShared(ObservationBlock block, int column)
    {
        if (_end - _row > 1 && !_isOfOneForm[column])
            return false;
        var values = block.Values[column];
        var bits = values.Bits.AsSpan(_row, _end - _row);
        return values.Forms[_row] == ValueForm.Text ? IsOneText(block.Texts, bits) : bits.IndexOfAnyExcept(bits[0]) < 0;
    }

    static bool IsOneText(List<string> texts, ReadOnlySpan<long> indexes)
    {
        var all = CollectionsMarshal.AsSpan(texts);
        var first = all[(int)indexes[0]];
        foreach (var index in indexes)
        {
            if (!ReferenceEquals(all[(int)index], first))
                return false;
        }

        return first.Length <= MaxShared;
    }
}

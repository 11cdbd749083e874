using System.Numerics;
using System.Text;

namespace Sdmx.Validation;

/// <summary>Writes a strip as bytes, and reads it back into a block: rows of one series and one kind whose periods do not go down.
/// What the sorter keeps and spills.</summary>
/// <remarks>
/// <para>Flags; how many rows; periods, lines and positions, of each the first and the step where that is all; per column that has values: its number
/// + 1, the form (or 0 and a form per row), the width of the values (with <see cref="Alike"/>: one value for all rows), the values, then the texts
/// that have no number; 0 ends it. So a usual series takes some dozen bytes beside its figures (benchmark <c>validate</c>).</para>
/// <para>A value is a code's number or a mantissa in zig-zag, the number of a text times two, or, where a text has none, its length times two plus one.</para>
/// </remarks>
sealed partial class RowPacker
{
    const int IsAttributes = 1;
    const int UnevenPeriods = 2;
    const int UnevenLines = 4;
    const int UnevenPositions = 8;
    const int Alike = 0x80;

    // per row at most: period 21, line and position 20; per row and column: form and value 9
    const int RowBound = 48;
    const int ColumnBound = 9;

    readonly TextTable _texts = new();
    readonly PackedOutput _output = new();
    readonly ulong[] _values = new ulong[ObservationBlock.Capacity];
    readonly List<string> _unnumbered = [];

    /// <summary>Writes rows of the block.</summary>
    /// <returns>The bytes, until the next strip is packed.</returns>
    internal ReadOnlySpan<byte> Pack(ObservationBlock block, int from, int end)
    {
        var count = end - from;
        _output.Clear();
        _output.Ensure(count * RowBound);
        _output.WriteByte(0);
        _output.Write((uint)count);
        var flags = (block.Kinds[from] == RowKind.Attributes ? IsAttributes : 0) | WritePeriods(block.Periods.AsSpan(from, count));
        flags |= WriteEven(block.Lines.AsSpan(from, count)) ? 0 : UnevenLines;
        flags |= WriteEven(block.LinePositions.AsSpan(from, count)) ? 0 : UnevenPositions;
        for (var c = 0; c < block.Values.Length; c++)
        {
            var column = block.Values[c];
            if (!column.IsUsed || !column.Forms.AsSpan(from, count).ContainsAnyExcept(ValueForm.Absent))
                continue;
            _output.Ensure(count * ColumnBound + 64);
            _output.Write((uint)c + 1);
            WriteColumn(block, column, from, count);
        }

        _output.WriteByte(0);
        _output.Written[0] = (byte)flags;
        return _output.Written;
    }

    int WritePeriods(ReadOnlySpan<TimePeriod> periods)
    {
        ref readonly var first = ref periods[0];
        var step = periods.Length > 1 ? periods[1].Ordinal - first.Ordinal : 0;
        var isEven = first.Text is null;
        for (var i = 1; isEven && i < periods.Length; i++)
            isEven = FormOf(periods[i]) == FormOf(first) && periods[i].Ordinal - periods[i - 1].Ordinal == step && periods[i].Text is null;
        foreach (ref readonly var period in isEven ? periods[..1] : periods)
        {
            _output.Write(FormOf(period));
            _output.WriteSigned(period.Ordinal);
            if (isEven)
                continue;
            // a time range or an instant: digits and signs of ASCII
            _output.Write((uint)(period.Text?.Length + 1 ?? 0));
            if (period.Text is not null)
                _output.WriteText(period.Text);
            _output.Ensure(periods.Length * RowBound);
        }

        if (isEven && periods.Length > 1)
            _output.WriteSigned(step);
        return isEven ? 0 : UnevenPeriods;
    }

    static ulong FormOf(TimePeriod period) => (ulong)period.Zone << 4 | (ulong)period.Kind;

    bool WriteEven(ReadOnlySpan<int> numbers)
    {
        var step = numbers.Length > 1 ? numbers[1] - numbers[0] : 0;
        var isEven = true;
        for (var i = 1; isEven && i < numbers.Length; i++)
            isEven = numbers[i] - numbers[i - 1] == step;
        _output.WriteSigned(numbers[0]);
        for (var i = 1; i < (isEven ? Math.Min(2, numbers.Length) : numbers.Length); i++)
            _output.WriteSigned((long)numbers[i] - numbers[i - 1]);
        return isEven;
    }

    void WriteColumn(ObservationBlock block, Column column, int from, int count)
    {
        var forms = column.Forms.AsSpan(from, count);
        var bits = column.Bits.AsSpan(from, count);
        var form = forms.ContainsAnyExcept(forms[0]) ? ValueForm.Absent : forms[0];
        _output.WriteByte(form);
        if (form == ValueForm.Absent)
            _output.WriteBytes(forms);
        else if (!bits.ContainsAnyExcept(bits[0]))
            bits = bits[..1];
        var values = _values.AsSpan(0, bits.Length);
        var all = form is ValueForm.Absent or ValueForm.Text ? TakeTexts(block, forms, bits, values) : TakeNumbers(bits, values);
        var width = (64 - BitOperations.LeadingZeroCount(all) + 7) / 8;
        _output.WriteByte((byte)(bits.Length < count ? width | Alike : width));
        _output.WriteFixed(values, width);
        foreach (var text in _unnumbered)
            _output.WriteText(text);
        _unnumbered.Clear();
    }

    static ulong TakeNumbers(ReadOnlySpan<long> bits, Span<ulong> values)
    {
        ulong all = 0;
        for (var i = 0; i < bits.Length; i++)
            all |= values[i] = PackedOutput.ZigZag(bits[i]);
        return all;
    }

    ulong TakeTexts(ObservationBlock block, ReadOnlySpan<byte> forms, ReadOnlySpan<long> bits, Span<ulong> values)
    {
        ulong all = 0;
        for (var i = 0; i < bits.Length; i++)
            all |= values[i] = forms[i] switch
            {
                ValueForm.Absent => 0,
                ValueForm.Text => ValueOf(block.Texts[(int)bits[i]]),
                _ => PackedOutput.ZigZag(bits[i]),
            };
        return all;
    }

    ulong ValueOf(string text)
    {
        if (_texts.Find(text) is >= 0 and var number)
            return (ulong)number << 1;
        _unnumbered.Add(text);
        return (ulong)Encoding.UTF8.GetByteCount(text) << 1 | 1;
    }
}

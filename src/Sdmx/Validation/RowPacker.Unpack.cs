using System.Text;

namespace Sdmx.Validation;

/// <summary>What of a strip says where it belongs in its series.</summary>
/// <param name="Kind">Attribute rows come before observations.</param>
/// <param name="Count">How many rows.</param>
/// <param name="First">The period of the first row.</param>
/// <param name="Last">The period of the last row.</param>
readonly record struct StripHead(RowKind Kind, int Count, TimePeriod First, TimePeriod Last);

sealed partial class RowPacker
{
    ObservationBlock? _block;
    (int Block, int Index)[] _indexes = []; // per numbered text the block it was last put into, and where
    int _blocks;

    /// <summary>How many characters of texts that have no number the block holds.</summary>
    internal int Unnumbered { get; private set; }

    /// <summary>Empties a block, to unpack into it.</summary>
    internal void Begin(ObservationBlock block, Dataset dataset)
    {
        block.Begin(dataset);
        Turn(block);
    }

    /// <summary>Adds a strip's rows to the block, under a key.</summary>
    /// <param name="packed">The strip, and at least eight more bytes.</param>
    /// <param name="key">The key.</param>
    /// <param name="block">The block; there must be room.</param>
    internal void Unpack(ReadOnlySpan<byte> packed, ReadOnlySpan<int> key, ObservationBlock block)
    {
        if (block != _block)
            Turn(block);
        var input = new PackedInput(packed);
        var flags = input.ReadByte();
        var (row, count) = (block.Count, (int)input.Read());
        for (var d = 0; d < key.Length; d++)
            block.Key[d].AsSpan(row, count).Fill(key[d]);
        block.Kinds.AsSpan(row, count).Fill(KindOf(flags));
        ReadPeriods(ref input, flags, block.Periods.AsSpan(row, count));
        ReadEven(ref input, (flags & UnevenLines) == 0, block.Lines.AsSpan(row, count));
        ReadEven(ref input, (flags & UnevenPositions) == 0, block.LinePositions.AsSpan(row, count));
        for (var c = (int)input.Read(); c != 0; c = (int)input.Read())
            ReadColumn(ref input, block, block.Values[c - 1], row, count);
        block.Count += count;
    }

    /// <summary>The head of a strip.</summary>
    internal static StripHead Head(ReadOnlySpan<byte> packed)
    {
        var input = new PackedInput(packed);
        var flags = input.ReadByte();
        var count = (int)input.Read();
        var first = ReadPeriod(ref input, flags);
        var last = first;
        if ((flags & UnevenPeriods) == 0 && count > 1)
            last = new TimePeriod(first.Kind, first.Ordinal + input.ReadSigned() * (count - 1), first.Zone);
        for (var i = 1; (flags & UnevenPeriods) != 0 && i < count; i++)
            last = ReadPeriod(ref input, flags);
        return new StripHead(KindOf(flags), count, first, last);
    }

    static RowKind KindOf(int flags) => (flags & IsAttributes) != 0 ? RowKind.Attributes : RowKind.Observation;

    static void ReadPeriods(ref PackedInput input, int flags, Span<TimePeriod> periods)
    {
        var first = periods[0] = ReadPeriod(ref input, flags);
        var isEven = (flags & UnevenPeriods) == 0;
        var step = isEven && periods.Length > 1 ? input.ReadSigned() : 0;
        for (var i = 1; i < periods.Length; i++)
            periods[i] = isEven ? new TimePeriod(first.Kind, first.Ordinal + step * i, first.Zone) : ReadPeriod(ref input, flags);
    }

    static TimePeriod ReadPeriod(ref PackedInput input, int flags)
    {
        var (form, ordinal) = (input.Read(), input.ReadSigned());
        var length = (flags & UnevenPeriods) == 0 ? 0 : (int)input.Read();
        return new TimePeriod((PeriodKind)(form & 0xF), ordinal, (int)(form >> 4), length == 0 ? null : Encoding.UTF8.GetString(input.ReadBytes(length - 1)));
    }

    static void ReadEven(ref PackedInput input, bool isEven, Span<int> numbers)
    {
        numbers[0] = (int)input.ReadSigned();
        var step = isEven && numbers.Length > 1 ? (int)input.ReadSigned() : 0;
        for (var i = 1; i < numbers.Length; i++)
            numbers[i] = numbers[i - 1] + (isEven ? step : (int)input.ReadSigned());
    }

    void ReadColumn(ref PackedInput input, ObservationBlock block, Column column, int row, int count)
    {
        var forms = column.Forms.AsSpan(row, count);
        var bits = column.Bits.AsSpan(row, count);
        column.IsUsed = true;
        var form = input.ReadByte();
        if (form == ValueForm.Absent)
            input.ReadBytes(count).CopyTo(forms);
        else
            forms.Fill(form);
        var width = input.ReadByte();
        var values = bits[..((width & Alike) != 0 ? 1 : count)];
        input.ReadFixed(values, width & ~Alike);
        for (var i = 0; i < values.Length; i++)
            values[i] = forms[i] == ValueForm.Text ? IndexOf(ref input, (ulong)values[i], block) : PackedInput.ZagZig((ulong)values[i]);
        if (values.Length < count)
            bits.Fill(bits[0]);
    }

    void Turn(ObservationBlock block)
    {
        (_block, _blocks, Unnumbered) = (block, _blocks + 1, 0);
        if (_indexes.Length < _texts.Count)
            Array.Resize(ref _indexes, _texts.Count);
    }

    // Where in the block a text is; it is put there once.
    int IndexOf(ref PackedInput input, ulong value, ObservationBlock block)
    {
        if ((value & 1) == 0)
        {
            ref var known = ref _indexes[value >> 1];
            if (known.Block == _blocks)
                return known.Index;
            known = (_blocks, block.Texts.Count);
            block.Texts.Add(_texts[(int)(value >> 1)]);
        }
        else
        {
            block.Texts.Add(Encoding.UTF8.GetString(input.ReadBytes((int)(value >> 1))));
            Unnumbered += block.Texts[^1].Length;
        }

        return block.Texts.Count - 1;
    }
}

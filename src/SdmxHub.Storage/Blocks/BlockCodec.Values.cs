using Sdmx;

namespace SdmxHub.Storage;

/// <content>Columns: component, layout, mask of absent rows, values of the others.</content>
static partial class BlockCodec
{
    // Layout byte: the low bits say how the values are held, the high ones what else there is.
    const byte Constant = 0;        // form, bits: the same in every row that has one
    const byte OneForm = 1;         // form; then bits
    const byte Scales = 2;          // decimals of several scales: the lowest, a nibble each above it; then mantissas
    const byte Mixed = 3;           // form and bits each
    const byte Steps = 4;           // form, the first mantissa, the distance that all are apart: years
    const byte LayoutBits = 0x0F;
    const int MaxOnStack = 512;
    const byte HasAbsent = 0x10;    // a bit per row, set where it is absent
    const byte IsDelta = 0x20;      // mantissas: each as its distance from the one before

    static void WriteColumn(ChunkColumn column, int rows, PackedWriter output)
    {
        var forms = column.Forms.AsSpan(0, rows);
        var bits = column.Bits.AsSpan(0, rows);
        var count = rows - forms.Count(ValueForm.Absent);
        if (count == rows)
        {
            WriteColumn(column.Component, forms, forms, bits, output);
            return;
        }

        Span<byte> presentForms = count <= MaxOnStack ? stackalloc byte[MaxOnStack] : new byte[count];
        Span<long> presentBits = count <= MaxOnStack ? stackalloc long[MaxOnStack] : new long[count];
        var at = 0;
        for (var row = 0; row < rows; row++)
        {
            if (forms[row] == ValueForm.Absent)
                continue;
            presentForms[at] = forms[row];
            presentBits[at++] = bits[row];
        }

        WriteColumn(column.Component, forms, presentForms[..count], presentBits[..count], output);
    }

    static void WriteColumn(int component, ReadOnlySpan<byte> all, ReadOnlySpan<byte> forms, ReadOnlySpan<long> bits, PackedWriter output)
    {
        var layout = LayoutOf(forms, bits);
        var isDelta = layout is OneForm or Scales && forms[0] >= ValueForm.Decimal && IsShorterAsDelta(bits);
        output.Varint((ulong)component);
        output.Byte((byte)(layout | (forms.Length < all.Length ? HasAbsent : 0) | (isDelta ? IsDelta : 0)));
        if (forms.Length < all.Length)
            WriteAbsent(all, output);
        WriteValues(layout, isDelta, forms, bits, output);
    }

    static void WriteAbsent(ReadOnlySpan<byte> forms, PackedWriter output)
    {
        var mask = output.Reserve((forms.Length + 7) / 8);
        mask.Clear();
        for (var row = 0; row < forms.Length; row++)
        {
            if (forms[row] == ValueForm.Absent)
                mask[row >> 3] |= (byte)(1 << (row & 7));
        }
    }

    static byte LayoutOf(ReadOnlySpan<byte> forms, ReadOnlySpan<long> bits)
    {
        if (!forms.ContainsAnyExcept(forms[0]))
            return !bits.ContainsAnyExcept(bits[0]) ? Constant : forms[0] >= ValueForm.Decimal && AreSteps(bits) ? Steps : OneForm;
        byte lowest = byte.MaxValue, highest = 0;
        foreach (var form in forms)
            (lowest, highest) = (Math.Min(lowest, form), Math.Max(highest, form));
        return lowest >= ValueForm.Decimal && highest - lowest < 16 ? Scales : Mixed;
    }

    static bool AreSteps(ReadOnlySpan<long> mantissas)
    {
        for (var i = 2; i < mantissas.Length; i++)
        {
            if (unchecked(mantissas[i] - mantissas[i - 1]) != unchecked(mantissas[1] - mantissas[0]))
                return false;
        }

        return mantissas.Length > 2;
    }

    static bool IsShorterAsDelta(ReadOnlySpan<long> mantissas)
    {
        ulong whole = 0, distances = 0;
        for (var i = 1; i < mantissas.Length; i++)
        {
            whole += Length(mantissas[i]);
            distances += Length(unchecked(mantissas[i] - mantissas[i - 1]));
        }

        return distances < whole;

        static ulong Length(long value) => (ulong)(64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)(value << 1 ^ value >> 63) | 1) + 6) / 7;
    }

    static void WriteValues(byte layout, bool isDelta, ReadOnlySpan<byte> forms, ReadOnlySpan<long> bits, PackedWriter output)
    {
        switch (layout)
        {
            case Constant:
                output.Byte(forms[0]);
                WriteBits(forms[0], bits[0], output);
                return;
            case Mixed:
                for (var i = 0; i < forms.Length; i++)
                {
                    output.Byte(forms[i]);
                    WriteBits(forms[i], bits[i], output);
                }

                return;
            case Steps:
                output.Byte(forms[0]);
                output.ZigZag(bits[0]);
                output.ZigZag(unchecked(bits[1] - bits[0]));
                return;
            case Scales:
                WriteScales(forms, output);
                break;
            default:
                output.Byte(forms[0]);
                break;
        }

        if (isDelta)
            output.Distances(bits);
        else if (forms[0] >= ValueForm.Decimal)
            output.ZigZags(bits);
        else if (forms[0] != StoredForm.Double)
            output.Varints(bits);
        else
        {
            foreach (var value in bits)
                output.Fixed64(value);
        }
    }

    static void WriteScales(ReadOnlySpan<byte> forms, PackedWriter output)
    {
        var lowest = byte.MaxValue;
        foreach (var form in forms)
            lowest = Math.Min(lowest, form);
        output.Byte(lowest);
        var nibbles = output.Reserve((forms.Length + 1) / 2);
        nibbles.Clear();
        for (var i = 0; i < forms.Length; i++)
            nibbles[i >> 1] |= (byte)(forms[i] - lowest << (i & 1) * 4);
    }

    static void WriteBits(byte form, long bits, PackedWriter output)
    {
        if (form == StoredForm.Double)
            output.Fixed64(bits);
        else if (form >= ValueForm.Decimal)
            output.ZigZag(bits);
        else
            output.Varint((ulong)bits);
    }

    /// <summary>Reads the next column.</summary>
    /// <returns>Its component, which is above that of the column before, <paramref name="last"/>.</returns>
    static int ReadColumn(ref PackedReader input, Chunk chunk, int last)
    {
        var component = input.Count();
        if (component <= last || component >= MostComponents)
            throw new StoreException(Damaged);
        var column = chunk.Column(component);
        var flags = input.Byte();
        var rows = chunk.Count;
        var forms = column.Forms.AsSpan(0, rows);
        forms.Fill(ValueForm.Code);
        if ((flags & HasAbsent) != 0)
        {
            var mask = input.Bytes((rows + 7) / 8);
            for (var row = 0; row < rows; row++)
            {
                if ((mask[row >> 3] >> (row & 7) & 1) != 0)
                    forms[row] = ValueForm.Absent;
            }
        }

        var layout = (byte)(flags & LayoutBits);
        if ((flags & HasAbsent) == 0 && layout is Constant or OneForm or Steps)
            ReadWhole(ref input, layout, (flags & IsDelta) != 0, forms, column.Bits.AsSpan(0, rows));
        else
            ReadValues(ref input, layout, (flags & IsDelta) != 0, forms, column.Bits.AsSpan(0, rows));
        return component;
    }

    static byte FormOf(byte layout, ref PackedReader input)
    {
        var form = Known(input.Byte());
        return layout == Steps && form < ValueForm.Decimal ? throw new StoreException(Damaged) : form;
    }

    static byte Known(byte form) =>
        form is ValueForm.Code or ValueForm.Text or StoredForm.Double or (>= ValueForm.Decimal and <= ValueForm.Decimal + ValueForm.MaxScale) ? form : throw new StoreException(Damaged);

    /// <summary>The usual case: every row has a value, all of one form.</summary>
    static void ReadWhole(ref PackedReader input, byte layout, bool isDelta, Span<byte> forms, Span<long> bits)
    {
        var form = FormOf(layout, ref input);
        forms.Fill(form);
        if (layout == Constant)
        {
            bits.Fill(ReadBits(ref input, form));
            return;
        }

        if (layout == Steps)
        {
            var (next, step) = (input.ZigZag(), input.ZigZag());
            foreach (ref var value in bits)
            {
                value = next;
                next = unchecked(next + step);
            }

            return;
        }

        if (form < ValueForm.Decimal)
        {
            foreach (ref var value in bits)
                value = ReadBits(ref input, form);
            return;
        }

        long before = 0;
        foreach (ref var value in bits)
        {
            value = unchecked(input.ZigZag() + before);
            before = isDelta ? value : 0;
        }
    }

    static void ReadValues(ref PackedReader input, byte layout, bool isDelta, Span<byte> forms, Span<long> bits)
    {
        byte form = layout == Mixed ? ValueForm.Absent : FormOf(layout, ref input);
        var before = layout is Constant or Steps ? ReadBits(ref input, form) : 0;
        var step = layout == Steps ? input.ZigZag() : 0;
        var nibbles = layout == Scales ? input.Bytes((forms.Length - forms.Count(ValueForm.Absent) + 1) / 2) : default;
        for (int row = 0, i = 0; row < forms.Length; row++)
        {
            if (forms[row] == ValueForm.Absent)
                continue;
            forms[row] = layout switch
            {
                Mixed => Known(input.Byte()),
                Scales => Known((byte)(form + (nibbles[i >> 1] >> (i & 1) * 4 & 0xF))),
                Constant or OneForm or Steps => form,
                _ => throw new StoreException(Damaged),
            };
            bits[row] = layout switch
            {
                Constant => before,
                Steps => unchecked(before + i * step),
                _ => unchecked(ReadBits(ref input, forms[row]) + (isDelta ? before : 0)),
            };
            before = layout == Steps ? before : bits[row];
            i++;
        }
    }

    static long ReadBits(ref PackedReader input, byte form) =>
        form == StoredForm.Double ? input.Fixed64() : form >= ValueForm.Decimal ? input.ZigZag() : (long)input.Varint();
}

using System.Text;

namespace Sdmx.Validation;

/// <summary>Writes the values of one row as bytes, and reads them back into a block: what the sorter keeps and spills.</summary>
/// <remarks>Line, position, then per value present: column + 1, form, bits (zig-zag) or text (length, UTF-8); 0 ends the row.</remarks>
sealed class RowPacker(int columns)
{
    readonly byte[][] _lastBytes = [.. Enumerable.Repeat<byte[]>([], columns)];
    readonly string[] _lastTexts = [.. Enumerable.Repeat("", columns)];
    readonly int[] _lastIndexes = [.. Enumerable.Repeat(-1, columns)];

    /// <summary>The most bytes the row can take.</summary>
    internal static int Bound(ObservationBlock block, int row)
    {
        var bound = 16;
        foreach (var column in block.Values)
        {
            if (column.IsUsed && column.Forms[row] != ValueForm.Absent)
                bound += 16 + (column.Forms[row] == ValueForm.Text ? Encoding.UTF8.GetMaxByteCount(block.Texts[(int)column.Bits[row]].Length) : 0);
        }

        return bound;
    }

    /// <summary>Writes the row.</summary>
    /// <returns>How many bytes it took.</returns>
    internal static int Pack(ObservationBlock block, int row, Span<byte> into)
    {
        var at = 0;
        Write(into, ref at, (uint)block.Lines[row]);
        Write(into, ref at, (uint)block.LinePositions[row]);
        for (var c = 0; c < block.Values.Length; c++)
        {
            var column = block.Values[c];
            if (!column.IsUsed || column.Forms[row] == ValueForm.Absent)
                continue;
            Write(into, ref at, (uint)c + 1);
            into[at++] = column.Forms[row];
            var bits = column.Bits[row];
            if (column.Forms[row] == ValueForm.Text)
            {
                var text = block.Texts[(int)bits];
                Write(into, ref at, (uint)Encoding.UTF8.GetByteCount(text));
                at += Encoding.UTF8.GetBytes(text, into[at..]);
            }
            else
            {
                Write(into, ref at, (ulong)(bits << 1 ^ bits >> 63));
            }
        }

        into[at++] = 0;
        return at;
    }

    /// <summary>How many bytes the packed row at the start of <paramref name="from"/> takes.</summary>
    internal static int Length(ReadOnlySpan<byte> from)
    {
        var at = 0;
        Read(from, ref at);
        Read(from, ref at);
        while (Read(from, ref at) != 0)
        {
            var form = from[at++];
            var bits = Read(from, ref at);
            at += form == ValueForm.Text ? (int)bits : 0;
        }

        return at;
    }

    /// <summary>Must be called whenever the block that is read into was emptied: its texts are gone.</summary>
    internal void ForgetTexts() => _lastIndexes.AsSpan().Fill(-1);

    /// <summary>Reads a row's values into <paramref name="row"/> of the block.</summary>
    internal void Unpack(ReadOnlySpan<byte> from, ObservationBlock block, int row)
    {
        var at = 0;
        block.Lines[row] = (int)Read(from, ref at);
        block.LinePositions[row] = (int)Read(from, ref at);
        for (var c = (int)Read(from, ref at) - 1; c >= 0; c = (int)Read(from, ref at) - 1)
        {
            var form = from[at++];
            var bits = Read(from, ref at);
            if (form == ValueForm.Text)
            {
                SetText(block, row, c, from.Slice(at, (int)bits));
                at += (int)bits;
            }
            else
            {
                block.Values[c].Set(row, form, (long)(bits >> 1) ^ -(long)(bits & 1));
            }
        }
    }

    // Sorted rows repeat their neighbours' comments and sources: one string serves them all.
    void SetText(ObservationBlock block, int row, int column, ReadOnlySpan<byte> utf8)
    {
        if (_lastIndexes[column] >= 0 && utf8.SequenceEqual(_lastBytes[column]))
        {
            block.Values[column].Set(row, ValueForm.Text, _lastIndexes[column]);
            return;
        }

        if (!utf8.SequenceEqual(_lastBytes[column]))
            (_lastBytes[column], _lastTexts[column]) = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        _lastIndexes[column] = block.Texts.Count;
        block.SetText(column, row, _lastTexts[column]);
    }

    static void Write(Span<byte> into, ref int at, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            into[at++] = (byte)(value | 0x80);
        into[at++] = (byte)value;
    }

    static ulong Read(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = from[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}

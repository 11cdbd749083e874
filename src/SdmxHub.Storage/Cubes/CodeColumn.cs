using System.Numerics;

namespace SdmxHub.Storage;

/// <summary>The code of each row in one dimension: one, two or four bytes each, as many as the highest needs.</summary>
/// <remarks>One writer appends while readers read the rows of their generation; publishing a generation makes its rows visible.
/// Most dimensions have fewer than 256 codes in use, so a scan reads a byte a row.</remarks>
sealed class CodeColumn
{
    volatile Codes _codes = new(new byte[16], null, null);
    volatile int _count;

    /// <summary>The code of a row; 0 is open.</summary>
    public int this[int row]
    {
        get
        {
            var codes = _codes;
            return codes.Bytes is { } bytes ? bytes[row] : codes.Shorts is { } shorts ? shorts[row] : codes.Ints![row];
        }
    }

    /// <summary>Appends a row.</summary>
    public void Add(int code)
    {
        var row = _count;
        _codes = _codes.Fit(row, code);
        if (_codes.Bytes is { } bytes)
            bytes[row] = (byte)code;
        else if (_codes.Shorts is { } shorts)
            shorts[row] = (ushort)code;
        else
            _codes.Ints![row] = code;
        _count = row + 1;
    }

    /// <summary>Takes back what was added and never published.</summary>
    public void Truncate(int count) => _count = count;

    /// <summary>Clears the mark of each row whose code is not allowed.</summary>
    /// <param name="allowed">Per code, whether it is; longer than any code of a marked row.</param>
    /// <param name="marks">A mark per row, from the first.</param>
    public void Keep(ReadOnlySpan<bool> allowed, Span<bool> marks)
    {
        var codes = _codes;
        if (codes.Bytes is { } bytes)
            Keep<byte>(bytes, allowed, marks);
        else if (codes.Shorts is { } shorts)
            Keep<ushort>(shorts, allowed, marks);
        else
            Keep<int>(codes.Ints, allowed, marks);
    }

    /// <summary>Counts rows by their code.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="observations">How many observations each of them has.</param>
    /// <param name="counts">Per code, what is added to.</param>
    public void Count(ReadOnlySpan<int> rows, ReadOnlySpan<int> observations, Span<CodeCount> counts)
    {
        var codes = _codes;
        if (codes.Bytes is { } bytes)
            Count<byte>(bytes, rows, observations, counts);
        else if (codes.Shorts is { } shorts)
            Count<ushort>(shorts, rows, observations, counts);
        else
            Count<int>(codes.Ints, rows, observations, counts);
    }

    static void Keep<T>(ReadOnlySpan<T> codes, ReadOnlySpan<bool> allowed, Span<bool> marks) where T : struct, IBinaryInteger<T>
    {
        codes = codes[..marks.Length];
        for (var row = 0; row < codes.Length; row++)
            marks[row] &= (uint)int.CreateTruncating(codes[row]) < (uint)allowed.Length && allowed[int.CreateTruncating(codes[row])];
    }

    static void Count<T>(ReadOnlySpan<T> codes, ReadOnlySpan<int> rows, ReadOnlySpan<int> observations, Span<CodeCount> counts) where T : struct, IBinaryInteger<T>
    {
        for (var i = 0; i < rows.Length; i++)
        {
            ref var count = ref counts[int.CreateTruncating(codes[rows[i]])];
            count.Series++;
            count.Observations += observations[i];
        }
    }

    /// <summary>The codes, in one of three widths.</summary>
    sealed record Codes(byte[]? Bytes, ushort[]? Shorts, int[]? Ints)
    {
        /// <summary>The same rows with room for one more and for its code.</summary>
        public Codes Fit(int row, int code)
        {
            var length = Bytes?.Length ?? Shorts?.Length ?? Ints!.Length;
            var isNarrow = (Bytes is not null && code > byte.MaxValue) || (Shorts is not null && code > ushort.MaxValue);
            if (row < length && !isNarrow)
                return this;
            length = row < length ? length : length + length / 2;
            if (Bytes is not null && code <= byte.MaxValue)
                return new(Copy<byte, byte>(Bytes, row, length), null, null);
            if (Ints is null && code <= ushort.MaxValue)
                return new(null, Bytes is not null ? Copy<byte, ushort>(Bytes, row, length) : Copy<ushort, ushort>(Shorts!, row, length), null);
            return new(null, null, Bytes is not null ? Copy<byte, int>(Bytes, row, length) : Shorts is not null ? Copy<ushort, int>(Shorts, row, length) : Copy<int, int>(Ints!, row, length));
        }

        static TTo[] Copy<TFrom, TTo>(TFrom[] from, int count, int length) where TFrom : struct, IBinaryInteger<TFrom> where TTo : struct, IBinaryInteger<TTo>
        {
            var to = new TTo[length];
            for (var row = 0; row < count; row++)
                to[row] = TTo.CreateTruncating(from[row]);
            return to;
        }
    }
}

/// <summary>What there is with one code.</summary>
struct CodeCount
{
    /// <summary>Series.</summary>
    public int Series;

    /// <summary>Observations.</summary>
    public long Observations;
}

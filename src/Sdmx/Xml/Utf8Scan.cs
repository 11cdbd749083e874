using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Sdmx.Xml;

/// <summary>Searches and compares many bytes at a time. The bytes must end with <see cref="Utf8Window.Padding"/> zeros, where each search stops.</summary>
static class Utf8Scan
{
    /// <summary>The first byte that is the quote, <c>&lt;</c>, <c>&amp;</c>, below a blank or above ASCII.</summary>
    public static int ValueEnd(byte[] bytes, int position, byte quote)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        var quotes = Vector128.Create(quote);
        while (true)
        {
            var next = Vector128.LoadUnsafe(ref first, (nuint)position);
            // signed, so that bytes above ASCII are below a blank too
            var stops = (Vector128.Equals(next, quotes) | Vector128.Equals(next, Vector128.Create((byte)'<')) | Vector128.Equals(next, Vector128.Create((byte)'&'))
                | Vector128.LessThan(next.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
            if (stops != 0)
                return position + BitOperations.TrailingZeroCount(stops);
            position += Vector128<byte>.Count;
        }
    }

    /// <summary>The first byte that is no blank.</summary>
    public static int BlanksEnd(byte[] bytes, int position)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(bytes);
        while (true)
        {
            var next = Vector128.LoadUnsafe(ref first, (nuint)position);
            var others = (~Vector128.Equals(next, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            if (others != 0)
                return position + BitOperations.TrailingZeroCount(others);
            position += Vector128<byte>.Count;
        }
    }

    /// <summary>How many bytes are the same at two positions, up to <paramref name="most"/>.</summary>
    /// <remarks>A zero, as stands behind the window's end, is never the same where the text at the first position has none.</remarks>
    public static int SameLength(byte[] bytes, int first, int second, int most)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(bytes);
        for (var length = 0; length < most; length += Vector256<byte>.Count)
        {
            var same = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(first + length)), Vector256.LoadUnsafe(ref start, (nuint)(second + length))).ExtractMostSignificantBits();
            if (same != uint.MaxValue)
                return Math.Min(length + BitOperations.TrailingZeroCount(~same), most);
        }

        return most;
    }
}

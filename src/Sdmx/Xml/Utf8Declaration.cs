namespace Sdmx.Xml;

/// <summary>Tells from the first bytes of a message whether it is XML in UTF-8, said so plainly enough for <see cref="Utf8XmlReader"/>.</summary>
/// <remarks>Another encoding, an unusual declaration or anything before it is left to the runtime's reader, its faults included.</remarks>
static class Utf8Declaration
{
    const int MaxLength = 512;

    /// <summary>Reads byte order mark and declaration.</summary>
    /// <param name="window">The message, nothing of it read.</param>
    /// <param name="start">Where the message goes on behind them.</param>
    /// <returns><c>false</c> where the runtime's reader must read the message.</returns>
    public static bool TryRead(Utf8Window window, out int start)
    {
        start = 0;
        while (window.End < MaxLength && !window.IsStopped && window.Fill(0))
        {
        }

        var head = window.From(0);
        if (head.StartsWith("\uFEFF"u8))
            start = 3;
        if (head.Length < start + 2 || head[start] != '<' || head[start + 1] == 0)
            return false;
        var rest = head[start..Math.Min(head.Length, MaxLength)];
        if (!rest.StartsWith("<?"u8))
            return true;
        if (Length(rest) is not (> 0 and var length))
            return false;
        start += length;
        return true;
    }

    /// <summary>The length of the declaration, or -1 where it is not a plain one for UTF-8.</summary>
    static int Length(ReadOnlySpan<byte> text)
    {
        var rest = text;
        if (!rest.StartsWith("<?xml"u8))
            return -1;
        rest = rest[5..];
        if (!Value(ref rest, " version"u8, out var version) || !version.SequenceEqual("1.0"u8))
            return -1;
        if (Value(ref rest, " encoding"u8, out var encoding) && !System.Text.Ascii.EqualsIgnoreCase(encoding, "utf-8"u8))
            return -1;
        if (Value(ref rest, " standalone"u8, out var standalone) && !standalone.SequenceEqual("yes"u8) && !standalone.SequenceEqual("no"u8))
            return -1;
        if (rest.StartsWith(" "u8))
            rest = rest[1..];
        return rest.StartsWith("?>"u8) ? text.Length - rest.Length + 2 : -1;
    }

    static bool Value(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!rest.StartsWith(name) || rest.Length < name.Length + 2 || rest[name.Length] != '=' || rest[name.Length + 1] is not ((byte)'"' or (byte)'\''))
            return false;
        var text = rest[(name.Length + 2)..];
        var end = text.IndexOf(rest[name.Length + 1]);
        if (end < 0)
            return false;
        value = text[..end];
        rest = text[(end + 1)..];
        return true;
    }
}

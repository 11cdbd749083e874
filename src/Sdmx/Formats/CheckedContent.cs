namespace Sdmx.Formats;

/// <summary>The content of an archive's entry, held against the length and the checksum that the archive states for it.</summary>
/// <remarks>The runtime unpacks a damaged entry without a word; a figure would then be another one.</remarks>
/// <exception cref="InvalidDataException">From reading the end: the content is not the one that was packed.</exception>
sealed class CheckedContent(Stream content, long length, uint checksum) : PulledStream
{
    static readonly uint[] Table = MakeTable();

    uint _register = uint.MaxValue;
    long _count;

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        var count = content.Read(buffer);
        var register = _register;
        foreach (var value in buffer[..count])
            register = Table[(byte)register ^ value] ^ (register >> 8);
        _register = register;
        _count += count;
        // At once: what lies about its length may have no end.
        if (_count > length)
            throw new InvalidDataException("the content is longer than stated.");
        if (count == 0 && buffer.Length > 0 && (_count != length || ~_register != checksum))
            throw new InvalidDataException("the content does not match its checksum.");
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    // CRC-32 as of ISO 3309, the one that APPNOTE 4.4.7 names.
    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value >> 1) ^ ((value & 1) * 0xEDB88320);
            table[i] = value;
        }

        return table;
    }
}

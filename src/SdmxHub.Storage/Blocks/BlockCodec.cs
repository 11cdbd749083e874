using System.Buffers.Binary;
using System.Numerics;

namespace SdmxHub.Storage;

/// <summary>The packed form of a <see cref="Chunk"/>, as the tables <c>block</c> and <c>block_hist</c> keep it.</summary>
/// <remarks>
/// <para>version byte, CRC-32C of what follows; number of rows, of tombstones, of columns; the rows' times, their revisions; the columns;
/// the tombstones' times and revisions. Numbers are varints, signed ones zig-zag.</para>
/// <para>The same content gives the same bytes. The format is for ever: another one gets another version byte. Decision 0004.</para>
/// </remarks>
static partial class BlockCodec
{
    const byte Version = 2;         // 1 had no steps
    const int FrameLength = 5;

    /// <summary>Packs <paramref name="chunk"/> into <paramref name="output"/>, which is cleared first.</summary>
    public static void Encode(Chunk chunk, PackedWriter output)
    {
        output.Clear();
        output.Reserve(FrameLength);
        var columns = chunk.UsedColumns();
        output.Varint((ulong)chunk.Count);
        output.Varint((ulong)chunk.Tombstones.Count);
        output.Varint((ulong)columns.Count);
        if (chunk.Count > 0)
        {
            WriteTimes(chunk.Periods.AsSpan(0, chunk.Count), output);
            WriteRevisions(chunk.Tx.AsSpan(0, chunk.Count), output);
            foreach (var column in columns)
                WriteColumn(column, chunk.Count, output);
        }

        if (chunk.Tombstones.Count > 0)
            WriteTombstones(chunk, output);
        var frame = output.At(0, FrameLength);
        frame[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(frame[1..], Crc(output.Written[FrameLength..]));
    }

    /// <summary>Unpacks <paramref name="bytes"/> into <paramref name="chunk"/>, which is cleared first.</summary>
    /// <exception cref="StoreException">The bytes are damaged, or of a newer version.</exception>
    public static void Decode(ReadOnlySpan<byte> bytes, Chunk chunk)
    {
        chunk.Clear();
        if (bytes.Length < FrameLength || bytes[0] is 0 or > Version)
            throw new StoreException("A block of the store is of no known version; a newer hub may have written it.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]) != Crc(bytes[FrameLength..]))
            throw new StoreException("A block of the store is damaged: its checksum is wrong. Restore the file from a copy.");
        var input = new PackedReader(bytes[FrameLength..]);
        var rows = input.Count();
        var tombstones = input.Count();
        var columns = input.Count();
        chunk.Resize(rows);
        if (rows > 0)
        {
            ReadTimes(ref input, chunk.Periods.AsSpan(0, rows));
            ReadRevisions(ref input, chunk.Tx.AsSpan(0, rows));
            for (var i = 0; i < columns; i++)
                ReadColumn(ref input, chunk);
        }

        if (tombstones > 0)
            ReadTombstones(ref input, chunk, tombstones);
        if (!input.IsAtEnd)
            throw new StoreException("A block of the store has bytes behind its end.");
    }

    static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= 8; bytes = bytes[8..])
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}

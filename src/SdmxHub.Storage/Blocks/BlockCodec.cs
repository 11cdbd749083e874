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
    internal const int FrameLength = 5;
    const int MostContiguous = 1024; // four times what a chunk has
    const int MostComponents = 1 << 16;
    const string Damaged = "A block of the store is damaged: its checksum is right, but it holds what no hub writes. Restore the file from a copy.";

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
        Seal(output.At(0, output.Length));
    }

    /// <summary>Writes version and checksum before a content.</summary>
    internal static void Seal(Span<byte> block)
    {
        block[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(block[1..], Crc(block[FrameLength..]));
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
        try
        {
            ReadContent(bytes[FrameLength..], chunk);
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentOutOfRangeException or OverflowException)
        {
            // spans check their bounds anyway: to check them twice would cost each value of each block
            throw new StoreException(Damaged, fault);
        }
    }

    static void ReadContent(ReadOnlySpan<byte> bytes, Chunk chunk)
    {
        var input = new PackedReader(bytes);
        var rows = RowCount(input.Count(), bytes.Length);
        var tombstones = RowCount(input.Count(), bytes.Length);
        var columns = input.Count();
        chunk.Resize(rows);
        if (rows > 0)
        {
            ReadTimes(ref input, chunk.Periods.AsSpan(0, rows));
            ReadRevisions(ref input, chunk.Tx.AsSpan(0, rows));
            var last = -1;
            for (var i = 0; i < columns; i++)
                last = ReadColumn(ref input, chunk, last);
        }

        if (tombstones > 0)
            ReadTombstones(ref input, chunk, tombstones);
        if (!input.IsAtEnd)
            throw new StoreException("A block of the store has bytes behind its end.");
    }

    /// <summary>A row takes a byte at least, but where periods follow one another; of these a chunk has no more than it has places.</summary>
    static int RowCount(int count, int bytes) => count <= Math.Max(bytes, MostContiguous) ? count : throw new StoreException(Damaged);

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

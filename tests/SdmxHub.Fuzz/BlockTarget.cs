using System.Text;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Fuzz;

/// <summary>The codec of the store's blocks: bytes with a right checksum, and anything in them.</summary>
sealed class BlockTarget : Target
{
    readonly Chunk _chunk = new();

    /// <inheritdoc/>
    public override string Name => "block";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds => field ??= FuzzSeeds.Blocks();

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens => field ??= FuzzTokens.Of("block");

    /// <inheritdoc/>
    public override void Mend(Span<byte> input)
    {
        if (input.Length >= BlockCodec.FrameLength)
            BlockCodec.Seal(input);
    }

    /// <inheritdoc/>
    public override void Read(byte[] bytes, int length) => Decode(bytes.AsSpan(0, length), _chunk);

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        if (!Decode(bytes, _chunk))
            return;
        var again = new Chunk();
        BlockCodec.Decode(Encode(_chunk), again);
        if (Describe(_chunk) is var was && Describe(again) is var became && was != became)
            throw new DifferenceException("block", $"{was}\nbecame\n{became}");
    }

    /// <summary>A chunk packed.</summary>
    internal static byte[] Encode(Chunk chunk)
    {
        var packed = new PackedWriter();
        BlockCodec.Encode(chunk, packed);
        return packed.Written.ToArray();
    }

    static bool Decode(ReadOnlySpan<byte> bytes, Chunk chunk)
    {
        try
        {
            BlockCodec.Decode(bytes, chunk);
            return true;
        }
        catch (StoreException)
        {
            return false;
        }
    }

    static string Describe(Chunk chunk)
    {
        var text = new StringBuilder();
        for (var row = 0; row < chunk.Count; row++)
        {
            text.Append(chunk.Periods[row]).Append(' ').Append(chunk.Tx[row]);
            foreach (var column in chunk.Columns.Where(c => c.Forms[row] != ValueForm.Absent).OrderBy(c => c.Component))
                text.Append(' ').Append(column.Component).Append(':').Append(column.Forms[row]).Append(':').Append(column.Bits[row]);
            text.AppendLine();
        }

        foreach (var (period, tx) in chunk.Tombstones)
            text.Append("gone ").Append(period).Append(' ').Append(tx).AppendLine();
        return text.ToString();
    }
}

using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class BlockCodecTests
{
    [Test]
    public void Random_chunks_come_back_as_they_were([Range(1, 10)] int seed)
    {
        var random = new Random(seed);
        var copy = new Chunk();
        for (var i = 0; i < 200; i++)
        {
            var chunk = RandomChunks.Next(random);

            BlockCodec.Decode(Encode(chunk), copy);

            Assert.That(Describe(copy), Is.EqualTo(Describe(chunk)));
            Assert.That(Encode(copy), Is.EqualTo(Encode(chunk)), "the same content gives the same bytes");
        }
    }

    [Test]
    public void Every_flipped_bit_is_noticed()
    {
        var bytes = Encode(RandomChunks.Next(new Random(5)));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << bit % 8);
            Assert.That(() => BlockCodec.Decode(damaged, new Chunk()), Throws.TypeOf<StoreException>());
        }

        Assert.That(() => BlockCodec.Decode(bytes.AsSpan(0, bytes.Length - 1), new Chunk()), Throws.TypeOf<StoreException>());
        Assert.That(() => BlockCodec.Decode([], new Chunk()), Throws.TypeOf<StoreException>());
    }

    // rows, tombstones, columns; times, revisions; columns
    [TestCase("", TestName = "{m}: nothing")]
    [TestCase("01 00 00 02", TestName = "{m}: it ends within the times")]
    [TestCase("FF FF FF FF 07 00 00 01 00 04", TestName = "{m}: more rows than memory")]
    [TestCase("00 FF FF FF FF 07 00 00 00 01", TestName = "{m}: more tombstones than memory")]
    [TestCase("FF FF FF FF FF 7F 00 00", TestName = "{m}: more rows than numbers")]
    [TestCase("01 00 01 00 00 01 FF FF FF FF 07 00 01 01", TestName = "{m}: a component far away")]
    [TestCase("01 00 02 00 00 01 05 00 01 01 05 00 01 01", TestName = "{m}: a component twice")]
    [TestCase("01 00 01 00 00 01 05 00 63 01", TestName = "{m}: a form of no value")]
    [TestCase("01 00 01 00 00 01 05 07 01 01", TestName = "{m}: a layout of no column")]
    [TestCase("01 00 00 01 63 04 00 01", TestName = "{m}: a kind of no period")]
    [TestCase("02 00 00 01 01 9E 9C 01 00 01", TestName = "{m}: a period behind the last")]
    [TestCase("01 00 00 07 01 04 00 01", TestName = "{m}: times of no mode")]
    [TestCase("01 00 00 00 00 01 00", TestName = "{m}: more than it holds")]
    public void Content_with_a_right_checksum_that_no_hub_writes_is_refused(string content)
    {
        byte[] block = [.. new byte[BlockCodec.FrameLength], .. Convert.FromHexString(content.Replace(" ", ""))];
        BlockCodec.Seal(block);

        Assert.That(() => BlockCodec.Decode(block, new Chunk()), Throws.TypeOf<StoreException>());
    }

    [Test]
    public void An_annual_series_is_short()
    {
        var chunk = new Chunk();
        for (var year = 2000; year < 2025; year++)
        {
            chunk.Insert(chunk.Count, TimePeriod.FromYear(year));
            Set(chunk, 20, chunk.Count - 1, (byte)(ValueForm.Decimal + 1), 1000 + year % 7);
            for (var component = 21; component < 26; component++)
                Set(chunk, component, chunk.Count - 1, ValueForm.Code, 1);
            chunk.Tx[chunk.Count - 1] = 3;
        }

        Assert.That(Encode(chunk), Has.Length.LessThan(75), "about two bytes an observation");
    }

    static byte[] Encode(Chunk chunk)
    {
        var packed = new PackedWriter();
        BlockCodec.Encode(chunk, packed);
        return packed.Written.ToArray();
    }

    static void Set(Chunk chunk, int component, int row, byte form, long bits) =>
        (chunk.Column(component).Forms[row], chunk.Column(component).Bits[row]) = (form, bits);

    static List<string> Describe(Chunk chunk)
    {
        var lines = new List<string>();
        for (var row = 0; row < chunk.Count; row++)
        {
            var values = chunk.Columns.Where(c => c.Forms[row] != 0).OrderBy(c => c.Component).Select(c => $"{c.Component}:{c.Forms[row]}:{c.Bits[row]}");
            lines.Add($"{chunk.Periods[row]} {chunk.Tx[row]} {string.Join(' ', values)}");
        }

        lines.AddRange(chunk.Tombstones.Select(t => $"gone {t.Period} {t.Tx}"));
        return lines;
    }
}

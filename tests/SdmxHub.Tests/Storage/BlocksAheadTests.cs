using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Blocks filled on a thread of their own.</summary>
public class BlocksAheadTests
{
    static ObservationBlock[] Blocks => [new(), new(), new()];

    [Test]
    public void Blocks_come_in_the_order_they_were_filled_and_end()
    {
        var filled = 0;
        using var ahead = new BlocksAhead(Blocks, block => (block.Count = ++filled) <= 100);
        var counts = new List<int>();

        while (ahead.Next() is { } block)
            counts.Add(block.Count);

        Assert.That(counts, Is.EqualTo(Enumerable.Range(1, 100)));
        Assert.That(ahead.Next(), Is.Null, "the end stays the end");
    }

    [Test]
    public void A_block_is_the_callers_until_the_next_is_asked_for()
    {
        var filled = 0;
        using var ahead = new BlocksAhead(Blocks, block => (block.Count = ++filled) <= 50);

        for (var expected = 1; ahead.Next() is { } block; expected++)
        {
            Thread.Yield();
            Assert.That(block.Count, Is.EqualTo(expected));
        }
    }

    [Test]
    public void What_filling_throws_comes_behind_the_blocks_before_it()
    {
        var filled = 0;
        using var ahead = new BlocksAhead(Blocks, block => (block.Count = ++filled) < 3 ? true : throw new IOException("the disk is gone"));

        Assert.That(ahead.Next()!.Count, Is.EqualTo(1));
        Assert.That(ahead.Next()!.Count, Is.EqualTo(2));
        Assert.That(() => ahead.Next(), Throws.TypeOf<IOException>().With.Message.EqualTo("the disk is gone"));
    }

    [Test]
    public void Nothing_is_filled_once_the_caller_has_gone()
    {
        var filled = 0;
        var blocks = new BlocksAhead(Blocks, _ => ++filled > 0);
        blocks.Next();

        blocks.Dispose();

        var atEnd = filled;
        Thread.Sleep(20);
        Assert.That(filled, Is.EqualTo(atEnd).And.LessThanOrEqualTo(4));
    }
}

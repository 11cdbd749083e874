using System.Collections.Concurrent;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>Blocks for answers, used again: one is more than a megabyte, most of it never touched by an answer of one series, which costs a fraction
/// of making it.</summary>
static class BlockPool
{
    const int Most = 32;

    static readonly ConcurrentQueue<ObservationBlock> Blocks = [];

    /// <summary>A block that nobody else has; its content means nothing until it begins.</summary>
    public static ObservationBlock Rent() => Blocks.TryDequeue(out var block) ? block : new ObservationBlock();

    /// <summary>Takes a block back; it must not be used any more.</summary>
    public static void Return(ObservationBlock block)
    {
        if (Blocks.Count < Most)
            Blocks.Enqueue(block);
    }
}

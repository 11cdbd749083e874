using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>One writer of <see cref="ConcurrencyTest"/>: changes what it has read, commits mostly, abandons sometimes, and holds a change for long now and then.</summary>
sealed class ConcurrencyWriter(Store store, int number, Random random)
{
    /// <summary>How long a change is held now and then, in milliseconds.</summary>
    public const int LongHold = 300;

    const int MaxPause = 20;
    const int AbandonedOf10 = 1;
    const int ChangesPerHold = 15;

    static long _holds;
    static long _held;

    int _changes;

    /// <summary>The number of the change that a writer of this process holds for long, uncommitted, or 0.</summary>
    public static long Held => Volatile.Read(ref _held);

    /// <summary>Writes until stopped.</summary>
    /// <returns>How many commits were acknowledged.</returns>
    public long Run(CancellationToken ct)
    {
        long commits = 0;
        for (; !ct.IsCancellationRequested; Thread.Sleep(random.Next(MaxPause)))
        {
            var isMeant = random.Next(10) >= AbandonedOf10;
            using var transaction = store.Begin("load", "test");
            // Nobody else commits now, in this process or another: what is read here is what the change builds on.
            using var head = store.Head();
            var changes = ConcurrencyFlow.Change(ConcurrencyFlow.Read(head), head.Revision + 1, number, isMeant, random);
            foreach (var block in StressFlow.Blocks(transaction.Catalog.Schema(StressFlow.Urn)!, changes))
                transaction.Append(block);
            Hold();
            if (!isMeant)
                continue;
            if (transaction.Commit().Number != head.Revision + 1)
                throw new InvalidOperationException("another commit came between");
            commits++;
        }

        return commits;
    }

    /// <summary>Commits changes as one revision.</summary>
    public static void Commit(Store store, IEnumerable<StressChange> changes)
    {
        using var transaction = store.Begin("load", "test");
        foreach (var block in StressFlow.Blocks(transaction.Catalog.Schema(StressFlow.Urn)!, changes))
            transaction.Append(block);
        transaction.Commit();
    }

    void Hold()
    {
        if (_changes++ % ChangesPerHold != 0)
        {
            Thread.Sleep(random.Next(5));
            return;
        }

        Volatile.Write(ref _held, Interlocked.Increment(ref _holds));
        Thread.Sleep(LongHold);
        Volatile.Write(ref _held, 0);
    }
}

using System.Globalization;

namespace SdmxHub.Fuzz;

/// <summary>Feeds one target: mutates inputs, keeps those that reach what none reached before, and counts what goes wrong.</summary>
/// <remarks>The same program, seed and number of executions do the same.</remarks>
sealed class FuzzLoop(Target target, int seed, CurrentInput current, Findings findings, Coverage coverage)
{
    // what an input of a few kilobytes may make the target allocate
    const long MostAllocated = 64 << 20;
    const int CheckedOneIn = 64;

    readonly Random _random = new(seed);
    readonly List<byte[]> _corpus = [];
    long _executions;

    /// <summary>Runs.</summary>
    public void Run(long executions)
    {
        var mutator = new Mutator(_random, [.. target.Tokens, .. FuzzTokens.Words(target.Seeds)], CurrentInput.MaxLength);
        foreach (var input in target.Seeds.Where(s => s.Length <= CurrentInput.MaxLength))
            Execute(input, input.Length, isSeed: true);
        var shown = TimeProvider.System.GetTimestamp();
        var start = shown;
        while (_executions < executions)
        {
            mutator.Mutate(Pick(), _corpus);
            target.Mend(mutator.Bytes.AsSpan(0, mutator.Length));
            Execute(mutator.Bytes, mutator.Length, isSeed: false);
            if ((_executions & 255) == 0 && TimeProvider.System.GetElapsedTime(shown).TotalSeconds > 10)
            {
                Show(start);
                shown = TimeProvider.System.GetTimestamp();
            }
        }

        Show(start);
    }

    // half of the time one of the newest: they are at the border of what is known
    byte[] Pick() => _random.Next(2) == 0 ? _corpus[_random.Next(_corpus.Count)] : _corpus[_random.Next(_corpus.Count * 3 / 4, _corpus.Count)];

    void Execute(byte[] bytes, int length, bool isSeed)
    {
        current.Begin(++_executions, bytes, length);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            coverage.Start();
            target.Read(bytes, length);
            var isNew = coverage.TakeNew();
            if (isNew || isSeed)
                _corpus.Add(bytes[..length]);
            if (isNew || isSeed || _executions % CheckedOneIn == 0)
                target.Check(bytes[..length]);
        }
        catch (Exception fault)
        {
            findings.Add(fault, bytes[..length], seed, _executions);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        if (allocated > MostAllocated)
            findings.Add("memory", string.Create(CultureInfo.InvariantCulture, $"{allocated:N0} bytes were allocated for {length:N0}"), bytes[..length], seed, _executions);
    }

    void Show(long start) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{target.Name,-22}{_executions,12:N0} executions{_executions / TimeProvider.System.GetElapsedTime(start).TotalSeconds,10:N0} a second{_corpus.Count,8:N0} inputs{coverage.Edges,8:N0} edges{findings.Count,4} findings"));
}

using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace SdmxHub.Fuzz;

/// <summary>Which edges of the instrumented code an execution took, and which any took before, as AFL counts them.</summary>
/// <remarks>One per process: the instrumented code writes to it from its first call on. Not thread-safe.</remarks>
sealed unsafe class Coverage
{
    const int Size = 1 << 16;

    readonly byte* _hits = (byte*)NativeMemory.AlignedAlloc(Size, 64);
    readonly byte[] _seen = new byte[Size]; // per edge, a bit for each bucket met

    public Coverage()
    {
        Start();
        Trace.SharedMem = _hits;
    }

    /// <summary>How many edges were ever taken.</summary>
    public int Edges { get; private set; }

    /// <summary>Forgets the hits of the execution before.</summary>
    public void Start()
    {
        new Span<byte>(_hits, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the execution took an edge, or took one so many times, as none did before.</summary>
    public bool TakeNew()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(_hits, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0)
                continue;
            for (var edge = word * sizeof(ulong); edge < (word + 1) * sizeof(ulong); edge++)
                isNew |= Take(edge, Bucket(_hits[edge]));
        }

        return isNew;
    }

    bool Take(int edge, byte bucket)
    {
        if ((bucket & ~_seen[edge]) == 0)
            return false;
        Edges += _seen[edge] == 0 ? 1 : 0;
        _seen[edge] |= bucket;
        return true;
    }

    static byte Bucket(byte hits) => hits switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}

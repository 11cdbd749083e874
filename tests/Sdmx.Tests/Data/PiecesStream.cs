namespace Sdmx.Tests.Data;

/// <summary>Gives its bytes in pieces of a size, and a first one of another.</summary>
sealed class PiecesStream(byte[] bytes, int first, int size = int.MaxValue) : MemoryStream(bytes, writable: false)
{
    /// <summary>The first bytes in one piece, the rest in another.</summary>
    public static PiecesStream CutAt(byte[] bytes, int at) => new(bytes, at);

    /// <summary>All in pieces of one size.</summary>
    public static PiecesStream Of(byte[] bytes, int size) => new(bytes, size, size);

    // Read(Span) of a class that is not MemoryStream itself comes by here
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(Position == 0 ? first : size, count));

    /// <summary>The places to cut a message of some length at: all in the long form, else some, which the same seed chooses again.</summary>
    public static IEnumerable<int> Cuts(int length, int seed)
    {
        if (IsLong || length <= SomeCuts)
            return Enumerable.Range(1, Math.Max(0, length - 1));
        var random = new Random(seed);
        return Enumerable.Range(0, SomeCuts).Select(_ => random.Next(1, length));
    }

    const int SomeCuts = 6;

    /// <summary>Whether messages are cut at every byte: <c>SDMXHUB_EVERY_CUT</c> is <c>1</c>.</summary>
    static readonly bool IsLong = Environment.GetEnvironmentVariable("SDMXHUB_EVERY_CUT") == "1";
}

namespace Sdmx.Mapping;

/// <summary>Arrays of numbers as keys of a dictionary, looked up by spans.</summary>
sealed class IntKeys : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
{
    /// <summary>The one there is.</summary>
    public static readonly IntKeys Comparer = new();

    public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

    public int GetHashCode(int[] key) => GetHashCode(key.AsSpan());

    // Codes come from strangers: HashCode is seeded by the process.
    public int GetHashCode(ReadOnlySpan<int> alternate)
    {
        var hash = new HashCode();
        foreach (var number in alternate)
            hash.Add(number);
        return hash.ToHashCode();
    }

    public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
}

namespace SdmxHub.Storage;

/// <summary>Orders rows by the ids of their codes, so that an answer does not depend on the order in which data came.</summary>
sealed class KeyOrder : IComparer<int>
{
    readonly (CodeColumn Codes, int[] Ranks)[] _dimensions;

    /// <summary>The order by the dimensions of a schema; <paramref name="last"/>, when it is none of -1, counts after all others.</summary>
    public KeyOrder(CubeGeneration generation, int[] columns, int last)
    {
        var order = Enumerable.Range(0, columns.Length).OrderBy(d => d == last);
        _dimensions = [.. order.Select(d => (generation.Cube.Columns[columns[d]], generation.Ranks[columns[d]]))];
    }

    public int Compare(int x, int y) => Compare(x, y, _dimensions.Length);

    /// <summary>Whether two rows differ at most in the last dimension.</summary>
    public bool IsSameButLast(int x, int y) => Compare(x, y, _dimensions.Length - 1) == 0;

    int Compare(int x, int y, int dimensions)
    {
        for (var d = 0; d < dimensions; d++)
        {
            var (codes, ranks) = _dimensions[d];
            if (codes[x] != codes[y])
                return ranks[codes[x]].CompareTo(ranks[codes[y]]);
        }

        return 0;
    }
}

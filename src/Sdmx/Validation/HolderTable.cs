namespace Sdmx.Validation;

/// <summary>The attributes of the data set and its groups, kept until the series they cover come by.</summary>
/// <remarks>In the sorter's order a holder always precedes its series. Memory grows with the groups, not with the data.</remarks>
sealed class HolderTable(DataSchema schema)
{
    readonly Dictionary<int[], RowValues> _holders = new(KeyComparer.Instance);
    readonly HashSet<(int Column, int[] Key)> _lacking = new(KeyComparer.Instance);
    readonly SchemaComponent[] _above = [.. schema.Values.Where(v => v.Role == ComponentRole.Attribute && v.Level != AttachmentLevel.Observation)];

    /// <summary>Keeps the attributes of a row whose key is open.</summary>
    internal void Keep(int[] key, ObservationBlock block, int row)
    {
        if (!_holders.TryGetValue(key, out var values))
            _holders.Add([.. key], values = new RowValues(schema.Values.Count));
        foreach (var attribute in _above)
        {
            if (block.Values[attribute.Index].Forms[row] != ValueForm.Absent)
                values.Take(block, row, attribute.Index);
        }
    }

    /// <summary>Tells a series who holds each of its attributes.</summary>
    internal void Resolve(SeriesView series, RowValues own)
    {
        foreach (var attribute in _above)
        {
            series.Holders[attribute.Index] = attribute.Level == AttachmentLevel.Series ? own
                : _holders.Count == 0 ? null
                : _holders.GetValueOrDefault(KeyOf(attribute, series.Key));
        }
    }

    /// <summary>Whether no series before lacked the attribute of the same holder.</summary>
    internal bool IsFirstToLack(SchemaComponent attribute, int[] key) =>
        attribute.Level == AttachmentLevel.Series || _lacking.Add((attribute.Index, KeyOf(attribute, key)));

    internal void Clear()
    {
        _holders.Clear();
        _lacking.Clear();
    }

    static int[] KeyOf(SchemaComponent attribute, int[] key)
    {
        var holder = new int[key.Length];
        for (var d = 0; d < key.Length; d++)
            holder[d] = attribute.Holder[d] ? key[d] : -1;
        return holder;
    }

    sealed class KeyComparer : IEqualityComparer<int[]>, IEqualityComparer<(int Column, int[] Key)>
    {
        internal static readonly KeyComparer Instance = new();

        public bool Equals(int[]? a, int[]? b) => a.AsSpan().SequenceEqual(b);

        public int GetHashCode(int[] key)
        {
            var hash = new HashCode();
            foreach (var code in key)
                hash.Add(code);
            return hash.ToHashCode();
        }

        public bool Equals((int Column, int[] Key) a, (int Column, int[] Key) b) => a.Column == b.Column && Equals(a.Key, b.Key);

        public int GetHashCode((int Column, int[] Key) pair) => HashCode.Combine(pair.Column, GetHashCode(pair.Key));
    }
}

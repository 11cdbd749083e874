namespace Sdmx;

/// <summary>Whom an attribute row speaks about, and what it said, kept beyond its block.</summary>
/// <param name="Key">The key, -1 where it is open.</param>
/// <param name="Values">Per value column the bytes of the value; null when absent.</param>
sealed record AttributeHolder(int[] Key, byte[]?[] Values)
{
    /// <summary>Whether something it applies to was written since it last said anything.</summary>
    public bool IsUsed { get; set; }

    /// <summary>Whether it has any value.</summary>
    public bool HasValues => Array.Exists(Values, v => v is not null);

    /// <summary>Forgets everything and turns to another key.</summary>
    public void Turn(ReadOnlySpan<int> key)
    {
        key.CopyTo(Key);
        Array.Clear(Values);
        IsUsed = false;
    }

    /// <summary>Takes over the values of a row.</summary>
    public void Say(ObservationBlock block, int row, ValueCells cells)
    {
        IsUsed = false;
        for (var column = 0; column < Values.Length; column++)
            Values[column] = cells.Bytes(block, column, row) ?? Values[column];
    }

    /// <summary>Takes over the values of <paramref name="other"/>.</summary>
    public void Say(AttributeHolder other)
    {
        IsUsed = false;
        for (var column = 0; column < Values.Length; column++)
            Values[column] = other.Values[column] ?? Values[column];
    }
}

/// <summary>What the attribute rows of the current data set said, for writers that repeat it on whatever it applies to.</summary>
/// <remarks>Memory grows with the number of holders, not of observations. Holders come out in the order they came in.</remarks>
sealed class HeldAttributes
{
    readonly List<Level> _levels = [];
    readonly List<AttributeHolder> _all = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _all.Count == 0;

    /// <summary>The holder with this key, added when it is new.</summary>
    public AttributeHolder At(ReadOnlySpan<int> key, int columns)
    {
        var mask = MaskOf(key);
        var level = _levels.Find(l => l.Mask == mask);
        if (level is null)
            _levels.Add(level = new Level(mask));
        var lookup = level.Holders.GetAlternateLookup<ReadOnlySpan<int>>();
        if (lookup.TryGetValue(key, out var holder))
            return holder;
        holder = new AttributeHolder(key.ToArray(), new byte[columns][]);
        level.Holders.Add(holder.Key, holder);
        _all.Add(holder);
        return holder;
    }

    /// <summary>Puts every value that applies to <paramref name="key"/> into <paramref name="values"/>.</summary>
    public void Apply(ReadOnlySpan<int> key, byte[]?[] values)
    {
        Span<int> projected = stackalloc int[key.Length];
        foreach (var level in _levels)
        {
            for (var d = 0; d < key.Length; d++)
                projected[d] = (level.Mask >> d & 1) != 0 ? key[d] : -1;
            if (!level.Holders.GetAlternateLookup<ReadOnlySpan<int>>().TryGetValue(projected, out var holder))
                continue;
            holder.IsUsed = true;
            for (var column = 0; column < values.Length; column++)
                values[column] = holder.Values[column] ?? values[column];
        }
    }

    /// <summary>Every holder.</summary>
    public IReadOnlyList<AttributeHolder> All => _all;

    /// <summary>The holders that applied to nothing written since.</summary>
    public IEnumerable<AttributeHolder> Unused => _all.Where(h => !h.IsUsed);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _levels.Clear();
        _all.Clear();
    }

    /// <summary>Which dimensions a key names: bit d is dimension d.</summary>
    /// <remarks>Beyond 64 dimensions bits fold: such a holder may then find nothing it applies to, and is written by itself.</remarks>
    public static ulong MaskOf(ReadOnlySpan<int> key)
    {
        ulong mask = 0;
        for (var d = 0; d < key.Length; d++)
            mask |= key[d] >= 0 ? 1UL << d : 0;
        return mask;
    }

    sealed class Level(ulong mask)
    {
        public ulong Mask { get; } = mask;

        public Dictionary<int[], AttributeHolder> Holders { get; } = new(KeyComparer.Instance);
    }

    sealed class KeyComparer : IEqualityComparer<int[]>, IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(int[] key) => GetHashCode(key.AsSpan());

        public int GetHashCode(ReadOnlySpan<int> key)
        {
            var hash = new HashCode();
            foreach (var code in key)
                hash.Add(code);
            return hash.ToHashCode();
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();
    }
}

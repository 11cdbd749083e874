namespace Sdmx.Mapping;

/// <summary>What the holders of attributes above the observation last said: those of one level, that is with the same dimensions named.</summary>
/// <remarks>Memory is bounded by the number of holders. Not thread-safe.</remarks>
sealed class HolderValues
{
    readonly Dictionary<int[], MappedCell[]> _said = new(IntKeys.Comparer);
    readonly Dictionary<int[], MappedCell[]>.AlternateLookup<ReadOnlySpan<int>> _byKey;
    readonly bool[] _names;
    readonly int[] _key;

    HolderValues(bool[] names, int[] columns)
    {
        (_names, Columns) = (names, columns);
        _key = new int[names.Length];
        _byKey = _said.GetAlternateLookup<ReadOnlySpan<int>>();
    }

    /// <summary>The value columns of the attributes.</summary>
    public int[] Columns { get; }

    /// <summary>Those of a structure, from the widest to the narrowest: the attributes of a data set first.</summary>
    public static HolderValues[] Of(DataSchema schema) =>
    [
        .. schema.Values.Where(v => v.Level != AttachmentLevel.Observation).GroupBy(v => v.Holder)
            .OrderBy(g => g.Key.Count(n => n)).Select(g => new HolderValues([.. g.Key], [.. g.Select(v => v.Index)])),
    ];

    /// <summary>Whether the holder's key names the dimension.</summary>
    public bool Names(int dimension) => _names[dimension];

    /// <summary>The holder's key within that of a series: open in the dimensions it does not name. Valid until the next call.</summary>
    public ReadOnlySpan<int> KeyIn(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < _key.Length; d++)
            _key[d] = _names[d] ? key[d] : -1;
        return _key;
    }

    /// <summary>What the holder of a key said, by the order of <see cref="Columns"/>; null when it said nothing.</summary>
    public MappedCell[]? Find(ReadOnlySpan<int> key) => _byKey.TryGetValue(KeyIn(key), out var cells) ? cells : null;

    /// <summary>The same, to be changed.</summary>
    public MappedCell[] At(ReadOnlySpan<int> key)
    {
        var own = KeyIn(key);
        if (!_byKey.TryGetValue(own, out var cells))
            _byKey[own] = cells = new MappedCell[Columns.Length];
        return cells;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _said.Clear();
}

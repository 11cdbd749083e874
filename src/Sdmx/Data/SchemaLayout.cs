namespace Sdmx;

/// <summary>Where each component of a schema goes when a reader meets it: worked out once, so that nothing is searched for per observation.</summary>
/// <remarks>A component's slot: a dimension's position in the key; then time; then the value columns of a block. Immutable.</remarks>
sealed class SchemaLayout
{
    readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    readonly bool[] _isNumeric;

    public SchemaLayout(DataSchema schema)
    {
        Schema = schema;
        DimensionCount = schema.Dimensions.Count;
        foreach (var dimension in schema.Dimensions)
            _slots[dimension.Id] = dimension.Index;
        if (schema.Time is not null)
            _slots[schema.Time.Id] = TimeSlot;
        foreach (var value in schema.Values)
            _slots[value.Id] = FirstValueSlot + value.Index;
        _isNumeric = [.. schema.Values.Select(v => v.Codes is null && (v.Role == ComponentRole.Measure ? IsMeasured(v.Format.Type) : IsNumber(v.Format.Type)))];
        IsHeld = [.. schema.Values.Select(v => v.Level != AttachmentLevel.Observation)];
        Holders =
        [
            .. schema.Values.Where(v => v.Level != AttachmentLevel.Observation).GroupBy(v => v.Holder)
                .Select(g => new Holder(g.Key.AsSpan().ToArray(), [.. g.Select(v => v.Index)])).OrderBy(h => h.Names.Count(n => n)),
        ];
    }

    /// <summary>What several attributes are said about together: the dimensions its key names, and the attributes' columns.</summary>
    public sealed record Holder(bool[] Names, int[] Columns);

    /// <summary>The schema.</summary>
    public DataSchema Schema { get; }

    /// <summary>The number of dimensions without time.</summary>
    public int DimensionCount { get; }

    /// <summary>Time's slot.</summary>
    public int TimeSlot => DimensionCount;

    /// <summary>The slot of the first value column.</summary>
    public int FirstValueSlot => DimensionCount + 1;

    /// <summary>Per value column, whether it belongs to a holder above the observation.</summary>
    public bool[] IsHeld { get; }

    /// <summary>The holders, the widest first.</summary>
    public IReadOnlyList<Holder> Holders { get; }

    /// <summary>The component's slot, or -1.</summary>
    public int Find(string id) => _slots.GetValueOrDefault(id, -1);

    /// <summary>The component at a slot.</summary>
    public SchemaComponent At(int slot) =>
        slot < DimensionCount ? Schema.Dimensions[slot] : slot == TimeSlot ? Schema.Time! : Schema.Values[slot - FirstValueSlot];

    /// <summary>Whether the column's values are kept as numbers where they are spelt canonically.</summary>
    public bool IsNumeric(int column) => _isNumeric[column];

    // a measure without representation is a String by the letter of the standard, yet holds numbers; either form gives its text back
    static bool IsMeasured(TextType type) => type == TextType.String || IsNumber(type);

    static bool IsNumber(TextType type) => type is TextType.BigInteger or TextType.Integer or TextType.Long or TextType.Short or TextType.Decimal
        or TextType.Float or TextType.Double or TextType.Count or TextType.InclusiveValueRange or TextType.ExclusiveValueRange or TextType.Incremental;
}

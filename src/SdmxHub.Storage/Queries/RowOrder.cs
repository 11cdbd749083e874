using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A value that rows are ordered by: absent before numbers, numbers before texts.</summary>
readonly record struct SortValue(double? Number, string? Text) : IComparable<SortValue>
{
    /// <inheritdoc/>
    public int CompareTo(SortValue other)
    {
        if (Text is not null || other.Text is not null)
            return string.CompareOrdinal(Text, other.Text);
        return Nullable.Compare(Number, other.Number);
    }
}

/// <summary>A row of an answer with what it is ordered by.</summary>
readonly record struct SortedRow(Run Run, SortValue[] Values);

/// <summary>The order of an answer's rows: what a query asks for first, then the usual order, in the layout it asks for.</summary>
/// <remarks>What stands at the series goes before what stands at the observation, so that a series comes in one piece; a flat answer has no such
/// parts.</remarks>
sealed class RowOrder : IComparer<SortedRow>, IComparer<int>
{
    readonly (SchemaComponent Component, bool IsDescending)[] _steps;
    readonly (CodeColumn Codes, int[] Ranks)[] _dimensions;
    readonly int _atKey;
    readonly bool _isFlat;

    public RowOrder(CubeGeneration generation, SchemaMap map, DataQuery query)
    {
        var schema = map.Schema;
        _atKey = schema.Find(query.DimensionAtObservation) is { Role: ComponentRole.Dimension } dimension ? dimension.Index : -1;
        _isFlat = _atKey < 0 && (schema.Time is null || query.DimensionAtObservation == "AllDimensions");
        var asked = query.Sort.Select(t => (Component: schema.Find(t.Component) ?? throw new InvalidOperationException($"no component {t.Component}"), t.IsDescending)).ToList();
        var usual = schema.Dimensions.Append(schema.Time).OfType<SchemaComponent>().Select(c => (Component: c, IsDescending: false)).ToList();
        _steps = [.. asked.Concat(usual).DistinctBy(s => s.Component).OrderBy(s => !IsOfSeries(s.Component))];
        IsUsual = _steps.SequenceEqual(usual.OrderBy(s => !IsOfSeries(s.Component)));
        IsBySeries = _atKey < 0 && _steps.Take(schema.Dimensions.Count).All(s => s.Component.Role == ComponentRole.Dimension)
            && _steps.Skip(schema.Dimensions.Count).All(s => s is { Component.Role: ComponentRole.Time, IsDescending: false });
        _dimensions = [.. map.Columns.Select(c => (generation.Cube.Columns[c], generation.Ranks[c]))];
        Values = [.. _steps.Select(s => s.Component).Where(c => c.Role is ComponentRole.Attribute or ComponentRole.Measure)];
    }

    /// <summary>Whether it is the order that answers have anyway.</summary>
    public bool IsUsual { get; }

    /// <summary>Whether only series are in another order, so that they can be read one after the other.</summary>
    public bool IsBySeries { get; }

    /// <summary>The attributes and measures that <see cref="SortedRow.Values"/> are of.</summary>
    public SchemaComponent[] Values { get; }

    /// <summary>Compares two series by their keys.</summary>
    public int Compare(int x, int y)
    {
        foreach (var (component, isDescending) in _steps)
        {
            if (component.Role == ComponentRole.Dimension && CompareCodes(component.Index, x, y) is not 0 and var order)
                return isDescending ? -order : order;
        }

        return 0;
    }

    /// <inheritdoc/>
    public int Compare(SortedRow x, SortedRow y)
    {
        var value = 0;
        foreach (var (component, isDescending) in _steps)
        {
            var order = component.Role switch
            {
                ComponentRole.Dimension => CompareCodes(component.Index, x.Run.Series, y.Run.Series),
                ComponentRole.Time => x.Run.Period.CompareTo(y.Run.Period),
                _ => x.Values[value].CompareTo(y.Values[value++]),
            };
            if (order != 0)
                return isDescending ? -order : order;
        }

        return 0;
    }

    int CompareCodes(int dimension, int x, int y)
    {
        var (codes, ranks) = _dimensions[dimension];
        return ranks[codes[x]].CompareTo(ranks[codes[y]]);
    }

    bool IsOfSeries(SchemaComponent component) => !_isFlat && component.Role switch
    {
        ComponentRole.Dimension => component.Index != _atKey,
        ComponentRole.Time => _atKey >= 0,
        ComponentRole.Attribute => component.Level != AttachmentLevel.Observation && (_atKey < 0 || !component.Holder[_atKey]),
        _ => false,
    };
}

namespace Sdmx.Validation;

/// <summary>The codes of a dimension are in its codelist.</summary>
/// <remarks>Reported on every observation. A series' attribute row has the same key as its observations and is passed over here;
/// series without observations are looked at by <see cref="SeriesCheck"/>.</remarks>
sealed class DimensionCodeRule(SchemaComponent dimension) : RowRule
{
    readonly UnknownCode _unknown = new(dimension);

    /// <inheritdoc/>
    internal override bool HoldsForDelete => true;

    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        var known = dimension.Codes!.Count;
        var numbers = block.Key[dimension.Index].AsSpan(0, block.Count);
        if (!numbers.ContainsAnyExceptInRange(-1, known - 1))
            return;
        for (var row = 0; row < numbers.Length; row++)
        {
            if (numbers[row] >= known && IsReported(block, row))
                findings.Add(block, row, _unknown.Issue(block.Dataset.Codes.Dimensions[dimension.Index][numbers[row]]));
        }
    }

    /// <summary>The finding about a series' key, or null.</summary>
    internal Issue? Issue(SeriesView series) =>
        series.Key[dimension.Index] >= dimension.Codes!.Count ? _unknown.Issue(series.Text(dimension)) : null;

    /// <summary>Whether row rules report on the key of <paramref name="row"/>.</summary>
    internal static bool IsReported(ObservationBlock block, int row)
    {
        if (block.Kinds[row] == RowKind.Observation || block.Dataset.Action == DatasetAction.Delete)
            return true;
        foreach (var column in block.Key)
        {
            if (column[row] < 0)
                return true;
        }

        return false;
    }
}

/// <summary>The values of a dimension without codelist are of its type and within its facets.</summary>
sealed class DimensionFormatRule(SchemaComponent dimension, ValueFormat format) : RowRule
{
    readonly List<ValueFault?> _faults = [];

    /// <inheritdoc/>
    internal override bool HoldsForDelete => true;

    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        var codes = block.Dataset.Codes.Dimensions[dimension.Index];
        while (_faults.Count < codes.Count)
            _faults.Add(format.Check(codes[_faults.Count]));
        var numbers = block.Key[dimension.Index].AsSpan(0, block.Count);
        for (var row = 0; row < numbers.Length; row++)
        {
            if (numbers[row] >= 0 && _faults[numbers[row]] is { } fault && DimensionCodeRule.IsReported(block, row))
                findings.Add(block, row, fault.Issue(dimension.Id, codes[numbers[row]]));
        }
    }
}

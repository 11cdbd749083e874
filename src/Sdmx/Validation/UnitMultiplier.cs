namespace Sdmx.Validation;

/// <summary>The power of ten that a figure is to be multiplied by: UNIT_MULT, a coded attribute of the observation or of the series.</summary>
sealed class UnitMultiplier
{
    readonly SchemaComponent? _component;
    readonly int[] _exponents = [];

    internal UnitMultiplier(DataSchema schema)
    {
        _component = ComponentOf(schema);
        if (_component is not null)
            _exponents = [.. _component.Codes!.Codelist.Codes.Select(c => StoredSeries.ExponentOf(c.Id))];
    }

    /// <summary>The component's id; null where the structure has none, and every figure is what it says.</summary>
    internal string? Id => _component?.Id;

    /// <summary>The component, or null.</summary>
    internal static SchemaComponent? ComponentOf(DataSchema schema) =>
        SeriesRule.Find(schema, "UNIT_MULT", ComponentRole.Attribute) is { Codes: not null, Level: AttachmentLevel.Observation or AttachmentLevel.Series } found ? found : null;

    /// <summary>The exponent of a row; <see cref="StoredSeries.NoMultiplier"/> where it has none.</summary>
    internal int Of(SeriesView series, ObservationBlock block, int row)
    {
        if (_component is null)
            return StoredSeries.NoMultiplier;
        var (form, bits) = _component.Level == AttachmentLevel.Series
            ? series.Holders[_component.Index] is { } own ? (own.Form(_component.Index), own.Bits(_component.Index)) : default
            : (block.Values[_component.Index].Forms[row], block.Values[_component.Index].Bits[row]);
        return form == ValueForm.Code && bits < _exponents.Length ? _exponents[bits] : StoredSeries.NoMultiplier;
    }

    /// <summary>Whether some rows have one multiplier; or none.</summary>
    internal bool IsAlike(ObservationBlock block, int from, int end)
    {
        if (_component is not { Level: AttachmentLevel.Observation })
            return true;
        var column = block.Values[_component.Index];
        var form = column.Forms[from];
        return !column.Forms.AsSpan(from, end - from).ContainsAnyExcept(form)
            && (form == ValueForm.Absent || !column.Bits.AsSpan(from, end - from).ContainsAnyExcept(column.Bits[from]));
    }

    /// <summary>The factor of an exponent: 1 for none.</summary>
    internal static double Factor(int exponent) => exponent is StoredSeries.NoMultiplier or 0 ? 1 : Math.Pow(10, exponent);
}

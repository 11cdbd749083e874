namespace Sdmx.Validation;

/// <summary>One series while its rows are walked: its key, and who holds its attributes.</summary>
sealed class SeriesView(Dataset dataset)
{
    readonly RowValues?[] _holders = new RowValues?[dataset.Schema.Values.Count];

    /// <summary>The data set.</summary>
    internal Dataset Dataset => dataset;

    /// <summary>The schema.</summary>
    internal DataSchema Schema => dataset.Schema;

    /// <summary>The key.</summary>
    internal int[] Key { get; } = new int[dataset.Schema.Dimensions.Count];

    /// <summary>The line of its first row.</summary>
    internal int Line { get; set; }

    /// <summary>The position of its first row in the line.</summary>
    internal int LinePosition { get; set; }

    /// <summary>Whether the key names every dimension.</summary>
    internal bool IsFull => !Key.AsSpan().Contains(-1);

    /// <summary>Per value column above the observation, the values of its holder; null where the holder was not given.</summary>
    internal Span<RowValues?> Holders => _holders;

    /// <summary>Whether the code at a place of the key is in its codelist.</summary>
    internal bool IsKnown(int dimension) => dataset.Codes.Dimensions[dimension].IsKnown(Key[dimension]);

    /// <summary>Whether a dimension or an attribute above the observation is in the set.</summary>
    internal bool Holds(MemberSet set, bool isAbsentIn)
    {
        var component = set.Component;
        if (component.Role == ComponentRole.Dimension)
            return set.HoldsKey(dataset, Key[component.Index]);
        var column = component.Index;
        if (_holders[column] is not { } values)
            return set.HoldsValue(ValueForm.Absent, 0, null, isAbsentIn);
        var form = values.Form(column);
        return set.HoldsValue(form, values.Bits(column), set.NeedsText(form) ? values.Text(dataset, column) : null, isAbsentIn);
    }

    /// <summary>Whether dimensions and attributes above the observation are in all of the sets.</summary>
    internal bool HoldsAll(MemberSet[] sets, bool isAbsentIn)
    {
        foreach (var set in sets)
        {
            if (!Holds(set, isAbsentIn))
                return false;
        }

        return true;
    }

    /// <summary>Whether an observation's time, measure or attribute is in the set.</summary>
    internal static bool Holds(MemberSet set, ObservationBlock block, int row, bool isAbsentIn)
    {
        var component = set.Component;
        if (component.Role == ComponentRole.Time)
            return set.HoldsPeriod(block.Periods[row]);
        var column = block.Values[component.Index];
        var form = column.Forms[row];
        return set.HoldsValue(form, column.Bits[row], set.NeedsText(form) ? block.Text(component.Index, row) : null, isAbsentIn);
    }

    /// <summary>Whether some observations have one value of the set's component; a text is not looked at.</summary>
    internal static bool IsAlike(MemberSet set, ObservationBlock block, int from, int end)
    {
        if (set.Component.Role == ComponentRole.Time)
            return end - from == 1;
        var column = block.Values[set.Component.Index];
        var form = column.Forms[from];
        return !column.Forms.AsSpan(from, end - from).ContainsAnyExcept(form)
            && (form == ValueForm.Absent || !column.Bits.AsSpan(from, end - from).ContainsAnyExcept(column.Bits[from]));
    }

    /// <summary>Whether an observation's time, measures and attributes are in all of the sets.</summary>
    internal static bool HoldsAll(MemberSet[] sets, ObservationBlock block, int row, bool isAbsentIn)
    {
        foreach (var set in sets)
        {
            if (!Holds(set, block, row, isAbsentIn))
                return false;
        }

        return true;
    }

    /// <summary>The value of a dimension or of an attribute above the observation; empty when there is none.</summary>
    internal string Text(SchemaComponent component) => component.Role == ComponentRole.Dimension
        ? Key[component.Index] < 0 ? "" : dataset.Codes.Dimensions[component.Index][Key[component.Index]]
        : _holders[component.Index]?.Text(dataset, component.Index) ?? "";
}

using Sdmx;

namespace SdmxHub.Web.Comparison;

/// <summary>Turns the rows of an answer into figures, joining what is said of the series, its groups and the data set.</summary>
sealed class FigureRows(DataSchema schema)
{
    readonly int _value = 0;
    readonly SchemaComponent? _area = schema.Find("REF_AREA");
    readonly List<(int[] Holder, string?[] Said)> _held = [];

    /// <summary>The figure in <paramref name="row"/>, or null when it is no observation or has no number.</summary>
    public Figure? Next(ObservationBlock block, int row)
    {
        if (block.Kinds[row] == RowKind.Attributes)
        {
            Hold(block, row);
            return null;
        }

        if (block.Text(_value, row) is not { } text || !ExactNumber.TryParse(text, out var number))
            return null;
        var mult = Said("UNIT_MULT", block, row);
        var power = int.TryParse(mult, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var p) ? p : 0;
        return new Figure(block.Dataset.Codes.Dimensions[_area!.Index][block.Key[_area.Index][row]], text, number.Times10To(power),
            Said("UNIT_MEASURE", block, row), mult, Said("NATURE", block, row), Said("OBS_STATUS", block, row));
    }

    /// <summary>What the narrowest of dimension, observation, series, group and data set says of a component; null when none does.</summary>
    string? Said(string id, ObservationBlock block, int row)
    {
        if (schema.Find(id) is not { } component)
            return null;
        if (component.Role == ComponentRole.Dimension)
            return block.Dataset.Codes.Dimensions[component.Index][block.Key[component.Index][row]];
        if (component.Index < 0)
            return null;
        if (block.Text(component.Index, row) is { } own)
            return own;
        for (var i = _held.Count - 1; i >= 0; i--)
        {
            if (_held[i].Said[component.Index] is { } said && Covers(_held[i].Holder, block, row))
                return said;
        }

        return null;
    }

    void Hold(ObservationBlock block, int row)
    {
        var holder = new int[block.Key.Length];
        for (var d = 0; d < holder.Length; d++)
            holder[d] = block.Key[d][row];
        // A series' row comes right before its observations, and the last series' is done with.
        if (_held.Count > 0 && Array.IndexOf(_held[^1].Holder, -1) < 0)
            _held.RemoveAt(_held.Count - 1);
        _held.Add((holder, [.. Enumerable.Range(0, schema.Values.Count).Select(c => block.Text(c, row))]));
    }

    static bool Covers(int[] holder, ObservationBlock block, int row)
    {
        for (var d = 0; d < holder.Length; d++)
        {
            if (holder[d] >= 0 && holder[d] != block.Key[d][row])
                return false;
        }

        return true;
    }
}

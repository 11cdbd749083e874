namespace Sdmx;

/// <summary>What stands at the observation in a message: time, another dimension, or all dimensions (flat).</summary>
/// <param name="Id">The <c>dimensionAtObservation</c> as messages name it.</param>
/// <param name="Dimension">The position in the key of the dimension at the observation; -1: time, or all.</param>
/// <param name="IsFlat">Whether observations stand alone, each with its whole key.</param>
readonly record struct ObservationLayout(string Id, int Dimension, bool IsFlat)
{
    /// <summary>The layout of data of <paramref name="schema"/> where <paramref name="wanted"/> is asked for. Time that the structure
    /// does not have makes it flat (checklist 1.1); a dimension it does not have leaves the default.</summary>
    public static ObservationLayout Of(DataSchema schema, string wanted)
    {
        for (var d = 0; d < schema.Dimensions.Count; d++)
        {
            if (schema.Dimensions[d].Id == wanted)
                return new(wanted, d, false);
        }

        return schema.Time is null || wanted == "AllDimensions" ? new("AllDimensions", -1, true) : new(schema.Time.Id, -1, false);
    }

    /// <summary>Whether time stands at the observation.</summary>
    public bool IsTimeSeries => Dimension < 0 && !IsFlat;

    /// <summary>Whether another dimension than time stands at the observation.</summary>
    public bool IsCrossSection => Dimension >= 0;
}

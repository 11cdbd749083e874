using Sdmx;

namespace SdgShipment;

/// <summary>One observation as a source gives it: every component by its id, series attributes included; empty values left out.</summary>
sealed record Figure(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The value of a component, or the empty string.</summary>
    public string this[string component] => Values.GetValueOrDefault(component, "");

    /// <summary>The series key as one text.</summary>
    public string Key(DataSchema schema) => string.Join('.', schema.Dimensions.Select(d => this[d.Id]));
}

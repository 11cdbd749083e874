using System.Globalization;

namespace Sdmx.Validation;

/// <summary>What the store holds of a row's series; null where it holds nothing, or there is no store.</summary>
/// <param name="block">The block.</param>
/// <param name="row">The row, whose key names every dimension.</param>
/// <returns>The series, until the next is asked for.</returns>
public delegate StoredSeries? StoredHistory(ObservationBlock block, int row);

/// <summary>What the store holds of one series: its numbers in order of period, with their multipliers, and its unit.</summary>
/// <remarks>Filled by whoever has the store, and used again for the next series. Not thread-safe.</remarks>
public sealed class StoredSeries
{
    /// <summary>The multiplier of a number that has none.</summary>
    public const int NoMultiplier = int.MinValue;

    TimePeriod[] _periods = new TimePeriod[64];
    byte[] _forms = new byte[64];
    long[] _mantissas = new long[64];
    int[] _multipliers = new int[64];

    /// <summary>A series of a schema, still empty.</summary>
    public StoredSeries(DataSchema schema) =>
        (Multiplier, UnitMeasure) = (UnitMultiplier.ComponentOf(schema), SeriesRule.Find(schema, "UNIT_MEASURE", ComponentRole.Attribute));

    /// <summary>The schema's attribute that holds multipliers, or null.</summary>
    public SchemaComponent? Multiplier { get; }

    /// <summary>The schema's attribute that holds the unit, or null.</summary>
    public SchemaComponent? UnitMeasure { get; }

    /// <summary>The unit, where it is an attribute of the series; or null.</summary>
    public string? Unit { get; set; }

    /// <summary>How many numbers there are.</summary>
    public int Count { get; private set; }

    /// <summary>The periods, ascending.</summary>
    public ReadOnlySpan<TimePeriod> Periods => _periods.AsSpan(0, Count);

    /// <summary>The forms of the numbers, each a decimal (<see cref="ValueForm.Decimal"/> and its scale).</summary>
    public ReadOnlySpan<byte> Forms => _forms.AsSpan(0, Count);

    /// <summary>The mantissas.</summary>
    public ReadOnlySpan<long> Mantissas => _mantissas.AsSpan(0, Count);

    /// <summary>The exponents of the multipliers, or <see cref="NoMultiplier"/>.</summary>
    public ReadOnlySpan<int> Multipliers => _multipliers.AsSpan(0, Count);

    /// <summary>The exponent that a code of <see cref="Multiplier"/> stands for, at most 30 either way; <see cref="NoMultiplier"/> for one that is no such number.</summary>
    public static int ExponentOf(string code) =>
        int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent) && exponent is >= -30 and <= 30 ? exponent : NoMultiplier;

    /// <summary>Empties it.</summary>
    public void Clear() => (Count, Unit) = (0, null);

    /// <summary>Adds the number of a later period.</summary>
    public void Add(TimePeriod period, byte form, long mantissa, int multiplier)
    {
        if (Count == _periods.Length)
        {
            Array.Resize(ref _periods, Count * 2);
            Array.Resize(ref _forms, Count * 2);
            Array.Resize(ref _mantissas, Count * 2);
            Array.Resize(ref _multipliers, Count * 2);
        }

        (_periods[Count], _forms[Count], _mantissas[Count], _multipliers[Count]) = (period, form, mantissa, multiplier);
        Count++;
    }

    /// <summary>The place of a period; where there is none, the complement of the place it would have.</summary>
    internal int Find(TimePeriod period) => Array.BinarySearch(_periods, 0, Count, period);

    /// <summary>A number, without its multiplier.</summary>
    internal double Number(int at) => DecimalText.ToDouble(_mantissas[at], _forms[at] - ValueForm.Decimal);

    /// <summary>A number as it is spelt.</summary>
    internal string Text(int at) => DecimalText.Format(_mantissas[at], _forms[at] - ValueForm.Decimal);

    /// <summary>A multiplier as it is spelt.</summary>
    internal string MultiplierText(int at) => _multipliers[at] == NoMultiplier ? "" : _multipliers[at].ToString(CultureInfo.InvariantCulture);
}

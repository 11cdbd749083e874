using Sdmx;

namespace SdmxHub.Web.Comparison;

/// <summary>How a national figure stands to the global one.</summary>
public enum PairClass
{
    /// <summary>The same number, after UNIT_MULT.</summary>
    Equal,

    /// <summary>The same number once both are rounded (half up) to the fewer decimals of the two.</summary>
    EqualAfterRounding,

    /// <summary>They differ, and the global NATURE says that it was adjusted, estimated, modelled or monitored globally (CA, E, M, G).</summary>
    DiffersExpected,

    /// <summary>They differ, and nothing says why: NATURE C, or none.</summary>
    DiffersUnexplained,

    /// <summary>The units differ, or one side names none: the values are not compared.</summary>
    UnitMismatch,

    /// <summary>Only the national side has a figure.</summary>
    NationalOnly,

    /// <summary>Only the global side has a figure.</summary>
    GlobalOnly,
}

/// <summary>One side's figure.</summary>
/// <param name="Area">REF_AREA as that side spells it.</param>
/// <param name="Value">OBS_VALUE as sent.</param>
/// <param name="Scaled">The number times 10^UNIT_MULT.</param>
/// <param name="Unit">UNIT_MEASURE, or null.</param>
/// <param name="UnitMult">UNIT_MULT as sent, or null.</param>
/// <param name="Nature">NATURE, or null.</param>
/// <param name="Status">OBS_STATUS, or null.</param>
public sealed record Figure(string Area, string Value, ExactNumber Scaled, string? Unit, string? UnitMult, string? Nature, string? Status);

/// <summary>A national and a global figure of the same series key and period, or either alone.</summary>
/// <param name="Key">The codes of the key without REPORTING_TYPE, as the global side spells them, in the global key's order
/// (for a figure of a local code: as the national side spells them).</param>
/// <param name="Period">The period.</param>
/// <param name="National">The national figure, or null.</param>
/// <param name="Global">The global figure, or null.</param>
/// <param name="Class">The verdict.</param>
public sealed record Pair(ValueArray<string> Key, TimePeriod Period, Figure? National, Figure? Global, PairClass Class)
{
    /// <summary>National less global, scaled; null unless both are there in the same unit.</summary>
    public ExactNumber? Difference => Class is PairClass.UnitMismatch || National is null || Global is null ? null : National.Scaled - Global.Scaled;

    /// <summary>The difference as a share of the global figure; null where there is none or the global figure is 0.</summary>
    public double? RelativeDifference => Difference is { } d && !Global!.Scaled.Mantissa.IsZero ? d.ToDouble() / Global.Scaled.ToDouble() : null;

    /// <summary>The pair of two figures, classed.</summary>
    public static Pair Of(ValueArray<string> key, TimePeriod period, Figure? national, Figure? global) =>
        new(key, period, national, global, Classify(national, global));

    static PairClass Classify(Figure? national, Figure? global)
    {
        if (national is null || global is null)
            return national is null ? PairClass.GlobalOnly : PairClass.NationalOnly;
        if (national.Unit is null || national.Unit != global.Unit)
            return PairClass.UnitMismatch;
        if (national.Scaled.Equals(global.Scaled))
            return PairClass.Equal;
        var decimals = Math.Min(national.Scaled.Scale, global.Scaled.Scale);
        if (national.Scaled.Round(decimals).Equals(global.Scaled.Round(decimals)))
            return PairClass.EqualAfterRounding;
        return global.Nature is "CA" or "E" or "M" or "G" ? PairClass.DiffersExpected : PairClass.DiffersUnexplained;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What there is of a flow under some conditions on its dimensions: counted from the index, without reading data.</summary>
/// <param name="Series">How many series.</param>
/// <param name="Observations">How many observations they have.</param>
/// <param name="First">Their earliest period; <see cref="TimePeriod.None"/> without observations or time.</param>
/// <param name="Last">Their latest period; <see cref="TimePeriod.None"/> without observations or time.</param>
/// <param name="Dimensions">Per dimension of the key, in the structure's order, the codes that occur.</param>
public sealed record Availability(long Series, long Observations, TimePeriod First, TimePeriod Last, ValueArray<DimensionAvailability> Dimensions);

/// <summary>The codes of one dimension that occur.</summary>
/// <param name="Id">The dimension's id.</param>
/// <param name="Codes">The codes, in ordinal order.</param>
public sealed record DimensionAvailability(string Id, ValueArray<CodeAvailability> Codes);

/// <summary>How much there is with one code.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Series">How many series.</param>
/// <param name="Observations">How many observations.</param>
public readonly record struct CodeAvailability(string Code, long Series, long Observations);

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What there is of a flow, or of several together, under some conditions on its dimensions: counted from the index, without reading data.</summary>
/// <param name="Series">How many series.</param>
/// <param name="Observations">How many observations they have.</param>
/// <param name="First">Their earliest period; <see cref="TimePeriod.None"/> without observations or time.</param>
/// <param name="Last">Their latest period; <see cref="TimePeriod.None"/> without observations or time.</param>
/// <param name="Dimensions">Per dimension of the key, in the structure's order, the codes that occur.</param>
public sealed record Availability(long Series, long Observations, TimePeriod First, TimePeriod Last, ValueArray<DimensionAvailability> Dimensions)
{
    /// <summary>What there is of several flows of one structure, of at least one.</summary>
    public static Availability Together(IReadOnlyList<Availability> flows)
    {
        var timed = flows.Where(f => f.First != TimePeriod.None).ToList();
        return flows is [var only] ? only : new(flows.Sum(f => f.Series), flows.Sum(f => f.Observations),
            timed.Select(f => f.First).DefaultIfEmpty().Min(), timed.Select(f => f.Last).DefaultIfEmpty().Max(),
            [.. flows.SelectMany(f => f.Dimensions).GroupBy(d => d.Id).Select(d => new DimensionAvailability(d.Key, Together(d)))]);
    }

    static ValueArray<CodeAvailability> Together(IEnumerable<DimensionAvailability> dimensions) =>
    [
        .. dimensions.SelectMany(d => d.Codes).GroupBy(c => c.Code).OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => new CodeAvailability(c.Key, c.Sum(n => n.Series), c.Sum(n => n.Observations))),
    ];
}

/// <summary>The codes of one dimension that occur.</summary>
/// <param name="Id">The dimension's id.</param>
/// <param name="Codes">The codes, in ordinal order.</param>
public sealed record DimensionAvailability(string Id, ValueArray<CodeAvailability> Codes);

/// <summary>How much there is with one code.</summary>
/// <param name="Code">The code's id.</param>
/// <param name="Series">How many series.</param>
/// <param name="Observations">How many observations.</param>
public readonly record struct CodeAvailability(string Code, long Series, long Observations);

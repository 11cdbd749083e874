namespace SdmxHub.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Observations">The observations of each message.</param>
/// <param name="StoreObservations">The observations of each store, the sizes one after the other.</param>
/// <param name="Megabytes">The size of each message of <c>parse</c>.</param>
/// <param name="Rounds">How often each is measured; the median counts.</param>
/// <param name="Merges">How often series are sent again to each store.</param>
/// <param name="WarmUp">The longest that something is run before it is measured.</param>
sealed record Scale(long Observations, long[] StoreObservations, int Megabytes, int Rounds, int Merges, TimeSpan WarmUp)
{
    /// <summary>Under five minutes.</summary>
    public static Scale Quick { get; } = new(300_000, [300_000], 50, 3, 4, TimeSpan.FromSeconds(3));

    /// <summary>The same with another size: observations, and of <c>parse</c> and <c>peak</c> megabytes.</summary>
    public Scale Of(long size) => this with { Observations = size, StoreObservations = [size], Megabytes = (int)Math.Min(size, int.MaxValue) };

    /// <summary>Sizes that no cache holds.</summary>
    public static Scale Full { get; } = new(3_000_000, [3_000_000, 30_000_000], 500, 5, 12, TimeSpan.FromSeconds(10));
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What one flow holds at one revision.</summary>
/// <param name="Series">How many series have an observation or an attribute of their own.</param>
/// <param name="Observations">How many observations there are.</param>
/// <param name="LastRevision">The last revision that changed data of the flow, up to the snapshot's.</param>
/// <param name="First">The earliest period; <see cref="TimePeriod.None"/> without observations or time.</param>
/// <param name="Last">The latest period; <see cref="TimePeriod.None"/> without observations or time.</param>
public sealed record CubeSummary(long Series, long Observations, long LastRevision, TimePeriod First, TimePeriod Last);

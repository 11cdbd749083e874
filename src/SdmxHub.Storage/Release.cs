namespace SdmxHub.Storage;

/// <summary>A named state of the store.</summary>
/// <param name="Name">The name, unique: <c>2026.Q1.G.01</c>.</param>
/// <param name="Revision">The revision it names: the newest from <paramref name="At"/> on.</param>
/// <param name="Base">The revision that was the newest before it; with <paramref name="Revision"/> alike where it only names what was there.</param>
/// <param name="At">When it was published.</param>
public sealed record Release(string Name, long Revision, long Base, DateTimeOffset At);

namespace SdmxHub.Storage;

/// <summary>How far a check, a backup or a restore has come.</summary>
/// <param name="Step">What is done, for people: <c>blocks</c>, <c>pages</c>.</param>
/// <param name="Done">How many of them are done.</param>
/// <param name="Total">How many there are; 0 when that is not known.</param>
public readonly record struct StoreProgress(string Step, long Done, long Total);

namespace SdmxHub.Storage;

/// <summary>One commit: the state of all data and structures from its instant to the next one's.</summary>
/// <param name="Number">The number, from 1, without gaps; 0 only for the store that holds nothing yet.</param>
/// <param name="At">The instant of the commit, to the microsecond; strictly increasing.</param>
/// <param name="Kind">What made it, as given to <see cref="Store.Begin"/>: <c>load</c>, <c>structures</c>.</param>
/// <param name="Actor">Who made it, as given to <see cref="Store.Begin"/>.</param>
/// <param name="Inserted">How many observations it added.</param>
/// <param name="Updated">How many observations it changed; unchanged ones that were sent again do not count.</param>
/// <param name="Deleted">How many observations it removed.</param>
public sealed record Revision(long Number, DateTimeOffset At, string Kind, string Actor, long Inserted, long Updated, long Deleted);

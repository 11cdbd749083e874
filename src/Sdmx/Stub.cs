#pragma warning disable CS1591
namespace Sdmx;
public readonly record struct TimePeriod { public static TimePeriod None => default; }
public readonly record struct MonthDay;
public readonly record struct SdmxVersion : IComparable<SdmxVersion> { public static bool TryParse(string s, out SdmxVersion v) { v = default; return true; } public int CompareTo(SdmxVersion o) => 0; }

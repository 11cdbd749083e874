using System.Globalization;

namespace SdmxHub.Benchmarks;

/// <summary>A table of measurements on the console, in Markdown; the first row is the baseline of the others.</summary>
sealed class ReportTable
{
    readonly long _observations;
    Measurement? _baseline;

    /// <summary>Starts a table.</summary>
    public ReportTable(string title, long observations)
    {
        _observations = observations;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n### {title}, {observations:N0} observations\n"));
        Console.WriteLine("| | M obs per CPU-s | MB per CPU-s | bytes allocated per obs | times the baseline |\n|---|---:|---:|---:|---:|");
    }

    /// <summary>Adds a row; <paramref name="bytes"/> is the size of what was read or written, or 0.</summary>
    public void Add(string name, Measurement measured, long bytes = 0)
    {
        _baseline ??= measured;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {_observations / 1e6 / measured.Seconds:F2} | {(bytes > 0 ? bytes / 1e6 / measured.Seconds : double.NaN):F0} | {(double)measured.Allocated / _observations:F2} | {measured.Times ?? _baseline.Value.Seconds / measured.Seconds:F2} |").Replace("NaN", ""));
    }
}

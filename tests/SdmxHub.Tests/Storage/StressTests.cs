using System.Diagnostics;

namespace SdmxHub.Tests.Storage;

/// <summary>The short forms of what a store must stand; the long ones are <c>SdmxHub.Benchmarks -- kill 500</c> and <c>concurrency 120</c>, or
/// <c>SDMXHUB_KILLS=500</c> and <c>SDMXHUB_CONCURRENCY=120</c> here.</summary>
public class StressTests
{
    [Test]
    public void A_store_whose_process_is_killed_at_any_instant_has_the_old_or_the_new_revision_whole() =>
        AssertHolds("kill", Environment.GetEnvironmentVariable("SDMXHUB_KILLS") ?? "12");

    [Test]
    public void Readers_and_writers_at_once_see_whole_revisions_and_lose_nothing() =>
        AssertHolds("concurrency", Environment.GetEnvironmentVariable("SDMXHUB_CONCURRENCY") ?? "3");

    static void AssertHolds(string name, string size)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "SdmxHub.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, name, size]) { RedirectStandardOutput = true })!;

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Contain(" 0 faults"));
    }
}

using System.Diagnostics;

namespace SdmxHub.Tests.Storage;

/// <summary>The short form of the kill test; the long one is <c>SdmxHub.Benchmarks -- kill 500</c>, or <c>SDMXHUB_KILLS=500</c> here.</summary>
public class CrashTests
{
    [Test]
    public void A_store_whose_process_is_killed_at_any_instant_has_the_old_or_the_new_revision_whole()
    {
        var kills = Environment.GetEnvironmentVariable("SDMXHUB_KILLS") ?? "12";
        var program = Path.Combine(AppContext.BaseDirectory, "SdmxHub.Benchmarks.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, "kill", kills]) { RedirectStandardOutput = true })!;

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Contain(" 0 faults"));
    }
}

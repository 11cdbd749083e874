using System.Diagnostics;

namespace SdmxHub.Tests.BadInput;

/// <summary>The short form of the fuzzing of every reader; the long one is the same command with more executions: see docs/testing.md.</summary>
public class FuzzTests
{
    [Test]
    public void Nothing_is_found_where_every_reader_is_fed_damaged_input()
    {
        var executions = Environment.GetEnvironmentVariable("SDMXHUB_FUZZ") ?? "16000";
        var kept = Directory.CreateTempSubdirectory("sdmxhub-fuzz-").FullName;
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "SdmxHub.Fuzz.dll"), "all", "--executions", executions, "--seed", "1", "--jobs", "2", "--out", kept];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;

        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, output);
        Assert.That(output, Does.Contain(": 0 findings"));
        Directory.Delete(kept, recursive: true);
    }
}

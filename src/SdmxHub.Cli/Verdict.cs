using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>What came of a file, in one number.</summary>
static class Verdict
{
    /// <summary>2 when reading could not go on, 1 for findings of severity Error, else 0.</summary>
    public static int ExitCodeOf(LoadReport report) =>
        report.Issues.Count(Severity.Fatal) > 0 ? ExitCode.Unusable : report.Issues.Count(Severity.Error) > 0 ? ExitCode.Findings : ExitCode.Fine;
}

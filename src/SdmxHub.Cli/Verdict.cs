using System.Globalization;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>What came of a file, in one line and in one number.</summary>
static class Verdict
{
    /// <summary>The last line of <c>validate</c> for each file; its form is fixed, whatever the verdict.</summary>
    public static string Counts(string label, LoadReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{label}: {report.Observations} observations, {report.Series} series, {Errors(report)} errors, {report.Issues.Count(Severity.Warning)} warnings");

    /// <summary>The line of <c>load</c>.</summary>
    public static string Of(string label, LoadReport report) => $"{label}: {Outcome(report)}; {Findings(report)}";

    /// <summary>2 when reading could not go on, 1 for findings of severity Error, else 0.</summary>
    public static int ExitCodeOf(LoadReport report) =>
        report.Issues.Count(Severity.Fatal) > 0 ? ExitCode.Unusable : report.Issues.Count(Severity.Error) > 0 ? ExitCode.Findings : ExitCode.Fine;

    /// <summary>What the file holds: <c>1,204 observations in 37 series</c>, <c>12 structures</c>.</summary>
    public static string Content(LoadReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{(report.Artefacts > 0 ? Counted(report.Artefacts, "structure") : $"{Counted(report.Observations, "observation")} in {report.Series:N0} series")}");

    /// <summary>A number and its noun: <c>1 structure</c>, <c>1,204 observations</c>.</summary>
    public static string Counted(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>What the store did with it: the revision and the changes, or that it refused.</summary>
    public static string Outcome(LoadReport report)
    {
        if (report.Revision is not { } revision)
            return $"refused, {Content(report)}, nothing stored";
        var changes = string.Create(CultureInfo.InvariantCulture,
            $"{report.Inserted:N0} inserted, {report.Updated:N0} updated, {report.Deleted:N0} deleted, {report.Unchanged:N0} unchanged");
        return string.Create(CultureInfo.InvariantCulture, $"accepted, revision {revision.Number}, {Content(report)}{(report.Artefacts > 0 ? "" : $": {changes}")}");
    }

    static int Errors(LoadReport report) => report.Issues.Count(Severity.Error) + report.Issues.Count(Severity.Fatal);

    static string Findings(LoadReport report) => $"{Counted(Errors(report), "error")}, {Counted(report.Issues.Count(Severity.Warning), "warning")}";
}

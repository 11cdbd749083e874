using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What came of a file, in one line.</summary>
public static class LoadVerdict
{
    /// <summary>The line of a check for each file; its form is fixed, whatever the verdict.</summary>
    public static string Counts(string label, LoadReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{label}: {report.Observations} observations, {report.Series} series, {Errors(report)} errors, {report.Issues.Count(Severity.Warning)} warnings");

    /// <summary>The line of a load for each file.</summary>
    public static string Of(string label, LoadReport report) => $"{label}: {Outcome(report)}; {Findings(report)}";

    /// <summary>The line of a draft for each file that it took in.</summary>
    public static string Staged(string label, LoadReport report) => $"{label}: staged, {Content(report)}{Counts(report)}; {Findings(report)}";

    /// <summary>What the file holds: <c>1,204 observations in 37 series</c>, <c>12 structures</c>, <c>1 metadata set</c>.</summary>
    public static string Content(LoadReport report) => report.Artefacts > 0 ? Counted(report.Artefacts, "structure")
        : report.MetadataSets is { } sets ? Counted(sets, "metadata set")
        : string.Create(CultureInfo.InvariantCulture, $"{Counted(report.Observations, "observation")} in {report.Series:N0} series");

    /// <summary>A number and its noun: <c>1 structure</c>, <c>1,204 observations</c>.</summary>
    public static string Counted(long number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number:N0} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>What the store did with it: the revision and the changes, or that it refused.</summary>
    public static string Outcome(LoadReport report)
    {
        if (report.Revision is not { } revision)
            return $"{(report.IsPart && !report.Issues.HasErrors ? "left out with the others" : "refused")}, {Content(report)}, nothing stored";
        return string.Create(CultureInfo.InvariantCulture,
            $"accepted, revision {revision.Number}, {Content(report)}{Counts(report)}");
    }

    // Of what has no observations, and of one of several messages, there is nothing to count.
    static string Counts(LoadReport report) => report.Artefacts > 0 || report.MetadataSets is not null || report.IsPart ? "" : $": {Changes(report)}";

    /// <summary>What was changed in the store: <c>3 inserted, 1 updated, 0 deleted, 120 unchanged</c>.</summary>
    public static string Changes(LoadReport report) => string.Create(CultureInfo.InvariantCulture,
        $"{report.Inserted:N0} inserted, {report.Updated:N0} updated, {report.Deleted:N0} deleted, {report.Unchanged:N0} unchanged");

    /// <summary>How many errors and warnings there are.</summary>
    public static string Findings(LoadReport report) => $"{Counted(Errors(report), "error")}, {Counted(report.Issues.Count(Severity.Warning), "warning")}";

    /// <summary>How many findings are of severity Error or Fatal.</summary>
    public static int Errors(LoadReport report) => report.Issues.Count(Severity.Error) + report.Issues.Count(Severity.Fatal);
}

using System.Text.Json.Serialization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A repair of a message: one value of one component is to be read as another one.</summary>
/// <param name="Component">The component's id: a dimension, attribute or measure.</param>
/// <param name="Value">What the message says; null with <see cref="Shift"/>.</param>
/// <param name="Replacement">What it is to mean; null with <see cref="Shift"/>.</param>
public sealed record Repair(string Component, string? Value = null, string? Replacement = null)
{
    /// <summary>The one series that it is for, by its key as the message has it; null for all.</summary>
    public string? Series { get; init; }

    /// <summary>How much is added to a power of ten, as UNIT_MULT, in place of naming values; null where values are named.</summary>
    public int? Shift { get; init; }

    /// <summary>The one message of a package that it is for, by its name; null for all.</summary>
    public string? File { get; init; }

    /// <summary>As one reads it: <c>REF_AREA 'KGZ' to '417'</c>.</summary>
    public override string ToString() =>
        (Shift is { } shift ? FormattableString.Invariant($"{Component} by {shift:+0;-0}") : $"{Component} '{Value}' to '{Replacement}'")
        + (Series is null ? "" : $" in {Series}") + (File is null ? "" : $" of {File}");
}

/// <summary>A repair that the hub can think of; whoever sent the message decides.</summary>
/// <param name="Component">The component's id.</param>
/// <param name="Value">What the message says; null with <see cref="Shift"/>.</param>
/// <param name="Replacement">The nearest valid choice; null with <see cref="Shift"/>.</param>
/// <param name="Findings">How many findings it would mend.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RepairSuggestion(string Component, string? Value, string? Replacement, int Findings, string Reason)
{
    /// <inheritdoc cref="Repair.Series"/>
    public string? Series { get; init; }

    /// <inheritdoc cref="Repair.Shift"/>
    public int? Shift { get; init; }

    /// <inheritdoc cref="Repair.File"/>
    public string? File { get; init; }

    /// <summary>The repair itself.</summary>
    public Repair ToRepair() => new(Component, Value, Replacement) { Series = Series, Shift = Shift, File = File };

    /// <summary>What the hub can think of for findings about a message: for each unknown code the nearest one that there is, for a multiplier that
    /// contradicts the store the one that does not.</summary>
    /// <remarks>Of each cause the first thousand distinct values are known. The most frequent come first.</remarks>
    /// <param name="issues">The findings.</param>
    /// <param name="isMapped">Whether the data were read through a map: then only what it lacks is about the message's own codes.</param>
    public static IEnumerable<RepairSuggestion> Of(IssueLog issues, bool isMapped)
    {
        var unknown = isMapped ? IssueCode.UnmappedCode : IssueCode.UnknownCode;
        var codes =
            from cause in issues.Causes
            where cause.Code == unknown && cause.Component is not null
            from value in cause.Values
            where value.Nearest is not null
            select new RepairSuggestion(cause.Component!, value.Value, value.Nearest, value.Count, $"{cause.Component} '{value.Value}' is not in {cause.Expected}; '{value.Nearest}' is the nearest code.");
        return isMapped ? codes : codes.Concat(issues.All.Where(i => i.Code == IssueCode.OtherScale && i is { Key: not null, Nearest: not null }).Select(OfScale).OfType<RepairSuggestion>());
    }

    static RepairSuggestion? OfScale(Issue issue)
    {
        var series = issue.Key!.Split(':')[0];
        if (issue.Component == Multiplier)
            return new(Multiplier, issue.Value, issue.Nearest, 1, issue.Message) { Series = series };
        // The figures are some powers of ten too large or too small: so the multiplier is as many too small or too large.
        return Power(issue.Value, issue.Nearest!) is { } power and not 0 ? new(Multiplier, null, null, 1, issue.Message) { Series = series, Shift = -power } : null;
    }

    const string Multiplier = "UNIT_MULT";

    static int? Power(string? value, string nearest)
    {
        if (!DecimalText.TryParse(value, out var sent, out var sentScale) || !DecimalText.TryParse(nearest, out var held, out var heldScale) || sent == 0 || held == 0)
            return null;
        return (int)Math.Round(Math.Log10(DecimalText.ToDouble(sent, sentScale) / DecimalText.ToDouble(held, heldScale)));
    }
}

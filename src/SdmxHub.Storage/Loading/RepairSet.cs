using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A repair of a message: one value of one component is to be read as another one.</summary>
/// <param name="Component">The component's id: a dimension, attribute or measure.</param>
/// <param name="Value">What the message says.</param>
/// <param name="Replacement">What it is to mean.</param>
public sealed record Repair(string Component, string Value, string Replacement);

/// <summary>A repair that the hub can think of; whoever sent the message decides.</summary>
/// <param name="Component">The component's id.</param>
/// <param name="Value">What the message says.</param>
/// <param name="Replacement">The nearest valid choice.</param>
/// <param name="Findings">How many findings it would mend.</param>
/// <param name="Reason">What is wrong, in a sentence.</param>
public sealed record RepairSuggestion(string Component, string Value, string Replacement, int Findings, string Reason);

/// <summary>Repairs, applied together.</summary>
public sealed class RepairSet(IReadOnlyList<Repair> repairs)
{
    /// <summary>What the hub can think of for findings: for each unknown code the nearest one that there is.</summary>
    /// <remarks>Of each cause the first thousand distinct values are known.</remarks>
    public static IEnumerable<RepairSuggestion> Suggest(IssueLog issues) =>
        from cause in issues.Causes
        where cause is { Severity: >= Severity.Error, Code: IssueCode.UnknownCode, Component: not null }
        from value in cause.Values
        where value.Nearest is not null
        select new RepairSuggestion(cause.Component!, value.Value, value.Nearest!, value.Count, $"{cause.Component} '{value.Value}' is not in {cause.Expected}; '{value.Nearest}' is the nearest code.");

    /// <summary>The keys of the series that have an error; what belongs to no series is told by <paramref name="elsewhere"/>.</summary>
    public static IReadOnlySet<string> WrongSeries(IssueLog issues, out Issue? elsewhere)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        elsewhere = null;
        foreach (var issue in issues.All.Where(i => i.Severity >= Severity.Error))
        {
            // The key of an observation has its period behind a colon; that of a wider holder leaves a dimension open.
            if (issue.Severity == Severity.Error && issue.Key?.Split(':')[0] is { } key && !key.Split('.').Contains(""))
                keys.Add(key);
            else
                elsewhere ??= issue;
        }

        return keys;
    }

    /// <summary>Changes the rows of a block.</summary>
    public void Apply(ObservationBlock block)
    {
        foreach (var repair in repairs)
        {
            if (block.Dataset.Schema.Find(repair.Component) is not { } component)
                continue;
            if (component.Role == ComponentRole.Dimension)
                Apply(block, component.Index, repair);
            else if (component.Role != ComponentRole.Time && block.Values[component.Index].IsUsed)
                ApplyToValues(block, component, repair);
        }
    }

    static void Apply(ObservationBlock block, int dimension, Repair repair)
    {
        var codes = block.Dataset.Codes.Dimensions[dimension];
        block.Key[dimension].AsSpan(0, block.Count).Replace(codes.Resolve(repair.Value), codes.Resolve(repair.Replacement));
    }

    static void ApplyToValues(ObservationBlock block, SchemaComponent component, Repair repair)
    {
        var column = block.Values[component.Index];
        for (var row = 0; row < block.Count; row++)
        {
            if (column.Forms[row] == ValueForm.Absent || block.Text(component.Index, row) != repair.Value)
                continue;
            if (block.Dataset.Codes.Values[component.Index] is { } codes)
                column.Set(row, ValueForm.Code, codes.Resolve(repair.Replacement));
            else if (DecimalText.TryParse(repair.Replacement, out var mantissa, out var scale))
                column.Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
            else
                block.SetText(component.Index, row, repair.Replacement);
        }
    }
}

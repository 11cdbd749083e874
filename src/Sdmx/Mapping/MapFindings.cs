using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>What a map could not do, each component and value once, with the number of rows.</summary>
sealed class MapFindings(IssueLog issues, StructureMap map)
{
    const int MaxValues = 10_000; // whoever makes up a new code for each row must not fill the memory
    const int MaxHints = 500; // each is looked for among all rows of a table

    readonly Dictionary<(IssueCode Code, string Component, string Value), Finding> _findings = [];
    long _others;
    int _hints;

    /// <summary>Counts rows with values that the table has no row for.</summary>
    public void Unmapped(ComponentRule rule, RuleResult result, MapPlan plan, long rows, Location at)
    {
        if (Find(IssueCode.UnmappedCode, rule, result.Text, rows, at) is { } finding)
            finding.Hint = Hint(rule, result, plan);
    }

    /// <summary>Counts a row without period: its date is none, or its frequency none that periods are made of.</summary>
    public void Undated(DateRule rule, string text, string frequency, Location at)
    {
        if (Find(IssueCode.InvalidTimePeriod, rule.Source.Id, text, null, 1, at) is { } finding)
            finding.Hint = (null, string.Create(CultureInfo.InvariantCulture, $"{rule.Says} of the frequency '{frequency}'"));
    }

    /// <summary>Counts rows that are left out, because the table has a row without target for their values.</summary>
    public void LeftOut(ComponentRule rule, RuleResult result, long rows, Location at) => Find(IssueCode.LeftOutByMap, rule, result.Text, rows, at);

    /// <summary>Counts rows with a component that no map takes.</summary>
    public void Unused(SchemaComponent component, long rows, Location at) => Find(IssueCode.UnmappedComponent, component.Id, "", null, rows, at);

    /// <summary>Logs all, by first occurrence, and forgets it.</summary>
    public void Flush()
    {
        foreach (var ((code, component, value), finding) in _findings)
            issues.Add(Issue(code, component, value, finding));
        if (_others > 0)
        {
            issues.Add(new(IssueCode.UnmappedCode, new(_findings.Values.First().At.File, 0, 0), string.Create(CultureInfo.InvariantCulture,
                $"More than {MaxValues:N0} values cannot be mapped by {map.Urn.ShortName}; those not listed have {_others:N0} rows.")));
        }

        _findings.Clear();
        _others = 0;
    }

    /// <summary>Counts; gives the finding when it is new.</summary>
    Finding? Find(IssueCode code, ComponentRule rule, string value, long rows, Location at) =>
        Find(code, string.Join('+', rule.Sources.Select(s => s.Id)), value, rule.Table, rows, at);

    Finding? Find(IssueCode code, string component, string value, ValueTable? table, long rows, Location at)
    {
        if (_findings.TryGetValue((code, component, value), out var known))
        {
            known.Rows += rows;
            return null;
        }

        if (_findings.Count >= MaxValues)
        {
            _others += rows;
            return null;
        }

        var finding = new Finding(at, table) { Rows = rows };
        _findings.Add((code, component, value), finding);
        return finding;
    }

    Issue Issue(IssueCode code, string component, string value, Finding finding)
    {
        var rows = finding.Rows == 0 ? "in attributes only" : string.Create(CultureInfo.InvariantCulture, $"in {finding.Rows:N0} {(finding.Rows == 1 ? "row" : "rows")}");
        var table = finding.Table?.Map.Urn.ShortName;
        return code switch
        {
            IssueCode.UnmappedComponent => new(code, finding.At, $"{map.Urn.ShortName} does not say what becomes of {component}: what it says is left out, {rows}.") { Component = component },
            IssueCode.LeftOutByMap => new(code, finding.At, $"{table} has nothing in the target for {component} '{value}': left out {rows}.") { Component = component, Value = value, Expected = table },
            IssueCode.InvalidTimePeriod => new(code, finding.At, $"{component} '{value}' makes no period of {map.Urn.ShortName}, {rows}: {finding.Hint.Words} is expected.")
            {
                Component = component, Value = value, Expected = finding.Hint.Words,
            },
            _ when table is null => new(code, finding.At, $"{component} is absent, and {map.Urn.ShortName} makes a dimension of it: {rows}.") { Component = component },
            _ => new(code, finding.At, $"{component} '{value}' has no row in {table}: {rows}.{finding.Hint.Words}") { Component = component, Value = value, Expected = table, Nearest = finding.Hint.Nearest },
        };
    }

    /// <summary>The value that was probably meant, among those that the table has a row for; and the code of the target that has the same name, for who adds a row.</summary>
    (string? Nearest, string Words) Hint(ComponentRule rule, RuleResult result, MapPlan plan)
    {
        if (rule.Sources.Length > 1 || rule.Table is null || _hints++ >= MaxHints)
            return (null, "");
        var value = result.Values[0];
        var plain = rule.Table.PlainValues.ToArray();
        var nearest = Array.Find(plain, p => string.Equals(p, value.Trim(), StringComparison.OrdinalIgnoreCase)) ?? (value.Length < 4 ? null : Nearest.To(value, plain));
        var words = nearest is null ? "" : $" Did you mean {nearest}?";
        if (SameName(rule, value, plan) is { } code)
            words += $" The target's code of the same name is {code}.";
        return (nearest, words);
    }

    static string? SameName(ComponentRule rule, string value, MapPlan plan)
    {
        var own = ComponentRule.CodesOf(rule.Sources[0], plan.SourceCodes)?.Known;
        var target = ComponentRule.CodesOf(rule.Targets[0], plan.TargetCodes)?.Known;
        if (own is null || target is null || own.Find(value) is not (>= 0 and var number) || own.Codelist.Codes[number].Name.In("en") is not { Length: > 0 } name)
            return null;
        var same = target.Codelist.Codes.Where(c => string.Equals(c.Name.In("en"), name, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return same.Length == 1 ? same[0].Id : null;
    }

    sealed class Finding(Location at, ValueTable? table)
    {
        public Location At { get; } = at;

        public ValueTable? Table { get; } = table;

        public long Rows { get; set; }

        public (string? Nearest, string Words) Hint { get; set; } = (null, "");
    }
}

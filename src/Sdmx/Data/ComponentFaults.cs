using System.Globalization;

namespace Sdmx;

/// <summary>Findings about the shape of a data set that thousands of its series or observations repeat: each said once, with a count.</summary>
sealed class ComponentFaults(IssueLog issues)
{
    readonly Dictionary<(IssueCode Code, string Name), Fault> _faults = [];

    /// <summary>Counts one occurrence.</summary>
    /// <param name="code">The rule.</param>
    /// <param name="name">The component, group, element or column.</param>
    /// <param name="kind">What has the fault: the unit of the count.</param>
    /// <param name="at">Where; the first is kept.</param>
    /// <param name="says">The sentence without full stop, for the first occurrence.</param>
    public void Add(IssueCode code, string name, FrameKind kind, Location at, string says)
    {
        if (_faults.TryGetValue((code, name), out var fault))
            fault.Count++;
        else if (_faults.Count < MaxFaults)
            _faults.Add((code, name), new Fault(at, kind, says));
    }

    /// <summary>Whether the fault has been met; it then only needs counting.</summary>
    public bool Count(IssueCode code, string name)
    {
        if (!_faults.TryGetValue((code, name), out var fault))
            return false;
        fault.Count++;
        return true;
    }

    /// <summary>Logs what was counted, by first occurrence, and forgets it.</summary>
    public void Flush()
    {
        foreach (var ((code, name), fault) in _faults)
            issues.Add(new(code, fault.At, $"{fault.Says}: {Number(fault)}.") { Component = name });
        _faults.Clear();
    }

    static string Number(Fault fault) => string.Create(CultureInfo.InvariantCulture, $"in {fault.Count:N0} {(fault.Kind, fault.Count) switch
    {
        (FrameKind.Dataset, 1) => "data set",
        (FrameKind.Dataset, _) => "data sets",
        (FrameKind.Group, 1) => "group",
        (FrameKind.Group, _) => "groups",
        (FrameKind.Series, _) => "series",
        (_, 1) => "observation",
        (_, _) => "observations",
    }}");

    // names come from the message: whoever makes up a new one for each observation must not fill the memory
    const int MaxFaults = 10_000;

    sealed class Fault(Location at, FrameKind kind, string says)
    {
        public Location At { get; } = at;

        public FrameKind Kind { get; } = kind;

        public string Says { get; } = says;

        public long Count { get; set; } = 1;
    }
}

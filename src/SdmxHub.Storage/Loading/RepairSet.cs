using System.Globalization;
using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>Repairs, applied together: those of one series, then those of all. What one of them makes of a value is no other's to change.</summary>
/// <remarks>Keys are those of the message before any repair. The cost of a row does not grow with the number of repairs. Not thread-safe.</remarks>
public sealed class RepairSet
{
    readonly ComponentRepairs[] _everywhere;
    readonly Dictionary<string, ComponentRepairs[]> _bySeries;

    /// <param name="repairs">The repairs; of two that say what becomes of the same value, the one for the message counts.</param>
    /// <param name="file">The message that they are applied to, in a package.</param>
    public RepairSet(IEnumerable<Repair> repairs, string? file = null)
    {
        var own = repairs.Where(r => r.File is null || file is null || r.File == file).OrderBy(r => r.File is null).ToArray();
        _everywhere = ByComponent(own.Where(r => r.Series is null));
        _bySeries = own.Where(r => r.Series is not null).GroupBy(r => r.Series!, StringComparer.Ordinal).ToDictionary(g => g.Key, ByComponent, StringComparer.Ordinal);
    }

    /// <summary>What is to be read as something else in one component.</summary>
    sealed record ComponentRepairs(string Component, Dictionary<string, string> Values, int? Shift)
    {
        /// <summary>What a value is to be; null when it stays.</summary>
        public string? Meant(string value) =>
            Values.TryGetValue(value, out var meant) ? meant
            : Shift is { } shift && int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) ? (power + shift).ToString(CultureInfo.InvariantCulture)
            : null;
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _everywhere.Length == 0 && _bySeries.Count == 0;

    /// <summary>The keys of the series that have an error.</summary>
    /// <param name="issues">The findings.</param>
    /// <param name="isMapped">Whether the data were read through a map: then what it has no word for is for the map to place.</param>
    /// <param name="elsewhere">An error that belongs to no series, or null.</param>
    public static IReadOnlySet<string> WrongSeries(IssueLog issues, bool isMapped, out string? elsewhere)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        elsewhere = null;
        foreach (var issue in issues.All.Where(i => i.Severity >= Severity.Error))
        {
            // The key of an observation has its period behind a colon; that of a wider holder leaves a dimension open.
            if (issue.Severity == Severity.Error && issue.Key?.Split(':')[0] is { } key && !key.Split('.').Contains(""))
                keys.Add(key);
            else if (!isMapped || issue.Severity != Severity.Error || !IsOfMap(issue))
                elsewhere ??= issue.Message;
        }

        return keys;
    }

    static bool IsOfMap(Issue issue) => issue.Code == IssueCode.UnmappedCode || issue is { Code: IssueCode.InvalidTimePeriod, Key: null };

    /// <summary>Changes the rows of a block.</summary>
    public void Apply(ObservationBlock block)
    {
        if (_bySeries.Count > 0)
            ApplyBySeries(block);
        foreach (var repairs in _everywhere)
            Apply(block, repairs, 0, block.Count);
    }

    static ComponentRepairs[] ByComponent(IEnumerable<Repair> repairs) =>
    [
        .. repairs.GroupBy(r => r.Component, StringComparer.Ordinal).Select(g =>
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var repair in g.Where(r => r.Shift is null))
                values.TryAdd(repair.Value!, repair.Replacement!);
            return new ComponentRepairs(g.Key, values, g.FirstOrDefault(r => r.Shift is not null)?.Shift);
        }),
    ];

    void ApplyBySeries(ObservationBlock block)
    {
        var key = new int[block.Key.Length];
        List<(ComponentRepairs[] Repairs, int From, int End)> found = [];
        for (int from = 0, end; from < block.Count; from = end)
        {
            end = block.TakeKey(from, key);
            if (_bySeries.TryGetValue(block.KeyText(from), out var repairs))
                found.Add((repairs, from, end));
        }

        foreach (var (repairs, from, end) in found)
        {
            foreach (var repair in repairs)
                Apply(block, repair, from, end);
        }
    }

    static void Apply(ObservationBlock block, ComponentRepairs repairs, int from, int end)
    {
        if (block.Dataset.Schema.Find(repairs.Component) is not { } component)
            return;
        if (component.Role == ComponentRole.Dimension)
            ApplyToKeys(block.Key[component.Index].AsSpan(from, end - from), block.Dataset.Codes.Dimensions[component.Index], repairs);
        else if (component.Role is ComponentRole.Attribute or ComponentRole.Measure && block.Values[component.Index].IsUsed)
            ApplyToValues(block, component, repairs, from, end);
    }

    static void ApplyToKeys(Span<int> keys, CodeTable codes, ComponentRepairs repairs)
    {
        var (last, meant) = (-1, -1);
        foreach (ref var code in keys)
        {
            if (code < 0)
                continue;
            if (code != last)
                (last, meant) = (code, repairs.Values.TryGetValue(codes[code], out var text) ? codes.Resolve(text) : code);
            code = meant;
        }
    }

    static void ApplyToValues(ObservationBlock block, SchemaComponent component, ComponentRepairs repairs, int from, int end)
    {
        var column = block.Values[component.Index];
        for (var row = from; row < end; row++)
        {
            if (column.Forms[row] == ValueForm.Absent || repairs.Meant(block.Text(component.Index, row)!) is not { } text)
                continue;
            if (block.Dataset.Codes.Values[component.Index] is { } codes)
                column.Set(row, ValueForm.Code, codes.Resolve(text));
            else if (DecimalText.TryParse(text, out var mantissa, out var scale))
                column.Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
            else
                block.SetText(component.Index, row, text);
        }
    }
}

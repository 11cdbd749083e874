using System.Globalization;
using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>Repairs, applied together: those of one series, then those of all.</summary>
/// <remarks>Keys are those of the message before any repair. Not thread-safe.</remarks>
public sealed class RepairSet
{
    readonly Repair[] _everywhere;
    readonly ILookup<string, Repair> _bySeries;

    /// <param name="repairs">The repairs.</param>
    /// <param name="file">The message that they are applied to, in a package.</param>
    public RepairSet(IEnumerable<Repair> repairs, string? file = null)
    {
        var own = repairs.Where(r => r.File is null || file is null || r.File == file).ToArray();
        _everywhere = [.. own.Where(r => r.Series is null)];
        _bySeries = own.Where(r => r.Series is not null).ToLookup(r => r.Series!, StringComparer.Ordinal);
    }

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _everywhere.Length == 0 && _bySeries.Count == 0;

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
        if (_bySeries.Count > 0)
            ApplyBySeries(block);
        foreach (var repair in _everywhere)
            Apply(block, repair, 0, block.Count);
    }

    void ApplyBySeries(ObservationBlock block)
    {
        var key = new int[block.Key.Length];
        List<(Repair Repair, int From, int End)> found = [];
        for (int from = 0, end; from < block.Count; from = end)
        {
            end = block.TakeKey(from, key);
            foreach (var repair in _bySeries[block.KeyText(from)])
                found.Add((repair, from, end));
        }

        foreach (var (repair, from, end) in found)
            Apply(block, repair, from, end);
    }

    static void Apply(ObservationBlock block, Repair repair, int from, int end)
    {
        if (block.Dataset.Schema.Find(repair.Component) is not { } component)
            return;
        if (component.Role == ComponentRole.Dimension && repair.Shift is null)
        {
            var codes = block.Dataset.Codes.Dimensions[component.Index];
            block.Key[component.Index].AsSpan(from, end - from).Replace(codes.Resolve(repair.Value), codes.Resolve(repair.Replacement));
        }
        else if (component.Role is ComponentRole.Attribute or ComponentRole.Measure && block.Values[component.Index].IsUsed)
        {
            ApplyToValues(block, component, repair, from, end);
        }
    }

    static void ApplyToValues(ObservationBlock block, SchemaComponent component, Repair repair, int from, int end)
    {
        var column = block.Values[component.Index];
        for (var row = from; row < end; row++)
        {
            if (column.Forms[row] == ValueForm.Absent || Meant(repair, block.Text(component.Index, row)!) is not { } text)
                continue;
            if (block.Dataset.Codes.Values[component.Index] is { } codes)
                column.Set(row, ValueForm.Code, codes.Resolve(text));
            else if (DecimalText.TryParse(text, out var mantissa, out var scale))
                column.Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
            else
                block.SetText(component.Index, row, text);
        }
    }

    /// <summary>What a value is to be; null when it stays.</summary>
    static string? Meant(Repair repair, string value)
    {
        if (repair.Shift is not { } shift)
            return value == repair.Value ? repair.Replacement : null;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power) ? (power + shift).ToString(CultureInfo.InvariantCulture) : null;
    }
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sdmx.Mapping;

/// <summary>One row of a <see cref="ValueTable"/>.</summary>
sealed class ValueRow
{
    const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant; // a map is no way to stop the hub

    readonly Regex?[] _patterns;
    readonly DateTime? _from;
    readonly DateTime? _to; // the first instant after the row

    ValueRow(ValueMapping mapping, Regex?[] patterns, DateTime? from, DateTime? to)
    {
        (Sources, Targets, _patterns, _from, _to) = (mapping.Sources, mapping.Targets, patterns, from, to);
        IsPlain = mapping.Sources.All(s => !s.IsRegex && s.StartIndex is null && s.EndIndex is null);
    }

    public ValueArray<MappedValue> Sources { get; }

    public ValueArray<string> Targets { get; }

    /// <summary>Whether all values are whole and as they are written.</summary>
    public bool IsPlain { get; }

    /// <summary>Whether it holds at some times only.</summary>
    public bool IsTimed => _from is not null || _to is not null;

    /// <summary>Reads a row; null when it cannot be used, which <paramref name="faults"/> then says.</summary>
    public static ValueRow? Make(RepresentationMap map, ValueMapping mapping, string where, List<string> faults)
    {
        var count = faults.Count;
        if (mapping.Sources.Count != map.Sources.Count)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{where} has {mapping.Sources.Count} values where the map has {map.Sources.Count} sources"));
        if (mapping.Targets.Count != 0 && mapping.Targets.Count != map.Targets.Count)
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"{where} has {mapping.Targets.Count} target values where the map has {map.Targets.Count} targets"));
        var (from, to) = (Time(mapping.ValidFrom, where, faults)?.Start, Time(mapping.ValidTo, where, faults)?.End);
        Regex?[] patterns = [.. mapping.Sources.Select(s => s.IsRegex ? Pattern(s.Value, where, faults) : null)];
        return faults.Count == count ? new(mapping, patterns, from, to) : null;
    }

    /// <summary>Whether the row holds for a period: its first day counts.</summary>
    public bool Holds(TimePeriod period)
    {
        if (!IsTimed)
            return true;
        if (period == TimePeriod.None)
            return false;
        var day = period.Span().Start;
        return (_from is null || day >= _from) && (_to is null || day < _to);
    }

    /// <summary>Whether there may be a period that both rows hold for.</summary>
    public bool Overlaps(ValueRow other) =>
        !(_to <= other._from || other._to <= _from);

    /// <summary>What values become; null when the row is not for them.</summary>
    public string[]? Match(string[] values)
    {
        var groups = new List<string>();
        for (var i = 0; i < values.Length; i++)
        {
            if (Part(values[i], Sources[i]) is not { } part)
                return null;
            if (_patterns[i] is null && part != Sources[i].Value)
                return null;
            if (_patterns[i]?.Match(part) is not { } match)
                continue;
            if (!match.Success)
                return null;
            // the whole pattern stands in a group of its own: see Pattern
            groups.AddRange(match.Groups.Values.Skip(2).Select(g => g.Value));
        }

        return [.. Targets.Select(t => Fill(t, groups))];
    }

    /// <summary>The letters of a value that are compared; null when it has fewer.</summary>
    static string? Part(string value, MappedValue source)
    {
        var start = (source.StartIndex ?? 1) - 1;
        var end = source.EndIndex ?? value.Length;
        return start < 0 || end > value.Length || start > end ? null : value[start..end];
    }

    /// <summary>Puts the groups of the expressions, counted through all sources, in the place of <c>\1</c> to <c>\9</c>.</summary>
    static string Fill(string target, List<string> groups)
    {
        if (groups.Count == 0 || !target.Contains('\\'))
            return target;
        var text = new StringBuilder();
        for (var i = 0; i < target.Length; i++)
        {
            var group = target[i] == '\\' && i + 1 < target.Length ? target[i + 1] - '0' : 0;
            if (group is < 1 or > 9 || group > groups.Count)
            {
                text.Append(target[i]);
                continue;
            }

            text.Append(groups[group - 1]);
            i++;
        }

        return text.ToString();
    }

    // "A" is the value A and "A|B" is A or B, but "^A" is what begins with A: an anchor at one side leaves the other open
    static Regex? Pattern(string text, string where, List<string> faults)
    {
        var (isStart, isEnd) = (text.StartsWith('^'), text.EndsWith('$') && !text.EndsWith("\\$", StringComparison.Ordinal));
        try
        {
            return new Regex($"{(isEnd && !isStart ? "" : @"\A")}({text}){(isStart && !isEnd ? "" : @"\z")}", Options);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            faults.Add($"the regular expression '{text}' in {where} cannot be used: {fault.Message.TrimEnd('.')}");
            return null;
        }
    }

    // days by the schema, and any period by section 6, "Time span mapping rules using validity periods"
    static (DateTime Start, DateTime End)? Time(string? text, string where, List<string> faults)
    {
        if (text is null)
            return null;
        if (TimePeriod.TryParse(text, out var period))
            return period.Span();
        faults.Add($"'{text}' in {where} is no date");
        return null;
    }
}

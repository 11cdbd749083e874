using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>A <see cref="StructureMap"/> made ready for data of one structure: for each component of the target, where its values come from.</summary>
/// <remarks>Holds what was looked up so far; one for each message and schema. Not thread-safe.</remarks>
sealed class MapPlan
{
    readonly StructureMap _map;
    readonly StructureCatalog _catalog;
    readonly List<string> _faults;
    readonly List<ComponentRule> _rules = [];
    readonly Dictionary<string, MappedSlot> _slots = new(StringComparer.Ordinal);

    MapPlan(StructureMap map, DataSchema source, CodeTables codes, DataSchema target, StructureCatalog catalog, List<string> faults)
    {
        (_map, Source, SourceCodes, Target, TargetCodes, _catalog, _faults) = (map, source, codes, target, new CodeTables(target), catalog, faults);
        TakeMap();
        TakeDates();
        TakeFixed();
        PassThrough();
        Dimensions = [.. target.Dimensions.Select(d => SlotOf(d.Id))];
        Values = [.. target.Values.Select(v => SlotOf(v.Id))];
        CheckTarget();
        var used = _rules.SelectMany(r => r.Sources).Append(Date?.Source ?? source.Time).Select(c => c?.Id).ToHashSet(StringComparer.Ordinal);
        Unused = [.. source.Components.Where(c => !used.Contains(c.Id))];
    }

    /// <summary>The structure of the data.</summary>
    public DataSchema Source { get; }

    public CodeTables SourceCodes { get; }

    /// <summary>The structure that they are to have.</summary>
    public DataSchema Target { get; }

    public CodeTables TargetCodes { get; }

    /// <summary>The rules, in no order that matters.</summary>
    public IReadOnlyList<ComponentRule> Rules => _rules;

    /// <summary>Where the codes of each dimension of the target come from.</summary>
    public MappedSlot[] Dimensions { get; }

    /// <summary>Where the values of each value column of the target come from.</summary>
    public MappedSlot[] Values { get; }

    /// <summary>How periods are made; null where they stay as they are.</summary>
    public DateRule? Date { get; private set; }

    /// <summary>The component of the target that says of which frequency periods are made, or null.</summary>
    public SchemaComponent? Frequency { get; private set; }

    /// <summary>Its value, where <see cref="Frequency"/> is.</summary>
    public MappedSlot FrequencySlot => SlotOf(Frequency!.Id);

    /// <summary>The components of the source that the map does not take.</summary>
    public SchemaComponent[] Unused { get; }

    /// <summary>Why what is deleted by a message cannot be told from its keys; null when it can.</summary>
    public string? CannotDelete =>
        Date is not null ? $"it makes periods of {Date.Source.Id}, and what is deleted is named by periods" :
        Unused.FirstOrDefault(c => c.Role == ComponentRole.Dimension) is { } lost
            ? $"it does not say what becomes of {lost.Id}, so that more would be deleted than the message names"
        : Target.Dimensions.FirstOrDefault(d => Dimensions[d.Index].Rule?.Sources.All(s => s.Role == ComponentRole.Dimension) == false) is { } made
            ? $"{made.Id} comes of no dimension, and what is deleted is named by its dimensions alone"
        : null;

    /// <summary>Whether a value of an observation decides on its key, or on an attribute above it: then there are no runs of like rows.</summary>
    public bool IsByRow => Date is not null || Dimensions.Any(s => s.Rule?.IsOfRow == true)
        || Target.Values.Any(v => v.Level != AttachmentLevel.Observation && Values[v.Index].Rule?.IsOfRow == true);

    /// <summary>Makes the plan.</summary>
    /// <param name="map">The map.</param>
    /// <param name="source">The structure of the data.</param>
    /// <param name="codes">Their codes.</param>
    /// <param name="target">The structure that they are to have.</param>
    /// <param name="catalog">Where the representation maps are.</param>
    /// <param name="faults">Why it cannot be: sentences without full stop, all that there are.</param>
    /// <returns>Null when there are faults.</returns>
    public static MapPlan? Make(StructureMap map, DataSchema source, CodeTables codes, DataSchema target, StructureCatalog catalog, out IReadOnlyList<string> faults)
    {
        var found = new List<string>();
        var plan = new MapPlan(map, source, codes, target, catalog, found);
        faults = found;
        return found.Count == 0 ? plan : null;
    }

    MappedSlot SlotOf(string id) => _slots.GetValueOrDefault(id);

    void TakeMap()
    {
        foreach (var component in _map.ComponentMaps)
        {
            var sources = Find(component.Sources, Source, "source");
            var targets = Find(component.Targets, Target, "target");
            if (sources is null || targets is null || IsTime(component, sources, targets))
                continue;
            var label = string.Join('+', component.Sources);
            var table = component.RepresentationMap is { } urn ? Table(urn, component) : null;
            if (table is null && component.RepresentationMap is not null)
                continue;
            if (table is null && sources.Length > 1)
            {
                _faults.Add($"{label} are several components, and no representation map says what they become together");
                continue;
            }

            var rule = new ComponentRule(sources, targets, table, SourceCodes, TargetCodes);
            _rules.Add(rule);
            for (var k = 0; k < targets.Length; k++)
                Take(targets[k].Id, new(rule, k, default));
        }
    }

    void TakeDates()
    {
        foreach (var map in _map.EpochMaps.Concat<DateMap>(_map.DatePatternMaps))
        {
            if (map.Components is not [var (from, to)])
                _faults.Add("a map of dates is for one component, and one has several");
            else if (Find([from], Source, "source") is [var source] && Find([to], Target, "target") is [var target])
                TakeDate(map, source, target);
        }
    }

    void TakeDate(DateMap map, SchemaComponent source, SchemaComponent target)
    {
        if (target.Role != ComponentRole.Time)
            _faults.Add($"it makes a period of {source.Id} for {target.Id}, and the hub makes only periods of the time dimension");
        else if (source.Level != AttachmentLevel.Observation)
            _faults.Add($"it makes periods of {source.Id}, which belongs to no single observation");
        else if (Date is not null)
            _faults.Add($"{target.Id} of the target is said twice");
        else if (DateRule.Make(map, source, _faults) is { } rule && (rule.Frequency is not null || HasFrequency(rule)))
            Date = rule;
    }

    /// <summary>Whether the frequency can be told before the period that is made by it.</summary>
    bool HasFrequency(DateRule rule)
    {
        if (Find([rule.FrequencyComponent!], Target, "target") is not [var component])
            return false;
        Frequency = component;
        return true;
    }

    void TakeFixed()
    {
        foreach (var value in _map.FixedValues.Where(f => !f.IsOfSource))
        {
            if (Find([value.Component], Target, "target") is not [var component])
                continue;
            if (component.Role == ComponentRole.Time || value.Values.Count != 1)
                _faults.Add($"the fixed value of {value.Component} is no single value of a dimension, measure or attribute");
            else
                Take(component.Id, new(null, 0, MappedCell.Parse(value.Values[0], ComponentRule.CodesOf(component, TargetCodes))));
        }
    }

    /// <summary>A measure that both have is taken over: mapping does not alter observed values (SDMX 3.0 section 6).</summary>
    void PassThrough()
    {
        foreach (var measure in Target.Values.Where(v => v.Role == ComponentRole.Measure && !_slots.ContainsKey(v.Id)))
        {
            if (Source.Find(measure.Id) is not { Role: ComponentRole.Measure } own)
                continue;
            var rule = new ComponentRule([own], [measure], null, SourceCodes, TargetCodes);
            _rules.Add(rule);
            Take(measure.Id, new(rule, 0, default));
        }
    }

    void CheckTarget()
    {
        foreach (var dimension in Target.Dimensions.Where(d => !_slots.ContainsKey(d.Id)))
            _faults.Add($"nothing says what the dimension {dimension.Id} of the target is");
        if (Date is null && (Source.Time is null) != (Target.Time is null))
            _faults.Add($"{(Source.Time is null ? "the target" : "the source")} has a time dimension, and the other has none");
        if (Frequency is { } frequency && (!_slots.TryGetValue(frequency.Id, out var slot) || slot.Rule is { IsOfPeriod: true }))
            _faults.Add($"{frequency.Id}, which says the frequency of periods, {(slot.Rule is null ? "is not said" : "itself depends on the period")}");
    }

    void Take(string target, MappedSlot slot)
    {
        if (!_slots.TryAdd(target, slot))
            _faults.Add($"{target} of the target is said twice");
    }

    /// <summary>Whether a component map makes the time dimension: it comes of one, as it is. Of the source it may decide on others.</summary>
    bool IsTime(ComponentMap component, SchemaComponent[] sources, SchemaComponent[] targets)
    {
        if (!Array.Exists(targets, c => c.Role == ComponentRole.Time))
            return false;
        if (component.RepresentationMap is not null || sources is not [{ Role: ComponentRole.Time }] || targets.Length != 1)
            _faults.Add($"{string.Join('+', component.Sources)} becomes {string.Join('+', component.Targets)}: a time dimension comes of a time dimension, as it is, or of a map of dates");
        return true;
    }

    SchemaComponent[]? Find(ValueArray<string> ids, DataSchema schema, string side)
    {
        var missing = ids.Where(id => schema.Find(id) is null).ToArray();
        foreach (var id in missing)
            _faults.Add($"{id} is no component of the {side}, {schema.Structure.Urn.ShortName}.{Nearest.Hint(id, schema.Components.Select(c => c.Id))}".TrimEnd('.'));
        return missing.Length > 0 || ids.IsEmpty ? null : [.. ids.Select(id => schema.Find(id)!)];
    }

    ValueTable? Table(Urn urn, ComponentMap component)
    {
        if (!_catalog.TryFind<RepresentationMap>(urn, out var map))
        {
            _faults.Add($"the representation map {urn.ShortName} is not held");
            return null;
        }

        if (map.Sources.Count == component.Sources.Count && map.Targets.Count == component.Targets.Count)
            return new ValueTable(map, _faults);
        _faults.Add(string.Create(CultureInfo.InvariantCulture,
            $"{urn.ShortName} is a table of {map.Sources.Count} to {map.Targets.Count} components, where {string.Join('+', component.Sources)} becomes {string.Join('+', component.Targets)}"));
        return null;
    }
}

/// <summary>Where the values of a component come from.</summary>
/// <param name="Rule">The rule; null for a fixed value, or for none.</param>
/// <param name="Output">Which of the rule's targets it is.</param>
/// <param name="Fixed">The value that never changes, where there is no rule.</param>
readonly record struct MappedSlot(ComponentRule? Rule, int Output, MappedCell Fixed);

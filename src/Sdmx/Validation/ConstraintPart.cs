using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sdmx.Validation;

/// <summary>The included, or the excluded, regions or keys of one constraint: an observation must be in one of the included, in none of the excluded.</summary>
/// <remarks>Regions are found by the code of the dimension that tells most of them apart, so a key set of hundreds of keys costs a look-up a series.</remarks>
sealed class ConstraintPart
{
    // To look up the thousands of keys of the SDG key set takes 8 MB: once a schema, not once a message.
    static readonly ConditionalWeakTable<DataSchema, ConstraintPart[]> Known = [];

    readonly string _constraint;
    readonly IssueCode _code;
    readonly bool _isIncluded;
    readonly ConstraintRegion[] _regions;
    readonly int _indexed = -1;
    readonly Dictionary<int, ConstraintRegion[]> _byCode = [];
    readonly List<ConstraintRegion> _candidates = [];
    bool _isSettled;

    ConstraintPart(DataConstraint constraint, IssueCode code, bool isIncluded, IEnumerable<ConstraintRegion> regions, DataSchema schema)
    {
        (_constraint, _code, _isIncluded, _regions) = (constraint.Urn.ShortName, code, isIncluded, [.. regions]);
        var dimensions = schema.Dimensions.Where(d => d.Codes is not null && _regions.All(r => SetOf(r, d) is not null));
        var best = dimensions.MaxBy(d => _regions.SelectMany(r => SetOf(r, d)!.Codes).Distinct().Count());
        if (best is null || _regions.Length < 2)
            return;
        _indexed = best.Index;
        var pairs = _regions.SelectMany(r => SetOf(r, best)!.Codes, (region, number) => (region, number));
        _byCode = pairs.GroupBy(p => p.number).ToDictionary(g => g.Key, g => g.Select(p => p.region).ToArray());
    }

    // The same, for another message: all but the series begun last is shared.
    ConstraintPart(ConstraintPart known)
    {
        (_constraint, _code, _isIncluded, _regions) = (known._constraint, known._code, known._isIncluded, known._regions);
        (_indexed, _byCode) = (known._indexed, known._byCode);
    }

    /// <summary>Whether observations must be looked at one by one in the series begun last.</summary>
    internal bool IsByRow => !_isSettled;

    /// <summary>The parts of a schema's own constraints, for one message.</summary>
    internal static ConstraintPart[] Of(DataSchema schema) => [.. Known.GetValue(schema, static s => Of(s, s.Constraints)).Select(known => new ConstraintPart(known))];

    /// <summary>The parts of constraints on a schema's data.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="constraints">The constraints.</param>
    /// <param name="code">What their findings are; null for the codes of regions and key sets.</param>
    internal static ConstraintPart[] Of(DataSchema schema, ValueArray<DataConstraint> constraints, IssueCode? code = null)
    {
        var parts = new List<ConstraintPart>();
        var met = new Dictionary<MemberSelection, MemberSet>();
        foreach (var constraint in constraints)
        {
            foreach (var isIncluded in (bool[])[true, false])
            {
                var regions = constraint.Regions.Where(r => r.IsIncluded == isIncluded).Select(r => new ConstraintRegion(r.Keys.Concat(r.Components), schema, met));
                var keys = constraint.KeySets.Where(s => s.IsIncluded == isIncluded).SelectMany(s => s.Keys)
                    .Select(k => new ConstraintRegion(k.Values.Concat(k.Components), schema, met));
                parts.Add(new ConstraintPart(constraint, code ?? IssueCode.OutsideCubeRegion, isIncluded, regions, schema));
                parts.Add(new ConstraintPart(constraint, code ?? IssueCode.OutsideKeySet, isIncluded, keys, schema));
            }
        }

        return [.. parts.Where(p => p._regions.Length > 0)];
    }

    /// <summary>Judges a series by its key and the attributes above the observation.</summary>
    /// <returns>The finding that holds for the whole series, or null.</returns>
    internal Issue? BeginSeries(SeriesView series)
    {
        _candidates.Clear();
        var hasUnlimited = false;
        foreach (var region in RegionsOf(series))
        {
            if (!series.HoldsAll(region.Series, _isIncluded))
                continue;
            _candidates.Add(region);
            hasUnlimited |= region.Rows.Length == 0;
        }

        _isSettled = hasUnlimited || _candidates.Count == 0;
        if (!_isSettled || _isIncluded == hasUnlimited)
            return null;
        return _isIncluded ? ExplainSeries(series) : Excluded(_candidates.Find(r => r.Rows.Length == 0)!, series);
    }

    /// <summary>Judges a key by its dimensions alone: what it stands for, all series under the dimensions it leaves open, must be allowed in whole.</summary>
    internal Issue? CheckKey(SeriesView series)
    {
        foreach (var region in _regions)
        {
            if (Array.TrueForAll(region.Dimensions, set => series.Holds(set, true) && (!_isIncluded || series.Key[set.Component.Index] >= 0)))
                return _isIncluded ? null : Excluded(region, series);
        }

        if (!_isIncluded)
            return null;
        var (component, allowed) = Nearest(_regions, s => series.Key[s.Component.Index] >= 0 && series.Holds(s, true), r => r.Dimensions);
        return NotAllowed(series, component, series.Text(component), allowed);
    }

    /// <summary>Judges an observation of the series begun last, when <see cref="IsByRow"/>.</summary>
    internal Issue? CheckRow(SeriesView series, ObservationBlock block, int row)
    {
        foreach (var region in _candidates)
        {
            if (SeriesView.HoldsAll(region.Rows, block, row, _isIncluded))
                return _isIncluded ? null : Excluded(region, series);
        }

        return _isIncluded ? ExplainRow(series, block, row) : null;
    }

    /// <summary>Whether the first of some observations of the series begun last is allowed, and the others do not differ from it in anything that counts.</summary>
    internal bool AllowsAlike(SeriesView series, ObservationBlock block, int from, int end)
    {
        foreach (var region in _candidates)
        {
            foreach (var set in region.Rows)
            {
                if (!SeriesView.IsAlike(set, block, from, end))
                    return false;
            }
        }

        return CheckRow(series, block, from) is null;
    }

    static MemberSet? SetOf(ConstraintRegion region, SchemaComponent dimension) => Array.Find(region.Series, s => s.Component == dimension);

    ReadOnlySpan<ConstraintRegion> RegionsOf(SeriesView series)
    {
        if (_indexed < 0 || !series.IsKnown(_indexed))
            return _regions;
        return _byCode.GetValueOrDefault(series.Key[_indexed]);
    }

    Issue ExplainSeries(SeriesView series)
    {
        var regions = RegionsOf(series);
        if (regions.IsEmpty)
            regions = _regions;
        var (component, allowed) = Nearest(regions, s => series.Holds(s, true), r => r.Series);
        return NotAllowed(series, component, series.Text(component), allowed);
    }

    Issue ExplainRow(SeriesView series, ObservationBlock block, int row)
    {
        var (component, allowed) = Nearest([.. _candidates], s => SeriesView.Holds(s, block, row, true), r => r.Rows);
        var value = component.Role == ComponentRole.Time ? block.Periods[row].ToString() : block.Text(component.Index, row) ?? "";
        return NotAllowed(series, component, value, allowed);
    }

    // The regions with the fewest selections that fail, and of those the component that fails first: what to change to get in.
    static (SchemaComponent Component, string Allowed) Nearest(
        ReadOnlySpan<ConstraintRegion> regions, Func<MemberSet, bool> holds, Func<ConstraintRegion, MemberSet[]> sets)
    {
        var fewest = int.MaxValue;
        var failing = new List<MemberSet>();
        foreach (var region in regions)
        {
            var fails = sets(region).Where(s => !holds(s)).ToList();
            if (fails.Count > fewest)
                continue;
            if (fails.Count < fewest)
                failing.Clear();
            fewest = fails.Count;
            failing.Add(fails[0]);
        }

        var component = failing[0].Component;
        var texts = failing.Where(s => s.Component == component).Select(s => s.Text).Distinct().ToList();
        const int MostShown = 10;
        var more = texts.Count > MostShown ? string.Create(CultureInfo.InvariantCulture, $" or {texts.Count - MostShown} more") : "";
        return (component, string.Join(" or ", texts.Take(MostShown)) + more);
    }

    Issue NotAllowed(SeriesView series, SchemaComponent component, string value, string allowed)
    {
        // The keys of a key set are told apart by one dimension: what is allowed is allowed for its code.
        var given = _indexed < 0 || component.Role == ComponentRole.Dimension && component.Index == _indexed ? ""
            : $" with {series.Schema.Dimensions[_indexed].Id} '{series.Text(series.Schema.Dimensions[_indexed])}'";
        var isKeySet = _code == IssueCode.OutsideKeySet;
        return new Issue(_code, default, $"{component.Id} {(value.Length == 0 && component.Role == ComponentRole.Dimension ? "left open" : $"'{value}'")} is not allowed{given} by {_constraint}, which allows {allowed}")
        {
            Component = component.Id,
            Value = value,
            Expected = isKeySet ? $"a combination of {_constraint}" : $"{allowed} ({_constraint})",
        };
    }

    Issue Excluded(ConstraintRegion region, SeriesView series)
    {
        var first = (region.Series.Length > 0 ? region.Series : region.Rows)[0].Component;
        var names = string.Join(", ", region.Series.Concat(region.Rows).Select(s => $"{s.Component.Id} {s.Text}"));
        return new Issue(_code, default, $"{_constraint} excludes {names}")
        {
            Component = first.Id,
            Value = region.Series.Length > 0 ? series.Text(first) : null,
            Expected = $"not {names} ({_constraint})",
        };
    }
}

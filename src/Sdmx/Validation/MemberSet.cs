namespace Sdmx.Validation;

/// <summary>The values that a constraint allows one component, ready to be looked up (checklist 5, Constraint).</summary>
/// <remarks>Values of a coded component are resolved to a flag per code of the list, hierarchies and wildcards (<c>%</c>) included. A code outside
/// the list is held to be in: it is a finding of its own. The thousands of keys of a key set mostly repeat each other's selections: equal ones share a set.</remarks>
sealed class MemberSet
{
    const int MostShown = 10;

    readonly MemberSelection _selection;
    readonly bool[]? _codes;
    readonly HashSet<string> _texts;
    readonly List<string> _patterns;
    readonly PeriodBound? _start;
    readonly PeriodBound? _end;

    MemberSet(SchemaComponent component, MemberSelection selection)
    {
        (Component, _selection) = (component, selection);
        _texts = [.. selection.Values.Select(v => v.Value).Where(v => !v.Contains('%'))];
        _patterns = [.. selection.Values.Select(v => v.Value).Where(v => v.Contains('%'))];
        IsBare = selection.Values.IsEmpty && selection.TimeRange is null;
        _codes = component.Codes is null ? null : Resolve(component.Codes);
        Codes = [.. Enumerable.Range(0, _codes?.Length ?? 0).Where(Holds)];
        _start = TimePeriod.TryParse(selection.TimeRange?.Start, out var start) ? new PeriodBound(start) : null;
        _end = TimePeriod.TryParse(selection.TimeRange?.End, out var end) ? new PeriodBound(end) : null;
    }

    /// <summary>The component.</summary>
    internal SchemaComponent Component { get; }

    /// <summary>Whether it only says that the component is there, or is not.</summary>
    bool IsBare { get; }

    /// <summary>What is allowed, for people.</summary>
    internal string Text
    {
        get
        {
            if (_selection.TimeRange is { } range)
                return $"{(_selection.IsIncluded ? "" : "not ")}{range.Start ?? "any time"} to {range.End ?? "any time"}";
            if (IsBare)
                return _selection.IsIncluded ? "a value" : "no value";
            var shown = string.Join(", ", _selection.Values.Take(MostShown).Select(Name));
            var more = _selection.Values.Count > MostShown ? $" and {_selection.Values.Count - MostShown} more" : "";
            return $"{(_selection.IsIncluded ? _selection.Values.Count == 1 ? "" : "one of " : "none of ")}{shown}{more}";
        }
    }

    static string Name(MemberValue value) => value.Cascade switch
    {
        Cascade.Children => value.Value + " and all below it",
        Cascade.ExcludeRoot => "all below " + value.Value,
        _ => value.Value,
    };

    /// <summary>The codes of the list that are allowed.</summary>
    internal int[] Codes { get; }

    /// <summary>The selection, or null when the schema lacks its component: it then limits nothing.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="schema">The schema.</param>
    /// <param name="met">The sets made so far, to be shared.</param>
    internal static MemberSet? Of(MemberSelection selection, DataSchema schema, Dictionary<MemberSelection, MemberSet> met)
    {
        if (!met.TryGetValue(selection, out var set) && schema.Find(selection.Component) is { } component)
            met.Add(selection, set = new MemberSet(component, selection));
        return set;
    }

    /// <summary>Whether a code of the component's list is allowed.</summary>
    internal bool Holds(int number) => IsBare ? _selection.IsIncluded : (uint)number >= (uint)_codes!.Length || _codes[number] == _selection.IsIncluded;

    /// <summary>Whether a dimension's code is allowed; a missing one is.</summary>
    internal bool HoldsKey(Dataset dataset, int number) =>
        number < 0 || (_codes is not null ? Holds(number) : HoldsText(dataset.Codes.Dimensions[Component.Index][number]));

    /// <summary>Whether a period is allowed; no period is.</summary>
    internal bool HoldsPeriod(TimePeriod period)
    {
        if (period.Kind == PeriodKind.None)
            return true;
        if (_selection.TimeRange is not { } range)
            return HoldsText(period.ToString());
        var isIn = (_start is not { } start || (range.IsStartInclusive ? start.Ge(period) : start.Gt(period)))
            && (_end is not { } end || (range.IsEndInclusive ? end.Le(period) : end.Lt(period)));
        return isIn == _selection.IsIncluded;
    }

    /// <summary>Whether the verdict on a value of this form needs its text.</summary>
    internal bool NeedsText(byte form) => !IsBare && form != ValueForm.Absent && (form != ValueForm.Code || _codes is null);

    /// <summary>Whether a value is allowed.</summary>
    /// <param name="form">Its form.</param>
    /// <param name="bits">Its bits.</param>
    /// <param name="text">Its text where <see cref="NeedsText"/>.</param>
    /// <param name="isAbsentIn">Whether no value counts as allowed: a constraint says nothing of what is absent.</param>
    internal bool HoldsValue(byte form, long bits, string? text, bool isAbsentIn)
    {
        if (IsBare)
            return form != ValueForm.Absent == _selection.IsIncluded;
        if (form == ValueForm.Absent)
            return isAbsentIn;
        return text is null ? Holds((int)bits) : HoldsText(text);
    }

    bool HoldsText(string text) => IsBare
        ? _selection.IsIncluded
        : (_texts.Contains(text) || _patterns.Exists(p => IsLike(text, p))) == _selection.IsIncluded;

    bool[] Resolve(CodeIndex index)
    {
        var list = index.Codelist;
        var codes = new bool[index.Count];
        for (var i = 0; i < codes.Length && _patterns.Count > 0; i++)
            codes[i] = _patterns.Exists(p => IsLike(index[i], p));
        foreach (var number in _texts.Select(t => index.Find(t)).Where(n => n >= 0))
            codes[number] = true;
        if (_selection.Values.All(v => v.Cascade == Cascade.None))
            return codes;
        var children = list.Codes.Select((c, i) => (c.Parent, i)).Where(c => c.Parent is not null).ToLookup(c => c.Parent!, c => c.i);
        var excluded = _selection.Values.Where(v => v.Cascade == Cascade.ExcludeRoot).Select(v => v.Value).ToHashSet();
        for (var i = 0; i < codes.Length; i++)
            codes[i] &= !excluded.Contains(list.Codes[i].Id);
        foreach (var value in _selection.Values.Where(v => v.Cascade != Cascade.None))
            Mark(value.Value);
        return codes;

        void Mark(string parent)
        {
            // A list whose parents run in a circle ends here too.
            foreach (var child in children[parent].Where(c => !codes[c]))
            {
                codes[child] = true;
                Mark(list.Codes[child].Id);
            }
        }
    }

    static bool IsLike(ReadOnlySpan<char> text, ReadOnlySpan<char> pattern)
    {
        var percent = pattern.IndexOf('%');
        if (percent < 0)
            return text.SequenceEqual(pattern);
        if (!text.StartsWith(pattern[..percent]))
            return false;
        var rest = pattern[(percent + 1)..];
        for (var skip = percent; skip <= text.Length; skip++)
        {
            if (IsLike(text[skip..], rest))
                return true;
        }

        return false;
    }
}

namespace Sdmx.Validation;

/// <summary>The period is of the time dimension's type and within its facets, fits the frequency, and is not in the future.</summary>
/// <remarks>A period that could not be read was reported by the reader.</remarks>
sealed class PeriodRule : RowRule
{
    readonly SchemaComponent _time;
    readonly SchemaComponent? _frequency;
    readonly ValueFault _typeFault;
    readonly TimeFacet[] _facets;
    readonly int _kindsOfType;
    readonly List<int> _kindsOfFrequency = [];
    readonly DateTime _now;

    internal PeriodRule(Dataset dataset, TimeProvider clock)
    {
        _time = dataset.Schema.Time!;
        _frequency = FrequencyOf(dataset.Schema);
        // A time dimension that says nothing takes any time.
        var type = _time.Format.Type == TextType.String ? TextType.ObservationalTimePeriod : _time.Format.Type;
        _kindsOfType = KindsOf(kind => TimeTextType.Allows(type, kind));
        _typeFault = new ValueFault(IssueCode.InvalidType, type.ToString());
        _facets = [.. ValueFacet.Of(_time.Format).OfType<TimeFacet>()];
        _now = clock.GetUtcNow().UtcDateTime;
    }

    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        var numbers = _frequency is null ? default : block.Key[_frequency.Index].AsSpan(0, block.Count);
        for (var (row, end) = (0, 0); row < block.Count; row = end)
        {
            var length = numbers.IsEmpty ? -1 : numbers[row..].IndexOfAnyExcept(numbers[row]);
            end = length < 0 ? block.Count : row + length;
            if (!IsClean(block, row, end))
                Check(block, row, end, findings);
        }
    }

    /// <summary>Whether nothing can be wrong with rows of one frequency: plain periods of one kind that fits, the latest of them not in the future.</summary>
    bool IsClean(ObservationBlock block, int from, int end)
    {
        if (_facets.Length > 0)
            return false;
        var latest = TimePeriod.None;
        foreach (ref readonly var period in block.Periods.AsSpan(from, end - from))
        {
            if (period.Kind == PeriodKind.None)
                continue;
            if (!period.IsPlain || latest.Kind != PeriodKind.None && latest.Kind != period.Kind)
                return false;
            if (latest.Kind == PeriodKind.None || period.Ordinal > latest.Ordinal)
                latest = period;
        }

        if (latest.Kind == PeriodKind.None)
            return true;
        var kinds = _kindsOfType & (_frequency is not null && block.Key[_frequency.Index][from] is >= 0 and var number ? KindsOfFrequency(block.Dataset, number) : -1);
        return (kinds & 1 << (int)latest.Kind) != 0 && !IsFuture(latest);
    }

    bool IsFuture(TimePeriod period) => period.Year >= _now.Year && period.Span().Start > _now;

    void Check(ObservationBlock block, int from, int end, Findings findings)
    {
        var numbers = _frequency is null ? default : block.Key[_frequency.Index].AsSpan(0, block.Count);
        for (var row = from; row < end; row++)
        {
            var period = block.Periods[row];
            if (block.Kinds[row] != RowKind.Observation || period.Kind == PeriodKind.None)
                continue;
            var kind = 1 << (int)period.Kind;
            if ((_kindsOfType & kind) == 0)
                findings.Add(block, row, _typeFault.Issue(_time.Id, period.ToString()));
            else if (!numbers.IsEmpty && numbers[row] >= 0 && (KindsOfFrequency(block.Dataset, numbers[row]) & kind) == 0)
                findings.Add(block, row, Mismatch(block, row));
            foreach (var facet in _facets)
            {
                if (!facet.Allows(period))
                    findings.Add(block, row, facet.Fault.Issue(_time.Id, period.ToString()));
            }

            if (IsFuture(period))
                findings.Add(block, row, Future(period));
        }
    }

    /// <summary>The frequency dimension: <c>FREQ</c> by its id, or by its concept or role; null where there is none.</summary>
    internal static SchemaComponent? FrequencyOf(DataSchema schema)
    {
        foreach (var dimension in schema.Dimensions)
        {
            if (dimension.Id == "FREQ" || dimension.Definition.ConceptIdentity.Item == "FREQ")
                return dimension;
            foreach (var role in dimension.Definition.ConceptRoles)
            {
                if (role.Item == "FREQ")
                    return dimension;
            }
        }

        return null;
    }

    int KindsOfFrequency(Dataset dataset, int number)
    {
        while (_kindsOfFrequency.Count <= number)
            _kindsOfFrequency.Add(KindsOf(dataset.Codes.Dimensions[_frequency!.Index], _kindsOfFrequency.Count));
        return _kindsOfFrequency[number];
    }

    // An unknown code is a finding of its own; it says nothing of the period.
    static int KindsOf(CodeTable frequencies, int number)
    {
        if (!frequencies.IsKnown(number) && frequencies.Known is not null)
            return -1;
        var name = frequencies.IsKnown(number) ? frequencies.Known!.Codelist.Codes[number].Name.ToString() : null;
        return KindsOf(kind => Frequency.PeriodKindFits(frequencies[number], kind, name));
    }

    Issue Mismatch(ObservationBlock block, int row)
    {
        var frequency = block.Dataset.Codes.Dimensions[_frequency!.Index][block.Key[_frequency.Index][row]];
        return new Issue(IssueCode.FrequencyMismatch, default, $"{_time.Id} '{block.Periods[row]}' does not fit {_frequency.Id} '{frequency}'")
        {
            Component = _time.Id,
            Value = block.Periods[row].ToString(),
            Expected = $"a period of {_frequency.Id} {frequency}",
        };
    }

    Issue Future(TimePeriod period) => new(IssueCode.FuturePeriod, default, $"{_time.Id} '{period}' has not begun yet")
    {
        Component = _time.Id,
        Value = period.ToString(),
    };

    static int KindsOf(Func<PeriodKind, bool> allows)
    {
        var kinds = 0;
        foreach (var kind in Enum.GetValues<PeriodKind>())
            kinds |= allows(kind) ? 1 << (int)kind : 0;
        return kinds;
    }
}

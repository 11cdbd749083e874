namespace Sdmx.Validation;

/// <summary>The rules that look at a series as a whole: constraints, mandatory attributes, repeats, gaps, and those of the SDG domain. Walks sorted blocks.</summary>
sealed partial class SeriesCheck
{
    readonly Findings _findings;
    readonly ValidationOptions _options;
    readonly DataSchema _schema;
    readonly ConstraintPart[] _constraints;
    readonly SenderCheck? _sender;
    readonly DimensionCodeRule[] _codeRules;
    readonly SeriesRule[] _rules;
    readonly SchemaComponent? _frequency;
    readonly PeriodGaps _gaps = new();
    readonly RowValues _own;
    readonly RowValues _first;
    readonly HolderTable _holders;
    readonly int[] _key;
    SeriesView? _series;
    bool _hasObservations;
    int _firstLine;
    TimePeriod _firstPeriod;

    internal SeriesCheck(Dataset dataset, Findings findings, ValidationOptions options)
    {
        _sender = SenderCheck.Of(dataset, findings, options);
        Without = options.Without.And(_sender?.Without ?? default);
        (_findings, _options, _schema) = (findings, options with { Without = Without }, dataset.Schema);
        _constraints = [.. ConstraintPart.Of(_schema), .. _sender?.Parts ?? []];
        _codeRules = [.. _schema.Dimensions.Where(d => d.Codes is not null).Select(d => new DimensionCodeRule(d))];
        _rules = SeriesRule.Of(_schema, _options);
        _frequency = PeriodRule.FrequencyOf(_schema);
        _own = new RowValues(_schema.Values.Count);
        _first = new RowValues(_schema.Values.Count);
        _holders = new HolderTable(_schema);
        _key = new int[_schema.Dimensions.Count];
        _mandatoryAbove = [.. _schema.Values.Where(v => IsMandatoryAttribute(v) && v.Level != AttachmentLevel.Observation)];
        _mandatory = [.. _schema.Values.Where(v => IsMandatoryAttribute(v) && v.Level == AttachmentLevel.Observation).Select(v => v.Index)];
    }

    /// <summary>The rules that are left out.</summary>
    internal OptionalRules Without { get; }

    /// <summary>Goes on with a block.</summary>
    internal void Check(ObservationBlock block)
    {
        if (_series is not null && _series.Dataset.Number != block.Dataset.Number)
            End();
        _sender?.Begin(block);
        if (block.Dataset.Action == DatasetAction.Delete)
        {
            _sender?.CheckDelete(block);
            return;
        }

        for (var (row, end) = (0, 0); row < block.Count; row = end)
        {
            end = block.TakeKey(row, _key);
            if (_series is null || !_series.Key.AsSpan().SequenceEqual(_key))
            {
                EndSeries();
                Begin(block, row);
            }

            for (; row < end && block.Kinds[row] == RowKind.Attributes; row++)
                Attributes(block, row);
            if (row < end && _series!.IsFull)
                Observations(block, row, end);
        }
    }

    /// <summary>Ends the data set.</summary>
    internal void End()
    {
        EndSeries();
        foreach (var rule in _rules)
            rule.End(_findings);
        _series = null;
        _holders.Clear();
    }

    /// <summary>Ends the message.</summary>
    internal void Complete()
    {
        foreach (var rule in _rules)
            rule.Complete(_findings);
    }

    /// <summary>Whether the message has observations of a series; known where totals are looked for.</summary>
    internal bool Has(ReadOnlySpan<int> key)
    {
        foreach (var rule in _rules)
        {
            if (rule is TotalRule totals)
                return totals.Has(key);
        }

        return false;
    }

    void Begin(ObservationBlock block, int row)
    {
        _series ??= new SeriesView(block.Dataset);
        _key.CopyTo(_series.Key, 0);
        (_series.Line, _series.LinePosition) = (block.Lines[row], block.LinePositions[row]);
        _own.Clear();
        _hasObservations = false;
        _firstPeriod = TimePeriod.None;
        _gaps.Begin(_frequency is null ? null : _series.Text(_frequency));
        _sender?.BeginSeries(_series, block, row);
    }

    // Rows of one holder lie side by side: what it said before is in _own.
    void Attributes(ObservationBlock block, int row)
    {
        for (var column = _schema.MeasureCount; column < block.Values.Length; column++)
        {
            if (!block.Values[column].IsUsed || block.Values[column].Forms[row] == ValueForm.Absent)
                continue;
            if (!_own.Has(column))
                _own.Take(block, row, column);
            else if (!_own.IsSame(block, row, column))
                _findings.AddNow(block, row, Conflict(block, row, column));
        }

        _sender?.Attributes(_series!, block, row);
        if (!_series!.IsFull)
            _holders.Keep(_series.Key, block, row);
    }

    // Observations of one series: together where nothing can be wrong with them, else one by one.
    void Observations(ObservationBlock block, int from, int end)
    {
        if (!_hasObservations)
        {
            Resolve();
            MissingAbove(block, from);
        }

        if (IsClean(block, from, end))
        {
            Pass(block, from, end);
        }
        else
        {
            for (var row = from; row < end; row++)
                Observation(block, row);
        }

        foreach (var rule in _rules)
            rule.Check(_series!, block, from, end, _findings);
    }

    bool IsClean(ObservationBlock block, int from, int end)
    {
        foreach (var column in _mandatory)
        {
            if (block.Values[column].Forms.AsSpan(from, end - from).Contains(ValueForm.Absent))
                return false;
        }

        foreach (var part in _constraints)
        {
            if (part.IsByRow && !part.AllowsAlike(_series!, block, from, end))
                return false;
        }

        return IsAscending(block.Periods.AsSpan(from, end - from));
    }

    void Pass(ObservationBlock block, int from, int end)
    {
        var (first, last) = (block.Periods[from], block.Periods[end - 1]);
        if (_options.Gaps && last.Ordinal - first.Ordinal == end - from - 1)
            _gaps.Add(first, last);
        else if (_options.Gaps)
        {
            foreach (ref readonly var period in block.Periods.AsSpan(from, end - from))
                _gaps.Add(period);
        }

        _hasObservations = true;
        // only the next block can go on with the series
        if (end == block.Count)
            Hold(block, end - 1);
    }

    void Observation(ObservationBlock block, int row)
    {
        MissingAttributes(block, row);
        foreach (var part in _constraints)
        {
            if (part.IsByRow && part.CheckRow(_series!, block, row) is { } issue)
                _findings.AddNow(block, row, issue);
        }

        var isFirst = !_hasObservations;
        _hasObservations = true;
        Repeats(block, row, isFirst);
        if (_options.Gaps)
            _gaps.Add(block.Periods[row]);
    }

    // What holds for the series as a whole, once its attributes are known.
    void Resolve()
    {
        _holders.Resolve(_series!, _own);
        foreach (var part in _constraints)
        {
            if (part.BeginSeries(_series!) is { } issue)
                AddToSeries(issue);
        }
    }

    void EndSeries()
    {
        if (_series is null)
            return;
        if (_options.Gaps && _hasObservations && _gaps.End() is { } gap)
            AddToSeries(gap);
        if (_hasObservations || !_series.IsFull)
            return;
        // The row rules left the key to the observations, and there are none.
        foreach (var rule in _codeRules)
        {
            if (rule.Issue(_series) is { } issue)
                AddToSeries(issue);
        }

        Resolve();
    }

    void AddToSeries(Issue issue) => _findings.AddNow(_series!.Dataset, _series.Key, _series.Line, _series.LinePosition, issue);

    Issue Conflict(ObservationBlock block, int row, int column)
    {
        var (id, value, before) = (_schema.Values[column].Id, block.Text(column, row)!, _own.Text(block.Dataset, column)!);
        return new Issue(IssueCode.ConflictingAttribute, default, $"{id} is '{value}' here and '{before}' on line {_own.Line(column)}")
        {
            Component = id,
            Value = value,
            Expected = $"one value of {id} for each {HolderName(_schema.Values[column].Level)}",
        };
    }

    static string HolderName(AttachmentLevel level) => level switch
    {
        AttachmentLevel.Dataset => "data set",
        AttachmentLevel.Group => "group",
        AttachmentLevel.Series => "series",
        AttachmentLevel.Observation => "observation",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}

namespace Sdmx.Validation;

/// <summary>The rules that look at a series as a whole: constraints, mandatory attributes, repeats, gaps. Walks sorted blocks.</summary>
sealed partial class SeriesCheck
{
    readonly Findings _findings;
    readonly ValidationOptions _options;
    readonly DataSchema _schema;
    readonly ConstraintPart[] _constraints;
    readonly DimensionCodeRule[] _codeRules;
    readonly SchemaComponent? _frequency;
    readonly PeriodGaps _gaps = new();
    readonly RowValues _own;
    readonly RowValues _first;
    readonly HolderTable _holders;
    readonly bool[] _starts = new bool[ObservationBlock.Capacity];
    SeriesView? _series;
    bool _hasObservations;
    int _firstLine;
    TimePeriod _firstPeriod;

    internal SeriesCheck(Dataset dataset, Findings findings, ValidationOptions options)
    {
        (_findings, _options, _schema) = (findings, options, dataset.Schema);
        _constraints = ConstraintPart.Of(_schema);
        _codeRules = [.. _schema.Dimensions.Where(d => d.Codes is not null).Select(d => new DimensionCodeRule(d))];
        _frequency = PeriodRule.FrequencyOf(_schema);
        _own = new RowValues(_schema.Values.Count);
        _first = new RowValues(_schema.Values.Count);
        _holders = new HolderTable(_schema);
        _mandatoryAbove = [.. _schema.Values.Where(v => IsMandatoryAttribute(v) && v.Level != AttachmentLevel.Observation)];
        _mandatory = [.. _schema.Values.Where(v => IsMandatoryAttribute(v) && v.Level == AttachmentLevel.Observation).Select(v => v.Index)];
    }

    /// <summary>Goes on with a block.</summary>
    internal void Check(ObservationBlock block)
    {
        if (_series is not null && _series.Dataset.Number != block.Dataset.Number)
            End();
        if (block.Dataset.Action == DatasetAction.Delete)
            return;
        MarkStarts(block);
        for (var row = 0; row < block.Count; row++)
        {
            if (_starts[row])
            {
                EndSeries();
                Begin(block, row);
            }

            if (block.Kinds[row] == RowKind.Attributes)
                Attributes(block, row);
            else if (!_series!.Key.AsSpan().Contains(-1))
                Observation(block, row);
        }
    }

    /// <summary>Ends the data set.</summary>
    internal void End()
    {
        EndSeries();
        _series = null;
        _holders.Clear();
    }

    void MarkStarts(ObservationBlock block)
    {
        if (block.Count == 0)
            return;
        var starts = _starts.AsSpan(0, block.Count);
        starts.Clear();
        starts[0] = _series is null;
        for (var d = 0; d < block.Key.Length; d++)
        {
            var column = block.Key[d].AsSpan(0, block.Count);
            starts[0] |= _series is not null && _series.Key[d] != column[0];
            for (var row = 1; row < column.Length; row++)
                starts[row] |= column[row] != column[row - 1];
        }
    }

    void Begin(ObservationBlock block, int row)
    {
        _series ??= new SeriesView(block.Dataset);
        for (var d = 0; d < block.Key.Length; d++)
            _series.Key[d] = block.Key[d][row];
        (_series.Line, _series.LinePosition) = (block.Lines[row], block.LinePositions[row]);
        _own.Clear();
        _hasObservations = false;
        _firstPeriod = TimePeriod.None;
        _gaps.Begin(_frequency is null ? null : _series.Text(_frequency));
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

        if (!_series!.IsFull)
            _holders.Keep(_series.Key, block, row);
    }

    void Observation(ObservationBlock block, int row)
    {
        if (!_hasObservations)
        {
            Resolve();
            MissingAbove(block, row);
        }

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

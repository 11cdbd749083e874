namespace Sdmx;

sealed partial class BlockFiller
{
    const int NotInKey = -2;

    ValueFrame _datasetFrame = null!;
    ValueFrame _group = null!;
    ValueFrame _series = null!;
    ValueFrame _observation = null!;
    ValueFrame _current = null!;
    DimensionGroup? _groupDefinition;
    bool _groupIsUnknown;
    bool _isInSeries;
    bool _isTable;
    int _observationSlot;
    bool[] _mayStandInSeries = [];
    bool[] _mustStandAbove = [];

    /// <summary>The dimension at the observation: its slot; -2 when all are there.</summary>
    public int ObservationSlot => _observationSlot;

    bool IsKeyAtObservation => (uint)_observationSlot < (uint)_layout.DimensionCount;

    /// <summary>Starts a group of a given id; null where the message gives none.</summary>
    public void StartGroup(string? type, int line, int position)
    {
        EndDatasetValues();
        _current = _group;
        _group.Start(line, position);
        _groupDefinition = null;
        foreach (var group in _layout.Schema.Structure.Groups)
        {
            if (group.Id == type)
                _groupDefinition = group;
        }

        _groupIsUnknown = type is not null && _groupDefinition is null;
        if (_groupIsUnknown)
            _faults.Add(IssueCode.BadGroup, type!, FrameKind.Group, At(line, position), $"'{type}' is no group of {_layout.Schema.Structure.Urn.ShortName}");
    }

    /// <summary>Ends the group: a row for each of its holders.</summary>
    public void EndGroup()
    {
        _current = _datasetFrame;
        if (_groupDefinition is not null && FaultOfKey(_groupDefinition) is { } fault)
            _faults.Add(IssueCode.BadGroup, _groupDefinition.Id, FrameKind.Group, At(_group.Line, _group.Position), $"The key of group {_groupDefinition.Id} {fault}");
        else if (!_groupIsUnknown)
            WriteGroup();
    }

    /// <summary>Starts a series.</summary>
    public void StartSeries(int line, int position)
    {
        EndDatasetValues();
        _current = _series;
        _series.Start(line, position);
        (_isInSeries, _seriesIsOpen, _seriesHasRow, _isKeyOfSeries) = (true, true, false, false);
    }

    /// <summary>Ends the series; one without observations is a row all the same.</summary>
    public void EndSeries()
    {
        if (_seriesIsOpen)
            WriteBareSeries();
        _series.Start(0, 0);
        (_isInSeries, _isKeyOfSeries) = (false, false);
        _current = _datasetFrame;
    }

    /// <summary>Starts an observation, in a series or not.</summary>
    public void StartObservation(int line, int position)
    {
        if (!_isInSeries)
            EndDatasetValues();
        _current = _observation;
        _observation.Start(line, position);
        (_isRepeated, IsRepeatable) = (false, true);
    }

    /// <summary>Starts an observation that gives what the one right before it gave, save for what <see cref="Change"/> says.</summary>
    /// <remarks>Only where that one <see cref="IsRepeatable"/> and nothing stands between them.</remarks>
    public void RepeatObservation(int line, int position)
    {
        _current = _observation;
        _observation.Move(line, position);
        _isRepeated = true;
    }

    /// <summary>Ends the observation: its row, after those of the holders whose attributes it gave.</summary>
    public void EndObservation()
    {
        if (_isInSeries || !IsHolderAlone(_observation))
            WriteObservation();
        else
            WriteHolderRow(_observation);
        _current = _isInSeries ? _series : _datasetFrame;
    }

    /// <summary>Ends a table's row, which is an observation, or attributes above it, by what it gives.</summary>
    public void EndTableRow()
    {
        var schema = _layout.Schema;
        var isObservation = _observation.HasTime || _observation.ColumnCount > _observation.HeldCount
            || (schema.Time is null && _observation.HeldCount == 0 && _observation.KeyCount == _layout.DimensionCount);
        if (isObservation)
            WriteObservation();
        else
            WriteHolderRow(_observation);
        _current = _datasetFrame;
    }

    /// <summary>Whether an element without observation says something only of a holder that its key names, as far as the key goes:
    /// what writers of the hub do where 2.1 has no element for a holder. Any other key that is not whole is a fault.</summary>
    bool IsHolderAlone(ValueFrame frame)
    {
        var isWhole = frame.KeyCount == _layout.DimensionCount;
        if (frame.HasTime || frame.ColumnCount > frame.HeldCount || (_layout.Schema.Time is null && isWhole))
            return false;
        if (frame.HeldCount == 0)
            return isWhole || (_start.Action == DatasetAction.Delete && frame.KeyCount > 0);
        frame.Key.CopyTo(_key, 0);
        return Array.TrueForAll(_holders, h => IsNamed(h) || !Gives(frame, h.Layout.Columns));
    }

    /// <summary>Gives a value by its component's name; an empty text is no value.</summary>
    /// <param name="name">The component's id.</param>
    /// <param name="value">The value.</param>
    /// <param name="text">The same as a string, where the reader has one.</param>
    public void Give(string name, ReadOnlySpan<char> value, string? text = null)
    {
        var slot = _layout.Find(name);
        if (slot >= 0)
            Give(slot, value, text);
        else
            GiveUnknown(name);
    }

    /// <summary>Counts a component that the structure does not have.</summary>
    public void GiveUnknown(string name)
    {
        // SDMX-ML 2.1 declares it at every level of the base types (checklist 2.4)
        if (name == "REPORTING_YEAR_START_DAY")
            return;
        IsRepeatable = false;
        if (_faults.Count(IssueCode.UnknownComponent, name))
            return;
        _faults.Add(IssueCode.UnknownComponent, name, _current.Kind, At(_current.Line, _current.Position),
            $"'{name}' is no component of {_layout.Schema.Structure.Urn.ShortName}");
    }

    /// <summary>Counts an element or column that the format does not know.</summary>
    public void MeetUnexpected(string name, int line, int position)
    {
        if (!_faults.Count(IssueCode.UnexpectedElement, name))
            _faults.Add(IssueCode.UnexpectedElement, name, _current?.Kind ?? FrameKind.Dataset, At(line, position), $"'{name}' is not expected here and is passed over");
    }

    /// <summary>Counts a component given where the format wants another kind: an attribute in a key.</summary>
    public void MeetMisplaced(int slot)
    {
        IsRepeatable = false;
        var id = _layout.At(slot).Id;
        if (!_faults.Count(IssueCode.MisplacedAttribute, id))
        {
            _faults.Add(IssueCode.MisplacedAttribute, id, _current.Kind, At(_current.Line, _current.Position),
                $"{id} stands at another place than {_layout.Schema.Structure.Urn.ShortName} says");
        }
    }

    /// <summary>Gives a value to a slot of <see cref="Layout"/>; an empty text is no value.</summary>
    public void Give(int slot, ReadOnlySpan<char> value, string? text = null)
    {
        if (value.IsEmpty)
            return;
        var frame = _current;
        if (slot < _layout.DimensionCount)
            GiveCode(frame, slot, Resolve(_dimensionCodes[slot], value));
        else if (slot == _layout.TimeSlot)
            GiveTime(frame, value);
        else
            GiveValue(frame, slot - _layout.FirstValueSlot, value, text);
    }

    void GiveCode(ValueFrame frame, int dimension, int code)
    {
        if (frame.Key[dimension] >= 0)
            Repeat(_layout.Schema.Dimensions[dimension].Id);
        else
            frame.KeyCount++;
        frame.Key[dimension] = code;
    }

    void GiveTime(ValueFrame frame, ReadOnlySpan<char> value)
    {
        if (frame.HasTime)
            Repeat(_layout.Schema.Time!.Id);
        frame.HasTime = true;
        if (TimePeriod.TryParse(value, out var period))
            (frame.Period, frame.UnreadPeriod) = (period, null);
        else
            (frame.Period, frame.UnreadPeriod) = (TimePeriod.None, value.ToString());
    }

    void GiveValue(ValueFrame frame, int column, ReadOnlySpan<char> value, string? text)
    {
        CheckPlace(frame, column);
        if (_valueCodes[column] is { } codes)
            frame.Set(column, ValueForm.Code, Resolve(codes, value), null);
        else if (_layout.IsNumeric(column) && DecimalText.TryParse(value, out var mantissa, out var scale))
            frame.Set(column, (byte)(ValueForm.Decimal + scale), mantissa, null);
        else
            frame.Set(column, ValueForm.Text, 0, text ?? TextOf(column, value));
    }

    void CheckPlace(ValueFrame frame, int column)
    {
        if (frame.Has(column))
            Repeat(_layout.Schema.Values[column].Id);
        if (!_isTable && IsMisplaced(frame, column))
            MeetMisplaced(_layout.FirstValueSlot + column);
    }

    void Repeat(string id)
    {
        IsRepeatable = false;
        if (!_faults.Count(IssueCode.RepeatedComponent, id))
            _faults.Add(IssueCode.RepeatedComponent, id, _current.Kind, At(_current.Line, _current.Position), $"{id} is given twice in one place");
    }

    /// <summary>Whether an attribute stands at another level than the structure says, as far as the layout leaves a choice (checklist 2.8).</summary>
    bool IsMisplaced(ValueFrame frame, int column) => frame.Kind switch
    {
        FrameKind.Dataset => _layout.Schema.Values[column].Level != AttachmentLevel.Dataset,
        FrameKind.Series => !_mayStandInSeries[column],
        FrameKind.Observation => _isInSeries ? _mustStandAbove[column] : _layout.Schema.Values[column].Level == AttachmentLevel.Dataset && _layout.IsHeld[column],
        _ => false,
    };

    int Resolve(CodeTable codes, ReadOnlySpan<char> value)
    {
        var before = codes.Count;
        return Keep(codes, codes.Resolve(value), before, value.Length);
    }

    /// <summary>Counts a code that is in no codelist when it was met for the first time.</summary>
    int Keep(CodeTable codes, int number, int before, int length)
    {
        if (codes.Count > before)
            _otherCodes += length + 64;
        if (number >= 0 && _otherCodes <= MaxOtherCodes)
            return number;
        if (!HasFailed)
            Fail(new(IssueCode.LimitExceeded, At(_current.Line, _current.Position), "The message holds too many different codes that are in no codelist."));
        return -1;
    }

    string? FaultOfKey(DimensionGroup group)
    {
        var given = 0;
        foreach (var id in group.Dimensions)
        {
            var slot = _layout.Find(id);
            if (slot == _layout.TimeSlot && _group.HasTime)
                continue;
            if (slot < 0 || slot >= _layout.DimensionCount || _group.Key[slot] < 0)
                return $"lacks {id}";
            given++;
        }

        return _group.KeyCount > given ? "names dimensions that are not the group's" : null;
    }

    void UseLayout(SchemaLayout layout)
    {
        _layout = layout;
        _datasetFrame = new(FrameKind.Dataset, layout);
        _group = new(FrameKind.Group, layout);
        _series = new(FrameKind.Series, layout);
        _observation = new(FrameKind.Observation, layout);
        UseRows(layout);
    }

    void StartFrames(DatasetStart start)
    {
        _datasetFrame.Start(start.Line, start.Position);
        _series.Start(0, 0);
        _current = _datasetFrame;
        (_isInSeries, _isTable, _datasetIsOpen, _sawContent) = (false, start.DimensionAtObservation is null, true, false);
        ForgetHolders();
    }

    bool PlaceObservationDimension(DatasetStart start, Location at)
    {
        _observationSlot = start.DimensionAtObservation is null or "AllDimensions" ? NotInKey : _layout.Find(start.DimensionAtObservation);
        if (_observationSlot == -1 || _observationSlot > _layout.TimeSlot)
        {
            Fail(new(IssueCode.BadObservationDimension, at,
                $"The dimension at the observation, '{start.DimensionAtObservation}', is no dimension of {_layout.Schema.Structure.Urn.ShortName}.")
            {
                Value = start.DimensionAtObservation,
            });
            return false;
        }

        _mayStandInSeries = new bool[_layout.Schema.Values.Count];
        _mustStandAbove = new bool[_layout.Schema.Values.Count];
        foreach (var value in _layout.Schema.Values)
        {
            var needsObservation = _observationSlot >= 0 && _observationSlot < _layout.DimensionCount && !value.Holder.IsEmpty && value.Holder[_observationSlot];
            _mayStandInSeries[value.Index] = value.Level is AttachmentLevel.Group or AttachmentLevel.Series && !needsObservation;
            _mustStandAbove[value.Index] = value.Level != AttachmentLevel.Observation && !needsObservation;
        }

        return true;
    }
}

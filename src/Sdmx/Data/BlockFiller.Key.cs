namespace Sdmx;

sealed partial class BlockFiller
{
    /// <summary>Puts together the key of the current observation: its own dimensions over those of its series, over those of the data set.</summary>
    void TakeKey()
    {
        if (!_isInSeries)
        {
            _observation.Key.CopyTo(_key, 0);
            return;
        }

        TakeKey(_series);
        if (_observation.KeyCount == 0)
            return;
        for (var d = 0; d < _key.Length; d++)
        {
            var code = _observation.Key[d];
            if (code < 0)
                continue;
            if (_key[d] >= 0 && _key[d] != code)
                Repeat(_layout.Schema.Dimensions[d].Id);
            _key[d] = code;
        }
    }

    void TakeKey(ValueFrame frame) => frame.Key.CopyTo(_key, 0);

    /// <summary>Counts the dimensions that the key in hand lacks: once for a series, once for an observation outside one.</summary>
    void CheckKey(ValueFrame frame)
    {
        var counts = !_isInSeries || _seriesIsOpen;
        for (var d = 0; d < _key.Length; d++)
        {
            if (_key[d] >= 0 || (!counts && d != _observationSlot) || (frame.Kind == FrameKind.Series && d == _observationSlot))
                continue;
            Miss(d, _isInSeries && d != _observationSlot ? _series : frame);
        }
    }

    void CheckKey(ValueFrame frame, HolderState holder)
    {
        for (var d = 0; d < _key.Length; d++)
        {
            if (holder.Layout.Names[d] && _key[d] < 0)
                Miss(d, frame);
        }
    }

    void Miss(int dimension, ValueFrame frame)
    {
        IsRepeatable = false;
        var id = _layout.Schema.Dimensions[dimension].Id;
        if (!_faults.Count(IssueCode.MissingDimension, id))
        {
            _faults.Add(IssueCode.MissingDimension, id, frame.Kind, At(frame.Line, frame.Position),
                $"Dimension {id} of {_layout.Schema.Structure.Urn.ShortName} is missing from the key");
        }
    }

    /// <summary>Writes the period of an observation's row, and reports one that is missing or cannot be read.</summary>
    void TakePeriod(int row)
    {
        if (_layout.Schema.Time is not { } time)
            return;
        var frame = _observation.HasTime ? _observation : _series.HasTime ? _series : _datasetFrame;
        _block.Periods[row] = frame.Period;
        if (!frame.HasTime)
        {
            IsRepeatable = false;
            context.Issues.Add(new(IssueCode.MissingTimePeriod, At(_observation.Line, _observation.Position), $"The observation has no {time.Id}.")
            {
                Key = KeyText(row), Component = time.Id,
            });
        }
        else if (frame.UnreadPeriod is { } text)
        {
            IsRepeatable = false;
            context.Issues.Add(new(IssueCode.InvalidTimePeriod, At(frame.Line, frame.Position), $"{time.Id} '{text}' is no time period of SDMX.")
            {
                Key = KeyText(row), Component = time.Id, Value = text, Expected = time.Format.Type.ToString(),
            });
            frame.UnreadPeriod = null;
        }
    }
}

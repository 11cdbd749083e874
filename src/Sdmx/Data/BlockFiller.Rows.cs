namespace Sdmx;

sealed partial class BlockFiller
{
    int[] _key = [];
    int[] _runKey = [];
    int _runStart;
    HolderState[] _holders = [];
    int[] _textIndexes = [];
    bool _datasetIsOpen;
    bool _sawContent;
    bool _seriesIsOpen;
    bool _seriesHasRow;
    bool _isRepeated; // _key is the observation's, and its holders have nothing new to say
    bool _isKeyOfSeries; // _key is the whole key of each observation of the series that says nothing else

    /// <summary>What a holder last said, so that a repetition is left out.</summary>
    sealed class HolderState(SchemaLayout.Holder layout, int dimensions)
    {
        public SchemaLayout.Holder Layout { get; } = layout;

        public bool IsSet { get; set; }

        public int[] Key { get; } = new int[dimensions];

        public byte[] Forms { get; } = new byte[layout.Columns.Length];

        public long[] Bits { get; } = new long[layout.Columns.Length];

        public string?[] Texts { get; } = new string?[layout.Columns.Length];
    }

    void UseRows(SchemaLayout layout)
    {
        _key = new int[layout.DimensionCount];
        _runKey = new int[layout.DimensionCount];
        _holders = [.. layout.Holders.Select(h => new HolderState(h, layout.DimensionCount))];
        _textIndexes = new int[layout.Schema.Values.Count];
        _lastValues = [.. Enumerable.Range(0, layout.FirstValueSlot + layout.Schema.Values.Count).Select(_ => new LastValue())];
    }

    void ForgetHolders()
    {
        foreach (var holder in _holders)
            holder.IsSet = false;
    }

    /// <summary>The attributes of the data set itself precede all else.</summary>
    void EndDatasetValues()
    {
        _sawContent = true;
        if (!_datasetIsOpen)
            return;
        _datasetIsOpen = false;
        if (_datasetFrame.HeldCount == 0)
            return;
        Array.Fill(_key, -1);
        foreach (var holder in _holders)
        {
            if (!Array.Exists(holder.Layout.Names, n => n))
                WriteHolder(holder, null, null, _datasetFrame);
        }
    }

    void EndFrames()
    {
        var isEmpty = !_sawContent && _datasetFrame.ColumnCount == 0;
        EndDatasetValues();
        if (!isEmpty || _start.Action != DatasetAction.Delete || _isTable)
            return;
        // checklist 2.7: a Delete data set that names nothing deletes all
        Array.Fill(_key, -1);
        NewRow(RowKind.Attributes, _datasetFrame);
    }

    void WriteGroup()
    {
        _group.Key.CopyTo(_key, 0);
        var written = 0;
        foreach (var holder in _holders)
        {
            if (IsNamed(holder))
                written += WriteHolder(holder, _group, null, null);
        }

        if (written == _group.ColumnCount)
            return;
        foreach (var column in _group.Columns)
        {
            var id = _layout.Schema.Values[column].Id;
            if (!_layout.IsHeld[column] || !IsNamed(_holders[HolderOf(column)]))
                _faults.Add(IssueCode.BadGroup, id, FrameKind.Group, At(_group.Line, _group.Position), $"{id} cannot be said of this group: {_layout.Schema.Structure.Urn.ShortName} attaches it elsewhere");
        }
    }

    void WriteObservation()
    {
        var observation = _observation;
        if (!_isRepeated)
            WriteAbove(observation);
        if (HasFailed)
            return;
        var row = NewRow(RowKind.Observation, observation);
        TakePeriod(row);
        foreach (var column in observation.Columns)
        {
            if (!_layout.IsHeld[column])
                Write(row, column, observation);
        }

        Inherit(row, _series);
        Inherit(row, _datasetFrame);
    }

    /// <summary>Puts together the observation's key, and writes its holders.</summary>
    void WriteAbove(ValueFrame observation)
    {
        var isFirst = _isInSeries && _seriesIsOpen;
        if (isFirst || !_isKeyOfSeries || observation.KeyCount > 0)
        {
            TakeKey();
            CheckKey(observation);
            _isKeyOfSeries = _isInSeries && observation.KeyCount == 0 && !IsKeyAtObservation;
        }

        if (!_isDecided && !HasFailed)
            Decide(_key, observation.Line, observation.Position);
        if (HasFailed)
            return;
        if (isFirst || !_isInSeries || observation.HeldCount > 0 || observation.KeyCount > 0)
            WriteHolders(observation);
        _seriesIsOpen = false;
    }

    /// <summary>An observation attribute that stands on the series or the data set goes to each of its observations.</summary>
    void Inherit(int row, ValueFrame from)
    {
        if (from.ColumnCount == from.HeldCount)
            return;
        foreach (var column in from.Columns)
        {
            if (!_layout.IsHeld[column] && _block.Values[column].Forms[row] == ValueForm.Absent)
                Write(row, column, from);
        }
    }

    void WriteBareSeries()
    {
        if (_series.KeyCount < _layout.DimensionCount && IsHolderAlone(_series))
        {
            WriteHolderRow(_series);
            _seriesIsOpen = false;
            return;
        }

        TakeKey(_series);
        CheckKey(_series);
        if (!_isDecided && !HasFailed)
            Decide(_key, _series.Line, _series.Position);
        if (HasFailed)
            return;
        WriteHolders(null);
        // a section without observations names no series
        var namesSeries = !IsKeyAtObservation || _key[_observationSlot] >= 0;
        if (!_seriesHasRow && (_start.Action == DatasetAction.Delete ? _series.ColumnCount == 0 : namesSeries))
            NewRow(RowKind.Attributes, _series);
        _seriesIsOpen = false;
    }

    /// <summary>A row without observation: the holders its key names, or just its key.</summary>
    void WriteHolderRow(ValueFrame frame)
    {
        IsRepeatable = false;
        frame.Key.CopyTo(_key, 0);
        var isDelete = _start.Action == DatasetAction.Delete;
        var isFull = frame.KeyCount == _layout.DimensionCount;
        if (isFull && !_isDecided)
            Decide(_key, frame.Line, frame.Position);
        if (HasFailed)
            return;
        if (frame.HeldCount == 0)
        {
            if (isFull || isDelete)
                NewRow(RowKind.Attributes, frame);
            else
                CheckKey(frame);
            return;
        }

        var isSeriesSaid = false;
        foreach (var holder in _holders)
        {
            if (!IsNamed(holder))
            {
                if (Array.Exists(holder.Layout.Columns, frame.Has))
                    CheckKey(frame, holder);
            }
            else if (WriteHolder(holder, frame, null, null) > 0)
            {
                isSeriesSaid |= Array.TrueForAll(holder.Layout.Names, n => n);
            }
        }

        // a whole key says that the series is there, whatever of wider holders is repeated beside it
        if (isFull && !isDelete && !isSeriesSaid)
            NewRow(RowKind.Attributes, frame);
    }

    void WriteHolders(ValueFrame? observation)
    {
        if ((observation?.HeldCount ?? 0) + _series.HeldCount + _datasetFrame.HeldCount == 0)
            return;
        var series = _isInSeries ? _series : null;
        foreach (var holder in _holders)
            WriteHolder(holder, observation, series, _datasetFrame);
    }

    /// <summary>Writes the row of one holder by the narrowest of the frames that gives each value, unless it repeats the row before.</summary>
    /// <returns>How many values the holder has.</returns>
    int WriteHolder(HolderState holder, ValueFrame? first, ValueFrame? second, ValueFrame? third)
    {
        var columns = holder.Layout.Columns;
        if (!Gives(first, columns) && !Gives(second, columns) && !Gives(third, columns))
            return 0;
        var (count, isNew) = (0, !holder.IsSet);
        for (var i = 0; i < columns.Length; i++)
        {
            var column = columns[i];
            var from = first is not null && first.Has(column) ? first : second is not null && second.Has(column) ? second
                : third is not null && third.Has(column) ? third : null;
            var (form, bits, text) = from is null ? (ValueForm.Absent, 0, null) : (from.Forms[column], from.Bits[column], from.Texts[column]);
            count += from is null ? 0 : 1;
            isNew |= form != holder.Forms[i] || bits != holder.Bits[i] || text != holder.Texts[i];
            (holder.Forms[i], holder.Bits[i], holder.Texts[i]) = (form, bits, text);
        }

        isNew |= TakeKey(holder);
        holder.IsSet = true;
        if (!isNew)
            return count;
        var row = NewRow(RowKind.Attributes, first ?? second ?? third!, holder.Key);
        for (var i = 0; i < columns.Length; i++)
        {
            if (holder.Forms[i] != ValueForm.Absent)
                Write(row, columns[i], holder.Forms[i], holder.Bits[i], holder.Texts[i]);
        }

        _seriesHasRow |= Array.TrueForAll(holder.Layout.Names, n => n);
        return count;
    }

    /// <summary>Turns the holder to the key in hand; true when it is another.</summary>
    bool TakeKey(HolderState holder)
    {
        var isNew = false;
        for (var d = 0; d < _key.Length; d++)
        {
            var code = holder.Layout.Names[d] ? _key[d] : -1;
            isNew |= holder.Key[d] != code;
            holder.Key[d] = code;
        }

        return isNew;
    }

    static bool Gives(ValueFrame? frame, int[] columns)
    {
        if (frame is null || frame.HeldCount == 0)
            return false;
        foreach (var column in columns)
        {
            if (frame.Has(column))
                return true;
        }

        return false;
    }

    bool IsNamed(HolderState holder)
    {
        for (var d = 0; d < _key.Length; d++)
        {
            if (holder.Layout.Names[d] && _key[d] < 0)
                return false;
        }

        return true;
    }

    int HolderOf(int column) => Array.FindIndex(_holders, h => h.Layout.Columns.Contains(column));

    int NewRow(RowKind kind, ValueFrame at) => NewRow(kind, at, _key);

    int NewRow(RowKind kind, ValueFrame at, int[] key)
    {
        var isOfRun = kind == RowKind.Observation && _isRepeated;
        if (!isOfRun && !key.AsSpan().SequenceEqual(_runKey))
        {
            EndRun();
            key.CopyTo(_runKey, 0);
        }

        var row = _block.Count++;
        _block.Kinds[row] = kind;
        if (kind != RowKind.Observation || _layout.Schema.Time is null)
            _block.Periods[row] = TimePeriod.None;
        (_block.Lines[row], _block.LinePositions[row]) = (at.Line, at.Position);
        if (_block.Count + _holders.Length + 2 > ObservationBlock.Capacity || _blockText > MaxBlockText)
            IsReady = true;
        return row;
    }

    /// <summary>Writes the key of the rows that have it in common, a column at a time: seventeen scattered writes a row cost more than all else
    /// about it (benchmark <c>parse</c>).</summary>
    void EndRun()
    {
        var columns = _block.Key;
        for (var d = 0; d < _runKey.Length; d++)
            columns[d].AsSpan(_runStart, _block.Count - _runStart).Fill(_runKey[d]);
        _runStart = _block.Count;
    }

    string KeyText(int row)
    {
        EndRun();
        return _block.KeyText(row);
    }

    void Write(int row, int column, ValueFrame from) => Write(row, column, from.Forms[column], from.Bits[column], from.Texts[column]);

    void Write(int row, int column, byte form, long bits, string? text)
    {
        if (form != ValueForm.Text)
        {
            _block.Values[column].Set(row, form, bits);
            return;
        }

        // the same text often stands on each observation of a series: it is kept once
        var last = _textIndexes[column];
        if (last < 0 || _block.Texts[last] != text)
        {
            _textIndexes[column] = last = _block.Texts.Count;
            _block.Texts.Add(text!);
            _blockText += text!.Length;
        }

        _block.Values[column].Set(row, ValueForm.Text, last);
    }

    /// <summary>The text, without a new string where the column's last one in this block is the same.</summary>
    string TextOf(int column, ReadOnlySpan<char> value) =>
        _textIndexes[column] is >= 0 and var last && last < _block.Texts.Count && value.SequenceEqual(_block.Texts[last]) ? _block.Texts[last] : value.ToString();
}

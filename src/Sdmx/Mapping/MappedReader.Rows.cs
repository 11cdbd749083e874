namespace Sdmx.Mapping;

/// <content>Observations: a run of rows of one series at a time.</content>
public sealed partial class MappedReader
{
    MapPlan _plan = null!;
    bool _isDelete;
    bool _isByRow;
    int[] _key = [];
    int[] _targetKey = [];
    MappedCell[] _above = [];
    MappedCell[] _scratch = [];
    ComponentRule[] _runRules = [];
    ComponentRule[] _periodRules = []; // those that need the period, where it is made by the map
    RowRule[] _rowRules = [];
    int[] _constants = [];
    (int From, int To)[] _direct = [];

    /// <summary>A rule that a value of an observation decides, and the columns it fills.</summary>
    sealed record RowRule(ComponentRule Rule, (int Column, int Output)[] Columns);

    void UsePlan(MapPlan plan)
    {
        _plan = plan;
        _isByRow = plan.IsByRow;
        _key = new int[plan.Source.Dimensions.Count];
        _targetKey = new int[plan.Target.Dimensions.Count];
        _above = new MappedCell[plan.Source.Values.Count];
        _scratch = new MappedCell[plan.Rules.Select(r => r.Sources.Length).Append(0).Max()];
        var columns = plan.Target.Values.Where(v => v.Level == AttachmentLevel.Observation).Select(v => (v.Index, Slot: plan.Values[v.Index])).ToArray();
        var rows = columns.Where(c => c.Slot.Rule is { IsOfRow: true } && !_isByRow).ToArray();
        _direct = [.. rows.Where(c => IsDirect(c.Slot.Rule!)).Select(c => (c.Slot.Rule!.Sources[0].Index, c.Index))];
        _rowRules =
        [
            .. rows.Where(c => !IsDirect(c.Slot.Rule!)).GroupBy(c => c.Slot.Rule!)
                .Select(g => new RowRule(g.Key, [.. g.Select(c => (c.Index, c.Slot.Output))])),
        ];
        _constants = [.. columns.Except(rows).Select(c => c.Index)];
        _periodRules = [.. plan.Rules.Where(r => plan.Date is not null && r.IsOfPeriod)];
        _runRules = [.. plan.Rules.Where(r => !r.IsOfRow || _isByRow).Except(_periodRules)];
        UseHolders(plan);
    }

    // Values that need no look-up are copied a column at a time.
    static bool IsDirect(ComponentRule rule) => rule.Table is null && rule.Sources[0] is { Codes: null, Role: not ComponentRole.Time } && Array.TrueForAll(rule.Targets, t => t.Codes is null);

    void MapObservations(ObservationBlock to)
    {
        var (from, end) = (_next, TakeRun(to));
        _next = end;
        if (_key.AsSpan().Contains(-1))
            return; // a dimension is missing, which the reader has told
        if (_isDelete)
            Array.Clear(_above);
        else
            LoadAbove(_key);
        foreach (var rule in _runRules)
            Evaluate(rule, from, _key, end - from);
        if (!TakePeriod(from))
            return;
        foreach (var rule in _periodRules)
            Evaluate(rule, from, _key, end - from);
        if (!TakeTargetKey(from, end - from))
            return;
        if (!_isDelete)
            WriteHolders(to, _targetKey, from);
        var (row, count) = (to.Count, end - from);
        to.Count += count;
        to.Kinds.AsSpan(row, count).Fill(RowKind.Observation);
        _in.Periods.AsSpan(from, count).CopyTo(to.Periods.AsSpan(row));
        CopyPlaces(to, row, from, count);
        for (var d = 0; d < _targetKey.Length; d++)
            to.Key[d].AsSpan(row, count).Fill(_targetKey[d]);
        _trace?.Become(_in, from, to, row);
        if (!_isDelete)
            WriteConstants(to, row, count);
        foreach (var (source, target) in _direct)
            Copy(source, from, to, target, row, count);
        foreach (var rule in _rowRules)
            WriteRows(rule, from, to, row, count);
    }

    /// <summary>Takes the next key; gives the end of the rows that have it and find room.</summary>
    int TakeRun(ObservationBlock to)
    {
        var end = _in.TakeKey(_next, _key);
        end = _isByRow ? _next + 1 : Math.Min(end, _next + ObservationBlock.Capacity - to.Count - _targetHolders.Length);
        var other = _in.Kinds.AsSpan(_next, end - _next).IndexOfAnyExcept(RowKind.Observation);
        return other < 0 ? end : _next + other;
    }

    /// <summary>Looks up what the values of a row become.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="row">The row.</param>
    /// <param name="key">Its key.</param>
    /// <param name="rows">For how many rows it stands in findings.</param>
    void Evaluate(ComponentRule rule, int row, int[] key, int rows)
    {
        rule.IsAvailable = true;
        rule.Result = rule.IsOfCode && rule.Sources[0].Role == ComponentRole.Dimension ? rule.Find(key[rule.Sources[0].Index]) : Find(rule, row, key);
        rule.Current = rule.Result.At(_in.Periods[row]);
        if (rule.Current is null && !rule.Result.IsAbsent)
            TellUnmapped(rule, row, rows);
    }

    RuleResult Find(ComponentRule rule, int row, int[] key)
    {
        var cells = _scratch.AsSpan(0, rule.Sources.Length);
        for (var i = 0; i < cells.Length; i++)
            cells[i] = CellOf(rule.Sources[i], row, key);
        return rule.IsOfCode ? rule.Find(cells[0].IsAbsent ? -1 : (int)cells[0].Bits) : rule.Find(cells);
    }

    MappedCell CellOf(SchemaComponent source, int row, int[] key) =>
        source.Role == ComponentRole.Dimension ? key[source.Index] < 0 ? default : MappedCell.Code(key[source.Index])
        : source.Role == ComponentRole.Time ? _in.Periods[row] == TimePeriod.None ? default : new(ValueForm.Text, 0, _in.Periods[row].ToString())
        : source.Level == AttachmentLevel.Observation ? MappedCell.Of(_in, source.Index, row)
        : _above[source.Index];

    static MappedCell Current(MappedSlot slot) => slot.Rule is null ? slot.Fixed : slot.Rule.Current is { Length: > 0 } cells ? cells[slot.Output] : default;

    /// <summary>Puts the target's key together; false where the rows have none.</summary>
    bool TakeTargetKey(int row, int rows)
    {
        for (var d = 0; d < _targetKey.Length; d++)
        {
            var slot = _plan.Dimensions[d];
            var cell = Current(slot);
            if (cell.IsAbsent)
            {
                TellNoKey(slot.Rule!, row, rows);
                return false;
            }

            _targetKey[d] = (int)cell.Bits;
        }

        return true;
    }

    void TellUnmapped(ComponentRule rule, int row, int rows)
    {
        _findings.Unmapped(rule, rule.Result!, _plan, rows, At(row));
        _trace?.Fail(_in, row);
    }

    void TellNoKey(ComponentRule rule, int row, int rows)
    {
        // of a value that is there and has no row, Evaluate has told
        if (rule.Current is not null)
            _findings.LeftOut(rule, rule.Result!, rows, At(row));
        else if (rule.Result!.IsAbsent)
            TellUnmapped(rule, row, rows);
    }

    void WriteConstants(ObservationBlock to, int row, int count)
    {
        foreach (var column in _constants)
        {
            var cell = Current(_plan.Values[column]);
            if (cell.IsAbsent)
                continue;
            cell.WriteTo(to, column, row);
            var values = to.Values[column];
            values.Forms.AsSpan(row, count).Fill(values.Forms[row]);
            values.Bits.AsSpan(row, count).Fill(values.Bits[row]);
        }
    }

    void WriteRows(RowRule rule, int from, ObservationBlock to, int row, int count)
    {
        if (!Array.Exists(rule.Rule.Sources, s => s.Role is ComponentRole.Dimension or ComponentRole.Time || s.Level != AttachmentLevel.Observation || _in.Values[s.Index].IsUsed))
            return;
        if (rule.Rule is { IsOfCode: true, IsTimed: false })
        {
            WriteCodes(rule, _in.Values[rule.Rule.Sources[0].Index], from, to, row, count);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Evaluate(rule.Rule, from + i, _key, 1);
            if (rule.Rule.Current is not { Length: > 0 } cells)
                continue;
            foreach (var (column, output) in rule.Columns)
                cells[output].WriteTo(to, column, row + i);
        }
    }

    // what a row's own code becomes, a look-up in an array each (benchmark map)
    void WriteCodes(RowRule rule, Column source, int from, ObservationBlock to, int row, int count)
    {
        var (last, cells) = (-2, (MappedCell[]?)null);
        for (var i = 0; i < count; i++)
        {
            var code = source.Forms[from + i] == ValueForm.Absent ? -1 : (int)source.Bits[from + i];
            if (code != last)
                (last, cells) = (code, rule.Rule.Find(code).At(default));
            if (cells is null && code >= 0)
                Evaluate(rule.Rule, from + i, _key, 1);
            if (cells is not { Length: > 0 })
                continue;
            foreach (var (column, output) in rule.Columns)
                cells[output].WriteTo(to, column, row + i);
        }
    }

    void Copy(int source, int from, ObservationBlock to, int target, int row, int count)
    {
        var (values, column) = (_in.Values[source], to.Values[target]);
        if (!values.IsUsed)
            return;
        column.IsUsed = true;
        values.Forms.AsSpan(from, count).CopyTo(column.Forms.AsSpan(row));
        values.Bits.AsSpan(from, count).CopyTo(column.Bits.AsSpan(row));
        for (var i = row; i < row + count; i++)
        {
            if (column.Forms[i] == ValueForm.Text)
                to.SetText(target, i, _in.Texts[(int)column.Bits[i]]);
        }
    }

    void CopyPlaces(ObservationBlock to, int row, int from, int count)
    {
        _in.Lines.AsSpan(from, count).CopyTo(to.Lines.AsSpan(row));
        _in.LinePositions.AsSpan(from, count).CopyTo(to.LinePositions.AsSpan(row));
    }
}

namespace Sdmx.Mapping;

/// <content>Attributes above the observation. A holder of the target may be another than that of the source, and its values may come of several:
/// so what holders of the source say is kept, and a holder of the target is written when it is first met, and when it says something new.</content>
public sealed partial class MappedReader
{
    HolderValues[] _sourceHolders = [];
    HolderValues[] _targetHolders = [];
    bool[] _isAvailable = []; // per value column of the source: whether what its holder says is known

    void UseHolders(MapPlan plan)
    {
        _sourceHolders = HolderValues.Of(plan.Source);
        _targetHolders = HolderValues.Of(plan.Target);
        _isAvailable = new bool[plan.Source.Values.Count];
    }

    void ForgetHolders()
    {
        foreach (var holder in _sourceHolders.Concat(_targetHolders))
            holder.Clear();
        Array.Clear(_above);
    }

    /// <summary>Takes what the holders of a series say.</summary>
    void LoadAbove(int[] key)
    {
        foreach (var holder in _sourceHolders)
        {
            var said = holder.Find(key);
            for (var i = 0; i < holder.Columns.Length; i++)
                _above[holder.Columns[i]] = said is null ? default : said[i];
        }
    }

    void MapAttributes(ObservationBlock to, int row)
    {
        for (var d = 0; d < _key.Length; d++)
            _key[d] = _in.Key[d][row];
        if (_isDelete)
        {
            MapDeletion(to, row);
            return;
        }

        Keep(row);
        EvaluateKnown(row);
        for (var d = 0; d < _targetKey.Length; d++)
        {
            var cell = IsKnown(_plan.Dimensions[d]) ? Current(_plan.Dimensions[d]) : default;
            _targetKey[d] = cell.IsAbsent ? -1 : (int)cell.Bits;
        }

        var count = to.Count;
        WriteHolders(to, _targetKey, row);
        // a row that says nothing only tells that the series is there
        if (to.Count == count && !HasValues(row) && !_targetKey.AsSpan().Contains(-1))
            NewRow(to, _targetKey, row);
    }

    /// <summary>Keeps what the row says.</summary>
    void Keep(int row)
    {
        foreach (var holder in _sourceHolders)
        {
            for (var i = 0; i < holder.Columns.Length; i++)
            {
                var cell = MappedCell.Of(_in, holder.Columns[i], row);
                if (!cell.IsAbsent)
                    holder.At(_key)[i] = cell;
            }
        }
    }

    /// <summary>Looks up what can be without the dimensions that the row leaves open, and without observations.</summary>
    void EvaluateKnown(int row)
    {
        LoadAbove(_key);
        foreach (var holder in _sourceHolders)
        {
            var isKnown = true;
            for (var d = 0; d < _key.Length; d++)
                isKnown &= _key[d] >= 0 || !holder.Names(d);
            foreach (var column in holder.Columns)
                _isAvailable[column] = isKnown;
        }

        foreach (var rule in _plan.Rules)
        {
            if (!rule.IsOfRow && Array.TrueForAll(rule.Sources, s => s.Role == ComponentRole.Dimension ? _key[s.Index] >= 0 : _isAvailable[s.Index]))
                Evaluate(rule, row, _key, 0);
            else
                rule.IsAvailable = false;
        }
    }

    static bool IsKnown(MappedSlot slot) => slot.Rule is null || slot.Rule.IsAvailable;

    /// <summary>Writes what the holders of a key have not said yet.</summary>
    void WriteHolders(ObservationBlock to, int[] key, int from)
    {
        foreach (var holder in _targetHolders)
        {
            if (!IsWhole(holder, key))
                continue;
            MappedCell[]? said = null;
            var row = -1;
            for (var i = 0; i < holder.Columns.Length; i++)
            {
                var slot = _plan.Values[holder.Columns[i]];
                var cell = IsKnown(slot) ? Current(slot) : default;
                if (cell.IsAbsent || (said ??= holder.At(key))[i] == cell)
                    continue;
                said[i] = cell;
                if (row < 0)
                    row = NewRow(to, holder.KeyIn(key), from);
                cell.WriteTo(to, holder.Columns[i], row);
            }
        }
    }

    static bool IsWhole(HolderValues holder, int[] key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (holder.Names(d) && key[d] < 0)
                return false;
        }

        return true;
    }

    /// <summary>A row of a Delete set: what it leaves open stays open, and what it does not name is not deleted.</summary>
    void MapDeletion(ObservationBlock to, int row)
    {
        Array.Clear(_above);
        foreach (var column in _sourceHolders.SelectMany(h => h.Columns))
            _above[column] = MappedCell.Of(_in, column, row);
        for (var d = 0; d < _targetKey.Length; d++)
        {
            if (!TryMapKey(_plan.Dimensions[d], row, out _targetKey[d]))
                return;
        }

        if (!HasValues(row))
        {
            NewRow(to, _targetKey, row);
            return;
        }

        foreach (var holder in _targetHolders)
        {
            var written = -1;
            foreach (var column in holder.Columns)
            {
                if (_plan.Values[column] is not { Rule: { } rule } slot || !Array.Exists(rule.Sources, s => s.Role is not (ComponentRole.Dimension or ComponentRole.Time) && !_above[s.Index].IsAbsent))
                    continue;
                Evaluate(rule, row, _key, 1);
                if (Current(slot) is not { IsAbsent: false } cell)
                    continue;
                if (!IsWhole(holder, _targetKey))
                {
                    TellUnmapped(rule, row, 1);
                    continue;
                }

                written = written < 0 ? NewRow(to, holder.KeyIn(_targetKey), row) : written;
                cell.WriteTo(to, column, written);
            }
        }
    }

    bool TryMapKey(MappedSlot slot, int row, out int code)
    {
        code = slot.Rule is null ? (int)slot.Fixed.Bits : -1;
        if (slot.Rule is not { } rule || Array.TrueForAll(rule.Sources, s => _key[s.Index] < 0))
            return true;
        Evaluate(rule, row, _key, 1);
        var cell = Current(slot);
        if (cell.IsAbsent)
            TellNoKey(rule, row, 1);
        code = (int)cell.Bits;
        return !cell.IsAbsent;
    }

    bool HasValues(int row)
    {
        foreach (var column in _in.Values)
        {
            if (column.IsUsed && column.Forms[row] != ValueForm.Absent)
                return true;
        }

        return false;
    }

    int NewRow(ObservationBlock to, ReadOnlySpan<int> key, int from)
    {
        var row = to.Count++;
        to.Kinds[row] = RowKind.Attributes;
        to.Periods[row] = TimePeriod.None;
        CopyPlaces(to, row, from, 1);
        for (var d = 0; d < key.Length; d++)
            to.Key[d][row] = key[d];
        _trace?.Become(_in, from, to, row);
        return row;
    }
}

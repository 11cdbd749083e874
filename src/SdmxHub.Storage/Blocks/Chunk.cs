using Sdmx;

namespace SdmxHub.Storage;

/// <summary>How a stored value is held: as in <see cref="ValueForm"/>, and one form more. Codes are the cube's code ids, texts ids of the table <c>text</c>.</summary>
static class StoredForm
{
    /// <summary>A double that its shortest spelling gives back to the letter (<c>1E-05</c>, <c>NaN</c>); the bits are its bits.</summary>
    public const byte Double = 3;
}

/// <summary>An observation that is no more, and the revision that removed it.</summary>
readonly record struct Tombstone(TimePeriod Period, long Tx);

/// <summary>One component's values in a <see cref="Chunk"/>.</summary>
sealed class ChunkColumn(int component, int capacity)
{
    public int Component = component;
    public byte[] Forms = new byte[capacity];
    public long[] Bits = new long[capacity];
}

/// <summary>The unpacked content of one block: observations in order of period, or, in chunk 0, the one row of a holder's attributes.</summary>
/// <remarks>An observation's identity is its period as spelt. Not thread-safe; reused by <see cref="Clear"/>.</remarks>
sealed class Chunk
{
    const int LeastCapacity = 4;
    const int PositionShift = 8;
    const int SecondsShift = 18;

    readonly Stack<ChunkColumn> _spare = [];
    readonly List<ChunkColumn> _used = [];
    ChunkColumn?[] _byComponent = new ChunkColumn?[16];

    public int Count { get; private set; }

    public TimePeriod[] Periods { get; private set; } = [];

    /// <summary>Per row, the revision that last changed it.</summary>
    public long[] Tx { get; private set; } = [];

    /// <summary>The columns in use; some may hold no value.</summary>
    public List<ChunkColumn> Columns { get; } = [];

    /// <summary>In order of period; none of a period that has a row.</summary>
    public List<Tombstone> Tombstones { get; } = [];

    /// <summary>The number of the chunk that holds <paramref name="period"/>: it depends on nothing else, so a chunk never splits or moves.</summary>
    /// <remarks>From 1: 256 positions a chunk, of points in time three days of seconds. Kind in the low bits, so that annual chunks have small numbers.</remarks>
    public static long NumberOf(TimePeriod period)
    {
        var shift = period.Kind is PeriodKind.DateTime or PeriodKind.TimeRange ? SecondsShift : PositionShift;
        return ((period.Ordinal >> shift) << 4 | (byte)period.Kind) + 1;
    }

    public void Clear()
    {
        RemoveRows();
        Tombstones.Clear();
    }

    /// <summary>Makes this the same as <paramref name="other"/>.</summary>
    public void CopyFrom(Chunk other)
    {
        Clear();
        Resize(other.Count);
        other.Periods.AsSpan(0, Count).CopyTo(Periods);
        other.Tx.AsSpan(0, Count).CopyTo(Tx);
        foreach (var column in other.Columns)
        {
            var copy = Column(column.Component);
            column.Forms.AsSpan(0, Count).CopyTo(copy.Forms);
            column.Bits.AsSpan(0, Count).CopyTo(copy.Bits);
        }

        Tombstones.AddRange(other.Tombstones);
    }

    /// <summary>Sets the number of rows, keeping what fits.</summary>
    public void Resize(int count)
    {
        if (count > Periods.Length)
        {
            var capacity = Math.Max(Math.Max(count, LeastCapacity), Periods.Length * 2);
            Periods = Grow(Periods, capacity);
            Tx = Grow(Tx, capacity);
            foreach (var column in Columns)
                (column.Forms, column.Bits) = (Grow(column.Forms, capacity), Grow(column.Bits, capacity));
        }

        Count = count;
    }

    /// <summary>The column of a component, or null when no row has a value.</summary>
    public ChunkColumn? Find(int component) => component < _byComponent.Length ? _byComponent[component] : null;

    /// <summary>The column of a component, made when there is none.</summary>
    public ChunkColumn Column(int component)
    {
        if (component >= _byComponent.Length)
            Array.Resize(ref _byComponent, Math.Max(component + 1, _byComponent.Length * 2));
        if (_byComponent[component] is { } known)
            return known;
        if (_spare.TryPop(out var column) && column.Forms.Length == Periods.Length)
        {
            column.Component = component;
            Array.Clear(column.Forms);
        }
        else
        {
            column = new ChunkColumn(component, Periods.Length);
        }

        _byComponent[component] = column;
        Columns.Add(column);
        return column;
    }

    /// <summary>The columns in which any row has a value, by component; valid until the next call.</summary>
    public List<ChunkColumn> UsedColumns()
    {
        _used.Clear();
        foreach (var column in Columns)
        {
            if (!column.Forms.AsSpan(0, Count).ContainsAnyExcept(ValueForm.Absent))
                continue;
            var at = _used.Count;
            while (at > 0 && _used[at - 1].Component > column.Component)
                at--;
            _used.Insert(at, column);
        }

        return _used;
    }

    /// <summary>The row of <paramref name="period"/>; when there is none, the complement of where it would stand.</summary>
    public int Find(TimePeriod period)
    {
        if (Count == 0)
            return ~0;
        var order = period.CompareTo(Periods[Count - 1]);
        if (order >= 0)
            return order == 0 ? Count - 1 : ~Count;
        return Array.BinarySearch(Periods, 0, Count, period);
    }

    /// <summary>The revision that last changed or removed the row of <paramref name="period"/>; 0 when there never was one.</summary>
    public long LastChange(TimePeriod period)
    {
        if (Find(period) is >= 0 and var row)
            return Tx[row];
        return Tombstones.Find(t => t.Period == period).Tx;
    }

    /// <summary>Merges rows of a block: what they say replaces what is held, what they leave out stays.</summary>
    /// <param name="periods">The periods of the rows.</param>
    /// <param name="values">The block's values.</param>
    /// <param name="from">The first row.</param>
    /// <param name="isWhole">Whether what they leave out goes too.</param>
    public void Merge(ReadOnlySpan<TimePeriod> periods, List<ResolvedColumn> values, int from, bool isWhole)
    {
        while (!periods.IsEmpty)
        {
            if (IsBehind(periods))
            {
                Append(periods, values, from);
                return;
            }

            var at = Find(periods[0]);
            if (at < 0)
                Insert(at = ~at, periods[0]);
            // Series are sent whole: most often these are the rows held, one after the other.
            var count = periods.CommonPrefixLength(Periods.AsSpan(at, Count - at));
            Overwrite(at, count, values, from, isWhole);
            periods = periods[count..];
            from += count;
        }
    }

    void Overwrite(int at, int count, List<ResolvedColumn> values, int from, bool isWhole)
    {
        for (var row = at; isWhole && row < at + count; row++)
            ClearValues(row);
        foreach (var source in values)
        {
            var forms = source.Forms.AsSpan(from, count);
            var absent = forms.Count(ValueForm.Absent);
            if (absent == count)
                continue;
            var column = Column(source.Component);
            if (absent == 0)
            {
                forms.CopyTo(column.Forms.AsSpan(at));
                source.Bits.AsSpan(from, count).CopyTo(column.Bits.AsSpan(at));
                continue;
            }

            for (var i = 0; i < count; i++)
            {
                if (forms[i] != ValueForm.Absent)
                    (column.Forms[at + i], column.Bits[at + i]) = (forms[i], source.Bits[from + i]);
            }
        }
    }

    /// <summary>Whether periods are in order, each once, and behind all that are held.</summary>
    bool IsBehind(ReadOnlySpan<TimePeriod> periods)
    {
        if (Count > 0 && Periods[Count - 1].CompareTo(periods[0]) >= 0)
            return false;
        for (var i = 1; i < periods.Length; i++)
        {
            if (periods[i - 1].CompareTo(periods[i]) >= 0)
                return false;
        }

        return true;
    }

    void Append(ReadOnlySpan<TimePeriod> periods, List<ResolvedColumn> values, int from)
    {
        var (at, count) = (Count, periods.Length);
        Resize(at + count);
        periods.CopyTo(Periods.AsSpan(at));
        Tx.AsSpan(at, count).Clear();
        foreach (var column in Columns)
            column.Forms.AsSpan(at, count).Clear();
        foreach (var source in values)
        {
            var forms = source.Forms.AsSpan(from, count);
            if (!forms.ContainsAnyExcept(ValueForm.Absent))
                continue;
            var column = Column(source.Component);
            forms.CopyTo(column.Forms.AsSpan(at));
            source.Bits.AsSpan(from, count).CopyTo(column.Bits.AsSpan(at));
        }
    }

    /// <summary>Makes room for a row without values.</summary>
    public void Insert(int row, TimePeriod period)
    {
        var behind = Count - row;
        Resize(Count + 1);
        Periods.AsSpan(row, behind).CopyTo(Periods.AsSpan(row + 1));
        Tx.AsSpan(row, behind).CopyTo(Tx.AsSpan(row + 1));
        foreach (var column in Columns)
        {
            column.Forms.AsSpan(row, behind).CopyTo(column.Forms.AsSpan(row + 1));
            column.Bits.AsSpan(row, behind).CopyTo(column.Bits.AsSpan(row + 1));
            column.Forms[row] = ValueForm.Absent;
        }

        (Periods[row], Tx[row]) = (period, 0);
    }

    public void RemoveAt(int row)
    {
        var behind = Count - row - 1;
        Periods.AsSpan(row + 1, behind).CopyTo(Periods.AsSpan(row));
        Tx.AsSpan(row + 1, behind).CopyTo(Tx.AsSpan(row));
        foreach (var column in Columns)
        {
            column.Forms.AsSpan(row + 1, behind).CopyTo(column.Forms.AsSpan(row));
            column.Bits.AsSpan(row + 1, behind).CopyTo(column.Bits.AsSpan(row));
            column.Forms[Count - 1] = ValueForm.Absent;
        }

        Count--;
    }

    /// <summary>Removes every row; tombstones stay.</summary>
    public void RemoveRows()
    {
        Count = 0;
        foreach (var column in Columns)
        {
            _byComponent[column.Component] = null;
            _spare.Push(column);
        }

        Columns.Clear();
    }

    /// <summary>Whether any component of <paramref name="row"/> has a value.</summary>
    public bool HasValues(int row)
    {
        foreach (var column in Columns)
        {
            if (column.Forms[row] != ValueForm.Absent)
                return true;
        }

        return false;
    }

    /// <summary>Takes every value from <paramref name="row"/>; the row stays.</summary>
    public void ClearValues(int row)
    {
        foreach (var column in Columns)
            column.Forms[row] = ValueForm.Absent;
    }

    static T[] Grow<T>(T[] array, int capacity)
    {
        Array.Resize(ref array, capacity);
        return array;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What the index knows of one series or holder at one revision.</summary>
struct SeriesState
{
    /// <summary>How many observations it has.</summary>
    public int Observations;

    /// <summary>Whether it has an attribute of its own.</summary>
    public bool HasAttributes;

    /// <summary>The last revision that changed it.</summary>
    public long LastTx;

    /// <summary>Its earliest period.</summary>
    public TimePeriod First;

    /// <summary>Its latest period.</summary>
    public TimePeriod Last;

    /// <summary>Takes in a chunk's count and range.</summary>
    public void Add(long chunk, int rows, long tx, TimePeriod first, TimePeriod last)
    {
        LastTx = Math.Max(LastTx, tx);
        if (chunk == 0)
        {
            HasAttributes = rows > 0;
            return;
        }

        if (rows == 0)
            return;
        First = Observations == 0 || first.CompareTo(First) < 0 ? first : First;
        Last = Observations == 0 || last.CompareTo(Last) > 0 ? last : Last;
        Observations += rows;
    }
}

/// <summary>The states of a cube's rows at one revision, in pages that generations share until one of them changes a page.</summary>
/// <remarks>The writer changes a copy made by <see cref="Edit"/>, under its lock; a published value no longer changes. Sixteen bytes a row.</remarks>
sealed class SeriesStates
{
    // Small, for a change that touches series here and there copies a page for each (benchmark "store": a merge into 30 million).
    const int PageBits = 6;
    const int PageSize = 1 << PageBits;

    readonly PeriodTable _periods;
    Packed[][] _pages = [];
    bool[] _own = [];

    /// <summary>No rows.</summary>
    public SeriesStates() => _periods = new();

    SeriesStates(PeriodTable periods) => _periods = periods;

    /// <summary>A copy to change; pages are copied when first written.</summary>
    public SeriesStates Edit() => new(_periods) { _pages = [.. _pages], _own = new bool[_pages.Length] };

    /// <summary>The state of a row; the empty one where none was ever set.</summary>
    public SeriesState this[int row]
    {
        get
        {
            if (!Has(row))
                return default;
            ref readonly var packed = ref At(row);
            return new()
            {
                Observations = packed.Observations,
                HasAttributes = packed.HasAttributes,
                LastTx = packed.LastTx,
                First = _periods[packed.First],
                Last = _periods[packed.Last],
            };
        }
    }

    /// <summary>How many observations a row has.</summary>
    public int Observations(int row) => Has(row) ? At(row).Observations : 0;

    /// <summary>Whether there is anything of a row, and it changed after a revision.</summary>
    public bool IsVisible(int row, long after) => Has(row) && At(row).IsVisible && At(row).LastTx > after;

    /// <summary>Whether a row has attributes of its own.</summary>
    public bool HasAttributes(int row) => Has(row) && At(row).HasAttributes;

    /// <summary>Sets the state of a row.</summary>
    public void Set(int row, in SeriesState state) => ForWrite(row) = new()
    {
        Rows = state.Observations << 1 | (state.HasAttributes ? 1 : 0),
        LastTx = checked((int)state.LastTx),
        First = _periods.NumberOf(state.First),
        Last = _periods.NumberOf(state.Last),
    };

    /// <summary>Marks the rows there is anything of and that changed after a revision.</summary>
    public void Mark(Span<bool> marks, long after)
    {
        for (var page = 0; page << PageBits < marks.Length; page++)
        {
            var part = marks[(page << PageBits)..Math.Min(marks.Length, (page + 1) << PageBits)];
            if (page >= _pages.Length || _pages[page] is not { } states)
            {
                part.Clear();
                continue;
            }

            for (var i = 0; i < part.Length; i++)
                part[i] = states[i].IsVisible && states[i].LastTx > after;
        }
    }

    /// <summary>How many observations each of some rows has, and the range of their periods.</summary>
    public (TimePeriod First, TimePeriod Last) Count(ReadOnlySpan<int> rows, Span<int> observations)
    {
        int first = 0, last = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            ref readonly var state = ref At(rows[i]);
            observations[i] = state.Observations;
            if (state.Observations == 0)
                continue;
            first = first == 0 || _periods.Compare(state.First, first) < 0 ? state.First : first;
            last = last == 0 || _periods.Compare(state.Last, last) > 0 ? state.Last : last;
        }

        return (_periods[first], _periods[last]);
    }

    bool Has(int row) => row >> PageBits < _pages.Length && _pages[row >> PageBits] is not null;

    ref readonly Packed At(int row) => ref _pages[row >> PageBits][row & PageSize - 1];

    ref Packed ForWrite(int row)
    {
        var page = row >> PageBits;
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, page + 1 + page / 2);
            Array.Resize(ref _own, _pages.Length);
        }

        if (!_own[page])
        {
            _pages[page] = _pages[page] is { } shared ? [.. shared] : new Packed[PageSize];
            _own[page] = true;
        }

        return ref _pages[page][row & PageSize - 1];
    }

    struct Packed
    {
        public int Rows;        // twice the observations, and one where there are attributes
        public int LastTx;
        public int First;       // numbers of the period table
        public int Last;

        public readonly int Observations => Rows >> 1;

        public readonly bool HasAttributes => (Rows & 1) != 0;

        public readonly bool IsVisible => Rows != 0;
    }
}

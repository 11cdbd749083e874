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

    /// <summary>Whether there is anything of it.</summary>
    public readonly bool IsVisible => Observations > 0 || HasAttributes;

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
/// <remarks>The writer changes a copy made by <see cref="Edit"/>, under its lock; a published value no longer changes.</remarks>
sealed class SeriesStates
{
    const int PageBits = 10;
    public const int PageSize = 1 << PageBits;

    SeriesState[][] _pages = [];
    bool[] _own = [];

    public ref readonly SeriesState this[int row] => ref _pages[row >> PageBits][row & PageSize - 1];

    /// <summary>A copy to change; pages are copied when first written.</summary>
    public SeriesStates Edit() => new() { _pages = [.. _pages], _own = new bool[_pages.Length] };

    /// <summary>The state of a row, to be changed; rows appear as they are asked for.</summary>
    public ref SeriesState ForWrite(int row)
    {
        var page = row >> PageBits;
        if (page >= _pages.Length)
        {
            Array.Resize(ref _pages, page + 1 + page / 2);
            Array.Resize(ref _own, _pages.Length);
        }

        if (!_own[page])
        {
            _pages[page] = _pages[page] is { } shared ? [.. shared] : new SeriesState[PageSize];
            _own[page] = true;
        }

        return ref _pages[page][row & PageSize - 1];
    }
}

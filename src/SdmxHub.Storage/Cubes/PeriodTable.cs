using System.Collections.Concurrent;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Periods as numbers of four bytes: kind and position, or the place in a list where that does not say it all.</summary>
/// <remarks>Append only; one writer, many readers.</remarks>
sealed class PeriodTable
{
    const int KindBits = 4;
    const int Listed = 0xF;
    const int MaxOrdinal = int.MaxValue >> KindBits;

    readonly GrowingArray<TimePeriod> _list = new();
    readonly ConcurrentDictionary<TimePeriod, int> _places = new();

    /// <summary>The period of a number.</summary>
    public TimePeriod this[int number]
    {
        get
        {
            if ((number & Listed) == Listed)
                return _list[number >> KindBits];
            TimePeriod.TryFromOrdinal((PeriodKind)(number & Listed), number >> KindBits, out var period);
            return period;
        }
    }

    /// <summary>The order of two periods by their numbers.</summary>
    public int Compare(int first, int second) =>
        ((first ^ second) & Listed) == 0 && (first & Listed) != Listed ? first.CompareTo(second) : this[first].CompareTo(this[second]);

    /// <summary>The number of a period; for the writer. <see cref="TimePeriod.None"/> is 0.</summary>
    public int NumberOf(TimePeriod period)
    {
        if (period.IsPlain && period.Ordinal is >= 0 and <= MaxOrdinal && period.Kind != PeriodKind.TimeRange)
            return (int)period.Ordinal << KindBits | (int)period.Kind;
        if (_places.TryGetValue(period, out var place))
            return place;
        place = _list.Count << KindBits | Listed;
        _list.Add(period);
        _places[period] = place;
        return place;
    }
}

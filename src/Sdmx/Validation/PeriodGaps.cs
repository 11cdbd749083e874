namespace Sdmx.Validation;

/// <summary>Finds the periods that a series lacks between its first and its last, at its frequency.</summary>
sealed class PeriodGaps
{
    const int MostShown = 3;

    readonly List<string> _shown = [];
    TimePeriod _first;
    TimePeriod _last;
    long _missing;
    int _gaps;
    bool _isActive;

    /// <summary>Begins a series. Frequencies whose periods need not follow each other (occasional, business days, every five years) are passed over.</summary>
    internal void Begin(string? frequency)
    {
        _isActive = frequency is "A" or "S" or "T" or "Q" or "M" or "W" or "D";
        _last = TimePeriod.None;
        _missing = _gaps = 0;
    }

    /// <summary>Goes on with the next period, in order.</summary>
    internal void Add(TimePeriod period)
    {
        if (!_isActive || period.Kind is PeriodKind.None or PeriodKind.DateTime or PeriodKind.TimeRange)
            return;
        if (_last.Kind == PeriodKind.None)
            _first = period;
        else if (period.Kind == _last.Kind && period.Ordinal - _last.Ordinal > 1 && Missing(period) is > 0 and var missing)
            Note(period, missing);
        _last = period;
    }

    /// <summary>Goes on with periods that follow one another, each the next of its kind.</summary>
    internal void Add(TimePeriod first, TimePeriod last)
    {
        Add(first);
        if (_last == first)
            _last = last;
    }

    /// <summary>The finding about the series, or null.</summary>
    internal Issue? End()
    {
        if (_gaps == 0)
            return null;
        var shown = string.Join(", ", _shown) + (_gaps > MostShown ? $" and {_gaps - MostShown} more gaps" : "");
        _shown.Clear();
        return new Issue(IssueCode.MissingPeriods, default, $"{_missing} {(_missing == 1 ? "period is" : "periods are")} missing between {_first} and {_last}: {shown}")
        {
            Component = "TIME_PERIOD",
        };
    }

    // Positions of weeks and of days of a reporting year leave room for the longest year: there only the calendar tells.
    long Missing(TimePeriod period)
    {
        var length = period.Kind switch { PeriodKind.Week => 7, PeriodKind.ReportingDay => 1, _ => 0 };
        return length == 0 ? period.Ordinal - _last.Ordinal - 1 : (long)(period.Span().Start - _last.Span().End).TotalDays / length;
    }

    void Note(TimePeriod period, long missing)
    {
        if (_gaps == 0)
            _shown.Clear();
        _gaps++;
        _missing += missing;
        if (_shown.Count == MostShown)
            return;
        if (missing == 1 && TimePeriod.TryFromOrdinal(period.Kind, period.Ordinal - 1, out var only) && period.Kind is not (PeriodKind.Week or PeriodKind.ReportingDay))
            _shown.Add(only.ToString());
        else
            _shown.Add($"{missing} between {_last} and {period}");
    }
}

using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>What a date says, field by field, by the letters of a <see cref="DatePattern"/>.</summary>
/// <param name="counted">The unit that <c>n</c> counts, as <c>M</c>; none where there is no <c>n</c>.</param>
struct DateFields(char counted)
{
    int _year;
    int _month;
    int _day;
    int _dayOfYear;
    int _week;
    int _weekday;
    int _number;
    int _hour;
    int _half;
    int _minute;
    int _second;
    int _millisecond;
    long _unit; // of the time, in ticks: none where only days are said

    /// <summary>The letter of the field that a letter of a pattern is for: hours are one field, however they are counted.</summary>
    public static char Field(char letter) => letter switch { 'Y' => 'y', 'k' => 'H', 'K' => 'h', _ => letter };

    /// <summary>Takes a value; false where the field cannot have it, or it is -1.</summary>
    public bool Set(char letter, int count, int value)
    {
        switch (letter)
        {
            case 'y' or 'Y':
                _year = count != 2 ? value : value < 50 ? 2000 + value : 1900 + value;
                return _year > 0;
            case 'M':
                return Put(ref _month, value, 1, 12);
            case 'd':
                return Put(ref _day, value, 1, 31);
            case 'D':
                return Put(ref _dayOfYear, value, 1, 366);
            case 'w':
                return Put(ref _week, value, 1, 53);
            case 'U':
                return Put(ref _weekday, value, 1, 7);
            case 'n':
                return Put(ref _number, value, 1, 366);
            case 'H':
                return Time(ref _hour, value, 0, 23, TimeSpan.TicksPerHour);
            case 'k':
                return Time(ref _hour, value == 24 ? 0 : value == 0 ? -1 : value, 0, 23, TimeSpan.TicksPerHour);
            case 'K':
                return Time(ref _hour, value, 0, 11, TimeSpan.TicksPerHour);
            case 'h':
                return Time(ref _hour, value == 12 ? 0 : value == 0 ? -1 : value, 0, 11, TimeSpan.TicksPerHour);
            case 'a':
                return Put(ref _half, value, 0, 1);
            case 'm':
                return Time(ref _minute, value, 0, 59, TimeSpan.TicksPerMinute);
            case 's':
                return Time(ref _second, value, 0, 59, TimeSpan.TicksPerSecond);
            default:
                return Time(ref _millisecond, value, 0, 999, TimeSpan.TicksPerMillisecond);
        }
    }

    /// <summary>The time that is named; null where the calendar has no such day or period.</summary>
    public readonly (DateTime Start, DateTime End)? Span()
    {
        if (Days() is not { } days || _unit == 0)
            return Days();
        var start = days.Start + new TimeSpan(0, _hour + 12 * _half, _minute, _second, _millisecond);
        return (start, start.AddTicks(Math.Min(_unit, DateTime.MaxValue.Ticks - start.Ticks)));
    }

    readonly (DateTime Start, DateTime End)? Days()
    {
        if (counted != default)
            return Period(counted, _number);
        if (_dayOfYear > 0 && _month > 0) // D beside a month, as YYYY-MMM-DD in the standard's own example
            return Day(_month, _dayOfYear);
        if (_dayOfYear > 0)
            return Period('D', _dayOfYear);
        if (_week > 0)
        {
            return Period('W', _week) is not { } week ? null : _weekday == 0 ? week
                : (week.Start.AddDays(_weekday - 1), week.Start.AddDays(_weekday));
        }

        return _day > 0 ? Day(_month, _day) : _month > 0 ? Period('M', _month) : Period('A', 1);
    }

    readonly (DateTime Start, DateTime End)? Day(int month, int day) =>
        day > DateTime.DaysInMonth(_year, month) ? null
        : TimePeriod.TryFromOrdinal(PeriodKind.GregorianDay, new DateOnly(_year, month, day).DayNumber, out var period) ? period.Span() : null;

    readonly (DateTime Start, DateTime End)? Period(char unit, int number)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{_year:D4}-{unit}{number.ToString(unit switch { 'M' or 'W' => "D2", 'D' => "D3", _ => "D1" }, CultureInfo.InvariantCulture)}");
        return TimePeriod.TryParse(text, out var period) ? period.Span() : null;
    }

    bool Time(ref int field, int value, int least, int most, long unit)
    {
        _unit = _unit == 0 ? unit : Math.Min(_unit, unit);
        return Put(ref field, value, least, most);
    }

    static bool Put(ref int field, int value, int least, int most)
    {
        field = value;
        return value >= least && value <= most;
    }
}

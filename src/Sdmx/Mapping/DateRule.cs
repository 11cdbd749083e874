using System.Globalization;

namespace Sdmx.Mapping;

/// <summary>A <see cref="DateMap"/>, ready to make periods of what a component of the source says (SDMX 3.0 section 6, "Mapping non-SDMX time formats to SDMX formats").</summary>
/// <remarks>Immutable, thread-safe.</remarks>
sealed class DateRule
{
    readonly DatePattern? _pattern;
    readonly DateTime _base;
    readonly decimal _ticks;
    readonly string? _resolve;

    DateRule(SchemaComponent source, DateMap map, DatePattern? pattern, DateTime start, decimal ticks, string says)
    {
        (Source, _pattern, _base, _ticks, Says) = (source, pattern, start, ticks, says);
        (FrequencyComponent, Frequency, _resolve) = (map.TargetFrequency is null ? map.FrequencyDimension : null, map.TargetFrequency, map.ResolvePeriod);
    }

    /// <summary>The component that the dates are in.</summary>
    public SchemaComponent Source { get; }

    /// <summary>The one frequency of the periods; null where <see cref="FrequencyComponent"/> says it.</summary>
    public string? Frequency { get; }

    /// <summary>The component of the target that says the frequency, or null.</summary>
    public string? FrequencyComponent { get; }

    /// <summary>What dates look like, for who wrote one that does not.</summary>
    public string Says { get; }

    /// <summary>Makes the rule; null when the map cannot be used, which <paramref name="faults"/> then says.</summary>
    public static DateRule? Make(DateMap map, SchemaComponent source, List<string> faults)
    {
        var count = faults.Count;
        if (map.TargetFrequency is null && map.FrequencyDimension is null)
            faults.Add($"it does not say of which frequency the periods are that it makes of {source.Id}");
        if (!map.MappedFrequencies.IsEmpty)
            faults.Add($"it has a way of its own to write the periods of {source.Id} (FrequencyFormatMapping), and the hub writes them as SDMX does");
        if (map.ResolvePeriod is not (null or "startOfPeriod" or "endOfPeriod" or "midPeriod"))
            faults.Add($"resolvePeriod '{map.ResolvePeriod}' is none of startOfPeriod, midPeriod, endOfPeriod");
        if (map.TargetFrequency is { } frequency && !Sdmx.Frequency.TryPeriodAt(frequency, default, null, out _))
            faults.Add($"the hub makes no periods of the frequency '{frequency}': A, S, T, Q, M, W, D, B, I or N is expected");
        var rule = map is EpochMap epoch ? Make(epoch, source, faults) : Make((DatePatternMap)map, source, faults);
        return faults.Count == count ? rule : null;
    }

    static DateRule? Make(DatePatternMap map, SchemaComponent source, List<string> faults)
    {
        var pattern = DatePattern.Make(map.SourcePattern, map.Locale, out var fault);
        if (fault is not null)
            faults.Add(fault);
        return pattern is null ? null : new(source, map, pattern, default, 0, $"a date by the pattern {map.SourcePattern}");
    }

    static DateRule? Make(EpochMap map, SchemaComponent source, List<string> faults)
    {
        decimal ticks = map.EpochPeriod switch
        {
            "day" => TimeSpan.TicksPerDay,
            "second" => TimeSpan.TicksPerSecond,
            "millisecond" => TimeSpan.TicksPerMillisecond,
            "microsecond" => TimeSpan.TicksPerMicrosecond,
            "nanosecond" => 0.01m,
            _ => 0,
        };
        var isPeriod = TimePeriod.TryParse(map.BasePeriod, out var period);
        if (ticks == 0)
            faults.Add($"epochPeriod '{map.EpochPeriod}' is none of day, second, millisecond, microsecond, nanosecond");
        if (!isPeriod)
            faults.Add($"basePeriod '{map.BasePeriod}' is no time period of SDMX");
        return new(source, map, null, period.Span().Start, ticks, $"a number of {map.EpochPeriod}s since {map.BasePeriod}");
    }

    /// <summary>The period of a date; false where it is no such date, or the frequency is none that periods are made of.</summary>
    /// <param name="text">The date.</param>
    /// <param name="frequency">The code of the frequency.</param>
    /// <param name="frequencyName">Its name, if known.</param>
    /// <param name="period">The period.</param>
    public bool TryRead(string text, string frequency, string? frequencyName, out TimePeriod period)
    {
        period = default;
        if ((_pattern is null ? Count(text) : _pattern.Read(text)) is not var (start, end) || !Sdmx.Frequency.TryPeriodAt(frequency, start, frequencyName, out period))
            return false;
        // A date that is longer than the period, as a year of which a month is made: which month is for the map to say, the last when it does not.
        var made = period.Span();
        if (end - start <= made.End - made.Start || _resolve == "startOfPeriod")
            return true;
        var instant = _resolve == "midPeriod" ? start + (end - start) / 2 : end.AddSeconds(-1);
        return Sdmx.Frequency.TryPeriodAt(frequency, instant, frequencyName, out period);
    }

    (DateTime Start, DateTime End)? Count(string text)
    {
        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > DateTime.MaxValue.Ticks / _ticks)
            return null;
        var ticks = _base.Ticks + decimal.Floor(number * _ticks);
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
            return null;
        var instant = new DateTime((long)ticks);
        return (instant, instant);
    }
}

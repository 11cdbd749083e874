namespace Sdmx.Validation;

sealed partial class SeriesCheck
{
    // Rows of one period lie side by side; each is held against the first.
    void Repeats(ObservationBlock block, int row, bool isFirst)
    {
        var period = block.Periods[row];
        // A period that could not be read tells nothing of repeats.
        if (_schema.Time is not null && period.Kind == PeriodKind.None)
            return;
        if (!isFirst && period == _firstPeriod)
        {
            _findings.AddNow(block, row, Repeat(block, row));
            return;
        }

        if (!isFirst && IsSameSpan(period, _firstPeriod))
            _findings.AddNow(block, row, Mixed(period));
        Hold(block, row);
    }

    // Whether periods go up in one kind, also from the last one before: then none comes again, in whatever spelling.
    bool IsAscending(ReadOnlySpan<TimePeriod> periods)
    {
        var before = _hasObservations ? _firstPeriod : TimePeriod.None;
        foreach (ref readonly var period in periods)
        {
            if (period.Kind == PeriodKind.None || !period.IsPlain)
                return false;
            if (before.Kind != PeriodKind.None && (period.Kind != before.Kind || !before.IsPlain || period.Ordinal <= before.Ordinal))
                return false;
            before = period;
        }

        return true;
    }

    void Hold(ObservationBlock block, int row)
    {
        _first.Take(block, row);
        (_firstLine, _firstPeriod) = (block.Lines[row], block.Periods[row]);
    }

    static bool IsSameSpan(TimePeriod a, TimePeriod b) =>
        b.Kind != PeriodKind.None && (a.Kind != b.Kind || !a.IsPlain || !b.IsPlain) && a.Span() == b.Span();

    Issue Repeat(ObservationBlock block, int row)
    {
        var what = _schema.Time is null ? "the observation" : $"{_schema.Time.Id} '{block.Periods[row]}'";
        for (var column = 0; column < block.Values.Length; column++)
        {
            if (_first.IsSame(block, row, column))
                continue;
            var id = _schema.Values[column].Id;
            var (here, there) = (block.Text(column, row), _first.Text(block.Dataset, column));
            return new Issue(IssueCode.ConflictingObservation, default,
                $"{what} of this series is given again: {id} is {Quoted(here)} here and {Quoted(there)} on line {_firstLine}")
            {
                Component = id,
                Value = here,
                Expected = "each observation once",
            };
        }

        return new Issue(IssueCode.RepeatedObservation, default, $"{what} of this series is given again with the same values, first on line {_firstLine}")
        {
            Expected = "each observation once",
        };
    }

    Issue Mixed(TimePeriod period) =>
        new(IssueCode.MixedPeriodKinds, default, $"'{period}' covers the same time as '{_firstPeriod}' on line {_firstLine}")
        {
            Component = _schema.Time!.Id,
            Value = period.ToString(),
            Expected = "one spelling of a period in a series",
        };

    static string Quoted(string? text) => text is null ? "absent" : $"'{text}'";
}

namespace Sdmx.Mapping;

/// <content>Periods that are made of dates, row by row: other rules may need them, and they the frequency of the target.</content>
public sealed partial class MappedReader
{
    /// <summary>Puts the period that the map makes in the place of the source's; false where it makes none, which is then told.</summary>
    bool TakePeriod(int row)
    {
        if (_plan.Date is not { } date)
            return true;
        var text = CellOf(date.Source, row, _key).ToText(ComponentRule.CodesOf(date.Source, _plan.SourceCodes));
        if (text is null && date.Source.Role == ComponentRole.Time || !TryFrequency(date, row, out var frequency, out var name))
            return false; // an unreadable period the reader has told
        if (date.TryRead(text ?? "", frequency, name, out var period))
        {
            _in.Periods[row] = period;
            return true;
        }

        _findings.Undated(date, text ?? "", frequency, At(row));
        _trace?.Fail(_in, row);
        return false;
    }

    bool TryFrequency(DateRule date, int row, out string frequency, out string? name)
    {
        (frequency, name) = (date.Frequency ?? "", null);
        if (_plan.Frequency is not { } component)
            return true;
        var cell = Current(_plan.FrequencySlot);
        if (cell.IsAbsent && _plan.FrequencySlot.Rule is { } rule)
            TellNoKey(rule, row, 1);
        if (cell.IsAbsent)
            return false;
        var codes = ComponentRule.CodesOf(component, _plan.TargetCodes);
        frequency = cell.ToText(codes)!;
        name = codes is not null && codes.IsKnown((int)cell.Bits) ? codes.Known!.Codelist.Codes[(int)cell.Bits].Name.In("en") : null;
        return true;
    }
}

namespace Sdmx.Validation;

/// <summary>Holds one flow's data against what their sender may send.</summary>
/// <remarks>Series with observations are judged as by any constraint (<see cref="Parts"/>); here is what goes by keys alone.</remarks>
sealed class SenderCheck
{
    readonly Findings _findings;
    readonly SenderLimits _limits;
    readonly int[] _key;
    int _refused = -1;
    bool _isJudged;

    SenderCheck(Dataset dataset, Findings findings, SenderLimits limits)
    {
        (_findings, _limits) = (findings, limits);
        _key = new int[dataset.Schema.Dimensions.Count];
        Parts = ConstraintPart.Of(dataset.Schema, limits.Constraints, IssueCode.OutsideAgreement);
    }

    /// <summary>The rules that the sender's agreement leaves out.</summary>
    internal OptionalRules Without => _limits.Without;

    /// <summary>The parts of the sender's constraints.</summary>
    internal ConstraintPart[] Parts { get; }

    /// <summary>The check for a flow, or null where the sender has no limits.</summary>
    internal static SenderCheck? Of(Dataset dataset, Findings findings, ValidationOptions options) =>
        options.Sender?.Invoke(dataset.Schema) is { } limits && limits != SenderLimits.None ? new(dataset, findings, limits) : null;

    /// <summary>Judges that there is a data set at all: one finding for each.</summary>
    internal void Begin(ObservationBlock block)
    {
        if (_limits.Refusal is not { } refusal || _refused == block.Dataset.Number)
            return;
        _refused = block.Dataset.Number;
        var (line, position) = block.Count == 0 ? (0, 0) : (block.Lines[0], block.LinePositions[0]);
        _findings.AddNow(block.Dataset, [], line, position, new Issue(IssueCode.OutsideAgreement, default, refusal) { Value = block.Dataset.Schema.Urn.ShortName });
    }

    /// <summary>Begins a series or holder: whose is it?</summary>
    internal void BeginSeries(SeriesView series, ObservationBlock block, int row)
    {
        _isJudged = series.IsFull;
        if (series.IsFull && _limits.Owner?.Invoke(block, row) is { } owner)
            _findings.AddNow(block.Dataset, series.Key, series.Line, series.LinePosition, OfOther(owner));
    }

    /// <summary>Judges a row that says attributes: those of a group or data set are of all series under it.</summary>
    internal void Attributes(SeriesView series, ObservationBlock block, int row)
    {
        for (var column = block.Dataset.Schema.MeasureCount; column < block.Values.Length && !_isJudged; column++)
        {
            if (!block.Values[column].IsUsed || block.Values[column].Forms[row] == ValueForm.Absent)
                continue;
            _isJudged = true;
            CheckKey(series);
        }
    }

    /// <summary>Judges a block of a Delete set. One without rows deletes everything.</summary>
    internal void CheckDelete(ObservationBlock block)
    {
        var series = new SeriesView(block.Dataset);
        if (block.Count == 0)
        {
            series.Key.AsSpan().Fill(-1);
            CheckKey(series);
        }

        for (var row = 0; row < block.Count; )
        {
            var end = block.TakeKey(row, _key);
            _key.CopyTo(series.Key, 0);
            (series.Line, series.LinePosition) = (block.Lines[row], block.LinePositions[row]);
            CheckKey(series);
            if (series.IsFull && _limits.Owner?.Invoke(block, row) is { } owner)
                _findings.AddNow(block.Dataset, series.Key, series.Line, series.LinePosition, OfOther(owner));
            row = end;
        }
    }

    /// <summary>The finding about a series of another agreement.</summary>
    internal static Issue OfOther(string owner) => new(IssueCode.SeriesOfOther, default, $"the series belongs to the agreement {owner}, which sent it first")
    {
        Value = owner,
        Expected = "a series of the sender's agreement, or a new one",
    };

    void CheckKey(SeriesView series)
    {
        foreach (var part in Parts)
        {
            if (part.CheckKey(series) is { } issue)
                _findings.AddNow(series.Dataset, series.Key, series.Line, series.LinePosition, issue);
        }
    }
}

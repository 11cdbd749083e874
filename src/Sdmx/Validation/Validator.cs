namespace Sdmx.Validation;

/// <summary>Holds the rows of one message against the structure: representation, time, status, constraints, mandatory attributes, repeats (checklist 5).</summary>
/// <remarks>One for each message. <see cref="Check"/> takes the blocks in message order; after them <see cref="CheckSeries"/> takes them as
/// <see cref="SeriesSorter"/> sorted them, and <see cref="Complete"/> ends that. Findings about rows are logged in message order, findings about
/// series in sorted order. What rules of the file's form (structure references, unknown components, unreadable periods) find, the reader logs.
/// A clean observation costs no allocation. Not thread-safe.</remarks>
public sealed class Validator
{
    readonly ValidationOptions _options;
    readonly Findings _findings;
    readonly Dictionary<(CodeTables, DataSchema), RowRule[]> _rowRules = [];
    readonly Dictionary<(CodeTables, DataSchema), SeriesCheck> _seriesChecks = [];
    SeriesCheck? _current;

    /// <summary>A validator for one message.</summary>
    /// <param name="issues">Where findings go.</param>
    /// <param name="options">What it goes by; null for the defaults.</param>
    public Validator(IssueLog issues, ValidationOptions? options = null)
    {
        _options = options ?? new ValidationOptions();
        _findings = new Findings(issues, _options.FileName);
    }

    /// <summary>The rules of the SDG domain that were left out so far: by the options, and by the sender's agreements about the flows that were met.</summary>
    public OptionalRules Without => _seriesChecks.Values.Aggregate(_options.Without, (rules, check) => rules.And(check.Without));

    /// <summary>Checks each row of a block, in message order, by itself.</summary>
    /// <remarks>In a <see cref="DatasetAction.Delete"/> set only keys are checked: values there only say what goes.</remarks>
    public void Check(ObservationBlock block)
    {
        if (!_rowRules.TryGetValue(KeyOf(block.Dataset), out var rules))
            _rowRules.Add(KeyOf(block.Dataset), rules = RowRule.Of(block.Dataset, _options));
        foreach (var rule in rules)
        {
            if (block.Dataset.Action != DatasetAction.Delete || rule.HoldsForDelete)
                rule.Check(block, _findings);
        }

        _findings.Flush();
    }

    /// <summary>Checks the series of a sorted block; a series may go on in the next block.</summary>
    public void CheckSeries(ObservationBlock sorted)
    {
        if (!_seriesChecks.TryGetValue(KeyOf(sorted.Dataset), out var check))
            _seriesChecks.Add(KeyOf(sorted.Dataset), check = new SeriesCheck(sorted.Dataset, _findings, _options));
        if (_current != check)
            _current?.End();
        _current = check;
        check.Check(sorted);
    }

    // Data sets of two flows of one structure share their codes, and have constraints of their own.
    static (CodeTables, DataSchema) KeyOf(Dataset dataset) => (dataset.Codes, dataset.Schema);

    /// <summary>Ends the last series; call it behind the last sorted block.</summary>
    public void EndSeries()
    {
        _current?.End();
        _current = null;
    }

    /// <summary>Ends the message, and its last series: what can be told only when all is known, also of the other messages that were sent with it.</summary>
    public void Complete()
    {
        EndSeries();
        foreach (var check in _seriesChecks.Values)
            check.Complete();
    }

    /// <summary>Whether the message has observations of a series of the SDGs, once its series were checked; for <see cref="ValidationOptions.Elsewhere"/> of another message.</summary>
    /// <param name="dataset">The other's data set, of the same flow.</param>
    /// <param name="key">The key, by the other's codes.</param>
    public bool HasSeries(Dataset dataset, ReadOnlySpan<int> key)
    {
        Span<int> own = stackalloc int[key.Length];
        foreach (var ((codes, schema), check) in _seriesChecks)
        {
            if (schema.Urn with { Version = "" } == dataset.Schema.Urn with { Version = "" } && TryResolve(codes, dataset, key, own) && check.Has(own))
                return true;
        }

        return false;
    }

    static bool TryResolve(CodeTables codes, Dataset dataset, ReadOnlySpan<int> key, Span<int> own)
    {
        if (codes.Dimensions.Count != key.Length)
            return false;
        for (var d = 0; d < key.Length; d++)
        {
            own[d] = codes.Dimensions[d].Known?.Find(dataset.Codes.Dimensions[d][key[d]]) ?? -1;
            if (own[d] < 0)
                return false;
        }

        return true;
    }
}

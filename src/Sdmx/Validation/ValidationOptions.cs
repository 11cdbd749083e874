namespace Sdmx.Validation;

/// <summary>Whether the store holds a value that a row leaves out: the value of <paramref name="column"/> for the row's holder.</summary>
/// <param name="block">The block.</param>
/// <param name="row">The row: an observation's, or for an attribute above the observation the first observation of the series.</param>
/// <param name="column">The value column.</param>
public delegate bool StoredValue(ObservationBlock block, int row, int column);

/// <summary>What a <see cref="Validator"/> goes by, beside the structures.</summary>
public sealed record ValidationOptions
{
    /// <summary>The file's name, for findings; or null.</summary>
    public string? FileName { get; init; }

    /// <summary>The clock that says what the future is.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether gaps in series are reported (<see cref="IssueCode.MissingPeriods"/>).</summary>
    public bool Gaps { get; init; } = true;

    /// <summary>Rules of the SDG domain that are left out, beside those that the sender's agreement leaves out (<see cref="SenderLimits.Without"/>).</summary>
    public OptionalRules Without { get; init; }

    /// <summary>Asks what the sender may send to the flow of a schema, or null where it has no limits.</summary>
    public Func<DataSchema, SenderLimits>? Sender { get; init; }

    /// <summary>Asks the store for what it holds of a series, or null where there is no store.</summary>
    public StoredHistory? History { get; init; }

    /// <summary>Asks whether a series is in the store or in another message of the submission; null where there is neither.
    /// Asked when the message is complete (<see cref="Validator.Complete"/>).</summary>
    public SeriesElsewhere? Elsewhere { get; init; }

    /// <summary>Asks the store for a mandatory value that the message leaves out, or null where nothing is stored.
    /// Not asked for an observation's
    /// own attributes under <see cref="DatasetAction.Replace"/>, which brings observations whole.</summary>
    public StoredValue? IsStored { get; init; }
}

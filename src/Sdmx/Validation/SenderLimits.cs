namespace Sdmx.Validation;

/// <summary>Whose series a row is of: the name of the provision agreement, if it is another than the sender's; else null.</summary>
/// <param name="block">The block.</param>
/// <param name="row">The row, whose key names every dimension.</param>
public delegate string? SeriesOwner(ObservationBlock block, int row);

/// <summary>What the sender of a message may send to a flow, beside what the structures allow everybody.</summary>
/// <param name="Constraints">Each must allow what is sent. What leaves a dimension open, an attribute of a group or a deletion, must be allowed in whole.</param>
/// <param name="Refusal">Why nothing may be sent to the flow, a sentence without its end; or null.</param>
public sealed record SenderLimits(ValueArray<DataConstraint> Constraints, string? Refusal = null)
{
    /// <summary>No limits.</summary>
    public static SenderLimits None { get; } = new([]);

    /// <summary>Rules of the SDG domain that the sender's agreement leaves out.</summary>
    public OptionalRules Without { get; init; }

    /// <summary>Asks whose a series is, or null where that does not matter.</summary>
    public SeriesOwner? Owner { get; init; }

    /// <summary>What an agreement says: the constraints that are attached to it or to its data provider, and the rules that it leaves out.</summary>
    public static SenderLimits Of(StructureCatalog catalog, ProvisionAgreement agreement) =>
        new(catalog.OfType<DataConstraint>().Where(c => c.Role == ConstraintRole.Allowed && c.Attachment.Any(a => a == agreement.Urn || a == agreement.DataProvider)).ToValueArray())
        {
            Without = OptionalRules.Of(agreement),
        };

    /// <summary>Judges a key, of which a report is: all series under the dimensions that it leaves open must be allowed.</summary>
    /// <param name="schema">The schema of the flow.</param>
    /// <param name="key">Dimensions and their values; none for the whole flow.</param>
    /// <returns>The first finding, without a place; null when the key is allowed.</returns>
    public Issue? Check(DataSchema schema, IEnumerable<KeyValue> key)
    {
        var dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema) };
        var series = new SeriesView(dataset);
        series.Key.AsSpan().Fill(-1);
        foreach (var part in key)
        {
            if (schema.Find(part.Id) is { Role: ComponentRole.Dimension } dimension)
                series.Key[dimension.Index] = dataset.Codes.Dimensions[dimension.Index].Resolve(part.Value);
        }

        return ConstraintPart.Of(schema, Constraints, IssueCode.OutsideAgreement).Select(p => p.CheckKey(series)).FirstOrDefault(i => i is not null);
    }
}

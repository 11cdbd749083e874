namespace Sdmx.Validation;

/// <summary>A rule of the SDG domain: it looks at the observations of one series together, once who holds its attributes is known.</summary>
/// <remarks>A structure is one of the SDGs by its components: dimensions of the concepts REPORTING_TYPE, SERIES and REF_AREA, in whatever
/// scheme, since national structures take over the concepts. Each rule then asks for the components that it needs. A clean series costs no allocation.</remarks>
abstract class SeriesRule
{
    /// <summary>Checks observations of a series; one of more than a block comes in pieces.</summary>
    internal abstract void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings);

    /// <summary>Ends a data set: what is told once for it.</summary>
    internal virtual void End(Findings findings)
    {
    }

    /// <summary>Ends the message: what is told when all its series are known.</summary>
    internal virtual void Complete(Findings findings)
    {
    }

    /// <summary>The rules for a structure, without those left out; none where it is not of the SDGs.</summary>
    internal static SeriesRule[] Of(DataSchema schema, ValidationOptions options)
    {
        if (schema.MeasureCount != 1 || Find(schema, "SERIES", ComponentRole.Dimension) is null || Find(schema, "REF_AREA", ComponentRole.Dimension) is null
            || Find(schema, "REPORTING_TYPE", ComponentRole.Dimension) is not { } type)
            return [];
        var rules = new List<SeriesRule>();
        if (!options.Without.Contains(IssueCode.OutsideBounds))
            rules.Add(new BoundsRule(schema));
        if (Find(schema, "UNIT_MEASURE") is { } unit && !options.Without.Contains(IssueCode.OutsidePercentRange))
            rules.Add(new PercentRule(schema, unit));
        if (Find(schema, "NATURE", ComponentRole.Attribute) is { Level: AttachmentLevel.Observation, Codes: not null } nature)
            rules.Add(new NatureRule(type, nature, options));
        if (!options.Without.Contains(IssueCode.OutlyingValue))
            rules.Add(new OutlierRule(schema, options.History));
        if (options.History is { } history && !(options.Without.Contains(IssueCode.OtherScale) && options.Without.Contains(IssueCode.OtherUnit)))
            rules.Add(new PublishedRule(schema, history, options.Without));
        if (!options.Without.Contains(IssueCode.MissingTotal))
            rules.Add(new TotalRule(schema, options.Elsewhere));
        return [.. rules];
    }

    /// <summary>The component with an id or of a concept; null where there is none.</summary>
    internal static SchemaComponent? Find(DataSchema schema, string concept, ComponentRole? role = null) =>
        schema.Find(concept) is { } named && (role ?? named.Role) == named.Role ? named
        : schema.Components.FirstOrDefault(c => c.Definition.ConceptIdentity.Item == concept && (role ?? c.Role) == c.Role);

    /// <summary>The number that a row has in a column; NaN where there is none.</summary>
    /// <remarks>Equal numbers give equal doubles, however they are spelt, and doubles keep their order.</remarks>
    protected static double Number(ObservationBlock block, int column, int row)
    {
        var values = block.Values[column];
        return values.Forms[row] switch
        {
            ValueForm.Absent or ValueForm.Code => double.NaN,
            ValueForm.Text => DecimalText.TryParseDouble(block.Texts[(int)values.Bits[row]], out var number) ? number : double.NaN,
            var form => DecimalText.ToDouble(values.Bits[row], form - ValueForm.Decimal),
        };
    }
}

namespace Sdmx.Validation;

/// <summary>The codes of a measure or attribute are in its codelist.</summary>
sealed class ValueCodeRule(SchemaComponent component) : RowRule
{
    readonly UnknownCode _unknown = new(component);

    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        var column = block.Values[component.Index];
        if (!column.IsUsed)
            return;
        var known = component.Codes!.Count;
        var forms = column.Forms.AsSpan(0, block.Count);
        // a row without value may hold any bits: then each is looked at below
        if (!forms.ContainsAnyExceptInRange(ValueForm.Absent, ValueForm.Code) && !column.Bits.AsSpan(0, block.Count).ContainsAnyExceptInRange(0, known - 1))
            return;
        for (var row = 0; row < forms.Length; row++)
        {
            if (forms[row] != ValueForm.Absent && !(forms[row] == ValueForm.Code && column.Bits[row] < known))
                findings.Add(block, row, _unknown.Issue(block.Text(component.Index, row)!));
        }
    }
}

/// <summary>The values of a measure or attribute without codelist are of its type and within its facets.</summary>
sealed class ValueFormatRule(SchemaComponent component, ValueFormat format) : RowRule
{
    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        var column = block.Values[component.Index];
        if (!column.IsUsed)
            return;
        var forms = column.Forms.AsSpan(0, block.Count);
        if (format.TakesAnyNumber && !forms.ContainsAny(ValueForm.Code, ValueForm.Text))
            return;
        for (var row = 0; row < forms.Length; row++)
        {
            var fault = forms[row] switch
            {
                ValueForm.Absent => null,
                ValueForm.Text => format.Check(block.Texts[(int)column.Bits[row]]),
                ValueForm.Code => format.Check(block.Text(component.Index, row)),
                var form => format.Check(column.Bits[row], form - ValueForm.Decimal),
            };
            if (fault is not null)
                findings.Add(block, row, fault.Issue(component.Id, block.Text(component.Index, row)!));
        }
    }
}

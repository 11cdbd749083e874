namespace Sdmx.Validation;

sealed partial class SeriesCheck
{
    readonly SchemaComponent[] _mandatoryAbove;
    readonly int[] _mandatory;

    static bool IsMandatoryAttribute(SchemaComponent component) => component.Role == ComponentRole.Attribute && component.IsMandatory;

    // Once for a series, a group or the data set: at the first observation that needs it.
    void MissingAbove(ObservationBlock block, int row)
    {
        foreach (var attribute in _mandatoryAbove)
        {
            if (_series!.Holders[attribute.Index]?.Has(attribute.Index) == true
                || (_options.IsStored?.Invoke(block, row, attribute.Index) ?? false)
                || !_holders.IsFirstToLack(attribute, _series.Key))
                continue;
            AddToSeries(Missing(attribute));
        }
    }

    void MissingAttributes(ObservationBlock block, int row)
    {
        foreach (var column in _mandatory)
        {
            if (block.Values[column].Forms[row] != ValueForm.Absent)
                continue;
            if (block.Dataset.Action == DatasetAction.Replace || _options.IsStored?.Invoke(block, row, column) != true)
                _findings.AddNow(block, row, Missing(_schema.Values[column]));
        }
    }

    static Issue Missing(SchemaComponent attribute) =>
        new(IssueCode.MissingAttribute, default, $"the mandatory attribute {attribute.Id} of the {HolderName(attribute.Level)} is missing")
        {
            Component = attribute.Id,
            Expected = attribute.Codes is null ? attribute.Format.Type.ToString() : attribute.Codes.Codelist.Urn.ShortName,
        };
}

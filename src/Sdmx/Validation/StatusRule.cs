namespace Sdmx.Validation;

/// <summary>An observation has a value, or a status that says why not; never both.</summary>
/// <remarks>Which status codes say that a value is missing is read from their names ("Missing value; suppressed"); where a list has no names,
/// they are those of SDMX:CL_OBS_STATUS. Derogation and "included in another category" explain a missing value but do not contradict one.
/// <c>NaN</c> and <c>#N/A</c> are no values here, but they satisfy a mandatory measure.</remarks>
sealed class StatusRule : RowRule
{
    readonly DataSchema _schema;
    readonly SchemaComponent? _status;
    readonly bool[] _isMissing = [];
    readonly bool[] _explains = [];

    internal StatusRule(DataSchema schema)
    {
        _schema = schema;
        foreach (var component in schema.Values)
        {
            if (component.Role == ComponentRole.Attribute && component.Level == AttachmentLevel.Observation && component.Codes is not null
                && (component.Id == "OBS_STATUS" || component.Definition.ConceptIdentity.Item == "OBS_STATUS"))
                _status = component;
        }

        if (_status is null)
            return;
        var codes = _status.Codes!.Codelist.Codes;
        _isMissing = [.. codes.Select(SaysMissing)];
        _explains = [.. codes.Select((c, i) => _isMissing[i] || c.Id is "J" or "K")];
    }

    /// <inheritdoc/>
    internal override void Check(ObservationBlock block, Findings findings)
    {
        for (var row = 0; row < block.Count; row++)
        {
            if (block.Kinds[row] != RowKind.Observation || HasNumber(block, row))
                continue;
            var (hasValue, isGiven) = (false, false);
            for (var m = 0; m < _schema.MeasureCount; m++)
            {
                var form = block.Values[m].Forms[row];
                isGiven |= form != ValueForm.Absent;
                hasValue |= form != ValueForm.Absent && (form != ValueForm.Text || !IsMissing(block.Texts[(int)block.Values[m].Bits[row]]));
                if (form == ValueForm.Absent && _schema.MeasureCount > 1 && _schema.Values[m].IsMandatory)
                    findings.Add(block, row, Missing(_schema.Values[m]));
            }

            var status = StatusOf(block, row);
            if (hasValue && status >= 0 && _isMissing[status])
                findings.Add(block, row, Contradiction(block, row, status));
            else if (!hasValue && _status is not null && (status < 0 || !_explains[status]))
                findings.Add(block, row, WithoutStatus(status));
            else if (!isGiven && _status is null && _schema.MeasureCount == 1)
                findings.Add(block, row, Missing(_schema.Values[0]));
        }
    }

    /// <summary>Whether the only measure is a number, and the status does not deny it: nothing is wrong.</summary>
    bool HasNumber(ObservationBlock block, int row) => _schema.MeasureCount == 1 && block.Values[0].Forms[row] >= ValueForm.Decimal
        && (StatusOf(block, row) is var status && (status < 0 || !_isMissing[status]));

    static bool IsMissing(string text) => text is "NaN" or "#N/A";

    static bool SaysMissing(Code code) => code.Name.IsEmpty
        ? code.Id is "H" or "L" or "M" or "O" or "Q"
        : code.Name.ToString().StartsWith("missing", StringComparison.OrdinalIgnoreCase);

    // The status' number; -1 when there is none or it is not in the list.
    int StatusOf(ObservationBlock block, int row)
    {
        if (_status is null || block.Values[_status.Index].Forms[row] != ValueForm.Code)
            return -1;
        var number = block.Values[_status.Index].Bits[row];
        return number < _isMissing.Length ? (int)number : -1;
    }

    static Issue Missing(SchemaComponent measure) => new(IssueCode.MissingMeasure, default, $"there is no {measure.Id}") { Component = measure.Id };

    Issue WithoutStatus(int status) => new(IssueCode.ValueWithoutStatus, default, status < 0
        ? $"there is no {_schema.Values[0].Id}, and no {_status!.Id} says that it is missing"
        : $"there is no {_schema.Values[0].Id}, but {_status!.Id} is '{_status.Codes![status]}'")
    {
        Component = _schema.Values[0].Id,
        Expected = "a value, or a status that says it is missing",
    };

    Issue Contradiction(ObservationBlock block, int row, int status)
    {
        var code = _status!.Codes![status];
        return new Issue(IssueCode.StatusContradictsValue, default,
            $"{_schema.Values[0].Id} is '{block.Text(0, row)}', but {_status.Id} '{code}' says that it is missing")
        {
            Component = _status.Id,
            Value = code,
            Expected = "a status of an observation that has a value",
        };
    }
}

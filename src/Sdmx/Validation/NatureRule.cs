namespace Sdmx.Validation;

/// <summary>A value says its nature, and one that fits who reports it: figures adjusted or made by an agency are not national ones.</summary>
sealed class NatureRule(SchemaComponent type, SchemaComponent nature, ValidationOptions options) : SeriesRule
{
    readonly bool _isDemanded = !options.Without.Contains(IssueCode.MissingNature);
    readonly bool _isCompared = !options.Without.Contains(IssueCode.NatureContradictsType);
    readonly bool[] _isOfAgency = [.. nature.Codes!.Codelist.Codes.Select(c => c.Id is "CA" or "G")];
    readonly Count[] _contradictions = new Count[nature.Codes.Count];
    Count _missing;

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        var isNational = _isCompared && series.Text(type) == "N";
        var column = block.Values[nature.Index];
        if (!isNational && !column.Forms.AsSpan(from, end - from).Contains(ValueForm.Absent))
            return;
        for (var row = from; row < end; row++)
        {
            if (column.Forms[row] == ValueForm.Absent)
            {
                if (_isDemanded && block.Values[0].Forms[row] >= ValueForm.Decimal && !IsStored(block, row))
                    _missing.Add(series, block, row);
            }
            else if (isNational && column.Forms[row] == ValueForm.Code && column.Bits[row] < _isOfAgency.Length && _isOfAgency[column.Bits[row]])
            {
                _contradictions[column.Bits[row]].Add(series, block, row);
            }
        }
    }

    /// <inheritdoc/>
    internal override void End(Findings findings)
    {
        _missing.Tell(findings, count => new Issue(IssueCode.MissingNature, default, $"{Values(count)} no {nature.Id}")
        {
            Component = nature.Id,
            Expected = nature.Codes!.Codelist.Urn.ShortName,
        });
        for (var code = 0; code < _contradictions.Length; code++)
        {
            var id = nature.Codes![code];
            _contradictions[code].Tell(findings, count => new Issue(IssueCode.NatureContradictsType, default, $"{Values(count)} {nature.Id} '{id}', which an agency's figures have, and {type.Id} 'N'")
            {
                Component = nature.Id,
                Value = id,
                Expected = "the nature of a national figure",
            });
        }
    }

    static string Values(int count) => count == 1 ? "1 value has" : $"{count} values have";

    bool IsStored(ObservationBlock block, int row) => block.Dataset.Action != DatasetAction.Replace && options.IsStored?.Invoke(block, row, nature.Index) == true;

    /// <summary>How often something was found, and where first.</summary>
    struct Count
    {
        int _count;
        Dataset? _dataset;
        int[]? _key;
        int _line;
        int _position;

        internal void Add(SeriesView series, ObservationBlock block, int row)
        {
            if (_count++ == 0)
                (_dataset, _key, _line, _position) = (block.Dataset, [.. series.Key], block.Lines[row], block.LinePositions[row]);
        }

        internal void Tell(Findings findings, Func<int, Issue> issue)
        {
            if (_count > 0)
                findings.AddNow(_dataset!, _key, _line, _position, issue(_count));
            this = default;
        }
    }
}

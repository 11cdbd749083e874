namespace Sdmx.Validation;

/// <summary>The values of one row, kept when its block is gone.</summary>
sealed class RowValues(int columns)
{
    readonly byte[] _forms = new byte[columns];
    readonly long[] _bits = new long[columns];
    readonly string?[] _texts = new string?[columns];
    readonly int[] _lines = new int[columns];

    /// <summary>Whether there is a value.</summary>
    internal bool Has(int column) => _forms[column] != ValueForm.Absent;

    /// <summary>The line the value stands on.</summary>
    internal int Line(int column) => _lines[column];

    /// <summary>How the value is held.</summary>
    internal byte Form(int column) => _forms[column];

    /// <summary>The code's number or the mantissa.</summary>
    internal long Bits(int column) => _bits[column];

    /// <summary>The value as it was sent; null when absent.</summary>
    internal string? Text(Dataset dataset, int column) => _forms[column] switch
    {
        ValueForm.Absent => null,
        ValueForm.Code => dataset.Codes.Values[column]![(int)_bits[column]],
        ValueForm.Text => _texts[column],
        var form => DecimalText.Format(_bits[column], form - ValueForm.Decimal),
    };

    internal void Clear() => Array.Clear(_forms);

    /// <summary>Takes one value of a row.</summary>
    internal void Take(ObservationBlock block, int row, int column)
    {
        var values = block.Values[column];
        _forms[column] = values.Forms[row];
        _bits[column] = values.Bits[row];
        _texts[column] = values.Forms[row] == ValueForm.Text ? block.Texts[(int)values.Bits[row]] : null;
        _lines[column] = block.Lines[row];
    }

    /// <summary>Takes every value of a row.</summary>
    internal void Take(ObservationBlock block, int row)
    {
        for (var column = 0; column < _forms.Length; column++)
            Take(block, row, column);
    }

    /// <summary>Whether a row has the same value: the same code or text, or the same number (<c>1.0</c> is <c>1</c>); or neither has any.</summary>
    internal bool IsSame(ObservationBlock block, int row, int column)
    {
        var values = block.Values[column];
        var (form, bits) = (values.Forms[row], values.Bits[row]);
        if (form >= ValueForm.Decimal && _forms[column] >= ValueForm.Decimal && form != _forms[column])
            return DecimalText.ToDecimal(bits, form - ValueForm.Decimal) == DecimalText.ToDecimal(_bits[column], _forms[column] - ValueForm.Decimal);
        return form == _forms[column] && (form switch
        {
            ValueForm.Absent => true,
            ValueForm.Text => block.Texts[(int)bits] == _texts[column],
            _ => bits == _bits[column],
        });
    }
}

namespace Sdmx;

/// <summary>Codes and values of one data set's schema as bytes, escaped for one format.</summary>
/// <remarks>Made anew only where the code tables change: codes are escaped once for all data sets that share them.</remarks>
class ValueCells
{
    readonly Utf8Output _scratch = new(null);
    readonly Escaping _escaping;

    /// <summary>The cells of <paramref name="codes"/>; <paramref name="cell"/> makes what stands for a code, null: its id.</summary>
    public ValueCells(CodeTables codes, Escaping escaping, Func<CodeTable, int, byte[]>? cell = null)
    {
        (Codes, _escaping) = (codes, escaping);
        Texts = new TextCells(escaping);
        Dimensions = [.. codes.Dimensions.Select(table => new CodeCells(table, escaping, cell))];
        Values = [.. codes.Values.Select(table => table is null ? null : new CodeCells(table, escaping, cell))];
    }

    /// <summary>The code tables.</summary>
    public CodeTables Codes { get; }

    /// <summary>The texts.</summary>
    protected TextCells Texts { get; }

    /// <summary>Per dimension of the key.</summary>
    public CodeCells[] Dimensions { get; }

    /// <summary>Per value column; null where it is uncoded.</summary>
    public CodeCells?[] Values { get; }

    /// <summary>Whether numbers in a column stand as they are.</summary>
    public virtual bool IsBare(int column) => true;

    /// <summary>Writes a value that is not absent.</summary>
    public virtual void Write(ObservationBlock block, int column, int row, Utf8Output output)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        if (form == ValueForm.Code)
            output.Raw(Values[column]![(int)values.Bits[row]]);
        else if (form == ValueForm.Text)
            Texts.Write(block.Texts[(int)values.Bits[row]], output);
        else
            output.Decimal(values.Bits[row], form - ValueForm.Decimal);
    }

    /// <summary>Writes a period.</summary>
    public virtual void WritePeriod(TimePeriod period, Utf8Output output) => output.Period(period);

    /// <summary>The bytes of a value, to keep beyond its block; null when absent.</summary>
    public byte[]? Bytes(ObservationBlock block, int column, int row)
    {
        var values = block.Values[column];
        if (!values.IsUsed || values.Forms[row] == ValueForm.Absent)
            return null;
        if (values.Forms[row] == ValueForm.Code)
            return Values[column]![(int)values.Bits[row]];
        Write(block, column, row, _scratch);
        return _scratch.Take();
    }

    /// <summary>The bytes of a text.</summary>
    public byte[] Bytes(string text)
    {
        _scratch.Text(text, _escaping);
        return _scratch.Take();
    }
}

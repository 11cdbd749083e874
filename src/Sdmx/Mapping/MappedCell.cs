namespace Sdmx.Mapping;

/// <summary>One value of a component, to keep beyond its block.</summary>
/// <param name="Form">How it is held: see <see cref="ValueForm"/>.</param>
/// <param name="Bits">A code's number, or a mantissa.</param>
/// <param name="Text">The text, where it is one.</param>
readonly record struct MappedCell(byte Form, long Bits, string? Text)
{
    /// <summary>No value.</summary>
    public static MappedCell Absent => default;

    public bool IsAbsent => Form == ValueForm.Absent;

    /// <summary>The code of that number.</summary>
    public static MappedCell Code(int number) => new(ValueForm.Code, number, null);

    /// <summary>The value of a row.</summary>
    public static MappedCell Of(ObservationBlock block, int column, int row)
    {
        var values = block.Values[column];
        return values.Forms[row] switch
        {
            ValueForm.Absent => default,
            ValueForm.Text => new(ValueForm.Text, 0, block.Texts[(int)values.Bits[row]]),
            var form => new(form, values.Bits[row], null),
        };
    }

    /// <summary>What a text means to a component.</summary>
    /// <param name="text">The text.</param>
    /// <param name="codes">The component's codes, or null where it is uncoded.</param>
    public static MappedCell Parse(string text, CodeTable? codes) =>
        codes is not null ? Code(codes.Resolve(text))
        : DecimalText.TryParse(text, out var mantissa, out var scale) ? new((byte)(ValueForm.Decimal + scale), mantissa, null)
        : new(ValueForm.Text, 0, text);

    /// <summary>The value as text; null when absent.</summary>
    /// <param name="codes">The codes of the component whose value it is, or null where it is uncoded.</param>
    public string? ToText(CodeTable? codes) => Form switch
    {
        ValueForm.Absent => null,
        ValueForm.Code => codes![(int)Bits],
        ValueForm.Text => Text,
        _ => DecimalText.Format(Bits, Form - ValueForm.Decimal),
    };

    /// <summary>Sets the value of a row.</summary>
    public void WriteTo(ObservationBlock block, int column, int row)
    {
        if (Form == ValueForm.Text)
            block.SetText(column, row, Text!);
        else
            block.Values[column].Set(row, Form, Bits);
    }
}

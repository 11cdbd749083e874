namespace Sdmx.Json;

/// <summary>Codes as indexes and other values as JSON literals, for one structure of a SDMX-JSON message.</summary>
/// <remarks>A code gets the next index of its component when it is first written, so that a message lists the codes it uses and no others.</remarks>
sealed class JsonCells : ValueCells
{
    readonly bool[] _isNumber;
    readonly bool[] _isBoolean;
    readonly TextCells _quoted = new(Escaping.Json, isQuoted: true);
    readonly Dictionary<CodeTable, List<int>> _used;
    readonly Dictionary<TimePeriod, int> _periodIndexes = [];
    readonly List<TimePeriod> _periods = [];
    int _lastPeriod;

    /// <summary>The cells of data sets that share <paramref name="codes"/>.</summary>
    public JsonCells(DataSchema schema, CodeTables codes) : this(schema, codes, [])
    {
    }

    JsonCells(DataSchema schema, CodeTables codes, Dictionary<CodeTable, List<int>> used) : base(codes, Escaping.Json, (table, number) => Index(used, table, number))
    {
        _used = used;
        _isNumber = [.. schema.Values.Select(IsNumber)];
        _isBoolean = [.. schema.Values.Select(v => v.Format.Type == TextType.Boolean)];
    }

    /// <summary>The codes of a component that have an index, in its order.</summary>
    public IReadOnlyList<int> Used(CodeTable table) => _used.TryGetValue(table, out var codes) ? codes : [];

    /// <summary>The periods that have an index, in its order.</summary>
    public IReadOnlyList<TimePeriod> Periods => _periods;

    /// <inheritdoc/>
    public override bool IsBare(int column) => _isNumber[column];

    /// <inheritdoc/>
    public override void Write(ObservationBlock block, int column, int row, Utf8Output output)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        if (form == ValueForm.Code)
        {
            output.Raw(Values[column]![(int)values.Bits[row]]);
            return;
        }

        var text = form == ValueForm.Text ? block.Texts[(int)values.Bits[row]] : null;
        if (text is not null && !_isNumber[column] && !_isBoolean[column])
        {
            _quoted.Write(text, output);
            return;
        }

        var isBare = text is null ? _isNumber[column]
            : (_isNumber[column] && IsJsonNumber(text)) || (_isBoolean[column] && text is "true" or "false");
        if (!isBare)
            output.Byte((byte)'"');
        if (text is null)
            output.Decimal(values.Bits[row], form - ValueForm.Decimal);
        else
            Texts.Write(text, output);
        if (!isBare)
            output.Byte((byte)'"');
    }

    /// <summary>Writes the index of a period, which gets the next one when it is new; nothing where there is none.</summary>
    public override void WritePeriod(TimePeriod period, Utf8Output output)
    {
        if (period != TimePeriod.None)
            output.Number(IndexOf(period));
    }

    int IndexOf(TimePeriod period)
    {
        // series have the same periods in the same order (benchmark json-write)
        var next = _lastPeriod + 1;
        if (next < _periods.Count && _periods[next] == period)
            return _lastPeriod = next;
        if (_periodIndexes.TryGetValue(period, out var index))
            return _lastPeriod = index;
        _periodIndexes.Add(period, index = _periods.Count);
        _periods.Add(period);
        return index;
    }

    static byte[] Index(Dictionary<CodeTable, List<int>> used, CodeTable table, int number)
    {
        if (!used.TryGetValue(table, out var codes))
            used.Add(table, codes = []);
        codes.Add(number);
        Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
        return digits[..DecimalText.Format(codes.Count - 1, 0, digits)].ToArray();
    }

    // Checklist 2.5, types; Decimal and BigInteger are strings there. A measure for which the structure names no type at all holds numbers in practice.
    static bool IsNumber(SchemaComponent component) => component.Codes is null
        && (component.Format.Type is TextType.Numeric or TextType.Long or TextType.Short or TextType.Float or TextType.Double or TextType.Integer or TextType.Count
            || (component is { Role: ComponentRole.Measure, Definition.LocalRepresentation: null } && component.Concept?.CoreRepresentation is null));

    /// <summary>Whether the text is a number by the grammar of JSON (RFC 8259), so that it can be written bare and read back to the letter.</summary>
    public static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        if (text is ['-', ..])
            text = text[1..];
        var whole = Digits(text);
        if (whole == 0 || (whole > 1 && text[0] == '0'))
            return false;
        text = text[whole..];
        if (text is ['.', ..])
        {
            var fraction = Digits(text[1..]);
            if (fraction == 0)
                return false;
            text = text[(fraction + 1)..];
        }

        if (text is not ['e' or 'E', ..])
            return text.IsEmpty;
        text = text is [_, '+' or '-', ..] ? text[2..] : text[1..];
        return text.Length > 0 && Digits(text) == text.Length;
    }

    static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}

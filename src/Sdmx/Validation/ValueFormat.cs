namespace Sdmx.Validation;

/// <summary>Why a value does not fit its format; made once per format, for a value only the finding is made.</summary>
sealed record ValueFault(IssueCode Code, string Expected)
{
    internal Issue Issue(string component, string value) => new(Code, default, Code == IssueCode.InvalidType
        ? $"{component} '{Shorten(value)}' is no {Expected}"
        : $"{component} '{Shorten(value)}' breaks {Expected}")
    {
        Component = component,
        Value = value,
        Expected = Expected,
    };

    static string Shorten(string value) => value.Length <= 200 ? value : value[..200] + "...";
}

/// <summary>A text type and its facets, ready to hold values against (SDMX 3.0 common:DataType, TextFormat; 2.1 the same).</summary>
/// <remarks>Facets: minLength, maxLength (characters), minValue and maxValue (inclusive, but exclusive for ExclusiveValueRange), decimals, pattern
/// (the whole text), startValue, endValue and interval of sequences, startTime and endTime. timeInterval is not checked.
/// XHTML, geospatial and reference types are not looked into.</remarks>
sealed class ValueFormat
{
    // Values that stand for "missing" in any type (SDMX 3.0, sentinel values).
    const string NotAvailable = "#N/A";

    readonly TextType _type;
    readonly ValueFault _typeFault;
    readonly ValueFacet[] _facets;
    readonly bool _needsText;

    ValueFormat(TextFormat format, ValueFacet[] facets)
    {
        _type = format.Type;
        _facets = facets;
        _typeFault = new ValueFault(IssueCode.InvalidType, format.Type.ToString());
        _needsText = !IsNumber(_type) || Array.Exists(facets, f => f.NeedsText);
    }

    /// <summary>Whether every number held as mantissa and scale fits.</summary>
    internal bool TakesAnyNumber => !_needsText && _facets.Length == 0 && !IsWhole(_type);

    /// <summary>The format to check; null when every text fits.</summary>
    internal static ValueFormat? Of(TextFormat format)
    {
        var facets = ValueFacet.Of(format);
        return facets.Length == 0 && IsFree(format.Type) ? null : new ValueFormat(format, facets);
    }

    /// <summary>Holds a number against the format; null when it fits.</summary>
    internal ValueFault? Check(long mantissa, int scale)
    {
        if (_needsText)
        {
            Span<byte> ascii = stackalloc byte[DecimalText.MaxLength];
            Span<char> text = stackalloc char[DecimalText.MaxLength];
            var length = DecimalText.Format(mantissa, scale, ascii);
            for (var i = 0; i < length; i++)
                text[i] = (char)ascii[i];
            return Check(text[..length]);
        }

        if (!Fits(mantissa, scale))
            return _typeFault;
        foreach (var facet in _facets)
        {
            if (!facet.Allows(mantissa, scale))
                return facet.Fault;
        }

        return null;
    }

    /// <summary>Holds a text against the format; null when it fits.</summary>
    internal ValueFault? Check(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(NotAvailable))
            return null;
        // Blanks around a value count in strings only (XML Schema, whiteSpace = collapse).
        if (!IsFree(_type))
            text = text.Trim(" \t\r\n");
        if (!LexicalForm.Fits(_type, text))
            return _typeFault;
        foreach (var facet in _facets)
        {
            if (!facet.Allows(text))
                return facet.Fault;
        }

        return null;
    }

    bool Fits(long mantissa, int scale) => _type switch
    {
        TextType.Short => scale == 0 && mantissa is >= short.MinValue and <= short.MaxValue,
        TextType.Integer => scale == 0 && mantissa is >= int.MinValue and <= int.MaxValue,
        TextType.Long or TextType.BigInteger or TextType.Count => scale == 0,
        _ => true,
    };

    internal static bool IsNumber(TextType type) => type is TextType.BigInteger or TextType.Integer or TextType.Long or TextType.Short or TextType.Decimal
        or TextType.Float or TextType.Double or TextType.Count or TextType.InclusiveValueRange or TextType.ExclusiveValueRange or TextType.Incremental;

    static bool IsWhole(TextType type) => type is TextType.Short or TextType.Integer or TextType.Long or TextType.BigInteger or TextType.Count;

    static bool IsFree(TextType type) => type is TextType.String or TextType.XHTML or TextType.GeospatialInformation or TextType.KeyValues
        or TextType.IdentifiableReference or TextType.DataSetReference or TextType.AttachmentConstraintReference;
}
